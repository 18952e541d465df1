/** Gzip archives of any number of members, over the native decoder; what it cannot do is done by `inflate.ts`. */

import { breathe } from '../base/breathe';
import { Fault } from '../base/fault';
import type { StopSignal, Unpacker, UnpackSink } from '../engine/environment';
import type { BytesRef, ByteSource } from '../engine/source/byte-source';
import { createSegmentCutter, SEGMENT_BYTES, type SegmentCutter } from '../engine/source/segments';
import { createMemberInflater } from './inflate';

// The native decoder gives output per write: large enough to be rare, small enough to stop soon.
const WRITE_BYTES = 64 * 1024;
const READ_BYTES = 4 * 1024 * 1024;
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

export interface GzipOptions {
  /** Largest segment, bytes. */
  readonly segmentBytes?: number;
  /** Packed bytes read at once. */
  readonly readBytes?: number;
}

/**
 * A gzip file may be members one after another (`cat a.gz b.gz`, bgzip, a log appended to), and the native decoder accepts one
 * only, without telling where it ended. So the file is searched for what may be a header, and each such place is tried as an
 * end: the member before it must be complete there. When the native decoder fails for whatever reason, the member is inflated
 * again by our own code, which leaves out what was delivered before and goes on to the true end or to the damage:
 *
 *     place looks like a header but is data          →  goes on behind it
 *     zero padding behind the last member            →  fine
 *     anything else behind it, a break, bad checksum →  all that could be read, then Fault `archive-damaged`
 */
export function createGzipUnpacker(openBytes: (ref: BytesRef) => ByteSource, options: GzipOptions = {}): Unpacker {
  const { segmentBytes = SEGMENT_BYTES, readBytes = READ_BYTES } = options;
  return {
    async unpack(ref, sink, signal) {
      const source = openBytes(ref);
      const delivery = new Delivery(createSegmentCutter(segmentBytes), sink, signal);
      const packed = new PackedBytes(source, readBytes);
      let damage: Fault | null = null;
      try {
        for (let at = 0; at < source.size; ) {
          if (at > 0 && !(await packed.isHeader(at))) {
            await checkPadding(packed, at);
            break;
          }
          delivery.startMember();
          at = (await inflateNatively(packed, at, delivery)) ?? (await inflateCarefully(packed, at, delivery));
        }
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'archive-damaged') throw error;
        damage = error;
      }
      await delivery.finish(damage === null ? source.size : delivery.packedBytes);
      if (damage !== null) throw damage;
    },
  };
}

/** Takes inflated bytes, leaves out what it had before, hands segments on. */
class Delivery {
  /** Input consumed so far. */
  packedBytes = 0;
  /** Of the present member: bytes handed on, and bytes seen in the present attempt. */
  private delivered = 0;
  private seen = 0;

  constructor(
    private readonly cutter: SegmentCutter,
    private readonly sink: UnpackSink,
    private readonly signal: StopSignal,
  ) {}

  startMember(): void {
    this.delivered = 0;
    this.seen = 0;
  }

  /** The present member is inflated again from its start. */
  restartMember(): void {
    this.seen = 0;
  }

  /** Resolves when the next may come. @throws what the sink throws; Fault `stale` when aborted */
  async give(bytes: Uint8Array): Promise<void> {
    this.throwIfAborted();
    const fresh = bytes.subarray(Math.min(bytes.length, Math.max(0, this.delivered - this.seen)));
    this.seen += bytes.length;
    this.delivered = Math.max(this.delivered, this.seen);
    for (const segment of this.cutter.push(fresh)) {
      await this.sink.segment(segment, this.packedBytes);
      this.throwIfAborted();
    }
  }

  async finish(packedBytes: number): Promise<void> {
    this.packedBytes = packedBytes;
    const rest = this.cutter.finish();
    if (rest !== null) await this.sink.segment(rest, packedBytes);
  }

  throwIfAborted(): void {
    if (this.signal.aborted) throw new Fault('stale', 'unpacking was stopped');
  }
}

interface Part {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** The archive's bytes in order, the next part on its way while one is worked on. */
class PackedBytes {
  private current: Part | undefined;
  private ahead: { start: number; part: Promise<Part> } | undefined;

  constructor(
    private readonly source: ByteSource,
    private readonly readBytes: number,
  ) {}

  get size(): number {
    return this.source.size;
  }

  /** At least one byte from `at` on, and a header's length of them where the file has as many. */
  async from(at: number): Promise<Uint8Array> {
    const wanted = Math.min(this.size, at + HEADER_BYTES);
    const covers = (part: Part | undefined) =>
      part !== undefined && part.start <= at && wanted <= part.start + part.bytes.length;
    let part = this.current;
    if (part === undefined || !covers(part)) {
      const { ahead } = this;
      this.ahead = undefined;
      part = ahead !== undefined && ahead.start <= at ? await ahead.part : undefined;
      if (part === undefined || !covers(part)) part = await this.read(at);
      this.current = part;
      const end = part.start + part.bytes.length;
      if (end < this.size) {
        const start = Math.max(at + 1, end - HEADER_BYTES);
        const reading = this.read(start);
        reading.catch(() => undefined); // told when this part is asked for
        this.ahead = { start, part: reading };
      }
    }
    return part.bytes.subarray(at - part.start);
  }

  async isHeader(at: number): Promise<boolean> {
    const bytes = await this.from(at);
    return bytes[0] === 0x1f && bytes[1] === 0x8b;
  }

  private async read(start: number): Promise<Part> {
    return { start, bytes: await this.source.read(start, Math.min(this.size, start + this.readBytes + HEADER_BYTES)) };
  }
}

/**
 * Whether a member may begin here: magic, deflate, no reserved flag, known level and system. In packed data one place in
 * 2^37 looks like this by chance.
 */
function mayBeHeader(bytes: Uint8Array, at: number): boolean {
  const [flags, level, system] = [bytes[at + 3] ?? 255, bytes[at + 8] ?? 255, bytes[at + 9] ?? 254];
  return (
    bytes[at + 1] === 0x8b &&
    bytes[at + 2] === 8 &&
    (flags & 0xe0) === 0 &&
    (level === 0 || level === 2 || level === 4) &&
    (system <= 13 || system === 255)
  );
}

/** Length of what can be written in one go: up to the next place that may be a header (from index `first` on). */
function nextPiece(bytes: Uint8Array, first: number, isLast: boolean): { length: number; endsAtHeader: boolean } {
  // The last bytes of a part belong to the next one: a header there could not be seen whole.
  const usable = isLast ? bytes.length : Math.max(1, bytes.length - HEADER_BYTES + 1);
  const limit = Math.min(usable, WRITE_BYTES);
  for (let at = bytes.indexOf(0x1f, first); at !== -1 && at < limit; at = bytes.indexOf(0x1f, at + 1)) {
    if (at + HEADER_BYTES <= bytes.length && mayBeHeader(bytes, at)) return { length: at, endsAtHeader: true };
  }
  return { length: limit, endsAtHeader: false };
}

/** @returns where the member ended, or null when the native decoder did not accept it up to the next possible header */
async function inflateNatively(packed: PackedBytes, start: number, delivery: Delivery): Promise<number | null> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  let sinkError: { cause: unknown } | null = null;
  let hasEnded = false;
  const reading = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      try {
        await delivery.give(value);
      } catch (cause) {
        sinkError = { cause };
        throw cause;
      }
    }
  })().then(
    () => true,
    () => false,
  );
  const ended = reading.then((isComplete) => {
    hasEnded = true;
    return isComplete;
  });
  // All of a stream's promises tell the same failure; `attempt` looks at it once.
  const attempt = (step: Promise<void>) =>
    Promise.race([
      step.then(
        () => true,
        () => false,
      ),
      ended.then(() => false),
    ]);
  writer.closed.catch(() => false);
  reader.closed.catch(() => false);

  try {
    let at = start;
    for (;;) {
      const bytes = await packed.from(at);
      const first = Math.max(0, start + HEADER_BYTES + TRAILER_BYTES - at);
      const { length, endsAtHeader } = nextPiece(bytes, first, at + bytes.length >= packed.size);
      if (length > 0 && !(await attempt(writer.write(bytes.slice(0, length))))) return null;
      at += length;
      delivery.packedBytes = at;
      delivery.throwIfAborted();
      if (endsAtHeader || at >= packed.size) break;
    }
    const closing = writer.close().then(
      () => true,
      () => false,
    );
    const [isComplete, isClosed] = await Promise.all([ended, closing]);
    return isComplete && isClosed ? at : null;
  } finally {
    if (!hasEnded) await Promise.allSettled([writer.abort(), reader.cancel(), ended]);
    throwSinkError(sinkError);
  }
}

function throwSinkError(error: { cause: unknown } | null): void {
  if (error !== null) throw error.cause;
}

/** @returns where the member ended. @throws Fault `archive-damaged` when it does not end */
async function inflateCarefully(packed: PackedBytes, start: number, delivery: Delivery): Promise<number> {
  delivery.restartMember();
  const inflater = createMemberInflater();
  let at = start;
  for (;;) {
    const outcome = inflater.run();
    delivery.packedBytes = start + inflater.usedBytes;
    await delivery.give(inflater.take());
    if (outcome === 'end') return start + inflater.usedBytes;
    if (outcome === 'more') {
      const isOver = at >= packed.size;
      const bytes = isOver ? new Uint8Array(0) : (await packed.from(at)).slice(0, WRITE_BYTES);
      at += bytes.length;
      inflater.feed(bytes, at >= packed.size);
      await breathe();
    } else if (outcome !== 'room') {
      throw new Fault(
        'archive-damaged',
        `the gzip archive is ${outcome} at byte ${start + inflater.usedBytes}: ${inflater.reason}`,
        {
          details: { at: start + inflater.usedBytes, isTruncated: outcome === 'truncated' ? 1 : 0 },
        },
      );
    }
  }
}

/** @throws Fault `archive-damaged` when anything but zeros follows */
async function checkPadding(packed: PackedBytes, start: number): Promise<void> {
  for (let at = start; at < packed.size; ) {
    const bytes = await packed.from(at);
    if (bytes.some((byte) => byte !== 0)) {
      const count = packed.size - start;
      throw new Fault('archive-damaged', `all of the gzip archive was read; ${count} bytes behind it are no gzip`, {
        details: { at: start, isTruncated: 0, trailingBytes: count },
      });
    }
    at += bytes.length;
  }
}
