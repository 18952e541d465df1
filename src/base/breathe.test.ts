import { MessageChannel } from 'node:worker_threads';

import { describe, expect, test } from 'vitest';

import { breathe, createTicket, createYield } from './breathe';
import { isFault } from './fault';

describe('breathe', () => {
  test('lets a message in that was posted before it', async () => {
    const { port1, port2 } = new MessageChannel();
    let isHeard = false;
    port1.on('message', () => {
      isHeard = true;
    });
    port2.postMessage('cancel');
    for (let awaited = 0; awaited < 100; awaited++) await Promise.resolve();
    expect(isHeard).toBe(false); // awaiting alone does not let it in
    for (let breaths = 0; breaths < 5 && !isHeard; breaths++) await breathe();
    port1.close();
    expect(isHeard).toBe(true);
  });

  test('costs less than 50 µs', async () => {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      for (let breath = 0; breath < 200; breath++) await breathe();
      times.push((performance.now() - start) / 200);
    }
    expect(Math.min(...times)).toBeLessThan(0.05);
  });

  test.each([
    ['setImmediate', { setImmediate }],
    ['MessageChannel', { MessageChannel: globalThis.MessageChannel }],
    ['setTimeout', {}],
  ])('answers every breath in order over %s', async (_name, place) => {
    const yieldTask = createYield(place as unknown as Parameters<typeof createYield>[0]);
    const seen: number[] = [];
    const breaths = [0, 1, 2].map((index) =>
      new Promise<void>((resolve) => yieldTask(resolve)).then(() => seen.push(index)),
    );
    await Promise.resolve();
    expect(seen).toEqual([]);
    await Promise.all(breaths);
    expect(seen).toEqual([0, 1, 2]);
  });
});

test('a ticket throws stale once it is cancelled, not before', () => {
  const ticket = createTicket();
  ticket.throwIfCancelled();
  expect(ticket.isCancelled).toBe(false);
  ticket.cancel();
  expect(ticket.isCancelled).toBe(true);
  let thrown: unknown;
  try {
    ticket.throwIfCancelled();
  } catch (error) {
    thrown = error;
  }
  expect(isFault(thrown, 'stale')).toBe(true);
});
