/**
 * One gzip member inflated by our own code. The native decoder is three times as fast, but it keeps back what it has when it
 * fails and does not say where a member ends; this one gives every byte up to the damage, and the end to the byte.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1951 (deflate)
 * @see https://www.rfc-editor.org/rfc/rfc1952 (gzip)
 */

/** more: wants input; room: `take` the output; the rest are final. */
export type InflateOutcome = 'more' | 'room' | 'end' | 'truncated' | 'damaged';

export interface MemberInflater {
  /** The next packed bytes (kept until used; do not change them). */
  feed(bytes: Uint8Array, isFinal: boolean): void;
  run(): InflateOutcome;
  /** Copies out what was inflated since the last call. */
  take(): Uint8Array;
  /** Packed bytes used since the member's first: after `end`, its length. */
  readonly usedBytes: number;
  /** What is wrong, in words, after `truncated` or `damaged`. */
  readonly reason: string;
}

const WINDOW_BYTES = 32 * 1024;
const OUTPUT_BYTES = 256 * 1024;
const LONGEST_MATCH = 258;
// A length and distance take 48 bits at most; the description of a block's codes takes 2,286 bits at most.
const SYMBOL_MARGIN = 8;
const CODES_MARGIN = 320;

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Entries `symbol << 4 | length` for every value of the next `bits` bits; 0 where no code is. */
interface Table {
  readonly entries: Uint16Array;
  readonly bits: number;
}

const FIXED_LITERALS = buildTable(
  Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
) as Table;
const FIXED_DISTANCES = buildTable(Array<number>(30).fill(5)) as Table;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});

class Problem extends Error {
  constructor(
    readonly outcome: 'truncated' | 'damaged',
    reason: string,
  ) {
    super(reason);
  }
}

export function createMemberInflater(): MemberInflater {
  let input: Uint8Array = new Uint8Array(0);
  let isFinal = false;
  let position = 0;
  let usedBefore = 0;
  let bitBuffer = 0;
  let bitCount = 0;

  //  output: ┌ window, seen before ┬ not taken yet ┬ room ┐
  //          0                     taken          filled
  const output = new Uint8Array(WINDOW_BYTES + OUTPUT_BYTES);
  let taken = 0;
  let filled = 0;
  let produced = 0;
  let crc = 0xffffffff;

  let phase: 'header' | 'block' | 'stored' | 'codes' | 'trailer' | 'end' = 'header';
  let isLastBlock = false;
  let storedLeft = 0;
  let literals = FIXED_LITERALS;
  let distances = FIXED_DISTANCES;
  let reason = '';

  function need(count: number): void {
    while (bitCount < count) {
      bitBuffer |= (input[position] ?? 0) << bitCount;
      position += 1;
      bitCount += 8;
    }
  }

  function bits(count: number): number {
    need(count);
    const value = bitBuffer & ((1 << count) - 1);
    bitBuffer >>>= count;
    bitCount -= count;
    return value;
  }

  /** @throws Problem `truncated` when bits were used that are not there */
  function checkInput(): void {
    if (position - (bitCount >> 3) > input.length) throw new Problem('truncated', 'it breaks off');
  }

  function symbol({ entries, bits: width }: Table): number {
    need(width);
    const entry = entries[bitBuffer & ((1 << width) - 1)] as number;
    const length = entry & 15;
    if (length === 0) {
      checkInput();
      throw new Problem('damaged', 'a code that is not defined');
    }
    bitBuffer >>>= length;
    bitCount -= length;
    return entry >> 4;
  }

  /** Whole bytes that were read ahead go back; bits up to the next byte are dropped. */
  function alignToByte(): void {
    position -= bitCount >> 3;
    bitBuffer = 0;
    bitCount = 0;
  }

  const available = () => input.length - position + (bitCount >> 3);

  function readHeader(): boolean {
    const start = position;
    const has = (count: number) => position + count <= input.length;
    const tooShort = () => {
      position = start;
      if (isFinal) throw new Problem('truncated', 'it breaks off in its header');
      return false;
    };
    if (!has(10)) return tooShort();
    if (input[start] !== 0x1f || input[start + 1] !== 0x8b || input[start + 2] !== 8)
      throw new Problem('damaged', 'no gzip header');
    const flags = input[start + 3] as number;
    position += 10;
    if (flags & 4) {
      if (!has(2)) return tooShort();
      position += 2 + ((input[position] as number) | ((input[position + 1] as number) << 8));
    }
    for (const flag of [8, 16]) {
      if ((flags & flag) === 0) continue;
      const end = input.indexOf(0, position);
      if (end === -1) return tooShort();
      position = end + 1;
    }
    if (flags & 2) position += 2;
    return has(0) || tooShort();
  }

  function readBlockHeader(): boolean {
    if (available() < CODES_MARGIN && !isFinal) return false;
    isLastBlock = bits(1) === 1;
    const type = bits(2);
    if (type === 3) throw new Problem('damaged', 'a block of an unknown type');
    if (type === 0) {
      alignToByte();
      const length = bits(16);
      if ((bits(16) ^ length) !== 0xffff) {
        checkInput();
        throw new Problem('damaged', 'a stored block of contradictory length');
      }
      storedLeft = length;
      phase = 'stored';
    } else {
      if (type === 1) [literals, distances] = [FIXED_LITERALS, FIXED_DISTANCES];
      else readCodes();
      phase = 'codes';
    }
    checkInput();
    return true;
  }

  function readCodes(): void {
    const literalCount = bits(5) + 257;
    const distanceCount = bits(5) + 1;
    const orderCount = bits(4) + 4;
    const orderLengths = Array<number>(19).fill(0);
    for (let index = 0; index < orderCount; index++) orderLengths[CODE_LENGTH_ORDER[index] as number] = bits(3);
    const order = tableOf(orderLengths);
    const lengths: number[] = [];
    while (lengths.length < literalCount + distanceCount) {
      const code = symbol(order);
      if (code < 16) lengths.push(code);
      else {
        if (code === 16 && lengths.length === 0) throw new Problem('damaged', 'a repeat of nothing');
        const value = code === 16 ? (lengths.at(-1) as number) : 0;
        const count = code === 16 ? 3 + bits(2) : code === 17 ? 3 + bits(3) : 11 + bits(7);
        for (let repeat = 0; repeat < count; repeat++) lengths.push(value);
      }
    }
    checkInput();
    if (lengths.length > literalCount + distanceCount) throw new Problem('damaged', 'more code lengths than codes');
    literals = tableOf(lengths.slice(0, literalCount));
    distances = tableOf(lengths.slice(literalCount));
  }

  function tableOf(lengths: readonly number[]): Table {
    const table = buildTable(lengths);
    if (table === null) {
      checkInput();
      throw new Problem('damaged', 'codes that contradict each other');
    }
    return table;
  }

  function copyStored(): InflateOutcome | null {
    const count = Math.min(storedLeft, input.length - position, output.length - filled);
    output.set(input.subarray(position, position + count), filled);
    position += count;
    filled += count;
    storedLeft -= count;
    if (storedLeft === 0) {
      phase = isLastBlock ? 'trailer' : 'block';
      return null;
    }
    if (filled === output.length) return 'room';
    if (isFinal) throw new Problem('truncated', 'it breaks off');
    return 'more';
  }

  function decodeSymbols(): InflateOutcome | null {
    for (;;) {
      if (filled + LONGEST_MATCH > output.length) return 'room';
      if (input.length - position < SYMBOL_MARGIN && !isFinal) return 'more';
      const code = symbol(literals);
      if (code < 256) {
        if (isFinal) checkInput();
        output[filled] = code;
        filled += 1;
        continue;
      }
      if (code === 256) {
        checkInput();
        phase = isLastBlock ? 'trailer' : 'block';
        return null;
      }
      const lengthBase = LENGTH_BASE[code - 257];
      if (lengthBase === undefined) throw new Problem('damaged', 'a length that is not defined');
      const length = lengthBase + bits(LENGTH_EXTRA[code - 257] as number);
      const distanceCode = symbol(distances);
      const distanceBase = DISTANCE_BASE[distanceCode];
      if (distanceBase === undefined) throw new Problem('damaged', 'a distance that is not defined');
      const distance = distanceBase + bits(distanceCode < 4 ? 0 : (distanceCode >> 1) - 1);
      if (isFinal) checkInput();
      if (distance > filled) throw new Problem('damaged', 'a distance to before the beginning');
      for (const end = filled + length; filled < end; filled++) output[filled] = output[filled - distance] as number;
    }
  }

  /** @returns whether all of it was there */
  function readTrailer(): boolean {
    alignToByte();
    if (input.length - position < 8) {
      if (isFinal) throw new Problem('truncated', 'it breaks off before its checksum');
      return false;
    }
    const view = new DataView(input.buffer, input.byteOffset + position, 8);
    if (view.getUint32(0, true) !== (crc ^ 0xffffffff) >>> 0)
      throw new Problem('damaged', 'its checksum does not match');
    if (view.getUint32(4, true) !== produced % 2 ** 32) throw new Problem('damaged', 'its length does not match');
    position += 8;
    return true;
  }

  function step(): InflateOutcome | null {
    switch (phase) {
      case 'header':
        if (!readHeader()) return 'more';
        phase = 'block';
        return null;
      case 'block':
        if (!readBlockHeader()) return 'more';
        return null;
      case 'stored':
        return copyStored();
      case 'codes':
        return decodeSymbols();
      case 'trailer':
        // The checksum is over what was taken: take the rest first.
        if (filled > taken) return 'room';
        if (!readTrailer()) return 'more';
        phase = 'end';
        return 'end';
      case 'end':
        return 'end';
    }
  }

  return {
    feed(bytes, final) {
      alignKeepingBits();
      const rest = input.subarray(position);
      usedBefore += position;
      if (rest.length === 0) input = bytes;
      else {
        const joined = new Uint8Array(rest.length + bytes.length);
        joined.set(rest);
        joined.set(bytes, rest.length);
        input = joined;
      }
      position = 0;
      isFinal = final;
    },
    run() {
      try {
        for (;;) {
          const outcome = step();
          if (outcome !== null) return outcome;
        }
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        reason = error.message;
        return error.outcome;
      }
    },
    take() {
      const bytes = output.slice(taken, filled);
      for (let at = 0; at < bytes.length; at++)
        crc = (CRC_TABLE[(crc ^ (bytes[at] as number)) & 255] as number) ^ (crc >>> 8);
      produced += bytes.length;
      if (filled > WINDOW_BYTES) {
        output.copyWithin(0, filled - WINDOW_BYTES, filled);
        filled = WINDOW_BYTES;
      }
      taken = filled;
      return bytes;
    },
    get usedBytes() {
      return Math.min(usedBefore + input.length, usedBefore + position - (bitCount >> 3));
    },
    get reason() {
      return reason;
    },
  };

  /** Whole bytes read ahead go back to the input, the bits of a byte begun stay. */
  function alignKeepingBits(): void {
    position -= bitCount >> 3;
    bitCount &= 7;
    bitBuffer &= (1 << bitCount) - 1;
  }
}

/** @returns null when the lengths ask for more codes than there are */
function buildTable(lengths: readonly number[]): Table | null {
  const counts = Array<number>(16).fill(0);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] as number) + 1;
  const next = Array<number>(16).fill(0);
  let code = 0;
  for (let length = 1; length < 16; length++) {
    code = (code + (counts[length - 1] as number)) << 1;
    next[length] = code;
    if (code + (counts[length] as number) > 1 << length) return null;
  }
  const bits = Math.max(
    1,
    lengths.reduce((most, length) => Math.max(most, length), 0),
  );
  const entries = new Uint16Array(1 << bits);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    let reversed = 0;
    let value = next[length] as number;
    next[length] = value + 1;
    for (let bit = 0; bit < length; bit++) {
      reversed = (reversed << 1) | (value & 1);
      value >>= 1;
    }
    for (let index = reversed; index < entries.length; index += 1 << length) entries[index] = (symbol << 4) | length;
  }
  return { entries, bits };
}
