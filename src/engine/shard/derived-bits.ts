/** Bits made of bits: kept records with those around them, and what two selections have in common. */

import type { Inside } from './inside';
import type { LoadedShard } from './loaded-shard';
import { SelectionBits } from './selection-bits';
import { wordsFor } from './evaluate';
import type { ShardEnds, ShardKey, WidenedShard } from './shard-api';

/** All `count` lowest bits of a word, 1 to 32. */
function maskOf(count: number): number {
  return count === 32 ? 0xffffffff : (1 << count) - 1;
}

export function endsOf(inside: Inside, selection: number, key: ShardKey): ShardEnds | null {
  const bits = inside.bitsOf(key, selection);
  const count = bits?.count ?? inside.shardOf(key).recordCount;
  if (count === 0) return null;
  return bits === null ? { first: 0, last: count - 1 } : { first: bits.indexAt(0), last: bits.indexAt(count - 1) };
}

/** @returns how many records `target` keeps in the shard */
export function widenBits(
  inside: Inside,
  target: number,
  core: number,
  { key, head, tail }: WidenedShard,
  before: number,
  after: number,
): number {
  return make(inside, target, key, (bits, shard) => {
    const from = inside.bitsOf(key, core);
    if (from === null) throw new Error('every record has no context');
    spreadDown(inside, shard, from, bits, head, after);
    spreadUp(inside, shard, from, bits, tail, before);
  });
}

export function intersectBits(inside: Inside, target: number, a: number, b: number, key: ShardKey): number {
  return make(inside, target, key, (bits, shard) => {
    const [first, second] = [inside.bitsOf(key, a), inside.bitsOf(key, b)];
    if (first === null || second === null) throw new Error('every record has no bits');
    shard.blocks.forEach((block, index) => {
      inside.kernels.bitsAnd(
        bits.pointers[index] as number,
        first.pointers[index] as number,
        second.pointers[index] as number,
        wordsFor(block.count),
      );
    });
  });
}

function make(
  inside: Inside,
  target: number,
  key: ShardKey,
  fill: (bits: SelectionBits, shard: LoadedShard) => void,
): number {
  const shard = inside.shardOf(key);
  const bits = new SelectionBits(inside.kernels, inside.arena, shard);
  let isDone = false;
  try {
    fill(bits, shard);
    isDone = true;
  } finally {
    if (!isDone) bits.close();
  }
  for (let index = 0; index < shard.blocks.length; index++) bits.countBlock(index);
  inside.keepBits(key, target, bits);
  return bits.count;
}

/** Sets the kept records and the `after` behind each, and the first `head` of the shard */
function spreadDown(
  { arena }: Inside,
  shard: LoadedShard,
  from: SelectionBits,
  to: SelectionBits,
  head: number,
  after: number,
): void {
  let left = head;
  shard.blocks.forEach((block, index) => {
    const words = wordsFor(block.count);
    const source = new Uint32Array(arena.memory.buffer, from.pointers[index] as number, words);
    const target = new Uint32Array(arena.memory.buffer, to.pointers[index] as number, words);
    for (let w = 0; w < words; w++) {
      const size = Math.min(32, block.count - w * 32);
      const word = source[w] as number;
      if (word === 0) {
        const set = Math.min(left, size);
        target[w] = set === 0 ? 0 : maskOf(set);
        left -= set;
      } else if (word >>> 0 === maskOf(size) >>> 0) {
        target[w] = word;
        left = after;
      } else {
        let out = 0;
        for (let i = 0; i < size; i++) {
          const isKept = ((word >>> i) & 1) === 1;
          if (isKept) left = after;
          else if (left > 0) left--;
          else continue;
          out |= 1 << i;
        }
        target[w] = out;
      }
    }
  });
}

/** Adds the `before` records in front of each kept one, and the last `tail` of the shard. */
function spreadUp(
  { arena }: Inside,
  shard: LoadedShard,
  from: SelectionBits,
  to: SelectionBits,
  tail: number,
  before: number,
): void {
  if (before === 0) return;
  let left = tail;
  for (let index = shard.blocks.length - 1; index >= 0; index--) {
    const { count } = shard.blocks[index] as (typeof shard.blocks)[number];
    const words = wordsFor(count);
    const source = new Uint32Array(arena.memory.buffer, from.pointers[index] as number, words);
    const target = new Uint32Array(arena.memory.buffer, to.pointers[index] as number, words);
    for (let w = words - 1; w >= 0; w--) {
      const size = Math.min(32, count - w * 32);
      const word = source[w] as number;
      if (word === 0) {
        const set = Math.min(left, size);
        if (set > 0) target[w] = (target[w] as number) | (maskOf(set) << (size - set));
        left -= set;
      } else if (word >>> 0 === maskOf(size) >>> 0) {
        left = before;
      } else {
        let out = 0;
        for (let i = size - 1; i >= 0; i--) {
          if (((word >>> i) & 1) === 1) left = before;
          else if (left > 0) {
            left--;
            out |= 1 << i;
          }
        }
        target[w] = (target[w] as number) | out;
      }
    }
  }
}
