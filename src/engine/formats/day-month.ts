/** 03/04/2025: March or April? Two formats that read the same lines as different dates, told apart by how steadily time goes on. */

import type { Candidate } from './candidate';
import type { SampleLines } from './sample-lines';

const DAY_MS = 86_400_000;
/** Two formats are twins when they read so many of the lines alike but for the date. */
const TWIN_SHARE = 0.9;

/**
 * How two formats relate on the sampled lines.
 *
 * A wrong reading turns the next day into the next month, so its times travel farther: 30 days instead of one.
 *
 * @returns 'none' when they are no twins, or `first` reads more lines or reads them more steadily; 'other' when `other`
 * does; 'undecided' when the dates differ and both go on alike
 */
export function dayMonthTwin(
  first: Candidate,
  other: Candidate,
  windows: readonly { lines: SampleLines; index: number }[],
): 'none' | 'other' | 'undecided' {
  let [firstCount, otherCount, both, differing] = [0, 0, 0, 0];
  const travelled = [0, 0];
  let previous: readonly [number, number] | null = null;
  for (const { lines, index } of windows) {
    const a = first.outcome(index, lines).raw;
    const b = other.outcome(index, lines).raw;
    for (let i = 0; i < a.length; i++) {
      const [x, y] = [a[i] as number, b[i] as number];
      if (!Number.isNaN(x)) firstCount++;
      if (!Number.isNaN(y)) otherCount++;
      if (Number.isNaN(x) || Number.isNaN(y)) continue;
      both++;
      if (x !== y) {
        if (!areSwapped(x, y)) return 'none';
        differing++;
      }
      if (previous !== null) {
        travelled[0] = (travelled[0] as number) + Math.abs(x - previous[0]);
        travelled[1] = (travelled[1] as number) + Math.abs(y - previous[1]);
      }
      previous = [x, y];
    }
  }
  if (differing === 0 || both < Math.min(firstCount, otherCount) * TWIN_SHARE) return 'none';
  // A value over 12 is read by one only.
  if (firstCount !== otherCount) return firstCount > otherCount ? 'none' : 'other';
  const [far, near] = travelled as [number, number];
  if (Math.abs(far - near) < DAY_MS) return 'undecided';
  return near < far ? 'other' : 'none';
}

/** Same clock and year, day and month exchanged. */
function areSwapped(x: number, y: number): boolean {
  if (Math.abs(x - y) % DAY_MS !== 0) return false;
  const [a, b] = [new Date(x), new Date(y)];
  return (
    a.getUTCFullYear() === b.getUTCFullYear() &&
    a.getUTCMonth() + 1 === b.getUTCDate() &&
    a.getUTCDate() === b.getUTCMonth() + 1
  );
}
