/** What the parts of a shard worker share: its one memory, its shards, and the bits of the selections in them. */

import type { Kernels } from '../kernels/kernels';
import type { Arena } from './arena';
import type { BlockBytes } from './block-bytes';
import type { LoadedShard } from './loaded-shard';
import type { SelectionBits } from './selection-bits';
import type { ShardKey } from './shard-api';

export interface Inside {
  readonly arena: Arena;
  readonly blockBytes: BlockBytes;
  readonly kernels: Kernels;
  /** @throws Fault `source-unknown` */
  shardOf(key: ShardKey): LoadedShard;
  /** Null for selection 0: every record. @throws Fault `selection-unknown` */
  bitsOf(key: ShardKey, selection: number): SelectionBits | null;
  /** Puts bits in place of those that a selection has for a shard. */
  keepBits(key: ShardKey, selection: number, bits: SelectionBits): void;
  /** @throws Fault `stale` */
  throwIfCancelled(ticket: number): void;
  /** How many records the call with this ticket has looked at. */
  tellProgress(ticket: number, doneCount: number): void;
}
