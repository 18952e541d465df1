/** `parse`: what was understood of every line: its record, time, level and where the message starts. */

import { formatCount, formatTime } from '../../base/units';
import type { EngineApi, ParsedLine, SourceSummary } from '../api';
import { levelTone } from './level-tone';
import { cutText, toCountText, toVisibleText } from './shown-text';
import { isSet, type Sink, type Verb, type VerbRequest, type VerbResult } from './verb';

// Lines a call: some 100 kB to post, and small enough that a reader who leaves (| head) is noticed soon.
const BATCH_LINES = 8192;
const BATCH_ROWS = 512;

export const parse: Verb = {
  name: 'parse',
  summary: 'show how every line was understood: time, level and message',
  operands: [],
  sources: 'one',
  options: [
    {
      name: 'json',
      kind: 'flag',
      summary:
        'one JSON object: format, reason, and an entry per line with record, time (ms since 1970), level and message',
    },
  ],
  notes: [
    'In JSON, message is the UTF-16 index in the line at which the message starts, and null where a line continues a record.',
  ],
  examples: ['loupe parse app.log', 'loupe parse app.log --json', 'loupe parse - --format syslog < messages'],
  async run(engine, request, sink) {
    const source = request.sources[0];
    if (source === undefined) return 'nothing';
    const summary = await engine.whenOpened(source);
    await (isSet(request, 'json') ? writeJson(engine, summary, sink) : writeTable(engine, summary, request, sink));
    const result: VerbResult = summary.lineCount > 0 ? 'found' : 'nothing';
    return result;
  },
};

async function writeJson(engine: EngineApi, summary: SourceSummary, sink: Sink): Promise<void> {
  const list = sink.jsonList({ format: summary.format.id, reason: summary.format.reason }, 'lines');
  const ask = (first: number): Promise<readonly ParsedLine[]> =>
    first < summary.lineCount ? engine.lines(summary.id, first, BATCH_LINES) : Promise.resolve([]);
  let first = 0;
  let batch = await ask(first);
  while (batch.length > 0) {
    first += batch.length;
    const next = ask(first); // read ahead while this batch is written
    for (const { record, time, level, message } of batch) list.item({ record, time, level, message });
    [batch] = await Promise.all([next, sink.drained()]);
  }
  list.end();
  await sink.drained();
}

async function writeTable(engine: EngineApi, summary: SourceSummary, request: VerbRequest, sink: Sink): Promise<void> {
  const { format } = summary;
  sink.line(
    `${sink.paint(toVisibleText(summary.name), 'strong')}  ${toCountText(summary.lineCount, 'line')}, ${toCountText(summary.recordCount, 'record')}`,
  );
  sink.line(sink.paint(`${format.title} (${format.id}): ${toVisibleText(format.reason)}`, 'faint'));
  if (summary.recordCount === 0) return;

  const columns = tableColumns(summary);
  sink.line(
    sink.paint(tableLine(columns, 'line', columns.hasTime ? 'time (UTC)' : '', 'level', 'message', null), 'faint'),
  );
  const selection = await engine.select({ kind: 'all' }, { callId: request.nextCallId(), sources: [summary.id] });
  try {
    let first = 0;
    while (first < selection.count) {
      const { rows } = await engine.rows(selection.handle, first, BATCH_ROWS);
      if (rows.length === 0) break;
      first += rows.length;
      for (const row of rows) {
        const [head = '', ...rest] = row.text.split('\n');
        const message = head.slice(Math.min(row.messageStart, head.length));
        const number = row.lineNumber;
        sink.line(
          tableLine(
            columns,
            number === null ? '?' : formatCount(number),
            row.time === null ? '' : formatTime(row.time),
            row.level ?? '',
            message,
            sink.columns,
            (text) => sink.paint(text, levelTone(row.level)),
          ),
        );
        rest.forEach((text, index) => {
          sink.line(
            tableLine(columns, number === null ? '?' : formatCount(number + index + 1), '', '', text, sink.columns),
          );
        });
        if (row.isCut) sink.line(sink.paint(`… ${formatCount(row.textBytes)} bytes in all`, 'faint'));
      }
      await sink.drained();
    }
  } finally {
    await engine.release(selection.handle);
  }
  await sink.drained();
}

export interface TableColumns {
  readonly lineWidth: number;
  readonly hasTime: boolean;
  readonly hasLevel: boolean;
}

const LEVEL_WIDTH = 5;
/** "2025-01-31 10:00:05.123" */
const TIME_TEXT_LENGTH = 23;

export function tableColumns(summary: Pick<SourceSummary, 'lineCount' | 'firstTime' | 'levelCounts'>): TableColumns {
  return {
    lineWidth: Math.max(4, formatCount(summary.lineCount).length),
    hasTime: summary.firstTime !== null,
    hasLevel: summary.levelCounts.some((count, code) => code > 0 && count > 0),
  };
}

/** A line of the table, cut at `width` columns; columns that no record fills are left out. */
export function tableLine(
  columns: TableColumns,
  number: string,
  time: string,
  level: string,
  message: string,
  width: number | null,
  paintLevel: (text: string) => string = (text) => text,
): string {
  let head = number.padStart(columns.lineWidth);
  let headWidth = columns.lineWidth;
  if (columns.hasTime) {
    head += `  ${time.padEnd(TIME_TEXT_LENGTH)}`;
    headWidth += 2 + Math.max(TIME_TEXT_LENGTH, time.length);
  }
  if (columns.hasLevel) {
    head += `  ${paintLevel(level.padEnd(LEVEL_WIDTH))}`;
    headWidth += 2 + LEVEL_WIDTH;
  }
  const room = width === null ? null : Math.max(8, width - headWidth - 2);
  return `${head}  ${cutText(toVisibleText(message), room)}`.trimEnd();
}
