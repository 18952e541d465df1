/** Filters that name records one by one, over several shards and sources. */
import { expect, test } from 'vitest';

import { inProcessEngine, textInput } from '../testing/in-process';

const log = (count: number, word: string) =>
  Array.from({ length: count }, (_, at) => {
    const clock = new Date(Date.UTC(2025, 5, 15, 10) + at * 1000).toISOString();
    return `${clock} INFO ${word} ${at}${at % 7 === 0 ? '\n  at pool.ts:41' : ''}`;
  }).join('\n');

test.each([1, 2, 5])('the records named are kept, in whatever shard they lie, with %i workers', async (workers) => {
  const engine = await inProcessEngine({ workers, tuning: { firstShardBytes: 1024, cuts: { shardBytes: 4096 } } });
  try {
    const sources = [
      await engine.open(textInput(log(900, 'a'), { name: 'a.log' })),
      await engine.open(textInput(log(500, 'b'), { name: 'b.log' })),
    ];
    for (const source of sources) await engine.whenOpened(source);
    const all = await engine.select({ kind: 'all' }, { callId: 1, sources });
    const { rows } = await engine.rows(all.handle, 0, all.count);
    const wanted = rows.filter((_, at) => at % 97 === 5 || at === 0 || at === rows.length - 1);
    const unknown = { source: sources[0] ?? 0, offset: (wanted[1]?.id.offset ?? 0) + 1 };
    const of = [...wanted.map((row) => row.id).reverse(), unknown, { source: 99, offset: 0 }];
    const kept = await engine.select({ kind: 'records', of }, { callId: 2, sources });
    expect(kept.count).toBe(wanted.length);
    const found = await engine.rows(kept.handle, 0, kept.count);
    expect(found.rows.map((row) => row.text)).toEqual(wanted.map((row) => row.text));
    const next = await engine.seek(all.handle, 5, 1, { kind: 'records', of }, 3);
    expect(next).toBe(97 + 5);
    const none = await engine.select({ kind: 'not', of: { kind: 'records', of } }, { callId: 4, sources });
    expect(none.count).toBe(all.count - wanted.length);
  } finally {
    await engine.shutdown();
  }
});

test('its text form reads back as the same filter', async () => {
  const engine = await inProcessEngine();
  try {
    expect(await engine.parseFilter('record:1@0,2@517', { zone: 'UTC' })).toEqual({
      kind: 'records',
      of: [
        { source: 1, offset: 0 },
        { source: 2, offset: 517 },
      ],
    });
    expect(await engine.parseFilter('record:premium', { zone: 'UTC' })).toMatchObject({ kind: 'text' });
  } finally {
    await engine.shutdown();
  }
});
