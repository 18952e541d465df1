/**
 * A histogram in characters: counts over time, stacked by level, errors at the ground where the eye compares best.
 *
 *     1,204 ┤        ▂▅█                 ← with colours: eighths of a cell, two levels in one cell by fore- and background
 *           │   ▃▄▅▆▇███▂                 ← without: one glyph a level, whole cells
 *         0 ┼──────────────
 *    errors │  ▁    █▂                    ← errors by themselves, on their own scale: one in a million shows
 *            10:00          10:30
 */

import { formatCount, formatDuration, formatTime } from '../../base/units';
import type { Histogram } from '../api';
import { LEVEL_GROUPS, type LevelGroup } from './level-tone';
import type { Paint, Tone } from './verb';

export interface ChartStyle {
  /** Width of the whole chart, axis included. */
  readonly columns: number;
  /** Height of the stack in lines, at least 1. */
  readonly rows: number;
  readonly hasColours: boolean;
  readonly paint: Paint;
}

const EIGHTHS = ['', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const ERRORS_LABEL = 'errors';
/** Narrower than this a chart says nothing. */
const MIN_BINS = 8;

/** How many bins fit beside the axis: what to ask the engine for. */
export function maxBinsFor(columns: number, recordCount: number): number {
  return Math.max(MIN_BINS, columns - axisWidth(recordCount));
}

function axisWidth(max: number): number {
  return Math.max(ERRORS_LABEL.length, formatCount(max).length) + 4;
}

/**
 * The lines of the chart; none when no record has a time.
 *
 * @param histogram  at most `maxBinsFor` bins; more make the chart wider than asked
 */
export function drawChart(histogram: Histogram, style: ChartStyle): string[] {
  const bins = toBins(histogram);
  const max = Math.max(0, ...bins.map((bin) => bin.total));
  if (max === 0) return [];

  const labelWidth = axisWidth(max) - 4;
  const columnsPerBin = Math.max(1, Math.floor((style.columns - labelWidth - 4) / bins.length));
  const unitsPerCell = style.hasColours ? 8 : 1;
  const stacks = bins.map((bin) => stackUnits(bin.groups, max, style.rows * unitsPerCell));
  const lines: string[] = [];
  for (let row = style.rows - 1; row >= 0; row -= 1) {
    const label = row === style.rows - 1 ? formatCount(max) : '';
    const sign = row === style.rows - 1 ? '┤' : '│';
    const cells = stacks.map((stack) => drawCell(stack, row * unitsPerCell, unitsPerCell, columnsPerBin, style));
    lines.push(`${label.padStart(labelWidth)} ${sign} ${cells.join('')}`.trimEnd());
  }
  const width = columnsPerBin * bins.length;
  lines.push(`${'0'.padStart(labelWidth)} ┼─${'─'.repeat(width)}`);
  const errors = bins.map((bin) => bin.groups[0] ?? 0);
  if (errors.some((count) => count > 0)) {
    lines.push(
      `${ERRORS_LABEL.padStart(labelWidth)} │ ${style.paint(drawSparkline(errors, columnsPerBin), 'bad')}`.trimEnd(),
    );
  }
  const margin = ' '.repeat(labelWidth + 3);
  lines.push(`${margin}${drawTimes(histogram, width)}`.trimEnd());
  lines.push(
    `${margin}${drawLegend(bins, style)}   one ${columnsPerBin === 1 ? 'column' : `bar of ${columnsPerBin} columns`} = ${formatDuration(histogram.binMs)}`,
  );
  return lines;
}

interface Bin {
  /** Counts by LEVEL_GROUPS. */
  readonly groups: readonly number[];
  readonly total: number;
}

function toBins(histogram: Histogram): Bin[] {
  return Array.from({ length: histogram.binCount }, (_, index) => {
    const groups = LEVEL_GROUPS.map((group) =>
      group.codes.reduce((sum, code) => sum + (histogram.counts[code]?.[index] ?? 0), 0),
    );
    return { groups, total: groups.reduce((sum, count) => sum + count, 0) };
  });
}

/** The tone of every unit of a stack from the ground up, as indexes into LEVEL_GROUPS; what is not empty has one unit at least. */
export function stackUnits(groups: readonly number[], max: number, height: number): number[] {
  const units: number[] = [];
  let sum = 0;
  groups.forEach((count, group) => {
    sum += count;
    // Cumulative rounding: the parts always add up to the rounded whole.
    const top = Math.round((sum / max) * height);
    while (units.length < top) units.push(group);
  });
  if (units.length === 0 && sum > 0) units.push(groups.findIndex((count) => count > 0));
  return units;
}

function drawCell(
  stack: readonly number[],
  start: number,
  unitsPerCell: number,
  width: number,
  style: ChartStyle,
): string {
  const units = stack.slice(start, start + unitsPerCell);
  if (units.length === 0) return ' '.repeat(width);
  if (unitsPerCell === 1) return groupOf(units[0] ?? 0).glyph.repeat(width);

  const lower = units[0] ?? 0;
  const lowerCount = units.filter((unit) => unit === lower).length;
  if (units.length < unitsPerCell) {
    // Air above: a third tone is not to be had, so the tone seen most stands for the cell; the lower of equals.
    const most = units.toSorted((a, b) => countOf(units, b) - countOf(units, a) || a - b)[0] ?? lower;
    return style.paint((EIGHTHS[units.length] ?? '').repeat(width), toneOf(most));
  }
  if (lowerCount === unitsPerCell) return style.paint('█'.repeat(width), toneOf(lower));
  return style.paint((EIGHTHS[lowerCount] ?? '').repeat(width), toneOf(lower), toneOf(units[lowerCount] ?? lower));
}

function countOf(units: readonly number[], wanted: number): number {
  return units.filter((unit) => unit === wanted).length;
}

function groupOf(index: number): LevelGroup {
  const group = LEVEL_GROUPS[index];
  if (group === undefined) throw new RangeError(`no level group ${index}`);
  return group;
}

function toneOf(index: number): Tone {
  return groupOf(index).tone;
}

/** One line of bars on a scale of its own; what is not 0 is seen. */
export function drawSparkline(counts: readonly number[], width = 1): string {
  const max = Math.max(0, ...counts);
  return counts
    .map((count) => (count === 0 ? ' ' : (EIGHTHS[Math.max(1, Math.round((count / max) * 8))] ?? '')).repeat(width))
    .join('');
}

/** The start of the first bin at the left, the end of the last at the right when there is room; as fine as the bins are. */
function drawTimes(histogram: Histogram, width: number): string {
  const cut = histogram.binMs >= 86_400_000 ? 10 : histogram.binMs >= 60_000 ? 16 : histogram.binMs >= 1000 ? 19 : 23;
  const start = formatTime(histogram.startMs).slice(0, cut);
  const end = formatTime(histogram.startMs + histogram.binCount * histogram.binMs).slice(0, cut);
  return start.length + end.length + 2 <= width ? start.padEnd(width - end.length) + end : `${start} … ${end}`;
}

function drawLegend(bins: readonly Bin[], style: ChartStyle): string {
  return LEVEL_GROUPS.filter((_, index) => bins.some((bin) => (bin.groups[index] ?? 0) > 0))
    .map((group) => `${style.hasColours ? style.paint('█', group.tone) : group.glyph} ${group.name}`)
    .join('  ');
}
