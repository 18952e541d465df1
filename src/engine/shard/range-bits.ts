/** Which records of a block have a wildcard's value in a range: their messages are read. */

import type { Kernels } from '../kernels/kernels';
import { createRangeTest, type MessageTest } from '../patterns/wildcard-range';
import type { PlanNode } from '../query/plan';
import type { Arena } from './arena';
import { MessageFinder } from './message-finder';
import type { LoadedShard, RecordBlock } from './loaded-shard';

type RangeNode = Extract<PlanNode, { kind: 'wildcard' }>;

/** `close` gives its memory back. */
export class RangeMarker {
  private readonly tests = new Map<RangeNode, MessageTest>();
  private readonly messages: MessageFinder;

  constructor(kernels: Kernels, arena: Arena) {
    this.messages = new MessageFinder(kernels, arena);
  }

  close(): void {
    this.messages.close();
  }

  /** Sets bits, of a cleared set, of the records whose bit is set in `within`; 0: of all. Pointers: as in `Evaluator`. */
  mark(node: RangeNode, shard: LoadedShard, block: RecordBlock, bytes: number, within: number, bits: number): void {
    const keeps = this.tests.get(node) ?? createRangeTest(node.tokens, node.where);
    this.tests.set(node, keeps);
    this.messages.each(shard, bytes, block, within, (memory, start, end, i) => {
      if (!keeps(memory, start, end)) return;
      const at = bits + (i >> 3); // bitsets are little-endian
      memory[at] = (memory[at] as number) | (1 << (i & 7));
    });
  }
}
