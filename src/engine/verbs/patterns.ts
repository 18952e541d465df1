/** `patterns`: which messages there are: every record's message with its values left out, and how many records have it. */

import { Fault } from '../../base/fault';
import { formatCount } from '../../base/units';
import type { EngineApi, SourceSummary } from '../api';
import {
  DEFAULT_GROUPING,
  type Category,
  type Granularity,
  type PatternRow,
  type PatternTable,
} from '../patterns/pattern';
import { simplifyFilter, type Filter } from '../query/filter';
import { toLevel, type Level } from '../records/record';
import { levelTone } from './level-tone';
import { cutText, toCountText, toVisibleText } from './shown-text';
import { readTimeOptions, TIME_NOTES, TIME_OPTIONS } from './time-range';
import { countOf, isSet, type Sink, textOf, type Verb, type VerbRequest, type VerbResult } from './verb';

// Lines a call, as `parse` has them.
const BATCH_LINES = 8192;
/** Patterns of a table where nobody says how many; JSON has all of them. */
const SHOWN = 50;

export const patterns: Verb = {
  name: 'patterns',
  summary: 'tell which messages there are, with <*> for what varies, and how many records have each',
  operands: [],
  sources: 'one',
  options: [
    { name: 'json', kind: 'flag', summary: 'one JSON object: the templates, and the template of every line' },
    { name: 'filter', short: 'f', kind: 'text', placeholder: 'FILTER', summary: 'only records that this filter keeps' },
    {
      name: 'granularity',
      short: 'g',
      kind: 'text',
      placeholder: 'N',
      summary: 'how finely messages are told apart: 0 coarse … 4 fine; 2 unless it is said',
    },
    {
      name: 'limit',
      short: 'm',
      kind: 'count',
      placeholder: 'N',
      summary: `the N patterns with most records; ${SHOWN} unless it is said; JSON has all`,
    },
    ...TIME_OPTIONS,
  ],
  notes: [
    'Counts are exact, over every record. Time, level, host, thread and logger are no part of the message. The level is the one that ' +
      'most records of the pattern have; the category says what errors are about.',
    'In JSON, lines has the id of a template for every physical line, and -1 for one that continues a record. With a filter or a time ' +
      'the templates are of the records kept, and there are no lines.',
    ...TIME_NOTES,
  ],
  examples: [
    'loupe patterns app.log',
    "loupe patterns --filter 'level>=warn' --since -1h app.log",
    'kubectl logs web-0 | loupe patterns --json -',
  ],
  run,
};

async function run(engine: EngineApi, request: VerbRequest, sink: Sink): Promise<VerbResult> {
  const source = request.sources[0];
  if (source === undefined) return 'nothing';
  const summary = await engine.whenOpened(source);
  const granularity = readGranularity(request);
  const filter = await readFilter(engine, request);
  if (granularity !== DEFAULT_GROUPING.granularity) await engine.setGrouping({ ...DEFAULT_GROUPING, granularity });

  sink.progress(`finding patterns in ${summary.name}`);
  const selection = await engine.select(filter ?? { kind: 'all' }, { callId: request.nextCallId(), sources: [source] });
  try {
    // Bins are not asked for.
    const table = await engine.patterns(selection.handle, { start: 0, end: 1, maxBins: 1 }, request.nextCallId());
    const classes = await engine.classify(selection.handle, await engine.classRules(), request.nextCallId());
    sink.progress(null);
    const categories = new Map(classes.map(({ text, classification }) => [text, classification?.category ?? null]));
    if (isSet(request, 'json'))
      await writeJson(engine, summary, { table, categories, hasLines: filter === null }, sink);
    else writeTable(summary, table, categories, countOf(request, 'limit') ?? SHOWN, sink);
    await sink.drained();
    const result: VerbResult = table.rows.length > 0 ? 'found' : 'nothing';
    return result;
  } finally {
    await engine.release(selection.handle);
  }
}

/** @throws Fault `filter-syntax` with details { option, value, expected, what } */
function readGranularity(request: VerbRequest): Granularity {
  const text = textOf(request, 'granularity');
  if (text === undefined) return DEFAULT_GROUPING.granularity;
  if (/^[0-4]$/.test(text)) return Number(text) as Granularity;
  throw new Fault('filter-syntax', `--granularity: "${text}" is not a step from 0 to 4`, {
    details: { option: 'granularity', value: text, expected: '0, 1, 2, 3 or 4', what: 'a granularity' },
  });
}

/** Null: everything is wanted. */
async function readFilter(engine: EngineApi, request: VerbRequest): Promise<Filter | null> {
  const text = textOf(request, 'filter');
  const times = await readTimeOptions(engine, request);
  const wanted = text === undefined ? null : await engine.parseFilter(text, { zone: request.zone });
  const parts = [times.filter, wanted].filter((part) => part !== null);
  return parts.length === 0 ? null : simplifyFilter({ kind: 'and', of: parts });
}

type Categories = ReadonlyMap<string, Category | null>;

/** The level that most records have, the more serious one of two that are as frequent; null where most have none. */
function levelOf({ levelCounts }: PatternRow): Level | null {
  let most = 0;
  for (const [code, count] of levelCounts.entries()) if (count >= (levelCounts[most] ?? 0)) most = code;
  return toLevel(most);
}

async function writeJson(
  engine: EngineApi,
  summary: SourceSummary,
  found: { readonly table: PatternTable; readonly categories: Categories; readonly hasLines: boolean },
  sink: Sink,
): Promise<void> {
  const templates = found.table.rows.map((row) => ({
    id: row.id,
    template: row.text,
    count: row.count,
    level: levelOf(row),
    category: found.categories.get(row.text) ?? null,
  }));
  if (!found.hasLines) {
    sink.json({ templates });
    return;
  }
  const list = sink.jsonList({ templates }, 'lines');
  let last = -1;
  for (let first = 0; first < summary.lineCount; ) {
    const lines = await engine.lines(summary.id, first, BATCH_LINES);
    const from = lines[0]?.record;
    const to = lines.at(-1)?.record;
    if (from === undefined || to === undefined) break;
    const ids = await engine.patternIds(summary.id, from, to + 1 - from);
    for (const { record } of lines) {
      list.item(record === last ? -1 : (ids[record - from] ?? -1));
      last = record;
    }
    first += lines.length;
    await sink.drained();
  }
  list.end();
}

function writeTable(
  summary: SourceSummary,
  table: PatternTable,
  categories: Categories,
  limit: number,
  sink: Sink,
): void {
  const { rows, recordCount } = table;
  sink.line(
    `${sink.paint(toVisibleText(summary.name), 'strong')}  ${toCountText(recordCount, 'record')}, ${toCountText(rows.length, 'pattern')}`,
  );
  if (table.merged !== null)
    sink.line(
      sink.paint(
        `${toCountText(table.merged.skeletonCount, 'rare kind')} of message too many to be told apart: put together as ${toCountText(table.merged.patternCount, 'pattern')} by how they begin`,
        'warn',
      ),
    );
  if (rows.length === 0) return;

  const shown = rows.slice(0, limit);
  const cells = shown.map((row) => ({
    row,
    count: formatCount(row.count),
    share: formatShare(row.count / recordCount),
    level: levelOf(row) ?? '',
    category: categories.get(row.text) ?? '',
  }));
  const widthOf = (name: string, of: (cell: (typeof cells)[number]) => string): number => {
    const widest = cells.reduce((width, cell) => Math.max(width, of(cell).length), 0);
    return widest === 0 ? 0 : Math.max(widest, name.length);
  };
  const widths = [
    widthOf('count', (cell) => cell.count),
    widthOf('share', (cell) => cell.share),
    widthOf('level', (cell) => cell.level),
    widthOf('category', (cell) => cell.category),
  ];
  // Numbers to the right; columns that no row fills are left out.
  const headOf = (texts: readonly string[]): string[] =>
    texts.flatMap((text, at) => {
      const width = widths[at] ?? 0;
      return width === 0 ? [] : [at < 2 ? text.padStart(width) : text.padEnd(width)];
    });
  sink.line(sink.paint([...headOf(['count', 'share', 'level', 'category']), 'pattern'].join('  '), 'faint'));
  for (const { row, count, share, level, category } of cells) {
    const head = headOf([count, share, level, category]).join('  ');
    const room = sink.columns === null ? null : Math.max(20, sink.columns - head.length - 2);
    const text = row.text === '' ? '(empty)' : toVisibleText(row.text);
    sink.line(`${head}  ${sink.paint(cutText(text, room), levelTone(levelOf(row)))}`);
  }
  if (rows.length > shown.length) {
    const rest = rows.slice(shown.length).reduce((sum, row) => sum + row.count, 0);
    sink.line(
      sink.paint(
        `and ${toCountText(rows.length - shown.length, 'pattern')} more with ${toCountText(rest, 'record')}: --limit ${rows.length} shows all`,
        'faint',
      ),
    );
  }
}

/** "12.5%", "<0.1%" */
function formatShare(share: number): string {
  return share > 0 && share < 0.001 ? '<0.1%' : `${(share * 100).toFixed(1)}%`;
}
