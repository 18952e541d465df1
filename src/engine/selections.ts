/** Selections over sources: which records a filter keeps, kept by filter, counted, and found by position. */

import { Fault, isFault } from '../base/fault';
import type { Fleet, FleetWorker } from './fleet';
import { simplifyFilter, type Filter } from './query/filter';
import { planFilter, runsRegex } from './query/plan';
import type { SourceId } from './records/record';
import type { SelectedShard, ShardKey } from './shard/shard-api';
import type { ShardSlot, SourceEntry } from './source-entry';

/** Selections kept that nobody holds. */
const KEPT = 32;
/** Times that shards may be dropped under one search. */
const MOST_ATTEMPTS = 4;

export interface Selection {
  /** Also its name in the shard workers; 0 is "every record", which needs no bits. */
  readonly bits: number;
  readonly filter: Filter;
  readonly sources: readonly SourceId[];
  /** Kept records per shard. */
  readonly counts: Map<ShardKey, number>;
  uses: number;
  lastUsed: number;
  /** Grows when bits that were there are not right any more: what was answered meanwhile is to be asked again. */
  losses: number;
}

/** A place in one source: shard and position of the selection in it. */
export interface Place {
  readonly slot: ShardSlot;
  readonly index: number;
  readonly position: number;
}

export class Selections {
  private readonly byKey = new Map<string, Selection>();
  private readonly byHandle = new Map<number, Selection>();
  private readonly tickets = new Map<number, Set<{ worker: FleetWorker; ticket: number }>>();
  private readonly completing = new Map<Selection, Promise<void>>();
  private running = 0;
  private nextHandle = 1;
  private nextBits = 1;
  private clock = 0;
  /** Selections nobody holds that are kept for the next wish; tests and benchmarks set 0. */
  keep = KEPT;

  constructor(
    private readonly fleet: Fleet,
    private readonly entryOf: (source: SourceId) => SourceEntry,
  ) {}

  /** A filter is being evaluated. */
  get isBusy(): boolean {
    return this.running > 0;
  }

  /** @throws Fault `selection-unknown` */
  get(handle: number): Selection {
    const selection = this.byHandle.get(handle);
    if (selection === undefined) throw new Fault('selection-unknown', `there is no selection ${handle}`);
    selection.lastUsed = ++this.clock;
    return selection;
  }

  /**
   * @returns a handle; the same filter over the same sources shares its bits
   * @throws Fault `stale`, `regex-syntax`, `regex-timeout`
   */
  async select(
    filter: Filter,
    sources: readonly SourceId[],
    callId: number,
  ): Promise<{ handle: number; selection: Selection }> {
    const plain = simplifyFilter(filter);
    planFilter(plain, { keepsSource: () => true, offsetOf: () => null }); // says at once what is wrong with it
    const key = JSON.stringify([plain, sources]);
    let selection = this.byKey.get(key);
    if (selection === undefined) {
      selection = {
        bits: plain.kind === 'all' ? 0 : this.nextBits++,
        filter: plain,
        sources,
        counts: new Map(),
        uses: 0,
        lastUsed: 0,
        losses: 0,
      };
      this.byKey.set(key, selection);
    }
    selection.uses++;
    selection.lastUsed = ++this.clock;
    try {
      await this.complete(selection, callId);
    } catch (error) {
      selection.uses--;
      this.trim();
      throw error;
    }
    if (this.byKey.get(key) !== selection) {
      this.forgetBits(selection); // some were made after they had been forgotten
      throw new Fault('stale', 'a source was closed');
    }
    const handle = this.nextHandle++;
    this.byHandle.set(handle, selection);
    this.trim();
    return { handle, selection };
  }

  release(handle: number): void {
    const selection = this.byHandle.get(handle);
    if (selection === undefined) return;
    this.byHandle.delete(handle);
    selection.uses--;
    this.trim();
  }

  async cancel(callId: number): Promise<void> {
    await Promise.allSettled(
      [...(this.tickets.get(callId) ?? [])].map(({ worker, ticket }) =>
        this.fleet.call(worker, (api) => api.cancel(ticket)),
      ),
    );
  }

  /** Evaluates the filter over the shards that are readable now and not covered yet; again where bits are lost meanwhile. */
  async complete(selection: Selection, callId: number): Promise<void> {
    if (selection.bits === 0) return;
    let missing = this.missingIn(selection, null);
    const wanted = new Set([...missing.values()].flatMap((list) => list.map(({ key }) => key)));
    for (const key of selection.counts.keys()) wanted.add(key);
    for (let attempt = 1; missing.size > 0; attempt++) {
      try {
        this.running++;
        await this.evaluate(selection, missing, callId).finally(() => this.running--);
      } catch (error) {
        // A shard was dropped meanwhile, its source being read again: what takes its place is not asked for here.
        if (!isFault(error, 'source-unknown') || attempt === MOST_ATTEMPTS) throw error;
      }
      missing = this.missingIn(selection, wanted);
    }
  }

  /** The same for whoever asks for answers: those who ask at once share the work, and its failure. */
  async completeShared(selection: Selection): Promise<void> {
    for (;;) {
      const running = this.completing.get(selection);
      if (running === undefined) break;
      await running;
    }
    const mine = this.complete(selection, 0);
    this.completing.set(selection, mine);
    try {
      await mine;
    } finally {
      this.completing.delete(selection);
    }
  }

  /** Readable shards that the selection does not cover, by worker; only those of `wanted`, when given. */
  private missingIn(selection: Selection, wanted: ReadonlySet<ShardKey> | null): Map<FleetWorker, SelectedShard[]> {
    const byWorker = new Map<FleetWorker, SelectedShard[]>();
    for (const source of selection.sources) {
      const entry = this.entryOf(source);
      for (const [index, { key }] of entry.readable().entries()) {
        if (selection.counts.has(key) || wanted?.has(key) === false) continue;
        const { worker } = this.fleet.place(key);
        const list = byWorker.get(worker) ?? [];
        list.push({ key, source, sourceName: entry.input.name, decodedStart: entry.decodedStart(index) });
        byWorker.set(worker, list);
      }
    }
    return byWorker;
  }

  private async evaluate(
    selection: Selection,
    byWorker: ReadonlyMap<FleetWorker, SelectedShard[]>,
    callId: number,
  ): Promise<void> {
    const { losses } = selection;
    const running = this.tickets.get(callId) ?? new Set();
    this.tickets.set(callId, running);
    const isWatched = runsRegex(selection.filter);
    try {
      const results = await Promise.allSettled(
        [...byWorker].map(async ([worker, list]) => {
          const mine = { worker, ticket: this.fleet.ticket() };
          running.add(mine);
          try {
            const run = (api: Parameters<Parameters<Fleet['call']>[1]>[0]) =>
              api.select(selection.bits, selection.filter, list, mine.ticket);
            const counts = await (isWatched ? this.fleet.callWatched(worker, run) : this.fleet.call(worker, run));
            // Bits made while clocks changed or a worker went may be of before.
            if (selection.losses !== losses) return;
            for (const [i, { key }] of list.entries()) selection.counts.set(key, counts[i] as number);
          } finally {
            running.delete(mine);
          }
        }),
      );
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    } finally {
      if (running.size === 0) this.tickets.delete(callId);
    }
  }

  /** Bits of shards that were dropped, loaded again or died with their worker are gone; they are made again when asked for. */
  forgetShards(keys: ReadonlySet<ShardKey>): void {
    for (const selection of this.byKey.values()) {
      selection.losses++;
      for (const key of keys) selection.counts.delete(key);
    }
  }

  /** Times changed: what was selected by them is stale. */
  forgetTimes(source: SourceId): void {
    for (const selection of this.byKey.values()) {
      if (!usesTime(selection.filter) || !selection.sources.includes(source)) continue;
      selection.losses++;
      for (const slot of this.entryOf(source).shards) selection.counts.delete(slot.key);
    }
  }

  closeSource(source: SourceId): void {
    for (const [key, selection] of this.byKey) {
      if (!selection.sources.includes(source)) continue;
      this.byKey.delete(key);
      this.forgetBits(selection);
    }
    for (const [handle, selection] of this.byHandle)
      if (selection.sources.includes(source)) this.byHandle.delete(handle);
  }

  /** Kept records of one readable shard. */
  countIn(selection: Selection, slot: ShardSlot): number {
    if (selection.bits === 0) return slot.report?.recordCount ?? 0;
    return selection.counts.get(slot.key) ?? 0;
  }

  /** Shards of a source that the selection covers, from the first on. */
  covered(selection: Selection, source: SourceId): ShardSlot[] {
    const found: ShardSlot[] = [];
    for (const slot of this.entryOf(source).readable()) {
      if (selection.bits !== 0 && !selection.counts.has(slot.key)) break;
      found.push(slot);
    }
    return found;
  }

  /** The selection covers all that can be read of a source. */
  isCovering(selection: Selection, source: SourceId): boolean {
    return this.covered(selection, source).length === this.entryOf(source).readable().length;
  }

  countOf(selection: Selection, source: SourceId): number {
    let sum = 0;
    for (const slot of this.covered(selection, source)) sum += this.countIn(selection, slot);
    return sum;
  }

  count(selection: Selection): number {
    let sum = 0;
    for (const source of selection.sources) sum += this.countOf(selection, source);
    return sum;
  }

  /** Where position p of a source's kept records lies; null past the end. */
  placeOf(selection: Selection, source: SourceId, p: number): Place | null {
    let left = p;
    const slots = this.covered(selection, source);
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] as ShardSlot;
      const count = this.countIn(selection, slot);
      if (left < count) return { slot, index, position: left };
      left -= count;
    }
    return null;
  }

  private trim(): void {
    const unused = [...this.byKey]
      .filter(([, selection]) => selection.uses === 0)
      .sort((a, b) => a[1].lastUsed - b[1].lastUsed);
    for (const [key, selection] of unused.slice(0, Math.max(0, unused.length - this.keep))) {
      this.byKey.delete(key);
      this.forgetBits(selection);
    }
  }

  private forgetBits(selection: Selection): void {
    if (selection.bits === 0) return;
    for (const worker of this.fleet.workers) {
      this.fleet
        .call(worker, (api) => api.forget(selection.bits))
        .catch((error: unknown) => {
          if (!isFault(error)) throw error; // a worker that is gone holds nothing any more
        });
    }
  }
}

function usesTime(filter: Filter): boolean {
  switch (filter.kind) {
    case 'time':
      return true;
    case 'and':
    case 'or':
      return filter.of.some(usesTime);
    case 'not':
      return usesTime(filter.of);
    default:
      return false;
  }
}
