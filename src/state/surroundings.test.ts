import { expect, test } from 'vitest';

import { connectEngine } from '../bridge/engine-client';
import { createDrawnEngine } from '../testing/drawn-engine';
import { readSurroundings } from './surroundings';

async function open(text: string) {
  const client = connectEngine(createDrawnEngine(), { died: new Promise(() => {}), end: () => {} });
  const blob = new Blob([text]);
  const source = await client.open({ name: 'a.log', bytes: { kind: 'blob', blob, size: blob.size }, lastModified: 0 });
  await client.whenOpened(source);
  const { handle } = await client.select({ kind: 'all' }, { sources: [source] });
  const { rows } = await client.rows(handle, 0, 1000);
  return { client, rows };
}

const LOG = Array.from({ length: 10 }, (_, at) => `10:00:0${at}.000 INFO r${at}`).join('\n');

test.each([
  [4, 2, 'r2 r3', 'r5 r6'],
  [0, 3, '', 'r1 r2 r3'],
  [9, 2, 'r7 r8', ''],
  [5, 100, 'r0 r1 r2 r3 r4', 'r6 r7 r8 r9'],
])('of record %i, %i to each side', async (at, reach, before, after) => {
  const { client, rows } = await open(LOG);
  const found = await readSurroundings(client, rows[at]?.id ?? { source: 0, offset: 0 }, reach);
  const words = (list: readonly { text: string }[]) => list.map(({ text }) => text.split(' ').at(-1)).join(' ');
  expect(words(found.before)).toBe(before);
  expect(words(found.after)).toBe(after);
});
