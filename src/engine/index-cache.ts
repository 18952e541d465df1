/**
 * Indexes that outlive the page. The bytes stay where they are and the columns are read back instead of made again; what is
 * kept of a source can be thrown away at any time (law 1: the bytes are the truth).
 *
 *   head    one, below 1 MB: encoding, formats, cuts, what each shard reported       read by the coordinator
 *   files   one for each shard: its columns as they lie in memory                    read and written by its worker
 *
 * The head is written last: an index without a head is none. Why files: docs/decisions/0020-index-cache.md.
 */

/** Where a place keeps indexes, as the coordinator sees it. No call rejects: what cannot be read is not there. */
export interface IndexCache {
  /** Whether a source of this size may have an index: others are not kept waiting for an answer. */
  mayHold(sizeBytes: number): Promise<boolean>;
  /** `id` names the files. The head is as it was written, or anything at all: see `readIndexHead`. */
  read(key: string): Promise<{ readonly id: string; readonly head: unknown } | null>;
  /**
   * Makes room for an index by giving up those used longest ago, and names its files; null when there is no room. One is
   * written at a time: what another call began and did not end is given up.
   *
   * @param indexBytes  of all files and the head, about
   */
  begin(indexBytes: number): Promise<string | null>;
  /** From now on `read(key)` finds it, and no other of that key; false when it could not be kept. */
  commit(
    key: string,
    id: string,
    head: unknown,
    sizes: { readonly sourceBytes: number; readonly indexBytes: number },
  ): Promise<boolean>;
  /** Gives an index up, or what was begun of it. */
  drop(which: { readonly key: string } | { readonly id: string }): Promise<void>;
}

/** The same as a shard worker sees it. */
export interface IndexFiles {
  /** Null where there is none, or where it cannot be had now. Never rejects. */
  open(name: IndexFileName): Promise<IndexFile | null>;
  /**
   * Writes behind what was written before.
   *
   * @param offset  where that ends; 0: a new file
   * @param pieces  called when the file is open: what it returns is written before anything else runs
   * @throws Fault `storage-full`, and whatever `pieces` throws
   */
  write(name: IndexFileName, offset: number, pieces: () => readonly Uint8Array[]): Promise<void>;
}

export interface IndexFileName {
  readonly index: string;
  /** Index of the shard in the source. */
  readonly shard: number;
}

/** Reads wait for nothing: straight into a WebAssembly memory, which must not grow meanwhile. To be closed. */
export interface IndexFile {
  readonly size: number;
  /** @returns how many bytes were read: fewer than `into` takes only at the file's end, or when it cannot be read */
  read(into: Uint8Array, at: number): number;
  close(): void;
}

/**
 * 32 bits over bytes, by their order too: against storage that gives back something else, not against anyone's will. Four sums
 * in turns, which a processor can add at once: 7 GB/s, eight times as fast as one of unsigned words (Node 20, 2026-11).
 *
 * @param bytes  beginning at a multiple of 4 in their buffer
 */
export function checksumOf(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  const whole = words.length & ~3;
  let [a, b, c, d] = [1, 2, 3, 4];
  let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a = (a + (words[i] as number)) | 0;
    sumA = (sumA + a) | 0;
    b = (b + (words[i + 1] as number)) | 0;
    sumB = (sumB + b) | 0;
    c = (c + (words[i + 2] as number)) | 0;
    sumC = (sumC + c) | 0;
    d = (d + (words[i + 3] as number)) | 0;
    sumD = (sumD + d) | 0;
  }
  for (let i = whole * 4; i < bytes.length; i++) {
    a = (a + (bytes[i] as number)) | 0;
    sumA = (sumA + a) | 0;
  }
  let found = bytes.length;
  for (const part of [a, b, c, d, sumA, sumB, sumC, sumD]) found = Math.imul(found ^ part, 0x9e3779b1) ^ (found >>> 15);
  return found >>> 0;
}
