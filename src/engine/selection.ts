/** A selection as the coordinator knows it: its bits lie in the shards, under its number. */

import type { SelectContext } from './api';
import type { Filter } from './query/filter';
import type { SourceId } from './records/record';
import type { ShardEnds, ShardKey } from './shard/shard-api';

export interface Selection {
  /** Also its name in the shard workers; 0 is "every record", which needs no bits. */
  readonly bits: number;
  /** Under which it is known: the same wish finds it again. */
  readonly key: string;
  readonly filter: Filter;
  readonly sources: readonly SourceId[];
  /** What the bits are made of, where `filter` alone does not say it. */
  readonly made: Derivation | null;
  /** Kept records per shard. */
  readonly counts: Map<ShardKey, number>;
  uses: number;
  lastUsed: number;
  /** Grows when bits that were there are not right any more: what was answered meanwhile is to be asked again. */
  losses: number;
}

/** What a selection's bits are made of. */
export type Derivation = ContextOf | BothOf;

export interface ContextOf extends SelectContext {
  readonly kind: 'context';
  readonly core: Selection;
  /** With what reach each shard's bits were made. */
  readonly reaches: Map<ShardKey, Reach>;
  /** Where the kept records of the core's shards begin and end, and the core's losses when that was asked. */
  readonly ends: Map<ShardKey, ShardEnds | null>;
  endsOf: number;
}

export interface BothOf {
  readonly kind: 'both';
  readonly parts: readonly [Selection, Selection];
}

/** Records at the head and the tail of a shard that are context of records in shards before and behind it. */
export interface Reach {
  readonly head: number;
  readonly tail: number;
}
