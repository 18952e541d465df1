/**
 * Which patterns there are, over all sources: gathered from the shards' skeletons, made anew when shards came or went, or
 * when a person groups them differently.
 *
 *   shards ─► skeletons ─► union by hash ─► texts ─► patterns
 *   shard's skeleton id ─► pattern id                 (locals: a table for each shard)
 *
 * The answer is a function of the records alone: neither cuts, nor workers, nor the order in which shards were loaded
 * take part. `Book` is a value: whoever holds one reads on in it while the next is made.
 */

import { breathe } from '../../base/breathe';
import { isFault } from '../../base/fault';
import type { Fleet } from '../fleet';
import { skeletonText } from '../kernels/portable/index-skeleton';
import type { Filter } from '../query/filter';
import type { LocalPatterns, PatternSet, ShardKey, ShardSkeletons } from '../shard/shard-api';
import type { ShardSlot, SourceEntry } from '../source-entry';
import { groupSkeletons } from './group';
import { createTokenMatcher } from './match-tokens';
import type { Skeleton } from './mine';
import { DEFAULT_GROUPING, type Pattern, type PatternGrouping, type PatternToken, WILDCARD } from './pattern';
import { chooseSkeletons, COARSE_CLASSES } from './rare-skeletons';
import { SkeletonUnion } from './skeleton-union';

/** Bytes of a skeleton's text that its coarse class goes by. */
const COARSE_BYTES = 16;
/** Times that shards may be dropped while they are asked. */
const MOST_ATTEMPTS = 4;
/** No pattern: nothing has this skeleton. */
const NONE = 0xffffffff;

export interface Book {
  readonly revision: number;
  readonly patterns: readonly Pattern[];
  /** A message of each pattern, as it is written. */
  readonly examples: readonly string[];
  /** Pattern of each skeleton, by its index in the union of all. */
  readonly patternOf: Uint32Array;
  /** The text of each; undefined for those that are not told apart. */
  readonly skeletonTexts: readonly (string | undefined)[];
  readonly locals: ReadonlyMap<ShardKey, ShardPatterns>;
  readonly skeletonCount: number;
  readonly merged: { readonly skeletonCount: number; readonly patternCount: number } | null;
}

/** A shard's skeletons: their patterns, and their indexes in the union. */
interface ShardPatterns extends LocalPatterns {
  readonly indexes: Uint32Array;
}

/** What the text of a filter means. */
interface Members {
  /** The pattern of this text; undefined where there is none. */
  readonly named: Pattern | undefined;
  /** By a skeleton's index in the union: 1 for those that are meant. */
  readonly isMine: Uint8Array;
}

const EMPTY: Book = {
  revision: 0,
  patterns: [],
  examples: [],
  patternOf: new Uint32Array(0),
  skeletonTexts: [],
  locals: new Map(),
  skeletonCount: 0,
  merged: null,
};

export class PatternBook {
  private book = EMPTY;
  private stamp = '';
  private making: Promise<Book> | undefined;
  private grouping = DEFAULT_GROUPING;
  private groupingNumber = 0;
  private readonly skeletons = new Map<ShardKey, ShardSkeletons>();
  private readonly members = new WeakMap<Book, Map<string, Members>>();
  /** What was read of a shard's skeletons, by their index in it. */
  private readonly messages = new Map<ShardKey, Map<number, Skeleton>>();

  constructor(
    private readonly fleet: Fleet,
    private readonly entries: () => Iterable<SourceEntry>,
    /** Patterns are others than before. */
    private readonly onChange: () => void,
  ) {}

  /** Of the patterns as `ready` found them last: none before. */
  get texts(): readonly string[] {
    return this.book.patterns.map(({ text }) => text);
  }

  group(grouping: PatternGrouping): void {
    if (JSON.stringify(grouping) === JSON.stringify(this.grouping)) return;
    this.grouping = grouping;
    this.groupingNumber++;
  }

  /** The patterns of all shards that are readable now. @throws Fault as reading the shards does */
  async ready(): Promise<Book> {
    for (let attempt = 1; ; attempt++) {
      if (this.making !== undefined) {
        await this.making.catch(() => undefined); // told to who began it; this one looks for itself
        if (this.stampNow() === this.stamp) return this.book;
      }
      const stamp = this.stampNow();
      if (stamp === this.stamp) return this.book;
      if (this.making !== undefined) continue; // someone else has begun meanwhile
      const making = this.make(stamp);
      this.making = making;
      try {
        return await making;
      } catch (error) {
        const isGone = isFault(error, 'source-unknown');
        if (!isGone || attempt >= MOST_ATTEMPTS) throw error; // a shard was dropped: what is there now is asked
      } finally {
        this.making = undefined;
      }
    }
  }

  /**
   * What a shard is told of the patterns that these filters name; empty where they name none, null where the shard is not
   * known yet: see `ready`.
   */
  setsFor(key: ShardKey, filters: readonly Filter[]): readonly PatternSet[] | null {
    const texts = new Set(filters.flatMap(patternTexts));
    if (texts.size === 0) return [];
    const { book } = this;
    const local = book.locals.get(key);
    if (local === undefined) return null;
    return [...texts].map((text): PatternSet => {
      const { named, isMine } = this.membersOf(text);
      return {
        text,
        tokens: named?.tokens ?? tokensOf(text),
        skeletons: bitsOf(local.indexes, (index) => isMine[index] === 1),
        coarse: local.ofCoarse === null ? null : bitsOf(local.ofCoarse, (id) => named !== undefined && id === named.id),
      };
    });
  }

  /** Which skeletons a text means: looked up once a book, though every shard and every window of rows asks for it. */
  private membersOf(text: string): Members {
    const { book } = this;
    let known = this.members.get(book);
    if (known === undefined) {
      known = new Map();
      this.members.set(book, known);
    }
    let found = known.get(text);
    if (found === undefined) {
      const named = book.patterns.find((pattern) => pattern.text === text);
      found = { named, isMine: named === undefined ? readingLike(book, text) : ofPattern(book, named.id) };
      known.set(text, found);
    }
    return found;
  }

  private slots(): { entry: SourceEntry; slot: ShardSlot }[] {
    return [...this.entries()].flatMap((entry) => entry.readable().map((slot) => ({ entry, slot })));
  }

  private stampNow(): string {
    return `${this.groupingNumber}/${this.slots()
      .map(({ slot }) => slot.key)
      .join()}`;
  }

  private async make(stamp: string): Promise<Book> {
    const slots = this.slots().map(({ slot }) => slot);
    await this.gather(slots);
    const union = new SkeletonUnion();
    const indexes = slots.map((slot, i) => union.add(this.skeletons.get(slot.key) as ShardSkeletons, i));
    const coarseCounts = this.coarseCounts(slots);

    const { kept, mergedCount, classes } = chooseSkeletons(union, coarseCounts);
    await this.read(slots, union, [...kept, ...[...classes.values()].filter((index) => index >= 0)]);
    // The same object each time: what mining found out about it is kept with it.
    const skeletonAt = (index: number): Skeleton => {
      const { key } = slots[union.shards[index] as number] as ShardSlot;
      return this.messages.get(key)?.get(union.ids[index] as number) as Skeleton;
    };

    // By text, so that neither the file's order nor the shards' has a say.
    const skeletons = kept.map((index) => ({ index, skeleton: skeletonAt(index) }));
    skeletons.sort((a, b) => compare(a.skeleton.text, b.skeleton.text));
    await breathe();
    const { groupOf, groups } = groupSkeletons(
      skeletons.map(({ skeleton }) => skeleton),
      this.grouping,
    );

    const made = groups.map(({ text, tokens }) => ({ text, tokens, isMerged: false, skeletonCount: 0, example: '' }));
    const byText = new Map(made.map((pattern, id) => [pattern.text, id]));
    const patternOf = new Uint32Array(union.count).fill(NONE);
    const firsts = new Uint32Array(groups.length).fill(NONE);
    skeletons.forEach(({ index, skeleton }, i) => {
      const group = groupOf[i] as number;
      const pattern = made[group] as (typeof made)[number];
      patternOf[index] = group;
      pattern.skeletonCount++;
      // The union's order is the sources' order: the lowest index came first.
      if (index >= (firsts[group] as number)) return;
      firsts[group] = index;
      pattern.example = skeleton.example;
    });

    const isMerging = mergedCount > 0 || coarseCounts !== null;
    const ofClass = new Uint32Array(COARSE_CLASSES);
    if (isMerging) {
      const addMerged = (text: string, example: string): number => {
        let id = byText.get(text);
        if (id === undefined) {
          id = made.push({ text, tokens: tokensOf(text), isMerged: true, skeletonCount: 0, example }) - 1;
          byText.set(text, id);
        }
        return id;
      };
      ofClass.fill(addMerged(WILDCARD, ''));
      for (const [coarse, index] of classes) {
        if (index < 0) continue;
        const { text, example } = skeletonAt(index);
        ofClass[coarse] = addMerged(beginningOf(text), example);
      }
      for (let index = 0; index < union.count; index++) {
        if (patternOf[index] !== NONE) continue;
        const id = ofClass[union.coarse[index] as number] as number;
        patternOf[index] = id;
        (made[id] as (typeof made)[number]).skeletonCount++;
      }
    }

    const skeletonTexts: (string | undefined)[] = Array.from({ length: union.count });
    for (const { index, skeleton } of skeletons) skeletonTexts[index] = skeleton.text;
    const locals = new Map<ShardKey, ShardPatterns>();
    slots.forEach(({ key }, i) => {
      const mine = indexes[i] as Uint32Array;
      const ofSkeleton = mine.map((index) => patternOf[index] as number);
      locals.set(key, { ofSkeleton, ofCoarse: coarseCounts === null ? null : ofClass, indexes: mine });
    });
    this.book = {
      revision: this.book.revision + 1,
      patterns: made.map(({ example: _, ...pattern }, id) => ({ id, ...pattern })),
      examples: made.map(({ example }) => example),
      patternOf,
      skeletonTexts,
      locals,
      skeletonCount: union.count,
      merged: isMerging
        ? { skeletonCount: mergedCount, patternCount: made.filter(({ isMerged }) => isMerged).length }
        : null,
    };
    this.stamp = stamp;
    this.onChange();
    return this.book;
  }

  /** Asks the shards that were not asked yet, and forgets those that are gone. */
  private async gather(slots: readonly ShardSlot[]): Promise<void> {
    const keys = new Set(slots.map(({ key }) => key));
    for (const known of [this.skeletons, this.messages])
      for (const key of known.keys()) if (!keys.has(key)) known.delete(key);
    await Promise.all(
      slots.map(async ({ key }) => {
        if (this.skeletons.has(key)) return;
        this.skeletons.set(key, await this.fleet.onShard(key, (api) => api.skeletons(key)));
      }),
    );
  }

  private coarseCounts(slots: readonly ShardSlot[]): Float64Array | null {
    let sums: Float64Array | null = null;
    for (const { key } of slots) {
      const counts = this.skeletons.get(key)?.coarseCounts ?? null;
      if (counts === null) continue;
      sums ??= new Float64Array(COARSE_CLASSES);
      for (let coarse = 0; coarse < COARSE_CLASSES; coarse++)
        sums[coarse] = (sums[coarse] as number) + (counts[coarse] as number);
    }
    return sums;
  }

  /** Reads the messages of these skeletons of the union, but for those that are known. */
  private async read(slots: readonly ShardSlot[], union: SkeletonUnion, wanted: readonly number[]): Promise<void> {
    const missing = new Map<ShardKey, number[]>();
    for (const index of wanted) {
      const { key } = slots[union.shards[index] as number] as ShardSlot;
      const id = union.ids[index] as number;
      if (this.messages.get(key)?.has(id) === true) continue;
      const list = missing.get(key);
      if (list === undefined) missing.set(key, [id]);
      else list.push(id);
    }
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    await Promise.all(
      [...missing].map(async ([key, ids]) => {
        const { bytes, ends } = await this.fleet.onShard(key, (api) =>
          api.skeletonMessages(key, Uint32Array.from(ids)),
        );
        const known = this.messages.get(key) ?? new Map<number, Skeleton>();
        this.messages.set(key, known);
        let start = 0;
        ids.forEach((id, i) => {
          const end = ends[i] as number;
          const text = decoder.decode(skeletonText(bytes, start, end));
          known.set(id, { text, example: decoder.decode(bytes.subarray(start, end)) });
          start = end;
        });
      }),
    );
  }
}

/** Texts of the patterns that a filter names. */
export function patternTexts(filter: Filter): string[] {
  switch (filter.kind) {
    case 'pattern':
      return [filter.text];
    case 'and':
    case 'or':
      return filter.of.flatMap(patternTexts);
    case 'not':
      return patternTexts(filter.of);
    default:
      return [];
  }
}

/** By the union's index: 1 for skeletons of the pattern. */
function ofPattern({ patternOf }: Book, id: number): Uint8Array {
  return Uint8Array.from(patternOf, (pattern) => (pattern === id ? 1 : 0));
}

/** The same for messages that read as the text does: it was a pattern when messages were grouped differently. */
function readingLike({ skeletonTexts }: Book, text: string): Uint8Array {
  const match = createTokenMatcher(tokensOf(text));
  return Uint8Array.from(skeletonTexts, (skeleton) => (skeleton !== undefined && match(skeleton) !== null ? 1 : 0));
}

/** Tokens of a pattern's text; what its wildcards stand for is not known from it. */
function tokensOf(text: string): PatternToken[] {
  return text
    .split(WILDCARD)
    .flatMap((literal, i): PatternToken[] => [
      ...(i === 0 ? [] : [{ kind: 'wildcard', type: 'text' } as const]),
      ...(literal === '' ? [] : [{ kind: 'literal', text: literal } as const]),
    ]);
}

function beginningOf(text: string): string {
  const bytes = new TextEncoder().encode(text).subarray(0, COARSE_BYTES);
  const begin = new TextDecoder().decode(bytes, { stream: true }); // no half a character
  return `${begin.replaceAll('\0', WILDCARD).replace(/\s+/g, ' ').trimStart()}${WILDCARD}`.replaceAll(
    `${WILDCARD}${WILDCARD}`,
    WILDCARD,
  );
}

function bitsOf(values: Uint32Array, isIn: (value: number) => boolean): Uint32Array {
  const bits = new Uint32Array((values.length + 31) >> 5);
  for (let i = 0; i < values.length; i++)
    if (isIn(values[i] as number)) bits[i >> 5] = (bits[i >> 5] as number) | (1 << (i & 31));
  return bits;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
