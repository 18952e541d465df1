/** Kept analyses in words: what they are of, when and by what they were made, shares and factors. */
import type { EpochMs } from '../../engine/records/record';
import type { AnalysisHead, KeptPattern } from '../../protocol/analysis';
import type { PatternChange } from '../../state/compare-analyses';
import { toCountText, toNumberText } from '../../ui/size-text';
import { toClockText, toDateText, toRangeText } from '../time-text';

const NAMED_SOURCES = 2;

export const toKindText = ({ kind }: Pick<AnalysisHead, 'kind'>) => (kind === 'patterns' ? 'Patterns' : 'First look');

/** "412 patterns", "5 things" */
export function toItemsText({ kind, itemCount }: Pick<AnalysisHead, 'kind' | 'itemCount'>): string {
  return kind === 'patterns' ? toCountText(itemCount, 'pattern') : toCountText(itemCount, 'thing');
}

/** The names of the first, and how many more. */
export function toSourcesText({ sources }: Pick<AnalysisHead, 'sources'>): string {
  const named = sources.slice(0, NAMED_SOURCES).map(({ name }) => name);
  const more = sources.length - named.length;
  if (sources.length === 0) return 'none';
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${toNumberText(more)} more`;
}

export const toFilterText = ({ filter }: Pick<AnalysisHead, 'filter'>) =>
  filter.text === '' ? 'All records' : filter.text;

/** "20 Nov 2026 12:40", in the zone given. */
export function toMadeText(madeAt: EpochMs, zone: string): string {
  return `${toDateText(madeAt, zone)} ${toClockText(madeAt, zone).slice(0, 5)}`;
}

/** From the first record of its sources to the last; empty without times. */
export function toSpanText({ sources }: Pick<AnalysisHead, 'sources'>, zone: string): string {
  const spans = sources.flatMap(({ span }) => span ?? []);
  if (spans.length === 0) return '';
  const start = spans.reduce((least, span) => Math.min(least, span.start), Number.POSITIVE_INFINITY);
  const end = spans.reduce((most, span) => Math.max(most, span.end), Number.NEGATIVE_INFINITY);
  return `${toDateText(start, zone)}, ${toRangeText(start, end, zone)}`;
}

/** "granularity 3 of 5, 2 merges, 1 split"; empty for what has no patterns. */
export function toGroupingText({ grouping }: Pick<AnalysisHead, 'grouping'>): string {
  if (!grouping) return '';
  const { granularity, merges, splits } = grouping;
  const byHand = [
    ...(merges.length > 0 ? [toCountText(merges.length, 'merge')] : []),
    ...(splits.length > 0 ? [toCountText(splits.length, 'split')] : []),
  ];
  return [`granularity ${granularity + 1} of 5`, ...byHand].join(', ');
}

/** A share of 1 with two digits: "32.78 %", "<0.01 %" rather than 0, "100 %" only when it is all. */
export function toShareText(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.0001) return '<0.01 %';
  if (share >= 1) return '100 %';
  return `${(Math.min(0.9999, share) * 100).toFixed(2)} %`;
}

/** How a share has changed: "× 4.9", "÷ 3.2", "new", "gone", "as before". */
export function toChangeText({ kind, factor }: Pick<PatternChange, 'kind' | 'factor'>): string {
  if (kind === 'new' || kind === 'gone') return kind;
  if (factor === null) return '';
  const isRise = factor >= 1;
  const digits = toFactorDigits(isRise ? factor : 1 / factor);
  if (digits === '1.0') return 'as before';
  return `${isRise ? '×' : '÷'} ${digits}`;
}

function toFactorDigits(factor: number): string {
  return factor < 100 ? factor.toFixed(1) : toNumberText(Math.round(factor));
}

/** The level that most of a pattern's records have, the worse of equal ones: its code. */
export function mainLevel({ levelCounts }: Pick<KeptPattern, 'levelCounts'>): number {
  let best = 0;
  levelCounts.forEach((count, code) => {
    if (count >= (levelCounts[best] ?? 0)) best = code;
  });
  return best;
}

/**
 * Counts in bins as a stepped area, as the path of an SVG of `binCount` × `height`; the fullest bin is as high as it.
 *
 * @param at  bins with records, ascending
 */
export function toSparkPath(at: readonly number[], counts: readonly number[], height: number): string {
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  let path = '';
  at.forEach((bin, index) => {
    // What has any record is seen.
    const top = height - Math.max(1, ((counts[index] ?? 0) / Math.max(1, most)) * height);
    path += `M${bin} ${height}V${top.toFixed(2)}H${bin + 1}V${height}Z`;
  });
  return path;
}
