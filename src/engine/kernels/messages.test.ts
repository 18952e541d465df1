/** Where messages are: both kernels say what the format machine says of each line alone. */

import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { compileProgram } from '../formats/program';
import { FORMATS } from '../formats/registry';
import { type Kernels, RESERVED_BYTES } from './kernels';
import { createKernels } from './load';
import { FormatMachine } from './portable/index-machine';

const MODULE = new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));

const PROGRAM = RESERVED_BYTES;
const OFFSETS = PROGRAM + 65536;
const BITS = OFFSETS + 65536;
const FOUND = BITS + 8192;
const TEXT = FOUND + 65536;

const kinds: [string, Kernels][] = (['simd', 'portable'] as const).map((kind) => {
  const memory = new WebAssembly.Memory({ initial: 40, maximum: 65536 });
  return [kind, createKernels({ memory, module: kind === 'simd' ? MODULE : undefined })];
});

const samples = FORMATS.flatMap((format) => format.samples.map(({ text }) => text));
const record = fc
  .tuple(
    fc.oneof(fc.constantFrom(...samples), fc.string({ maxLength: 30 }), fc.constant('')),
    fc.constantFrom('\n', '\n', '\r\n', '\n\tat x(Y.java:1)\n', '\nnext 2025-01-01 10:00:00 INFO line\n'),
  )
  .map(([line, end]) => line + end);

test.each(kinds)('%s', (_, kernels) => {
  const { memory } = kernels;
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 70 }),
      fc.nat(FORMATS.length - 1),
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.boolean()),
      fc.boolean(),
      fc.nat(15),
      fc.nat(40),
      (records, format, formatCount, chosen, isAll, shift, skipped) => {
        const { bytes: program } = compileProgram(FORMATS.slice(format, format + formatCount));
        const bytes = records.map((text) => encoder.encode(text));
        const view = new DataView(memory.buffer);
        const all = new Uint8Array(memory.buffer);
        all.set(program, PROGRAM);
        // The first record does not begin where byte 0 would stand.
        const base = TEXT + shift - 5;
        const expected: [number, number][] = [];
        const machine = new FormatMachine(program);
        const first = Math.min(skipped, records.length - 1);
        all.fill(0, BITS, BITS + 64);
        let at = 5;
        for (const [i, text] of bytes.entries()) {
          all.set(text, base + at);
          view.setUint32(OFFSETS + i * 4, at, true);
          const isChosen = chosen.next().value;
          if (isChosen) all[BITS + (i >> 3)] = (all[BITS + (i >> 3)] as number) | (1 << (i & 7));
          let end = text.indexOf(10);
          if (end > 0 && text[end - 1] === 13) end--;
          const match = machine.match(text, 0, end);
          const message = match === null ? [0, end] : [match.messageStart, match.messageEnd];
          if (i >= first && (isAll || isChosen))
            expected.push([base + at + (message[0] as number), base + at + (message[1] as number)]);
          at += text.length;
        }
        // What is behind would go on with the last record.
        all.fill(57, base + at, base + at + 64);
        const { length } = records;
        const within = isAll ? 0 : BITS;
        const count = kernels.findMessages(PROGRAM, base, at, OFFSETS, first, length, length, within, FOUND);
        expect(count).toBe(expected.length);
        expect([...new Uint32Array(memory.buffer, FOUND, count * 2)]).toEqual(expected.flat());
      },
    ),
    { seed: 20261120, numRuns: 300 },
  );
});
