import { MessageChannel } from 'node:worker_threads';

import { expose, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter';
import { afterEach, describe, expect, test } from 'vitest';

import { Fault, isFault } from '../base/fault';
import { installFaultWire, raceDeath } from './fault-wire';

installFaultWire();
installFaultWire();

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Calls a function that fails on the other side of a real MessageChannel. */
async function failAcross(fail: () => unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  closing.push(() => port1.close());
  expose({ fail }, nodeEndpoint(port1));
  const far = wrap<{ fail: () => unknown }>(nodeEndpoint(port2));
  try {
    return await far.fail();
  } catch (error) {
    return { thrown: error };
  }
}

describe('what is thrown on the other side', () => {
  test('arrives as a Fault when it was one, with code, details, cause and stack', async () => {
    const fault = new Fault('filter-syntax', 'no such level', {
      details: { at: 7, expected: 'a level' },
      cause: new TypeError('deep'),
    });
    const { thrown } = (await failAcross(() => Promise.reject(fault))) as { thrown: Fault };
    expect(isFault(thrown, 'filter-syntax')).toBe(true);
    expect(thrown).not.toBe(fault);
    expect(thrown.message).toBe('no such level');
    expect(thrown.details).toEqual({ at: 7, expected: 'a level' });
    expect(thrown.cause).toBe('TypeError: deep');
    expect(thrown.stack).toBe(fault.stack);
  });

  test('arrives as an Error when it was a bug', async () => {
    const { thrown } = (await failAcross(() => {
      throw new RangeError('off by one');
    })) as { thrown: Error };
    expect(thrown).toBeInstanceOf(Error);
    expect(isFault(thrown)).toBe(false);
    expect([thrown.name, thrown.message]).toEqual(['RangeError', 'off by one']);
    expect(thrown.stack).toContain('fault-wire.test');
    expect('cause' in thrown).toBe(false);
  });

  test('arrives as it is when it was no error', async () => {
    expect(await failAcross(() => Promise.reject({ plain: [1, 2] }))).toEqual({ thrown: { plain: [1, 2] } });
  });

  test('answers pass as before', async () => expect(await failAcross(() => 42)).toBe(42));
});

describe('a call to a thread that may die', () => {
  test('answers or fails as the call does', async () => {
    const alive = new Promise<string>(() => undefined);
    await expect(raceDeath(Promise.resolve(1), alive)).resolves.toBe(1);
    await expect(raceDeath(Promise.reject(new Error('no')), alive)).rejects.toThrow('no');
  });

  test('fails when the thread dies, and so does every later one', async () => {
    let die: (reason: string) => void = () => undefined;
    const died = new Promise<string>((resolve) => {
      die = resolve;
    });
    const calls = [1, 2].map(() => raceDeath(new Promise(() => undefined), died));
    die('out of memory');
    for (const call of calls)
      await expect(call).rejects.toMatchObject({ code: 'worker-died', message: 'out of memory' });
    await expect(raceDeath(new Promise(() => undefined), died)).rejects.toMatchObject({ code: 'worker-died' });
  });
});
