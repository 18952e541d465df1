/**
 * Indexes that outlive the page. The bytes stay where they are and the columns are read back instead of made again; what is
 * kept of a source can be thrown away at any time (law 1: the bytes are the truth).
 *
 *   head    one, below 1 MB: encoding, formats, cuts, what each shard reported           read by the coordinator
 *   chunks  some for each shard, at most 8 MiB: its columns as they lie in memory        read and written by its worker
 *
 * The head is written last: an index without a head is none.
 */

/** Where a place keeps indexes, as the coordinator sees it. No call rejects: what cannot be read is not there. */
export interface IndexCache {
  /** Whether a source of this size may have an index: others are not kept waiting for an answer. */
  mayHold(sizeBytes: number): Promise<boolean>;
  /** `id` names the chunks. The head is as it was written, or anything at all: see `readIndexHead`. */
  read(key: string): Promise<{ readonly id: string; readonly head: unknown } | null>;
  /**
   * Makes room for an index by giving up those used longest ago, and names its chunks; null when there is no room. One is
   * written at a time: what another call began and did not end is given up.
   *
   * @param indexBytes  of all chunks and the head, about
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
export interface IndexChunks {
  /** Null where there is none. Never rejects. */
  read(name: ChunkName): Promise<unknown>;
  /** @throws Fault `storage-full` */
  write(name: ChunkName, chunk: IndexChunk): Promise<void>;
}

export interface ChunkName {
  readonly index: string;
  /** Index of the shard in the source. */
  readonly shard: number;
  readonly part: number;
}

/** Some blocks of a shard in a row; `columns` holds theirs, one block behind the other, as in `RecordBlock`. */
export interface IndexChunk {
  readonly blocks: readonly BlockFacts[];
  readonly columns: Uint8Array;
  /** `checksumOf(columns)`. */
  readonly checksum: number;
}

/** What a `RecordBlock` knows besides its columns. */
export interface BlockFacts {
  readonly count: number;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly linesBefore: number;
  readonly base: number;
  readonly span: { readonly min: number; readonly max: number } | null;
  readonly wide: readonly (readonly [index: number, raw: number])[];
  readonly anyFlags: number;
  readonly allFlags: number;
}

/**
 * 32 bits over bytes, by their order too: against storage that gives back something else, not against anyone's will. About
 * 4 GB/s.
 *
 * @param bytes  beginning at a multiple of 4 in their buffer
 */
export function checksumOf(bytes: Uint8Array): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let sum = 1;
  let sums = 0;
  for (let i = 0; i < words.length; i++) {
    sum = (sum + (words[i] as number)) | 0;
    sums = (sums + sum) | 0;
  }
  for (let i = words.length * 4; i < bytes.length; i++) {
    sum = (sum + (bytes[i] as number)) | 0;
    sums = (sums + sum) | 0;
  }
  return (Math.imul(sums, 0x9e3779b1) ^ sum) >>> 0;
}
