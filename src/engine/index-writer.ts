/**
 * Keeps the indexes of what was opened, for the next time: one part after the other, while nobody asks for anything. What
 * changes meanwhile is given up, and begun anew when it has come to rest.
 */

import { isFault } from '../base/fault';
import type { Environment } from './environment';
import type { Fleet } from './fleet';
import type { IndexCache } from './index-cache';
import { indexKey } from './index-head';
import { headOf, witnessOf } from './index-opening';
import type { IndexTally } from './index-tally';
import type { ShardSlot, SourceEntry } from './source-entry';

/** While something else runs, looked at this often. */
const WAIT_MS = 50;
/** The head, and what storage takes for itself. */
const HEAD_BYTES = 256 * 1024;

export interface IndexTuning {
  /** Sources below this are read as fast as their index. */
  readonly leastBytes: number;
  /** Of one write, at most: a question that comes meanwhile waits for it. */
  readonly partBytes: number;
  /** How long after opening writing begins: a person looks at the first rows. */
  readonly calmMs: number;
  /** The same after a source has grown: it may do so again and again. */
  readonly grownCalmMs: number;
}

export const DEFAULT_INDEX_TUNING: IndexTuning = {
  leastBytes: 4 * 1024 * 1024,
  partBytes: 8 * 1024 * 1024,
  calmMs: 1500,
  grownCalmMs: 30_000,
};

export class IndexWriter {
  private readonly waiting = new Map<SourceEntry, ReturnType<typeof setTimeout>>();
  private queue: Promise<void> = Promise.resolve();
  private isClosed = false;
  /** The place has no more room: asking again and again would only cost time. */
  private isFull = false;

  constructor(
    private readonly environment: Environment,
    private readonly fleet: Fleet,
    private readonly tuning: IndexTuning,
    private readonly tally: IndexTally,
    /** Something runs that a person waits for. */
    private readonly isBusy: () => boolean,
  ) {}

  /** A source was opened, or has grown: its index is kept when it has come to rest. */
  kick(entry: SourceEntry): void {
    const { indexCache } = this.environment;
    if (indexCache === undefined || this.isClosed || this.isFull) return;
    clearTimeout(this.waiting.get(entry));
    const hasGrown = entry.storedIndex !== null && entry.storedIndex.fingerprint !== entry.fingerprint;
    const calmMs = hasGrown ? this.tuning.grownCalmMs : this.tuning.calmMs;
    const timer = setTimeout(() => {
      this.waiting.delete(entry);
      this.queue = this.queue.then(() => this.write(entry, indexCache));
    }, calmMs);
    this.waiting.set(entry, timer);
  }

  close(): void {
    this.isClosed = true;
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  private async write(entry: SourceEntry, cache: IndexCache): Promise<void> {
    const { fingerprint } = entry;
    if (!this.isWorthKeeping(entry) || fingerprint === null) return;
    const key = indexKey(fingerprint, entry.forcedFormat, entry.forcedEncoding);
    if (entry.storedIndex?.key === key && entry.isFromCache) return;
    const slots = [...entry.shards];
    await this.rest();
    const indexBytes = slots.reduce((sum, slot) => sum + (slot.report?.columnBytes ?? 0), HEAD_BYTES);
    const id = this.isClosed ? null : await cache.begin(indexBytes);
    if (id === null) {
      this.tally.givenUp++;
      return;
    }
    try {
      if (await this.writeFiles(entry, slots, id)) {
        const witness = await witnessOf(this.environment.openBytes(entry.bytes), slots, this.environment);
        if (this.isUnchanged(entry, slots)) {
          const head = headOf(entry, slots, this.fleet, witness);
          if (!(await cache.commit(key, id, head, { sourceBytes: entry.bytes.size, indexBytes }))) {
            this.isFull = true;
            this.tally.givenUp++;
            return;
          }
          // The file as it was is no more: nobody will ask for its index.
          const old = entry.storedIndex;
          if (old !== null && old.fingerprint !== fingerprint) await cache.drop({ key: old.key });
          entry.storedIndex = { key, fingerprint };
          this.tally.written++;
          return;
        }
      }
    } catch (error) {
      // The source went, its worker died, or there is no room: it will be read from its bytes, as before.
      if (!isFault(error)) throw error;
      if (error.code === 'storage-full') this.isFull = true;
    }
    this.tally.givenUp++;
    await cache.drop({ id });
  }

  /** False when the source changed meanwhile. */
  private async writeFiles(entry: SourceEntry, slots: readonly ShardSlot[], id: string): Promise<boolean> {
    for (const [shard, slot] of slots.entries()) {
      for (let part = 0, count = 1; part < count; part++) {
        await this.rest();
        if (!this.isUnchanged(entry, slots)) return false;
        const to = { index: id, shard, part };
        const saved = await this.fleet.onShard(slot.key, (api) => api.saveIndex(slot.key, to, this.tuning.partBytes));
        count = saved.partCount;
      }
    }
    return true;
  }

  private isWorthKeeping(entry: SourceEntry): boolean {
    const isWhole = entry.state === 'open' && entry.shards.length > 0 && entry.fault === null && !entry.isClosed;
    return isWhole && entry.packing === 'none' && entry.kind === 'text' && entry.bytes.size >= this.tuning.leastBytes;
  }

  private isUnchanged(entry: SourceEntry, slots: readonly ShardSlot[]): boolean {
    const isSame = entry.shards.length === slots.length && entry.shards.every((slot, i) => slot.key === slots[i]?.key);
    return isSame && !this.isClosed && this.isWorthKeeping(entry);
  }

  /** Resolves when nothing else runs. */
  private async rest(): Promise<void> {
    while (this.isBusy() && !this.isClosed) await new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS));
  }
}
