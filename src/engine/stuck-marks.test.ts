/** Highlights that never come to an end: rows come all the same. */
import { describe, expect, test } from 'vitest';

import { Fault, isFault } from '../base/fault';
import { closeDoorsAfterEach, inProcess, openSource } from '../testing/doors';
import { textInput } from '../testing/in-process';
import type { Row, RowsOptions } from './api';
import type { Filter } from './query/filter';
import type { ShardApi } from './shard/shard-api';
import { StuckMarks } from './stuck-marks';

closeDoorsAfterEach();

const regex = (pattern: string): Filter => ({ kind: 'regex', pattern, flags: '' });
const WORD: Filter = { kind: 'text', text: 'word', caseSensitive: false };
const ENDLESS = '(x+x+)+y';

/** Reads no rows, and is stuck in any expression of ENDLESS. */
function reader() {
  const asked: RowsOptions[] = [];
  const read = async (options: RowsOptions): Promise<Row[]> => {
    asked.push(options);
    if (JSON.stringify(options).includes(ENDLESS)) throw new Fault('regex-timeout', 'too long');
    return [];
  };
  return { asked, read };
}

describe('highlights that never come to an end', () => {
  test('are found out among others, left out, and not tried again', async () => {
    const marks = new StuckMarks();
    const { asked, read } = reader();
    const highlights = [WORD, regex('a+'), regex(ENDLESS), regex('b+'), regex(`${ENDLESS}?`)];
    expect(await marks.rows({ highlights }, read)).toEqual({ rows: [], stuck: [2, 4] });
    // All; each expression alone; all but those that were stuck.
    expect(asked.length).toBe(1 + 4 + 1);
    expect(asked.at(-1)?.highlights?.map((filter) => filter.kind)).toEqual(['text', 'regex', 'not', 'regex', 'not']);
    expect(await marks.rows({ highlights: [regex(ENDLESS), WORD] }, read)).toEqual({ rows: [], stuck: [0] });
    expect(asked.length).toBe(7);
  });

  test('are not blamed for the hits', async () => {
    const marks = new StuckMarks();
    const { read } = reader();
    const options = { hits: regex(ENDLESS), highlights: [regex('a+')] };
    await expect(marks.rows(options, read)).rejects.toSatisfy((error) => isFault(error, 'regex-timeout'));
    expect((await marks.rows({ highlights: [regex('a+')] }, read)).stuck).toEqual([]);
  });
});

test('rows come without the highlight that a worker was stuck in', async () => {
  let isStuck = false;
  const engine = await inProcess({
    workers: 1,
    onSpawn({ handle }) {
      isStuck = false;
      const { api } = handle;
      const sticky = new Proxy(api, {
        get:
          (target, name: keyof ShardApi) =>
          async (...args: never[]) => {
            if (name === 'rows' && JSON.stringify(args).includes(ENDLESS)) isStuck = true;
            if (isStuck) await new Promise(() => undefined);
            return (target[name] as (...args: never[]) => Promise<unknown>)(...args);
          },
      });
      Object.assign(handle, { api: sticky });
    },
  });
  const line = (i: number) => `2025-01-01 10:00:0${i},000 INFO [main] com.acme.Pool - word ${i}\n`;
  await openSource(engine, textInput([0, 1, 2, 3].map(line).join('')));
  const { handle } = await engine.select(WORD, { callId: 1 });
  const { rows, stuck } = await engine.rows(handle, 0, 4, { highlights: [WORD, regex(ENDLESS)] });
  expect(stuck).toEqual([1]);
  expect(rows.map((row) => row.keptBy)).toEqual([[0], [0], [0], [0]]);
  expect(rows.map((row) => row.hits.length)).toEqual([2, 2, 2, 2]);
}, 20_000);
