/** How often numbers come, however many different ones there are: sorted, so that their quantiles are exact. */

/** Different numbers, ascending, and how often each comes. No NaN, no negative zero. */
export interface NumberCounts {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

export const NO_NUMBERS: NumberCounts = { values: new Float64Array(0), counts: new Float64Array(0) };

// Sorting so many takes about 20 ms (2026-11): no cancel waits longer.
const BUFFER = 256 * 1024;
/** The same of pairs. */
const PAIRS = 16 * 1024;

/** Collects numbers one by one. Memory: 16 bytes for each different one, twice while runs are merged, and the buffer. */
export class NumberCollector {
  private buffer = new Float64Array(1024);
  private length = 0;
  /** What comes more than once at a time. */
  private readonly many = new Map<number, number>();
  /** Sorted runs, each less than half as long as the one before it, so that every number is moved a few times only. */
  private readonly runs: NumberCounts[] = [];

  add(value: number, count = 1): void {
    if (count !== 1) {
      this.many.set(value + 0, (this.many.get(value + 0) ?? 0) + count); // no negative zero
      if (this.many.size >= PAIRS) this.flushMany();
      return;
    }
    if (this.length === this.buffer.length) this.makeRoom();
    this.buffer[this.length++] = value;
  }

  addMany(numbers: NumberCounts): void {
    if (numbers.values.length > 0) this.push(numbers);
  }

  /** Everything added so far. */
  collect(): NumberCounts {
    this.flush();
    this.flushMany();
    while (this.runs.length > 1) this.mergeLast();
    return this.runs[0] ?? NO_NUMBERS;
  }

  private makeRoom(): void {
    if (this.length === BUFFER) {
      this.flush();
      return;
    }
    const larger = new Float64Array(Math.min(BUFFER, this.buffer.length * 4));
    larger.set(this.buffer);
    this.buffer = larger;
  }

  private flush(): void {
    if (this.length === 0) return;
    this.push(countSorted(this.buffer.slice(0, this.length).sort()));
    this.length = 0;
  }

  private flushMany(): void {
    if (this.many.size === 0) return;
    const pairs = [...this.many].sort(([a], [b]) => a - b);
    this.push({
      values: Float64Array.from(pairs, ([value]) => value),
      counts: Float64Array.from(pairs, ([, count]) => count),
    });
    this.many.clear();
  }

  private push(run: NumberCounts): void {
    this.runs.push(run);
    for (;;) {
      const last = this.runs.at(-1);
      const before = this.runs.at(-2);
      if (last === undefined || before === undefined || last.values.length * 2 < before.values.length) return;
      this.mergeLast();
    }
  }

  private mergeLast(): void {
    const last = this.runs.pop() ?? NO_NUMBERS;
    const before = this.runs.pop() ?? NO_NUMBERS;
    this.runs.push(mergeNumbers(before, last));
  }
}

/** @param sorted  ascending; overwritten */
function countSorted(sorted: Float64Array): NumberCounts {
  const counts = new Float64Array(sorted.length);
  let length = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = (sorted[i] as number) + 0; // no negative zero
    if (length === 0 || value !== sorted[length - 1]) sorted[length++] = value;
    counts[length - 1] = (counts[length - 1] as number) + 1;
  }
  return { values: sorted.slice(0, length), counts: counts.slice(0, length) };
}

export function mergeNumbers(a: NumberCounts, b: NumberCounts): NumberCounts {
  const values = new Float64Array(a.values.length + b.values.length);
  const counts = new Float64Array(values.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < a.values.length || j < b.values.length) {
    const left = a.values[i] ?? Number.POSITIVE_INFINITY;
    const right = b.values[j] ?? Number.POSITIVE_INFINITY;
    const value = Math.min(left, right);
    let count = 0;
    if (left === value && i < a.values.length) count += a.counts[i++] as number;
    if (right === value && j < b.values.length) count += b.counts[j++] as number;
    values[length] = value;
    counts[length++] = count;
  }
  return { values: values.slice(0, length), counts: counts.slice(0, length) };
}
