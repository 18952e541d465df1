/** Tables through the engine: rows with line ends in them lie in one shard, wherever the file is cut. */

import { expect, test } from 'vitest';

import { closeDoorsAfterEach, inProcess, openSource as open, rowsOf } from '../testing/doors';
import { textInput } from '../testing/in-process';

closeDoorsAfterEach();

const ROWS = Array.from({ length: 60 }, (_, i) => {
  const text = i % 7 === 3 ? `"row ${i}, first line\nnot, a ""row"",\n\nsecond line of ${i}"` : `"row ${i}"`;
  return `${new Date(Date.UTC(2024, 0, 15, 10, 0, i)).toISOString()},${i % 9 === 2 ? 'ERROR' : 'info'},${text},web0${i % 3}`;
});
const TABLE = `timestamp,level,message,host\r\n${ROWS.join('\r\n')}\r\n`;

test.each([1, 7, 64, 65536])(
  'a row of several lines stays whole, chunks of %i bytes, small shards',
  async (chunkBytes) => {
    const tuning = { chunkBytes, cuts: { shardBytes: 300, windows: [64, 300] }, firstShardBytes: 150 };
    const engine = await inProcess({ tuning });
    const summary = await open(engine, textInput(TABLE));
    expect(summary).toMatchObject({ recordCount: 61, format: { id: 'csv' } });
    const rows = await rowsOf(engine, { kind: 'all' });
    expect(rows.slice(1).map((row) => row.text.replace(/\r/g, ''))).toEqual(ROWS);
    expect(rows.map((row) => row.level).filter((level) => level === 'ERROR')).toHaveLength(7);
    const hosts = await rowsOf(engine, await engine.parseFilter('host=web01', { zone: 'UTC' }));
    // Cells behind the one that goes on below are not read: 3 of the 20.
    expect(hosts).toHaveLength(17);
  },
);

test('a table that is forced is read by its line of names too', async () => {
  const engine = await inProcess({});
  const summary = await open(engine, {
    ...textInput('when;grade;what\n2024-01-15 10:00:00;warn;low disk\n'),
    format: 'csv',
  });
  expect(summary.levelCounts[4]).toBe(1);
});
