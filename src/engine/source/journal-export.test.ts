/** Exports of the systemd journal: entries become JSON lines, whatever the chunks and the cuts. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { closeDoorsAfterEach, inProcess, openSource as open, rowsOf } from '../../testing/doors';
import { textInput } from '../../testing/in-process';
import { createDecoder, decodedSizeBound } from './decode';
import { detectHead } from './encoding';

closeDoorsAfterEach();

type Entry = readonly (readonly [string, string])[];

/** As `journalctl -o export` writes it: values with a line end are binary. */
function exportOf(entries: readonly Entry[]): Uint8Array {
  const parts: Buffer[] = [];
  for (const entry of entries) {
    for (const [name, value] of entry) {
      const bytes = Buffer.from(value, 'utf8');
      if (!value.includes('\n')) parts.push(Buffer.from(`${name}=`), bytes, Buffer.from('\n'));
      else {
        const length = Buffer.alloc(8);
        length.writeBigUInt64LE(BigInt(bytes.length));
        parts.push(Buffer.from(`${name}\n`), length, bytes, Buffer.from('\n'));
      }
    }
    parts.push(Buffer.from('\n'));
  }
  return new Uint8Array(Buffer.concat(parts));
}

function decodeIn(bytes: Uint8Array, size: number): string {
  const decoder = createDecoder('journal-export', false);
  const target = new Uint8Array(decodedSizeBound(bytes.length, 'journal-export'));
  let filled = 0;
  for (let at = 0; at < bytes.length; at += size)
    filled += decoder.decodeInto(bytes.slice(at, at + size), target.subarray(filled), at + size >= bytes.length);
  expect(filled).toBeLessThanOrEqual(target.length);
  return new TextDecoder().decode(target.subarray(0, filled));
}

const ENTRIES: readonly Entry[] = Array.from({ length: 40 }, (_, i) => [
  ['__CURSOR', `s=bcce4fb8ffcb40e9a6e05eee8b7831bf;i=${i}`],
  ['__REALTIME_TIMESTAMP', String(1342540861416409 + i * 1_000_000)],
  ['__MONOTONIC_TIMESTAMP', String(21415215982 + i)],
  ['PRIORITY', i % 5 === 0 ? '3' : '6'],
  ['SYSLOG_IDENTIFIER', 'gdomap'],
  ['MESSAGE', i % 4 === 1 ? `stack ${i}:\n\tat "x\\y"\n\n__CURSOR is no entry here\n` : `request ${i} größer "quoted"`],
  ['_PID', String(100 + i)],
]);

describe('the journal', () => {
  test('is told by its first lines', () => {
    expect(detectHead(exportOf(ENTRIES))).toMatchObject({ kind: 'text', encoding: 'journal-export', bomBytes: 0 });
    expect(detectHead(new TextEncoder().encode('__CURSOR=1\nMESSAGE=x\n')).encoding).toBe('utf-8');
  });

  test.each([1, 2, 7, 64, 65536])('becomes JSON lines in chunks of %i bytes', (size) => {
    const lines = decodeIn(exportOf(ENTRIES), size).trimEnd().split('\n');
    expect(lines.map((line) => Object.entries(JSON.parse(line)))).toEqual(ENTRIES);
  });

  test('takes any bytes in any chunks the same way, in the room that was said', () => {
    const pieces = fc.constantFrom('__CURSOR=s', '\n', '=', 'MESSAGE', 'A=1', '\n\n', '"', '\\', '\x01', 'ü');
    const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => new TextEncoder().encode(parts.join('')));
    fc.assert(
      fc.property(
        fc.oneof(texts, fc.uint8Array({ maxLength: 200 })),
        fc.integer({ min: 1, max: 20 }),
        (bytes, size) => {
          const whole = decodeIn(bytes, Math.max(1, bytes.length));
          expect(decodeIn(bytes, size)).toBe(whole);
          for (const line of whole.split('\n')) if (line !== '') expect(() => JSON.parse(line)).not.toThrow();
        },
      ),
      { seed: 20261120, numRuns: 400 },
    );
  });

  test.each([1, 7, 64, 65536])('opens as entries, chunks of %i bytes, small shards', async (chunkBytes) => {
    const bytes = exportOf(ENTRIES);
    const tuning = { chunkBytes, cuts: { shardBytes: 700, windows: [64, 2000] }, firstShardBytes: 300 };
    const engine = await inProcess({ tuning });
    const summary = await open(engine, { ...textInput(''), bytes: { kind: 'memory', bytes, size: bytes.length } });
    expect(summary).toMatchObject({ recordCount: 40, format: { id: 'journal-json' }, timeKind: 'absolute' });
    expect(summary.firstTime).toBe(1342540861416);
    expect(summary.levelCounts).toEqual([0, 0, 0, 32, 0, 8, 0]);
    const rows = await rowsOf(engine, await engine.parseFilter('_PID=101', { zone: 'UTC' }));
    expect(rows.map((row) => Object.entries(JSON.parse(row.text)))).toEqual([ENTRIES[1]]);
  });
});
