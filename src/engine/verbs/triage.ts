/** `triage`: what is in a log, in one screen: size, span, levels, how it was read, the first and last error, problems, counts over time. */

import { formatBytes, formatCount, formatDuration, formatTime } from '../../base/units';
import type { EngineApi, Histogram, Problem, Row, SourceSummary } from '../api';
import type { Digests } from '../environment';
import type { Filter } from '../query/filter';
import { LEVELS, toLevelCode, type RecordId } from '../records/record';
import { drawChart, maxBinsFor } from './chart';
import { levelTone } from './level-tone';
import { cutText, toCountText, toVisibleText } from './shown-text';
import { gatherPatterns, patternsJson, type TriagePatterns, writePatterns } from './triage-patterns';
import { readTimeOptions, TIME_NOTES, TIME_OPTIONS, type RequestedTimes } from './time-range';
import { isSet, type Sink, type Verb, type VerbRequest, type VerbResult } from './verb';

/** Width of the chart where nobody says how wide the screen is. */
const DEFAULT_COLUMNS = 100;
const CHART_ROWS = 8;
/** Bins in JSON: enough for a chart as wide as a screen, in some 10 kB. */
const JSON_BINS = 300;

const ERRORS: Filter = { kind: 'level', min: 'ERROR', max: 'FATAL' };

export const triage: Verb = {
  name: 'triage',
  summary: 'tell what is in a log: span, levels, format, first and last error, problems, and counts over time',
  operands: [],
  sources: 'many',
  options: [
    { name: 'json', kind: 'flag', summary: 'one JSON object with the list "sources"' },
    { name: 'digests', kind: 'flag', summary: 'also BLAKE3 and SHA-256 of each file as it is on disk' },
    ...TIME_OPTIONS,
  ],
  notes: TIME_NOTES,
  examples: [
    'loupe triage app.log',
    'loupe triage --since -1h web.log db.log.1.gz',
    'journalctl -o short-iso | loupe triage -',
  ],
  async run(engine, request, sink) {
    const summaries = await Promise.all(request.sources.map((source) => engine.whenOpened(source)));
    const times = await readTimeOptions(engine, request);
    const isJson = isSet(request, 'json');
    const list = isJson ? sink.jsonList({}, 'sources') : null;
    for (const [index, summary] of summaries.entries()) {
      const facts = await gather(
        engine,
        summary,
        times,
        isJson ? JSON_BINS : maxBinsFor(sink.columns ?? DEFAULT_COLUMNS, summary.recordCount),
        request,
      );
      sink.progress(null);
      if (list === null) {
        if (index > 0) sink.line('');
        writeFacts(facts, sink);
      } else {
        list.item(toJson(facts));
      }
      await sink.drained();
    }
    list?.end();
    await sink.drained();
    const result: VerbResult = 'found';
    return result;
  },
};

/** Answers about one source; with a time range, counts and errors are those within. */
export interface TriageFacts {
  readonly summary: SourceSummary;
  readonly hasRange: boolean;
  readonly recordCount: number;
  /** By level code, 0..6. */
  readonly levelCounts: readonly number[];
  readonly firstError: Row | null;
  readonly lastError: Row | null;
  readonly problems: readonly { problem: Problem; lineNumber: number | null }[];
  readonly patterns: TriagePatterns;
  readonly histogram: Histogram;
  /** Of the file as it is, packed if it is packed; null when they were not asked for. */
  readonly digests: Digests | null;
}

async function gather(
  engine: EngineApi,
  summary: SourceSummary,
  times: RequestedTimes,
  maxBins: number,
  request: VerbRequest,
): Promise<TriageFacts> {
  const filter: Filter = times.filter ?? { kind: 'all' };
  const selection = await engine.select(filter, { callId: request.nextCallId(), sources: [summary.id] });
  try {
    const histogram = await engine.histogram(selection.handle, { maxBins });
    const hasRange = times.filter !== null;
    const errorAt = async (from: number, direction: 1 | -1): Promise<Row | null> => {
      const position = await engine.seek(selection.handle, from, direction, ERRORS, request.nextCallId());
      if (position === null) return null;
      return (await engine.rows(selection.handle, position, 1)).rows[0] ?? null;
    };
    const hasErrors = summary.levelCounts.some((count, code) => code >= toLevelCode('ERROR') && count > 0);
    return {
      summary,
      hasRange,
      recordCount: selection.count,
      // Within a range every record has a time, so the histogram has counted all of them.
      levelCounts: hasRange
        ? histogram.counts.map((bins) => bins.reduce((sum, count) => sum + count, 0))
        : summary.levelCounts,
      firstError: hasErrors ? await errorAt(-1, 1) : null,
      lastError: hasErrors ? await errorAt(selection.count, -1) : null,
      problems: await Promise.all(
        summary.problems.map(async (problem) => ({
          problem,
          lineNumber: problem.first && (await lineNumberOf(engine, problem.first)),
        })),
      ),
      patterns: await gatherPatterns(engine, selection.handle, request.nextCallId()),
      histogram,
      digests: isSet(request, 'digests') ? await engine.digests(summary.id, request.nextCallId()) : null,
    };
  } finally {
    await engine.release(selection.handle);
  }
}

async function lineNumberOf(engine: EngineApi, record: RecordId): Promise<number | null> {
  return (await engine.details(record)).row.lineNumber;
}

function writeFacts(facts: TriageFacts, sink: Sink): void {
  const { summary } = facts;
  const fact = (name: string, text: string) => sink.line(`${sink.paint(name.padEnd(12), 'faint')} ${text}`);

  sink.line(`${sink.paint(toVisibleText(summary.name), 'strong')}  ${describeSize(summary)}`);
  if (summary.kind === 'binary') fact('kind', sink.paint('binary: this is not a text file', 'warn'));
  if (facts.digests !== null) {
    fact('BLAKE3', facts.digests.blake3);
    fact('SHA-256', facts.digests.sha256);
  }
  if (summary.recordCount === 0) {
    fact('kind', 'empty: there is nothing to tell');
    return;
  }
  const { format } = summary;
  fact(
    'format',
    `${format.title} (${format.id}${format.isForced ? ', as asked' : ''}): ${toVisibleText(format.reason)}`,
  );
  fact('span', describeSpan(summary));
  if (facts.hasRange)
    fact(
      'range',
      `${toCountText(facts.recordCount, 'record')} of ${formatCount(summary.recordCount)}; levels, errors and the chart are of these`,
    );
  fact('levels', describeLevels(facts.levelCounts, sink));
  writeErrors(facts, sink, fact);
  writePatterns(facts.patterns, sink, fact);
  for (const { problem, lineNumber } of facts.problems) {
    const place = lineNumber === null ? '' : `, first in line ${formatCount(lineNumber)}`;
    fact('problem', sink.paint(`${describeProblem(problem)}${place}`, 'warn'));
  }

  const chart = drawChart(facts.histogram, {
    columns: sink.columns ?? DEFAULT_COLUMNS,
    rows: CHART_ROWS,
    hasColours: sink.hasColours,
    paint: sink.paint,
  });
  if (chart.length === 0) return;
  sink.line('');
  for (const line of chart) sink.line(line);
  if (facts.histogram.untimedCount > 0)
    sink.line(
      sink.paint(`not in the chart: ${toCountText(facts.histogram.untimedCount, 'record')} without a time`, 'faint'),
    );
}

function writeErrors(facts: TriageFacts, sink: Sink, fact: (name: string, text: string) => void): void {
  const { firstError, lastError } = facts;
  if (firstError === null) {
    fact('errors', 'none');
    return;
  }
  const isOne = lastError === null || lastError.id.offset === firstError.id.offset;
  const room = sink.columns === null ? null : Math.max(20, sink.columns - 13);
  const show = (name: string, row: Row) => {
    const place = row.lineNumber === null ? '' : `line ${formatCount(row.lineNumber)}: `;
    const [head = '', ...rest] = row.text.split('\n');
    const more = rest.length === 0 ? '' : ` (and ${toCountText(row.lineCount - 1, 'line')})`;
    const text = cutText(place + toVisibleText(head), room === null ? null : room - more.length);
    fact(name, `${sink.paint(text, levelTone(row.level))}${sink.paint(more, 'faint')}`);
  };
  show(isOne ? 'only error' : 'first error', firstError);
  if (!isOne) show('last error', lastError);
}

/** "1.07 GB, 9,512,920 lines, 9,400,100 records", and what is unusual about it. */
function describeSize(summary: SourceSummary): string {
  const parts = [
    summary.packing === 'none'
      ? formatBytes(summary.sizeBytes)
      : `${formatBytes(summary.sizeBytes)} of ${summary.packing}, ${formatBytes(summary.decodedBytes)} unpacked`,
    toCountText(summary.lineCount, 'line'),
    toCountText(summary.recordCount, 'record'),
  ];
  if (summary.encoding !== 'utf-8') parts.push(summary.encoding.toUpperCase());
  if (summary.lineEnding !== 'LF') parts.push(`${summary.lineEnding} line ends`);
  if (summary.state === 'partial') parts.push('read in part');
  return parts.join(', ');
}

const TIME_KINDS: Readonly<Record<SourceSummary['timeKind'], string>> = {
  absolute: 'UTC',
  zoneless: 'the times name no zone',
  yearless: 'the times name no year: taken from when the file was last changed',
  dateless: 'the times have no date: taken from when the file was last changed',
  mixed: 'UTC; some times name no zone',
  none: '',
};

function describeSpan(summary: SourceSummary): string {
  const { firstTime, lastTime, timeKind, zone } = summary;
  if (firstTime === null || lastTime === null) return 'no record has a time';
  const isRead = timeKind === 'absolute' ? '' : zone === 'UTC' ? ', read as UTC' : `, read as ${zone} and shown in UTC`;
  return `${formatTime(firstTime)} → ${formatTime(lastTime)} (${formatDuration(lastTime - firstTime)}); ${TIME_KINDS[timeKind]}${isRead}`;
}

function describeLevels(counts: readonly number[], sink: Sink): string {
  const named = LEVELS.toReversed()
    .map((level) => ({ level, count: counts[toLevelCode(level)] ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => sink.paint(`${level} ${formatCount(count)}`, levelTone(level)));
  const none = counts[0] ?? 0;
  if (none > 0)
    named.push(
      sink.paint(`${named.length === 0 ? 'no record has a level' : 'no level'}: ${formatCount(none)}`, 'faint'),
    );
  return named.join('   ');
}

/** By code: what follows the count, for one and for many. */
const PROBLEMS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'no-time': ['record has no time', 'records have no time'],
  'invalid-utf8': ['place is not valid UTF-8', 'places are not valid UTF-8'],
  'nul-bytes': ['NUL byte', 'NUL bytes'],
  'giant-line': [
    'line is too long to be held whole and is kept in pieces',
    'lines are too long to be held whole and are kept in pieces',
  ],
  'time-backwards': ['record is earlier than the one before it', 'records are earlier than the one before them'],
  'format-change': ['change of format midway', 'changes of format midway'],
  'truncated-archive': [
    'compressed stream breaks off: what could be unpacked is shown',
    'compressed streams break off: what could be unpacked is shown',
  ],
  'skeleton-overflow': [
    'record has one kind of message too many: such are told apart by how they begin',
    'records have kinds of messages past the limit: they are told apart by how they begin',
  ],
  'ambiguous-date': ['date could be read with day and month swapped', 'dates could be read with day and month swapped'],
};

export function describeProblem(problem: Pick<Problem, 'code' | 'count'>): string {
  const [one, many] = PROBLEMS[problem.code] ?? [problem.code, problem.code];
  return `${formatCount(problem.count)} ${problem.count === 1 ? one : many}`;
}

function toJson(facts: TriageFacts): object {
  const { summary, histogram } = facts;
  const error = (row: Row | null) =>
    row && {
      line: row.lineNumber,
      lines: row.lineCount,
      offset: row.id.offset,
      time: row.time,
      level: row.level,
      text: row.text,
      isCut: row.isCut,
    };
  return {
    file: summary.name,
    state: summary.state,
    kind: summary.kind,
    sizeBytes: summary.sizeBytes,
    decodedBytes: summary.decodedBytes,
    packing: summary.packing,
    encoding: summary.encoding,
    lineEnding: summary.lineEnding,
    lines: summary.lineCount,
    records: summary.recordCount,
    selected: facts.recordCount,
    format: {
      id: summary.format.id,
      title: summary.format.title,
      score: summary.format.score,
      reason: summary.format.reason,
      isForced: summary.format.isForced,
    },
    formatsSeen: summary.formatsSeen,
    zone: summary.zone,
    timeKind: summary.timeKind,
    firstTime: summary.firstTime,
    lastTime: summary.lastTime,
    levels: byLevel((code) => facts.levelCounts[code] ?? 0),
    firstError: error(facts.firstError),
    lastError: error(facts.lastError),
    patterns: patternsJson(facts.patterns),
    problems: facts.problems.map(({ problem, lineNumber }) => ({
      code: problem.code,
      count: problem.count,
      line: lineNumber,
    })),
    histogram: {
      startMs: histogram.startMs,
      binMs: histogram.binMs,
      untimed: histogram.untimedCount,
      counts: byLevel((code) => Array.from(histogram.counts[code] ?? [])),
    },
    digests: facts.digests,
    fault: summary.fault,
  };
}

/** Members `NONE`, `TRACE` … `FATAL`. */
function byLevel<T>(read: (code: number) => T): Record<string, T> {
  return Object.fromEntries([['NONE', read(0)], ...LEVELS.map((level) => [level, read(toLevelCode(level))])]) as Record<
    string,
    T
  >;
}
