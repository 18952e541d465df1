/** What of a source decides which records there are and in which order, and how the engine is told to read it. */
import type { SourceSummary } from '../engine/api';
import type { SourceId } from '../engine/records/record';
import type { SourceKey, SourceSettings } from './source-settings';

/** Everything of a summary that changes which records there are, or their order. */
export function contentOf(summary: SourceSummary): string {
  return [
    summary.recordCount,
    summary.state,
    summary.format.id,
    summary.encoding,
    summary.zone,
    summary.offsetMs,
    summary.firstTime,
    summary.lastTime,
  ].join('\n');
}

/** What of the settings the engine is told. */
export type Reading = Pick<SourceSettings, 'format' | 'encoding' | 'zone' | 'offsetMs'>;

export const readingOf = ({ format, encoding, zone, offsetMs }: SourceSettings): Reading => ({
  format,
  encoding,
  zone,
  offsetMs,
});

export const isSameReading = (a: Reading, b: Reading) =>
  a.format === b.format && a.encoding === b.encoding && a.zone === b.zone && a.offsetMs === b.offsetMs;

export function readingPart({ format, encoding, zone }: Partial<SourceSettings>): Partial<Reading> {
  return {
    ...(format === undefined ? {} : { format }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(zone === undefined ? {} : { zone }),
  };
}

/** Those that a person put in order, then the others by their ids. */
export function inOrder(
  ids: readonly SourceId[],
  order: readonly SourceKey[],
  keyOf: (id: SourceId) => SourceKey,
): readonly SourceId[] {
  if (order.length === 0) return ids;
  const places = new Map(order.map((key, at) => [key, at]));
  const placeOf = (id: SourceId) => places.get(keyOf(id)) ?? order.length;
  return [...ids].sort((a, b) => placeOf(a) - placeOf(b) || a - b);
}

/** Whether two lists hold the same sources in the same order. */
export function isSameList(a: readonly SourceId[], b: readonly SourceId[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
