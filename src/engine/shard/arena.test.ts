import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isFault } from '../../base/fault';
import { Arena, type Block } from './arena';

function arena() {
  return new Arena(new WebAssembly.Memory({ initial: 32, maximum: 65536 }));
}

test('pieces never overlap, and what is given back is used again', () => {
  const step = fc.record({
    size: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 900_000, max: 6_000_000 })),
    give: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const room = arena();
      const held: Block[] = [];
      for (const { size, give } of steps) {
        const block = room.allocate(size);
        expect(block.size).toBeGreaterThanOrEqual(size);
        expect(block.pointer % 64).toBe(0);
        expect(block.pointer + block.size + 64).toBeLessThanOrEqual(room.memory.buffer.byteLength);
        for (const other of held)
          expect(
            block.pointer + block.size + 64 <= other.pointer || other.pointer + other.size + 64 <= block.pointer,
          ).toBe(true);
        held.push(block);
        if (give % 2 === 0) room.give(held.splice(give % held.length, 1)[0] as Block);
      }
      for (const block of held) room.give(block);
      expect(room.usedBytes).toBe(0);
    }),
    { seed: 3, numRuns: 60 },
  );
});

test('columns between slabs do not keep the slabs from being used again', () => {
  const room = arena();
  const columns: Block[] = [];
  for (let i = 0; i < 20; i++) {
    const slab = room.allocate(16 * 1024 * 1024);
    columns.push(room.allocate(852_000));
    room.give(slab);
  }
  // One slab and the columns' rooms, not twenty slabs.
  expect(room.memory.buffer.byteLength).toBeLessThan(64 * 1024 * 1024);
});

test('a memory that is full is a fault, and pieces held stay good', () => {
  const room = arena();
  const held = room.allocate(1000);
  expect(() => room.allocate(5 * 1024 ** 3)).toThrow(expect.toSatisfy((error) => isFault(error, 'out-of-memory')));
  room.give(held);
});
