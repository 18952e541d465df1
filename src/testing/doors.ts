/** The engine behind each kind of door, for tests of its contract: called straight, and through a MessageChannel. */
import { MessageChannel } from 'node:worker_threads';

import { expose, wrap } from 'comlink';
import nodeEndpoint, { type NodeEndpoint } from 'comlink/dist/esm/node-adapter';
import { afterEach } from 'vitest';

import { installFaultWire } from '../bridge/fault-wire';
import type { EngineApi, Row, RowsOptions, SourceInput, SourceSummary } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import { inProcessEngine, type InProcessOptions } from './in-process';

const closers: (() => void)[] = [];

/** To be called once by a test file: what its tests opened is closed behind each of them. */
export function closeDoorsAfterEach(): void {
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });
}

export async function inProcess(options: InProcessOptions): Promise<EngineApi> {
  const engine = await inProcessEngine(options);
  closers.push(() => void engine.shutdown());
  return engine;
}

export async function overPort(options: InProcessOptions): Promise<EngineApi> {
  installFaultWire();
  const { port1, port2 } = new MessageChannel();
  const engine = await inProcessEngine(options);
  expose(engine, nodeEndpoint(port1 as unknown as NodeEndpoint));
  closers.push(() => {
    void engine.shutdown();
    port1.close();
    port2.close();
  });
  return wrap<EngineApi>(nodeEndpoint(port2 as unknown as NodeEndpoint)) as unknown as EngineApi;
}

export const DOORS = [
  ['in process', inProcess],
  ['over a port', overPort],
] as const;

export async function openSource(engine: EngineApi, input: SourceInput): Promise<SourceSummary> {
  return engine.whenOpened(await engine.open(input));
}

/** All rows that a filter keeps. */
export async function rowsOf(
  engine: EngineApi,
  filter: Filter,
  sources?: number[],
  options?: RowsOptions,
): Promise<Row[]> {
  const { handle, count } = await engine.select(filter, { callId: 1, ...(sources === undefined ? {} : { sources }) });
  const { rows } = await engine.rows(handle, 0, count, options);
  await engine.release(handle);
  return [...rows];
}
