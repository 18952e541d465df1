/** `grep`: the records that a filter keeps, whole. */

import type { EngineApi, Row, SelectionInfo, SourceSummary } from '../api';
import { simplifyFilter, type Filter } from '../query/filter';
import type { SourceId } from '../records/record';
import { createRecordReader, type RecordReader } from './record-text';
import { readTimeOptions, TIME_NOTES, TIME_OPTIONS } from './time-range';
import { countOf, isSet, type Sink, type Verb, type VerbRequest, type VerbResult } from './verb';

// Rows a call: some 100 kB of usual records; the first ones show at once, and a reader who leaves is noticed soon.
const BATCH_ROWS = 512;
const LINE_FEED = 0x0a;

export const grep: Verb = {
  name: 'grep',
  summary: 'print the records that a filter keeps, whole: a stack trace comes with its error',
  operands: [{ name: 'FILTER', summary: 'words, "phrases", /regex/, level>=warn, status=500, AND OR NOT; see below' }],
  sources: 'many',
  options: [
    { name: 'count', short: 'c', kind: 'flag', summary: 'print only how many records match, per file' },
    { name: 'line-number', short: 'n', kind: 'flag', summary: 'put the line number before every line' },
    {
      name: 'max-count',
      short: 'm',
      kind: 'count',
      placeholder: 'N',
      summary: 'stop after N records of each file; with --merge, N in all',
    },
    { name: 'invert-match', short: 'v', kind: 'flag', summary: 'the records that the filter does not keep' },
    { name: 'quiet', short: 'q', kind: 'flag', summary: 'print nothing: the exit status is the answer' },
    { name: 'merge', kind: 'flag', summary: 'all files as one, by time; otherwise file after file' },
    { name: 'json', kind: 'flag', summary: 'one JSON object a record, or a file with -c, each on its own line' },
    ...TIME_OPTIONS,
  ],
  notes: [
    'A filter: timeout "connection reset" (both), a OR b, NOT c or -c, /time(d )?out/i, \'Exactly So\', level>=warn, ' +
      'time:10:00..10:05, status=500, user~ann, duration>1.5, trace.id:*. Words ignore case unless they hold an upper-case letter. ' +
      'Give it in one argument, in quotes for the shell; after -- it may begin with a dash.',
    ...TIME_NOTES,
    'With several files, every line begins with its file\'s name. The first line of a record has ":" after the name and the number, ' +
      'the lines that belong to it have "-".',
    'Exit status: 0 something was found, 1 nothing, 2 something went wrong.',
  ],
  examples: [
    "loupe grep 'level>=error NOT healthcheck' app.log",
    'loupe grep --merge -n timeout web.log db.log.1.gz',
    "kubectl logs web-0 | loupe grep --since -15m 'status>=500' -",
  ],
  run,
};

async function run(engine: EngineApi, request: VerbRequest, sink: Sink): Promise<VerbResult> {
  const summaries = await Promise.all(request.sources.map((source) => engine.whenOpened(source)));
  const wanted = await engine.parseFilter(request.operands.FILTER ?? '', { zone: request.zone });
  const times = await readTimeOptions(engine, request);
  const kept: Filter = isSet(request, 'invert-match') ? { kind: 'not', of: wanted } : wanted;
  const filter = simplifyFilter(times.filter === null ? kept : { kind: 'and', of: [times.filter, kept] });

  // -c answers for every file by itself, merged or not.
  const isMerged = isSet(request, 'merge') && !isSet(request, 'count');
  const groups = isMerged ? [summaries] : summaries.map((summary) => [summary]);
  let isFound = false;
  for (const group of groups) {
    sink.progress(`searching ${group.map((summary) => summary.name).join(', ')}`);
    const selection = await engine.select(filter, {
      callId: request.nextCallId(),
      sources: group.map((summary) => summary.id),
    });
    sink.progress(null);
    try {
      isFound ||= selection.count > 0;
      if (isSet(request, 'quiet')) {
        if (isFound) break;
      } else if (isSet(request, 'count')) {
        writeCount(selection, group, summaries.length, request, sink);
      } else {
        await writeRecords(engine, selection, { group, hasNames: summaries.length > 1 }, request, sink);
      }
    } finally {
      await engine.release(selection.handle);
    }
  }
  await sink.drained();
  return isFound ? 'found' : 'nothing';
}

function writeCount(
  selection: SelectionInfo,
  group: readonly SourceSummary[],
  fileCount: number,
  request: VerbRequest,
  sink: Sink,
): void {
  const name = group[0]?.name ?? '';
  const count = Math.min(selection.count, countOf(request, 'max-count') ?? Number.POSITIVE_INFINITY);
  if (isSet(request, 'json')) sink.json({ file: name, count });
  else if (fileCount > 1) sink.line(`${sink.paint(name, 'name')}:${count}`);
  else sink.line(String(count));
}

interface Layout {
  readonly group: readonly SourceSummary[];
  readonly hasNames: boolean;
}

async function writeRecords(
  engine: EngineApi,
  selection: SelectionInfo,
  layout: Layout,
  request: VerbRequest,
  sink: Sink,
): Promise<void> {
  const end = Math.min(selection.count, countOf(request, 'max-count') ?? Number.POSITIVE_INFINITY);
  const names = new Map<SourceId, string>(layout.group.map((summary) => [summary.id, summary.name]));
  const reader = createRecordReader(engine);
  const ask = (first: number) =>
    first < end
      ? engine.rows(selection.handle, first, Math.min(BATCH_ROWS, end - first))
      : Promise.resolve({ first, rows: [] });
  const writer: RowWriter = isSet(request, 'json')
    ? { row: (row) => writeJsonRow(row, names.get(row.id.source) ?? '', reader, sink), end: () => undefined }
    : createLineWriter(reader, sink, {
        names: layout.hasNames ? names : null,
        hasNumbers: isSet(request, 'line-number'),
      });
  const writeBatch = async (rows: readonly Row[]): Promise<void> => {
    for (const row of rows) await writer.row(row);
    await sink.drained();
  };

  let batch = await ask(0);
  while (batch.rows.length > 0) {
    // Reads ahead while this batch is written.
    [batch] = await Promise.all([ask(batch.first + batch.rows.length), writeBatch(batch.rows)]);
  }
  writer.end();
}

interface RowWriter {
  row(row: Row): Promise<void>;
  end(): void;
}

async function writeJsonRow(row: Row, file: string, reader: RecordReader, sink: Sink): Promise<void> {
  const text = row.isCut ? await reader.readText(row) : row.text;
  sink.json({
    file,
    line: row.lineNumber,
    lines: row.lineCount,
    offset: row.id.offset,
    time: row.time,
    fraction: row.fraction,
    level: row.level,
    message: row.messageStart,
    text,
  });
}

interface Prefixes {
  /** Null: no names before the lines. */
  readonly names: ReadonlyMap<SourceId, string> | null;
  readonly hasNumbers: boolean;
}

/**
 * Writes a record as it stands in its file. Pieces of a line too long to be held whole that follow each other come out as
 * the one line they are.
 */
function createLineWriter(reader: RecordReader, sink: Sink, prefixes: Prefixes): RowWriter {
  const { names, hasNumbers } = prefixes;
  const hasPrefix = names !== null || hasNumbers;
  /** Where the next piece of a line would begin, while that line's end is not written yet. */
  let open: { source: SourceId; offset: number } | null = null;

  const prefix = (row: Row, index: number): string => {
    const sign = index === 0 ? ':' : '-';
    const name = names === null ? '' : `${sink.paint(names.get(row.id.source) ?? '', 'name')}${sign}`;
    const number = hasNumbers
      ? `${sink.paint(row.lineNumber === null ? '?' : String(row.lineNumber + index), 'good')}${sign}`
      : '';
    return name + number;
  };

  const writeText = (row: Row): void => {
    if (hasPrefix)
      sink.write(
        row.text
          .split('\n')
          .map((line, index) => (index === 0 ? line : prefix(row, index) + line))
          .join('\n'),
      );
    else sink.write(row.text);
  };

  const writeBytes = async (row: Row): Promise<void> => {
    let index = 0;
    await reader.eachPiece(row, (bytes) => {
      let start = 0;
      for (let end = hasPrefix ? bytes.indexOf(LINE_FEED) : -1; end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        index += 1;
        sink.write(bytes.subarray(start, end + 1));
        sink.write(prefix(row, index));
        start = end + 1;
      }
      sink.write(bytes.subarray(start));
      return sink.drained();
    });
  };

  const endLine = (): void => {
    if (open !== null) sink.write('\n');
    open = null;
  };

  return {
    async row(row) {
      const isContinued =
        open !== null && row.isPiece && open.source === row.id.source && open.offset === row.id.offset;
      if (!isContinued) {
        endLine();
        if (hasPrefix) sink.write(prefix(row, 0));
      }
      if (reader.isExact(row)) writeText(row);
      else await writeBytes(row);
      open = { source: row.id.source, offset: row.id.offset + row.textBytes };
      if (!row.isPiece) endLine();
    },
    end: endLine,
  };
}
