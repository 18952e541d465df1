import { describe, expect, test } from 'vitest';

import { Fault, isFault } from '../base/fault';
import type { EngineApi, EngineEvent, SelectionInfo } from '../engine/api';
import { connectEngine, createLatest } from './engine-client';

const ANSWER: SelectionInfo = {
  handle: 7,
  count: 1,
  keptCount: 1,
  total: 1,
  isComplete: true,
  order: 'file',
  elapsedMs: 0,
};

/** An engine whose `select` answers when told to, and that notes what it was asked. */
function setup() {
  const asked: string[] = [];
  let answer: (info: SelectionInfo) => void = () => {};
  let tell: (event: EngineEvent) => void = () => {};
  let die: (reason: string) => void = () => {};
  const api = {
    listen: async (listener: (event: EngineEvent) => void) => {
      tell = listener;
    },
    select: (_: unknown, { callId }: { callId: number }) => {
      asked.push(`select ${callId}`);
      return new Promise<SelectionInfo>((resolve) => {
        answer = resolve;
      });
    },
    cancel: async (callId: number) => {
      asked.push(`cancel ${callId}`);
    },
    release: async (handle: number) => {
      asked.push(`release ${handle}`);
    },
    rows: () => Promise.reject(new Fault('selection-unknown', 'gone')),
  } as unknown as EngineApi;
  const died = new Promise<string>((resolve) => {
    die = resolve;
  });
  let isEnded = false;
  const client = connectEngine(api, { died, end: () => (isEnded = true) });
  return {
    client,
    asked,
    answer: (info: SelectionInfo) => answer(info),
    tell: (event: EngineEvent) => tell(event),
    die: (reason: string) => die(reason),
    isEnded: () => isEnded,
  };
}

/** The code of the fault a promise fails with. */
const faultOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (error: unknown) => (isFault(error) ? error.code : 'no fault'),
  );

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('a call', () => {
  test('is answered, and counts as pending until then', async () => {
    const { client, answer } = setup();
    await turn();
    const call = client.select({ kind: 'all' }, {});
    expect(client.pendingCount()).toBe(1);
    answer(ANSWER);
    expect(await call).toEqual(ANSWER);
    expect(client.pendingCount()).toBe(0);
  });

  test('fails with the engine’s own fault', async () => {
    expect(await faultOf(setup().client.rows(1, 0, 1))).toBe('selection-unknown');
  });

  test('given up rejects at once, cancels in the engine, and lets a late answer go', async () => {
    const { client, asked, answer } = setup();
    const abort = new AbortController();
    const call = faultOf(client.select({ kind: 'all' }, { signal: abort.signal }));
    abort.abort();
    expect(await call).toBe('stale');
    answer(ANSWER);
    await turn();
    const [id] = asked[0]?.match(/\d+/) ?? [];
    expect(asked).toEqual([`select ${id}`, `cancel ${id}`, 'release 7']);
  });

  test('given up before it began never reaches the engine', async () => {
    const { client, asked } = setup();
    expect(await faultOf(client.select({ kind: 'all' }, { signal: AbortSignal.abort() }))).toBe('stale');
    expect(asked).toEqual([]);
  });
});

describe('the worker’s death', () => {
  test('fails what is pending and what comes after, and is told once', async () => {
    const { client, die, isEnded } = setup();
    const told: string[] = [];
    client.onDeath((reason) => told.push(reason.code));
    const call = faultOf(client.select({ kind: 'all' }, {}));
    die('out of memory');
    expect(await call).toBe('worker-died');
    expect(await faultOf(client.health())).toBe('worker-died');
    expect(told).toEqual(['worker-died']);
    expect(isEnded()).toBe(true);
  });

  test('by our own hand is no death: pending calls are stale, nobody mourns', async () => {
    const { client } = setup();
    const told: string[] = [];
    client.onDeath((reason) => told.push(reason.code));
    const call = faultOf(client.select({ kind: 'all' }, {}));
    client.end();
    expect(await call).toBe('stale');
    expect(told).toEqual([]);
  });
});

test('events reach every listener until it stops listening', async () => {
  const { client, tell } = setup();
  await turn();
  const heard: string[] = [];
  const stop = client.onEvent((event) => heard.push(event.kind));
  tell({ kind: 'closed', source: 1 });
  stop();
  tell({ kind: 'closed', source: 2 });
  expect(heard).toEqual(['closed']);
});

test('of two wishes of one kind only the newer is answered', async () => {
  const latest = createLatest();
  const first = faultOf(latest.run(() => turn()));
  const second = latest.run(async () => 'second');
  expect(await second).toBe('second');
  expect(await first).toBe('stale');
});
