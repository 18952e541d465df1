/** Selections over sources: which records a filter keeps, kept by filter, counted, and found by position. */

import { Fault, isFault } from '../base/fault';
import type { SelectContext } from './api';
import { completeDerived, contextOf, partsOf } from './context';
import type { Fleet, FleetWorker } from './fleet';
import { type PatternBook, patternTexts } from './patterns/pattern-book';
import { simplifyFilter, type Filter } from './query/filter';
import { planFilter, runsRegex } from './query/plan';
import type { SourceId } from './records/record';
import type { Derivation, Selection } from './selection';
import type { SelectedShard, ShardApi, ShardKey } from './shard/shard-api';
import type { ShardSlot, SourceEntry } from './source-entry';
import { Tickets } from './tickets';

/** Selections kept that nobody holds. */
const KEPT = 32;
/** Times that shards may be dropped under one search. */
const MOST_ATTEMPTS = 4;

/** A place in one source: shard and position of the selection in it. */
export interface Place {
  readonly slot: ShardSlot;
  readonly index: number;
  readonly position: number;
}

export class Selections {
  private readonly byKey = new Map<string, Selection>();
  private readonly byHandle = new Map<number, Selection>();
  readonly tickets: Tickets;
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
    private readonly book: PatternBook,
  ) {
    this.tickets = new Tickets(fleet);
  }

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
    context?: SelectContext,
  ): Promise<{ handle: number; selection: Selection }> {
    const core = this.kept(simplifyFilter(filter), sources);
    const before = toCount(context?.before);
    const after = toCount(context?.after);
    if (core.bits === 0 || before + after === 0) return this.hold(core, callId);
    const key = JSON.stringify([core.key, before, after]);
    return this.hold(
      this.obtain(key, core.filter, sources, () => contextOf(core, { before, after })),
      callId,
    );
  }

  /** The part of a selection that `filter` keeps: of a context, too, which the filter's conjunction would leave out. */
  async within(
    selection: Selection,
    filter: Filter,
    callId: number,
  ): Promise<{ handle: number; selection: Selection }> {
    const { sources, made } = selection;
    if (made === null) return this.select({ kind: 'and', of: [selection.filter, filter] }, sources, callId);
    const other = this.kept(simplifyFilter(filter), sources);
    if (other.bits === 0) return this.hold(selection, callId);
    const key = JSON.stringify([selection.key, other.key]);
    const both = this.obtain(key, other.filter, sources, () => ({ kind: 'both', parts: [selection, other] }));
    return this.hold(both, callId);
  }

  /** The selection of a filter alone, evaluated or not. */
  private kept(plain: Filter, sources: readonly SourceId[]): Selection {
    planFilter(plain, { keepsSource: () => true, offsetOf: () => null, patternOf: () => null }); // says at once what is wrong with it
    return this.obtain(JSON.stringify([plain, sources]), plain, sources, () => null);
  }

  private obtain(key: string, filter: Filter, sources: readonly SourceId[], make: () => Derivation | null): Selection {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const made = make();
    const selection: Selection = {
      bits: filter.kind === 'all' && made === null ? 0 : this.nextBits++,
      key,
      filter,
      sources,
      made,
      counts: new Map(),
      uses: 0,
      lastUsed: ++this.clock,
      losses: 0,
    };
    if (made !== null) for (const part of partsOf(made)) part.uses++; // as long as the bits made of them
    this.byKey.set(key, selection);
    return selection;
  }

  private async hold(selection: Selection, callId: number): Promise<{ handle: number; selection: Selection }> {
    selection.uses++;
    selection.lastUsed = ++this.clock;
    try {
      await this.complete(selection, callId);
    } catch (error) {
      selection.uses--;
      this.trim();
      throw error;
    }
    if (this.byKey.get(selection.key) !== selection) {
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

  /** Evaluates the filter over the shards that are readable now and not covered yet; again where bits are lost meanwhile. */
  async complete(selection: Selection, callId: number): Promise<void> {
    if (selection.bits === 0) return;
    if (selection.made !== null) return completeDerived(this.fleet, this, selection, selection.made, callId);
    const namesPatterns = patternTexts(selection.filter).length > 0;
    if (namesPatterns) await this.book.ready();
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
      if (namesPatterns) await this.book.ready();
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
        const patterns = this.book.setsFor(key, [selection.filter]);
        if (patterns === null) continue; // it became readable after the patterns were made: not covered yet
        const { worker } = this.fleet.place(key);
        const list = byWorker.get(worker) ?? [];
        const decodedStart = entry.decodedStart(index);
        list.push({ key, source, sourceName: entry.input.name, decodedStart, patterns });
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
    const isWatched = runsRegex(selection.filter);
    const results = await Promise.allSettled(
      [...byWorker].map(async ([worker, list]) => {
        const counts = await this.tickets.run(callId, worker, (ticket) => {
          const run = (api: ShardApi) => api.select(selection.bits, selection.filter, list, ticket);
          return isWatched ? this.fleet.callWatched(worker, run) : this.fleet.call(worker, run);
        });
        // Bits made while clocks changed or a worker went may be of before.
        if (selection.losses !== losses) return;
        for (const [i, { key }] of list.entries()) selection.counts.set(key, counts[i] as number);
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
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
      if (!dependsOnTime(selection) || !selection.sources.includes(source)) continue;
      selection.losses++;
      for (const slot of this.entryOf(source).shards) selection.counts.delete(slot.key);
    }
  }

  /** Patterns changed: what was selected by them is stale. */
  forgetPatterns(): void {
    for (const selection of this.byKey.values()) {
      if (!dependsOnPatterns(selection)) continue;
      selection.losses++;
      selection.counts.clear();
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

  /** How many of the selection's records the filter itself keeps. */
  keptCount(selection: Selection): number {
    if (selection.made?.kind !== 'context') return this.count(selection);
    let sum = 0;
    for (const source of selection.sources)
      for (const slot of this.covered(selection, source)) sum += this.countIn(selection.made.core, slot);
    return sum;
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
    for (;;) {
      const unused = [...this.byKey.values()].filter(({ uses }) => uses === 0).sort((a, b) => a.lastUsed - b.lastUsed);
      const excess = unused.slice(0, Math.max(0, unused.length - this.keep));
      if (excess.length === 0) return;
      for (const selection of excess) {
        this.byKey.delete(selection.key);
        this.forgetBits(selection);
        // What it was made of may go now, too.
        if (selection.made !== null) for (const part of partsOf(selection.made)) part.uses--;
      }
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

function toCount(value: number | undefined): number {
  return value === undefined || !(value > 0) ? 0 : Math.floor(Math.min(value, Number.MAX_SAFE_INTEGER / 2));
}

function dependsOnTime({ filter, made }: Selection): boolean {
  return usesTime(filter) || (made !== null && partsOf(made).some(dependsOnTime));
}

function dependsOnPatterns({ filter, made }: Selection): boolean {
  return patternTexts(filter).length > 0 || (made !== null && partsOf(made).some(dependsOnPatterns));
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
