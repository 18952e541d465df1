/** Memory that indexing works in: one shard at a time, one workbench for each load that may run at once. */

import * as op from '../kernels/index-layout';
import type { Arena, Block } from './arena';
import { BLOCK_RECORDS } from './loaded-shard';

export const WIDE_CAPACITY = 256;
const FIRST_TABLE_SLOTS = 8192;
/** A larger table goes back when its shard is indexed: 2 MiB a workbench are enough to keep for the next one. */
const KEPT_TABLE_SLOTS = 131072;

export class Workbench {
  readonly state: Block;
  readonly program: Block;
  readonly columns: Block;
  readonly wide: Block;
  tableSlots = FIRST_TABLE_SLOTS;
  /** A hash table over skeletons, u32 × tableSlots, and behind it their entries, ENTRY_BYTES × entryCapacity. */
  private memory: Block | null = null;

  constructor(private readonly arena: Arena) {
    this.state = arena.allocate(op.STATE_BYTES);
    this.program = arena.allocate(65536);
    this.columns = arena.allocate(BLOCK_RECORDS * 13);
    this.wide = arena.allocate(WIDE_CAPACITY * 16);
  }

  /** Where the hash table is. */
  get table(): number {
    if (this.memory === null) throw new Error('clearTable comes first');
    return this.memory.pointer;
  }

  /** Where the entries are. */
  get entries(): number {
    return this.table + this.tableSlots * 4;
  }

  /** Half the slots stay free, so that looking a skeleton up takes few steps. */
  get entryCapacity(): number {
    return this.tableSlots / 2;
  }

  /** Makes the table empty, for the next shard. @throws Fault `out-of-memory` */
  clearTable(): void {
    this.memory ??= this.newTable(this.tableSlots);
    new Uint32Array(this.arena.memory.buffer, this.table, this.tableSlots).fill(0);
  }

  /** Doubles the table: entries keep their ids, slots are filled anew. @throws Fault `out-of-memory` */
  growTable(entryCount: number): void {
    const { memory: old, entries: oldEntries } = this;
    this.memory = this.newTable(this.tableSlots * 2);
    this.tableSlots *= 2;
    this.clearTable();
    const { buffer } = this.arena.memory;
    new Uint8Array(buffer).copyWithin(this.entries, oldEntries, oldEntries + entryCount * op.ENTRY_BYTES);
    this.arena.give(old as Block);
    const last = this.tableSlots - 1;
    const slots = new Uint32Array(buffer, this.table, this.tableSlots);
    const hashes = new Uint32Array(buffer, this.entries + op.ENTRY_HASH);
    for (let index = 0; index < entryCount; index++) {
      const at = (index * op.ENTRY_BYTES) / 4;
      let slot = (hashes[at] as number) & last;
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = ((hashes[at + 1] as number) & op.SLOT_TAG) | (index + 1);
    }
  }

  /** Gives a table back that a shard with many skeletons has made large. */
  shrinkTable(): void {
    if (this.memory === null || this.tableSlots <= KEPT_TABLE_SLOTS) return;
    this.arena.give(this.memory);
    this.memory = null;
    this.tableSlots = FIRST_TABLE_SLOTS;
  }

  private newTable(slots: number): Block {
    return this.arena.allocate(slots * 4 + (slots / 2) * op.ENTRY_BYTES);
  }
}
