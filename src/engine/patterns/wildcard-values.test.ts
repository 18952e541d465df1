/** Values of wildcards: what reading every record says, whatever the log, its cuts and the workers. */
import { describe, expect, test } from 'vitest';

import { isFault } from '../../base/fault';
import { closeDoorsAfterEach, DOORS, inProcess, openSource } from '../../testing/doors';
import { type InProcessOptions, textInput } from '../../testing/in-process';
import { SMALL_SHARDS } from '../../testing/random-bytes';
import type { EngineEvent } from '../api';
import type { Filter } from '../query/filter';
import type { ShardApi } from '../shard/shard-api';

closeDoorsAfterEach();

const ALL: Filter = { kind: 'all' };

const LOG = Array.from({ length: 120 }, (_, i) => {
  const time = new Date(Date.UTC(2025, 0, 1) + i * 1000).toISOString();
  if (i % 3 === 0) return `${time} WARN slow query took ${i} ms`;
  return `${time} INFO user ${1000 + (i % 7)} logged in`;
}).join('\n');

describe.each(DOORS)('the engine %s', (_, start) => {
  test('counts the values of a wildcard', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(LOG));
    const { handle } = await engine.select(ALL, { callId: 1 });
    const wanted = { pattern: 'user <*> logged in', wildcard: 0, topCount: 2, maxBins: 10 };
    expect(await engine.wildcardValues(handle, wanted, 2)).toMatchObject({
      recordCount: 80,
      missingCount: 0,
      distinctCount: 7,
      top: [
        { value: '1000', count: 12 },
        { value: '1001', count: 12 },
      ],
    });
    const few = await engine.select({ kind: 'text', text: '1003', caseSensitive: true }, { callId: 1 });
    expect(await engine.wildcardValues(few.handle, wanted, 2)).toMatchObject({
      recordCount: 11,
      distinctCount: 1,
      top: [{ value: '1003', count: 11 }],
    });
    const slow = { ...wanted, pattern: 'slow query took <*> ms' };
    expect((await engine.wildcardValues(few.handle, slow, 2)).recordCount).toBe(0);
  });

  test('what there is not is a fault', async () => {
    const engine = await start({ tuning: SMALL_SHARDS });
    await openSource(engine, textInput(LOG));
    const { handle } = await engine.select(ALL, { callId: 1 });
    const wanted = { pattern: 'user <*> logged in', wildcard: 1, topCount: 2, maxBins: 10 };
    const isUnknown = (error: unknown) => isFault(error, 'pattern-unknown');
    await expect(engine.wildcardValues(handle, wanted, 2)).rejects.toSatisfy(isUnknown);
    const other = { ...wanted, pattern: 'user <*>', wildcard: 0 };
    await expect(engine.wildcardValues(handle, other, 2)).rejects.toSatisfy(isUnknown);
  });
});

test('stops when it is cancelled', async () => {
  const engine = await inProcess({ workers: 1, tuning: SMALL_SHARDS });
  await openSource(engine, textInput(LOG));
  const { handle } = await engine.select(ALL, { callId: 1 });
  const wanted = { pattern: 'user <*> logged in', wildcard: 0, topCount: 2, maxBins: 10 };
  await engine.wildcardValues(handle, wanted, 76); // what patterns there are is known now
  const told = expect(engine.wildcardValues(handle, wanted, 77)).rejects.toSatisfy((error) => isFault(error, 'stale'));
  await engine.cancel(77);
  await told;
  expect((await engine.wildcardValues(handle, wanted, 78)).recordCount).toBe(80);
});

/** Calls `then` when a worker is first asked for values. */
function onFirstAsked(then: (die: (reason: string) => void) => void): NonNullable<InProcessOptions['onSpawn']> {
  let isFirst = true;
  return ({ handle, die }) => {
    const api = new Proxy(handle.api, {
      get: (target, name: keyof ShardApi) => {
        if (name === 'wildcardValues' && isFirst) {
          isFirst = false;
          then(die);
        }
        return target[name];
      },
    });
    Object.assign(handle, { api });
  };
}

const WANTED = { pattern: 'user <*> logged in', wildcard: 0, topCount: 2, maxBins: 10 };

test('a worker that reads messages stops, too', async () => {
  let tell: () => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const engine = await inProcess({ workers: 1, onSpawn: onFirstAsked(() => tell()) });
  await openSource(engine, textInput(`${LOG}\n`.repeat(400)));
  const { handle } = await engine.select(ALL, { callId: 1 });
  const told = expect(engine.wildcardValues(handle, WANTED, 77)).rejects.toSatisfy((error) => isFault(error, 'stale'));
  await isAsked;
  await engine.cancel(77);
  await told;
});

test('a worker that dies meanwhile takes nothing along', async () => {
  const onSpawn = onFirstAsked((die) => queueMicrotask(() => die('for the test')));
  const engine = await inProcess({ workers: 2, tuning: SMALL_SHARDS, onSpawn });
  await openSource(engine, textInput(LOG));
  const { handle } = await engine.select(ALL, { callId: 1 });
  expect(await engine.wildcardValues(handle, WANTED, 2)).toMatchObject({ recordCount: 80, distinctCount: 7 });
  expect((await engine.health()).workers.reduce((sum, { restarts }) => sum + restarts, 0)).toBe(1);
});

test('tells how far it is', async () => {
  const engine = await inProcess({ workers: 2, tuning: SMALL_SHARDS });
  const events: EngineEvent[] = [];
  await engine.listen((event) => events.push(event));
  await openSource(engine, textInput(LOG));
  const { handle } = await engine.select(ALL, { callId: 1 });
  const wanted = { pattern: 'user <*> logged in', wildcard: 0, topCount: 2, maxBins: 10 };
  await engine.wildcardValues(handle, wanted, 5);
  const told = events.flatMap((event) => (event.kind === 'progress' ? [event] : []));
  expect(told.every(({ callId, total }) => callId === 5 && total === 80)).toBe(true);
  expect(told.map(({ done }) => done)).toEqual([...told.map(({ done }) => done)].sort((a, b) => a - b));
  expect(told.at(-1)?.done).toBe(80);
});
