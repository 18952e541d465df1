import { expect, test } from 'vitest';

import { Fault } from '../base/fault';
import { createCallTimings } from './call-timings';

test('answers are timed by kind; failures and what was given up are counted apart', async () => {
  let clock = 0;
  const { calls, read } = createCallTimings(
    {
      rows: async (tookMs: number) => {
        clock += tookMs;
        return tookMs;
      },
      select: async (code: 'stale' | 'regex-timeout') => {
        throw new Fault(code, 'no');
      },
    },
    () => clock,
  );
  expect(await calls.rows(3)).toBe(3);
  await calls.rows(40);
  await expect(calls.select('stale')).rejects.toThrow('no');
  await expect(calls.select('regex-timeout')).rejects.toThrow('no');
  expect(read()).toMatchObject([
    { call: 'rows', count: 2, sumMs: 43, maxMs: 40, failedCount: 0, staleCount: 0 },
    { call: 'select', count: 0, sumMs: 0, failedCount: 1, staleCount: 1 },
  ]);
});
