/** Records chosen together, as ranges of positions in the selection that stands: small, however many they are. */
import { createSignal } from 'solid-js';

/** Positions [start, end). */
export interface PickRange {
  readonly start: number;
  readonly end: number;
}

/** Adds a range to ranges in order that do not touch. */
export function withRange(ranges: readonly PickRange[], added: PickRange): PickRange[] {
  let { start, end } = added;
  const before: PickRange[] = [];
  const after: PickRange[] = [];
  for (const range of ranges) {
    if (range.end < start) before.push(range);
    else if (range.start > end) after.push(range);
    else {
      start = Math.min(start, range.start);
      end = Math.max(end, range.end);
    }
  }
  return [...before, { start, end }, ...after];
}

/** Takes one position out. */
export function withoutIndex(ranges: readonly PickRange[], index: number): PickRange[] {
  return ranges.flatMap((range) =>
    index < range.start || index >= range.end
      ? [range]
      : [
          { start: range.start, end: index },
          { start: index + 1, end: range.end },
        ].filter(({ start, end }) => end > start),
  );
}

export function countPicks(ranges: readonly PickRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

export function hasPick(ranges: readonly PickRange[], index: number): boolean {
  return ranges.some(({ start, end }) => index >= start && index < end);
}

export function createPicks() {
  const [ranges, setRanges] = createSignal<readonly PickRange[]>([]);
  // Extending goes from here, over what was chosen before the extending began.
  let anchor: number | null = null;
  let before: readonly PickRange[] = [];
  return {
    ranges,
    /** Only one record is chosen: the selected one, which is kept elsewhere. */
    clear(index: number | null = null) {
      anchor = index;
      before = [];
      if (ranges().length > 0) setRanges([]);
    },
    /** Chooses all from where choosing began to a position. @param selected  where it begins when nothing has */
    extendTo(index: number, selected: number) {
      anchor ??= selected;
      setRanges(withRange(before, { start: Math.min(anchor, index), end: Math.max(anchor, index) + 1 }));
    },
    /** Adds a record or takes it out. @param selected  the one that is chosen so far when no ranges are */
    toggle(index: number, selected: number | null) {
      const old = ranges().length === 0 && selected !== null ? [{ start: selected, end: selected + 1 }] : ranges();
      const next = hasPick(old, index) ? withoutIndex(old, index) : withRange(old, { start: index, end: index + 1 });
      anchor = index;
      before = next;
      setRanges(next);
    },
    setAll(count: number) {
      anchor = 0;
      before = [];
      setRanges(count > 0 ? [{ start: 0, end: count }] : []);
    },
  };
}
