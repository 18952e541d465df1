/** Digests by themselves: whose turn it is, who gives way, what is kept of a failure. */
import { createRoot, createSignal } from 'solid-js';
import { afterEach, expect, test } from 'vitest';

import { Fault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { EngineEvent, SourceSummary } from '../engine/api';
import type { Digests } from '../engine/environment';
import { createDigests } from './digests';
import type { SourcesStore } from './sources';

const FOUND: Digests = { blake3: 'b3', sha256: '256' };
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

let dispose: () => void = () => undefined;
afterEach(() => dispose());

/** Sources of so many bytes each; the engine hashes until it is told to finish or to fail. */
function setup(...sizes: number[]) {
  const running = new Map<number, { finish: () => void; fail: (fault: Fault) => void }>();
  const begun: number[] = [];
  let tell: (event: EngineEvent) => void = () => undefined;
  return createRoot((end) => {
    dispose = end;
    const [list, setList] = createSignal(
      sizes.map((sizeBytes, id) => ({ id, sizeBytes, state: 'open', digests: null }) as SourceSummary),
    );
    const [isReading, setIsReading] = createSignal(false);
    const engine: Pick<EngineClient, 'digests' | 'onEvent'> = {
      onEvent(listener) {
        tell = listener;
        return () => undefined;
      },
      digests: (id, signal) =>
        new Promise((resolve, reject) => {
          begun.push(id);
          signal?.addEventListener('abort', () => reject(new Fault('stale', 'given up')));
          running.set(id, {
            finish() {
              setList((old) => old.map((source) => (source.id === id ? { ...source, digests: FOUND } : source)));
              resolve(FOUND);
            },
            fail: reject,
          });
        }),
    };
    const sources: Pick<SourcesStore, 'list' | 'get'> = { list, get: (id) => list().find((one) => one.id === id) };
    const digests = createDigests(engine as EngineClient, sources as SourcesStore, isReading);
    return { digests, begun, running, setIsReading, setList, tell: (event: EngineEvent) => tell(event) };
  });
}

test('small sources are hashed by themselves, one after the other; a large one waits to be asked for', async () => {
  const { digests, begun, running } = setup(10, 64_000_001, 20);
  await settle();
  expect(begun).toEqual([0]);
  expect(digests.runOf(2)).toEqual({ kind: 'running', doneBytes: 0, totalBytes: 20 });
  expect(digests.runOf(1)).toBeNull();
  running.get(0)?.finish();
  await settle();
  running.get(2)?.finish();
  await settle();
  expect(begun).toEqual([0, 2]);
  digests.compute(1);
  await settle();
  expect(begun).toEqual([0, 2, 1]);
});

test('what nobody asked for gives way when something is opened, and begins again after; what was asked for goes on', async () => {
  const { digests, begun, setIsReading } = setup(10, 64_000_001);
  await settle();
  setIsReading(true);
  await settle();
  expect(digests.runOf(0)?.kind).toBe('running');
  digests.compute(1);
  await settle();
  expect(begun).toEqual([0, 1]);
  setIsReading(false);
  setIsReading(true);
  await settle();
  expect(digests.runOf(1)?.kind).toBe('running');
  expect(begun).toEqual([0, 1]);
});

test('progress is told while it runs, and not after it was stopped', async () => {
  const { digests, tell } = setup(100);
  await settle();
  tell({ kind: 'digest', source: 0, doneBytes: 40, totalBytes: 100 });
  expect(digests.runOf(0)).toEqual({ kind: 'running', doneBytes: 40, totalBytes: 100 });
  digests.stop(0);
  tell({ kind: 'digest', source: 0, doneBytes: 60, totalBytes: 100 });
  await settle();
  expect(digests.runOf(0)).toBeNull();
});

test('one that was stopped or failed does not begin again by itself, unless the file grows', async () => {
  const { digests, begun, running, setList } = setup(10);
  await settle();
  running.get(0)?.fail(new Fault('file-changed', 'it changed'));
  await settle();
  expect(digests.runOf(0)).toMatchObject({ kind: 'failed', fault: { code: 'file-changed' } });
  setList((old) => [...old]);
  await settle();
  expect(begun).toEqual([0]);
  setList((old) => old.map((source) => ({ ...source, sizeBytes: 12 })));
  await settle();
  expect(begun).toEqual([0, 0]);
});
