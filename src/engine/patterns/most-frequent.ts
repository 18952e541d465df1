/** The most frequent of many texts, found without sorting all and with a string made only of those that may be among them. */

export interface CountedText {
  readonly value: string;
  readonly count: number;
}

/** Candidates beyond those wanted, before they are sorted. */
const ROOM = 4096;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Most frequent first, equal counts by value (UTF-16 order); at most `size`. Each text is to be added once. */
export class MostFrequent {
  private found: CountedText[] = [];
  /** The last of those that were the most frequent when they were sorted: what comes behind it is not among them. */
  private worst: { readonly bytes: Uint8Array; readonly count: number } | null = null;

  constructor(private readonly size: number) {}

  /** Adds the text at [start, end) of UTF-8 bytes. */
  add(bytes: Uint8Array, start: number, end: number, count: number): void {
    const { worst } = this;
    if (this.size === 0) return;
    if (worst !== null && (count < worst.count || (count === worst.count && !isLess(bytes, start, end, worst.bytes))))
      return;
    this.found.push({ value: decoder.decode(bytes.subarray(start, end)), count });
    if (this.found.length >= 2 * this.size + ROOM) this.sort();
  }

  collect(): readonly CountedText[] {
    this.sort();
    return this.found;
  }

  private sort(): void {
    this.found = this.found
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
      .slice(0, this.size);
    const last = this.found[this.size - 1];
    if (last !== undefined) this.worst = { bytes: encoder.encode(last.value), count: last.count };
  }
}

/** Whether the UTF-8 text at [start, end) comes before another in UTF-16 order. */
function isLess(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  const length = Math.min(end - start, other.length);
  for (let i = 0; i < length; i++) {
    const a = bytes[start + i] as number;
    const b = other[i] as number;
    if (a === b) continue;
    // Surrogates stand before U+E000 to U+FFFF, which begin with 0xEE and 0xEF; what they stand for begins with 0xF0 and up.
    if (a >= 0xee && b >= 0xee && a >= 0xf0 !== b >= 0xf0) return a >= 0xf0;
    return a < b;
  }
  return end - start < other.length;
}
