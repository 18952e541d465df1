/** The map of a pane's records as paths: one unit high per bucket, in the map's own width. */

import type { Overview } from '../../engine/api';

/** Width of the map in units; the lanes in it:  │ trouble 2…14 │ hits 16…24 │ marks 24…28 */
export const MAP_WIDTH = 28;
const TROUBLE_X = 2;
const TROUBLE_WIDTH = 12;
const HITS_X = 16;
const HITS_WIDTH = 9;
// However few records of a bucket they are, they are seen.
const MIN_WIDTH = 4;

const WARN = 4;
const ERRORS = [5, 6] as const;

/** Records per bucket, all levels. */
function totals({ levels, bucketCount }: Overview): number[] {
  return Array.from({ length: bucketCount }, (_, bucket) =>
    levels.reduce((sum, counts) => sum + (counts[bucket] ?? 0), 0),
  );
}

/** A bar for every bucket with any: the wider the larger its share, so that a burst differs from a drizzle. */
function bars(shares: readonly number[], x: number, width: number): string {
  return shares
    .map((share, bucket) =>
      share <= 0
        ? ''
        : `M${x} ${bucket}h${round(MIN_WIDTH + (width - MIN_WIDTH) * Math.sqrt(Math.min(1, share)))}v1H${x}z`,
    )
    .join('');
}

const round = (value: number) => Math.round(value * 10) / 10;

export function toErrorPath(overview: Overview): string {
  const all = totals(overview);
  return bars(
    all.map((total, bucket) =>
      total === 0 ? 0 : ERRORS.reduce((sum, code) => sum + (overview.levels[code]?.[bucket] ?? 0), 0) / total,
    ),
    TROUBLE_X,
    TROUBLE_WIDTH,
  );
}

export function toWarningPath(overview: Overview): string {
  const all = totals(overview);
  return bars(
    all.map((total, bucket) => (total === 0 ? 0 : (overview.levels[WARN]?.[bucket] ?? 0) / total)),
    TROUBLE_X,
    TROUBLE_WIDTH,
  );
}

export function toHitPath(overview: Overview): string {
  const { hits } = overview;
  if (!hits) return '';
  const all = totals(overview);
  return bars(
    all.map((total, bucket) => (total === 0 ? 0 : (hits[bucket] ?? 0) / total)),
    HITS_X,
    HITS_WIDTH,
  );
}

/** What stands in the bucket of a position, for its preview. */
export function countAt(overview: Overview, position: number): { errors: number; warnings: number; hits: number } {
  const bucket = Math.min(
    overview.bucketCount - 1,
    Math.floor((position * overview.bucketCount) / Math.max(1, overview.recordCount)),
  );
  return {
    errors: ERRORS.reduce((sum, code) => sum + (overview.levels[code]?.[bucket] ?? 0), 0),
    warnings: overview.levels[WARN]?.[bucket] ?? 0,
    hits: overview.hits?.[bucket] ?? 0,
  };
}

/** Heights in px. The frame is never so low that it cannot be caught. */
export const MIN_FRAME_PX = 14;

export interface Frame {
  readonly top: number;
  readonly height: number;
}

/**
 * Where the frame of the view stands on the map: its middle lies at the middle record on screen.
 *
 * @param first   position at the top of the view, with a fraction; @param shown  records in view
 */
export function toFrame(first: number, shown: number, count: number, mapHeight: number): Frame {
  if (count <= 0) return { top: 0, height: mapHeight };
  const height = Math.min(mapHeight, Math.max(MIN_FRAME_PX, (shown / count) * mapHeight));
  const middle = ((first + shown / 2) / count) * mapHeight;
  return { top: Math.max(0, Math.min(mapHeight - height, middle - height / 2)), height };
}

/** The position at the top of the view that brings the record at `y` to its middle. May lie beyond the ends. */
export function toFirst(y: number, shown: number, count: number, mapHeight: number): number {
  return Math.round((y / Math.max(1, mapHeight)) * count - shown / 2);
}
