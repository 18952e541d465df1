/** What is said about patterns, in words: facts with numbers, for the panel, the tooltips and those who listen. */

import type { PatternTable, WildcardKind, WildcardMeasure } from '../../engine/patterns/pattern';
import { binsOf, type PatternFacts } from '../../state/pattern-facts';
import type { PatternChip, PatternGroups, PatternSort } from '../../state/pattern-list';
import { toCountText, toDurationText, toFileSizeText, toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS } from '../levels';
import { toClockText, toDayText } from '../time-text';

export const SORT_WORDS: Readonly<Record<PatternSort, string>> = {
  relevance: 'Most relevant',
  count: 'Most records',
  errors: 'Most errors',
  first: 'First seen',
  last: 'Last seen',
  burst: 'Biggest burst',
  rising: 'Rising',
  name: 'Name',
};

export const GROUP_WORDS: Readonly<Record<PatternGroups, string>> = {
  none: 'Not grouped',
  level: 'By level',
  source: 'By source',
  category: 'By category',
};

export const CHIP_WORDS: Readonly<Record<PatternChip, string>> = {
  new: 'New',
  errors: 'Errors',
  rare: 'Rare',
  denoise: 'Denoise',
};

/** What a kind of values is called where there is room for it. */
export const KIND_WORDS: Readonly<Record<WildcardKind, string>> = {
  number: 'number',
  duration: 'duration',
  bytes: 'size',
  hex: 'hex',
  uuid: 'UUID',
  ip: 'IP',
  path: 'path',
  url: 'URL',
  email: 'e-mail',
  quoted: 'quoted',
  time: 'time',
  word: 'word',
  text: 'text',
};

/** A share of 1 to two digits behind the point: 0.20 %, 14.85 %, <0.01 %. */
export function toShareText(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.0001) return '<0.01 %';
  if (share >= 1) return '100 %';
  return `${Math.min(99.99, Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}

/** Times of a value's: "×930", "×2.4 M". */
export function toFactorText(factor: number): string {
  return `×${factor >= 1e6 ? `${(factor / 1e6).toFixed(1)} M` : toNumberText(Math.round(factor))}`;
}

/** "−27 %", "+40 %", "×8" */
export function toChangeText(change: number): string {
  if (change >= 2) return toFactorText(change + 1);
  return `${change < 0 ? '−' : '+'}${Math.round(Math.abs(change) * 100)} %`;
}

/** A moment as rows show it; with its day where the log has several. */
export function toSeenText(time: number | null, zone: string, hasDays: boolean): string {
  if (time === null) return '';
  return hasDays ? `${toDayText(time, zone)} ${toClockText(time, zone).slice(0, 5)}` : toClockText(time, zone);
}

/** The bins lie on several days. */
export function hasSeveralDays(bins: PatternTable['bins'], zone: string): boolean {
  if (bins.binCount === 0) return false;
  return toDayText(bins.startMs, zone) !== toDayText(bins.startMs + bins.binMs * bins.binCount - 1, zone);
}

/** "18,730 records between 14:06:31 and 14:48:53, most at 14:20" */
export function toSparkText(facts: PatternFacts, bins: PatternTable['bins'], zone: string): string {
  const { row, peakBin } = facts;
  const records = toCountText(row.count, 'record');
  const days = hasSeveralDays(bins, zone);
  const [first, last] = [row.first.time, row.last.time];
  if (first === null || last === null) return `${records} without a time`;
  if (first === last) return `${records} at ${toSeenText(first, zone, days)}`;
  const span = `${records} between ${toSeenText(first, zone, days)} and ${toSeenText(last, zone, days)}`;
  return peakBin === null ? span : `${span}, most at ${toPeakText(bins, peakBin, zone)}`;
}

/** When a bin begins, as exactly as its width asks for. */
export function toPeakText(bins: PatternTable['bins'], bin: number, zone: string): string {
  const time = bins.startMs + bins.binMs * bin;
  const clock = toClockText(time, zone).slice(0, bins.binMs >= 60_000 ? 5 : 8);
  return hasSeveralDays(bins, zone) ? `${toDayText(time, zone)} ${clock}` : clock;
}

/** "ERROR 9 %, WARN 91 %" */
export function toMixText(levelCounts: readonly number[], count: number): string {
  return LEVEL_LOOKS.flatMap(({ code, word }) => {
    const of = levelCounts[code] ?? 0;
    return of === 0 ? [] : [`${word} ${toShareText(of / count)}`];
  }).join(', ');
}

/** A value of a wildcard: 1,904 · 30.01 s · 61 ms · 17.6 MB. */
export function toMeasureText(value: number, unit: WildcardMeasure['unit']): string {
  if (unit === 'B') return value < 0 ? `−${toFileSizeText(-value)}` : toFileSizeText(value);
  if (unit === 'ms') return value < 0 ? `−${toTimeText(-value)}` : toTimeText(value);
  return toPlainText(value);
}

function toTimeText(ms: number): string {
  if (ms > 0 && ms < 1) return ms < 0.001 ? `${toPlainText(ms * 1e6)} ns` : `${toPlainText(ms * 1000)} µs`;
  if (ms < 1000) return `${toPlainText(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(2)} s` : toDurationText(ms);
}

const SHORT = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });

/** Whole numbers as they are, others to four digits. */
function toPlainText(value: number): string {
  return Number.isInteger(value) ? toNumberText(value) : SHORT.format(value);
}

/** How much of it is trouble, and when: the sentences of the panel. */
export function toFactTexts(
  facts: PatternFacts,
  table: PatternTable,
  moment: { readonly since: number | null; readonly isPinned: boolean },
  zone: string,
): string[] {
  const { row, errorCount, errorRatio } = facts;
  const { bins } = table;
  const at = (time: number) => toSeenText(time, zone, hasSeveralDays(bins, zone));
  const texts: string[] = [];
  if (errorCount === row.count) texts.push('All are ERROR or FATAL.');
  else if (errorCount > 0) texts.push(`${toNumberText(errorCount)} are ERROR or FATAL, ${toShareText(errorRatio)}.`);
  const { since, isPinned } = moment;
  const reference = since === null ? '' : `${at(since)}, ${isPinned ? 'the pinned moment' : 'when errors began'}`;
  if (facts.isNew && row.first.time !== null && since !== null) {
    const first = at(row.first.time);
    const what = isPinned ? 'the pinned moment' : 'when errors began';
    texts.push(
      first === at(since)
        ? `New: first seen at ${first}, ${what}.`
        : `New: first seen at ${first}, not before ${reference}.`,
    );
  } else if (facts.change !== null && since !== null) {
    const size = Math.round(Math.abs(facts.change) * 100);
    texts.push(
      facts.change < 0
        ? `${size} % fewer since ${reference}.`
        : `${facts.change >= 2 ? `${toFactorText(facts.change + 1).slice(1)} times as many` : `${size} % more`} since ${reference}.`,
    );
  }
  if (facts.burst !== null && facts.peakBin !== null) {
    const peak = Math.max(...binsOf(bins, facts.index).counts);
    texts.push(
      `It bursts at ${toPeakText(bins, facts.peakBin, zone)}: ${toCountText(peak, 'record')} in ${toDurationText(bins.binMs)}, ${toNumberText(Math.round(facts.burst))} times what is usual.`,
    );
  }
  if (row.isMerged) texts.push('Put together by how the messages begin: there are more kinds than can be told apart.');
  else if (row.skeletonCount > 1) texts.push(`Made of ${toNumberText(row.skeletonCount)} forms of the message.`);
  return texts;
}
