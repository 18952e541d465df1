/**
 * How measured values spread: ranks, sum, and a histogram with round edges and bins as narrow as their number allows.
 *
 *   equal width   1, 2 or 5 × 10^k, edges at multiples of it; whole numbers have no bins narrower than 1
 *   equal ratio   n bins a decade, or decades a bin, to 3 digits (5 from 100 a decade on): 1, 2.15, 4.64, 10, …; where all
 *                 are positive and the largest is more than 100 times the least
 *
 * Edges are made Float64 first and values are counted by the edges as told, so that counts and edges agree.
 */

import type { MeasureUnit } from './measure';
import type { NumberCounts } from './number-counts';
import type { WildcardMeasure } from './pattern';

/** The largest is so many times the least: then ratios are told, not differences. */
const LOG_FROM = 100;
const BINS_PER_DECADE = [1000, 500, 200, 100, 50, 20, 10, 5, 4, 3, 2, 1];

/**
 * @param numbers  at least one
 * @param unreadCount  values that could not be read as numbers
 * @param maxBins  at least 1
 */
export function spreadOf(
  numbers: NumberCounts,
  unit: MeasureUnit,
  unreadCount: number,
  maxBins: number,
): WildcardMeasure {
  const { values, counts } = numbers;
  const count = counts.reduce((sum, one) => sum + one, 0);
  // Each rank in hundredths, so that 95 of 100 are no 95.00000000000001.
  const ranks = [50, 95, 99].map((hundredths) => Math.ceil((count * hundredths) / 100));
  const found: number[] = [];
  let passed = 0;
  for (let i = 0; i < values.length && found.length < ranks.length; i++) {
    passed += counts[i] as number;
    while (found.length < ranks.length && passed >= (ranks[found.length] as number)) found.push(values[i] as number);
  }
  const [median, p95, p99] = found as [number, number, number];
  return {
    unit,
    count,
    unreadCount,
    min: values[0] as number,
    max: values[values.length - 1] as number,
    sum: sumOf(numbers),
    median,
    p95,
    p99,
    histogram: histogramOf(numbers, maxBins),
  };
}

/**
 * The same whatever order the values came in, and exact but for the last digit.
 * @see https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements
 */
function sumOf({ values, counts }: NumberCounts): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = (values[i] as number) * (counts[i] as number);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}

/** @param numbers  at least one */
export function histogramOf({ values, counts }: NumberCounts, maxBins: number): WildcardMeasure['histogram'] {
  const min = values[0] as number;
  const max = values[values.length - 1] as number;
  const isLog = min > 0 && max / min > LOG_FROM;
  const most = Number.isFinite(maxBins) ? Math.max(1, Math.floor(maxBins)) : 1;
  const isWhole = values.every(Number.isInteger);
  const edges = min === max ? [min, max] : isLog ? ratioEdges(min, max, most) : widthEdges(min, max, most, isWhole);
  const bins = Array.from({ length: edges.length - 1 }, () => 0);
  let bin = 0;
  for (let i = 0; i < values.length; i++) {
    while (bin < bins.length - 1 && (values[i] as number) >= (edges[bin + 1] as number)) bin++;
    bins[bin] = (bins[bin] as number) + (counts[i] as number);
  }
  return { edges, counts: bins, isLog };
}

function widthEdges(min: number, max: number, most: number, isWhole: boolean): number[] {
  if (most === 1) return [min, max];
  // No finer than what a Float64 tells apart: then every multiple is a whole number below 2^53.
  const finest = Math.floor(Math.log10(Math.max(Math.abs(min), Math.abs(max)))) - 14;
  let exponent = Math.max(Math.floor(Math.log10(max / most - min / most)), finest, isWhole ? 0 : finest);
  // Steps go up until they are wide enough: few tries, since the first is more than a tenth of what is wanted.
  for (; exponent < 308; exponent++) {
    for (const factor of [1, 2, 5]) {
      const toEdge = (k: number): number => Number(`${k * factor}e${exponent}`);
      const first = edgeBelow(min, toEdge);
      let last = edgeBelow(max, toEdge) + 1;
      if (last - first > most && toEdge(last - 1) === max) last--; // it is in the bin that ends there
      if (last - first <= most) return cleaned(first, last, toEdge, min, max);
    }
  }
  return [min, max];
}

function ratioEdges(min: number, max: number, most: number): number[] {
  if (most === 1) return [min, max];
  const toEdges = (perDecade: number, decades: number): number[] | null => {
    const toEdge = (k: number): number => {
      const at = k * decades;
      const whole = Math.floor(at / perDecade);
      const rest = at - whole * perDecade;
      return Number(`${(10 ** (rest / perDecade)).toPrecision(perDecade < 100 ? 3 : 5)}e${whole}`);
    };
    const first = edgeBelow(min, toEdge);
    let last = edgeBelow(max, toEdge) + 1;
    if (last - first > most && toEdge(last - 1) === max) last--;
    return last - first <= most ? cleaned(first, last, toEdge, min, max) : null;
  };
  for (const perDecade of BINS_PER_DECADE) {
    const edges = toEdges(perDecade, 1);
    if (edges !== null) return edges;
  }
  for (let decades = 2; decades <= 700; decades++) {
    const edges = toEdges(1, decades);
    if (edges !== null) return edges;
  }
  return [min, max];
}

/** The greatest k whose edge is not above the value; edges never fall. */
function edgeBelow(value: number, toEdge: (k: number) => number): number {
  let low = -1;
  let high = 1;
  while (toEdge(low) > value) low *= 2;
  while (toEdge(high) <= value) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (toEdge(middle) <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Edges first to last, without those that rounding made equal; they begin at or below the least and end at or above the largest. */
function cleaned(first: number, last: number, toEdge: (k: number) => number, min: number, max: number): number[] {
  const edges: number[] = [];
  for (let k = first; k <= last; k++) {
    const edge = toEdge(k);
    if (edges.length === 0 || edge > (edges[edges.length - 1] as number)) edges.push(edge);
  }
  if (!Number.isFinite(edges[0])) edges[0] = min;
  if (!Number.isFinite(edges[edges.length - 1])) edges[edges.length - 1] = max;
  return edges;
}
