/**
 * The low end of the memory, in bytes, that belongs to the kernels: their static tables (AssemblyScript places them from
 * 1,024 on) and the engine's own small tables. Buffers begin at or past it.
 */
export const RESERVED_BYTES = 1024 * 1024;

/**
 * What the kernels offer, as functions over one WebAssembly memory. Two implementations: AssemblyScript with SIMD
 * (`assembly/`), and the portable twin (`portable/`), which defines "correct" and serves where SIMD is absent.
 *
 * All pointers are byte offsets in the memory; ranges are half-open; counts are unsigned. Kernels may read up to 64 bytes
 * past `end` (never write), so every buffer has 64 bytes of slack behind it; what is there never changes an answer.
 * u32 and i32 arrays and bitsets begin at multiples of 4; bytes and levels anywhere.
 * Bitsets are little-endian u32 words, bit i of a set is bit (i & 31) of word i >> 5; bits past the count are 0.
 */
export interface Kernels {
  readonly kind: 'simd' | 'portable';
  readonly memory: WebAssembly.Memory;

  /** Newlines (0x0A) in [start, end). */
  countNewlines(start: number, end: number): number;
  /** Position of the first 0x0A at or after start, or end. */
  findNewline(start: number, end: number): number;
  /** Position of the last 0x0A before end, or start - 1 when there is none. */
  findLastNewline(start: number, end: number): number;
  /** OR of all bytes of [start, end) has bit 7 clear. */
  isAscii(start: number, end: number): boolean;
  /** Bit 0: some byte is not ASCII; bit 1: some byte is NUL. */
  textFlags(start: number, end: number): number;
  /** Number of NUL bytes. */
  countNuls(start: number, end: number): number;
  /** Bytes of invalid UTF-8 sequences as WHATWG decoding would replace them: how many U+FFFD it would emit. */
  countInvalidUtf8(start: number, end: number): number;

  /** First occurrence of needle [needle, needle + length) in [start, end), or -1. length ≥ 1. */
  findExact(start: number, end: number, needle: number, length: number): number;
  /** Same, ASCII letters compare without case; the needle must be given in lower case. */
  findFolded(start: number, end: number, needle: number, length: number): number;
  /**
   * Sets the bit of every record in [0, count) of a block whose bytes hold the needle; other bits are left as they are.
   * `offsets`: u32 × count, record starts relative to `bytes`, ascending; `bytesEnd`: end of the last record, relative to `bytes`.
   * A match lies in one record's text: what is before its line end, if it has one (\n, \r\n or \r). `length` ≥ 1.
   * Returns how many bits it newly set. `folded` 0 or 1, as in findFolded.
   */
  markMatches(
    bytes: number,
    bytesEnd: number,
    offsets: number,
    count: number,
    needle: number,
    length: number,
    folded: number,
    bits: number,
  ): number;
  /**
   * The same, looking only into records whose bit is set in `within`: worth it where these are few, since all other bytes
   * are passed over. `within` and `bits` are different sets.
   */
  markMatchesWithin(
    bytes: number,
    bytesEnd: number,
    offsets: number,
    count: number,
    needle: number,
    length: number,
    folded: number,
    within: number,
    bits: number,
  ): number;

  /** words: number of u32. dst = a op b; dst may be a or b. */
  bitsAnd(dst: number, a: number, b: number, words: number): void;
  bitsOr(dst: number, a: number, b: number, words: number): void;
  bitsAndNot(dst: number, a: number, b: number, words: number): void;
  /** dst = not a, and bits at and past `count` cleared. */
  bitsNot(dst: number, a: number, count: number): void;
  /** All of [0, count) set, the rest of the last word clear. */
  bitsFill(dst: number, count: number): void;
  popcount(bits: number, words: number): number;
  /** Set bits before `index`. */
  bitsRank(bits: number, index: number): number;
  /** Index of the `nth` (from 0) set bit among `words`, or -1. Sets have fewer than 2^31 bits. */
  bitsSelect(bits: number, words: number, nth: number): number;
  /** Next set bit at or after `index` in [0, count), or -1. */
  bitsNext(bits: number, count: number, index: number): number;
  /** Previous set bit at or before `index`, or -1. */
  bitsPrevious(bits: number, index: number): number;

  /** Sets bits of records whose level (low 4 bits of the u8) has its bit set in `levelMask` (bit code). */
  markLevels(levels: number, count: number, levelMask: number, bits: number): void;
  /** Sets bits of records with a time (i32 ≥ TIME_MIN) where start ≤ time < end. start, end as i32. */
  markTimes(times: number, count: number, start: number, end: number, bits: number): void;
  /**
   * Adds to counts (7 rows of `binCount` u32): bin = floor((time + shift - origin) / binMs) for each record with a time whose bit is
   * set (`bits` 0: all); out of range is left out. `base` = shift - origin in ms as f64; with binMs ≥ 1 a whole number, |time + base| < 2^53.
   * Level codes without a row (7..15) count in row 0. TIME_WIDE is left out: the caller adds those from the wide list.
   * Returns how many had no time (TIME_NONE).
   */
  histogram(
    times: number,
    levels: number,
    count: number,
    bits: number,
    base: number,
    binMs: number,
    binCount: number,
    counts: number,
  ): number;
  /** Adds to counts (16 × u32) the number of records per level code. */
  countLevels(levels: number, count: number, bits: number, counts: number): void;
  /** Greatest time in [0, count), or TIME_NONE when none has one (TIME_WIDE does not count). */
  maxTime(times: number, count: number): number;

  /**
   * Where the messages are of records [first, end) of a block of `count`, of those whose bit is set in `within` (0: all): start
   * and end of each, two u32 behind one another at `found`, as positions in the memory; the whole first line where the program
   * tells of none. `offsets`, `bytes`, `bytesEnd`: as in markMatches. Returns how many records those are.
   */
  findMessages(
    program: number,
    bytes: number,
    bytesEnd: number,
    offsets: number,
    first: number,
    end: number,
    count: number,
    within: number,
    found: number,
  ): number;
  /** See `index-state.ts`: runs the format program over lines and appends records to the current block. */
  indexLines(state: number): number;
}
