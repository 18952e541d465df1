import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Register } from '../protocol/window-message';
import { createRegisters } from './registers';

test('a value that is held already is not told again, in whatever order its members are', () => {
  const registers = createRegisters('a');
  expect(registers.write('filter', { x: 1, y: [2] })).not.toBeNull();
  expect(registers.write('filter', { y: [2], x: 1 })).toBeNull();
});

test('what was received is not told back', () => {
  const [a, b] = [createRegisters('a'), createRegisters('b')];
  const told = a.write('zone', 'UTC');
  expect(b.receive(told ? [told] : [])).toHaveLength(1);
  expect(b.write('zone', 'UTC')).toBeNull();
});

test('of two changes at once, every window keeps the same one', () => {
  const [a, b] = [createRegisters('a'), createRegisters('b')];
  const [fromA, fromB] = [a.write('zone', 'UTC'), b.write('zone', 'Asia/Tokyo')];
  a.receive(fromB ? [fromB] : []);
  b.receive(fromA ? [fromA] : []);
  expect(a.get('zone')?.value).toBe('Asia/Tokyo');
  expect(b.get('zone')?.value).toBe('Asia/Tokyo');
});

test('windows hold the same in the end, whatever is written where and however messages pass each other', () => {
  const windows = ['a', 'b', 'c'];
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('write' as const),
      at: fc.nat(2),
      topic: fc.constantFrom('place', 'filter', 'mark:1:x'),
      value: fc.oneof(fc.nat(5), fc.constant(null)),
    }),
    fc.record({ kind: fc.constant('deliver' as const), at: fc.nat(2), which: fc.nat(20) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const all = windows.map(createRegisters);
      const waiting: Register[][] = windows.map(() => []);
      for (const one of steps) {
        if (one.kind === 'write') {
          const told = all[one.at]?.write(one.topic, one.value);
          if (told) for (const [to, queue] of waiting.entries()) if (to !== one.at) queue.push(told);
        } else {
          const queue = waiting[one.at] ?? [];
          const [message] = queue.splice(one.which % Math.max(1, queue.length), 1);
          if (message) all[one.at]?.receive([message]);
        }
      }
      for (const [to, queue] of waiting.entries()) all[to]?.receive(queue);
      const held = all.map((registers) =>
        Object.fromEntries(registers.all().map(({ topic, value, stamp }) => [topic, { value, stamp }])),
      );
      expect(held[1]).toEqual(held[0]);
      expect(held[2]).toEqual(held[0]);
    }),
  );
});
