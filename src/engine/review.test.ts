/** What a cold reading of the engine doubted: ground that moves under an answer, workers that die twice, changes that overlap. */
import { afterEach, describe, expect, test } from 'vitest';

import { Fault, isFault } from '../base/fault';
import { inProcessEnvironment, type InProcessOptions, textInput } from '../testing/in-process';
import type { EngineApi } from './api';
import { binsFor } from './derive/bins';
import type { Environment, ShardHandle } from './environment';
import { createEngine } from './host';
import type { EngineTuning } from './opening';
import type { Filter } from './query/filter';
import type { ShardApi } from './shard/shard-api';
import type { ByteSource, BytesRef } from './source/byte-source';
import { openMemory } from './source/memory-source';

const ALL: Filter = { kind: 'all' };
const ERRORS: Filter = { kind: 'level', min: 'ERROR', max: null };
const SMALL = { cuts: { shardBytes: 600, windows: [64, 300] }, firstShardBytes: 200 };
const text = (wanted: string): Filter => ({ kind: 'text', text: wanted, caseSensitive: true });
const pause = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

function appLog(count: number, from = 0): string {
  return Array.from({ length: count }, (_, i) => {
    const time = new Date(Date.UTC(2025, 0, 1, 10) + (from + i) * 1000)
      .toISOString()
      .replace('T', ' ')
      .replace('Z', '');
    return `${time} ${(from + i) % 10 === 0 ? 'ERROR' : 'INFO'} [main] request ${from + i} done\n`;
  }).join('');
}

/** 32-bit FNV-1a: the fingerprints in process tell lengths only. */
async function fingerprint(bytes: Uint8Array): Promise<string> {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16);
}

const engines: EngineApi[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.shutdown();
});

async function start(options: InProcessOptions = {}, more: Partial<Environment> = {}): Promise<EngineApi> {
  const tuning: Partial<EngineTuning> = options.tuning ?? SMALL;
  const engine = await createEngine({ ...inProcessEnvironment({ ...options, tuning }), fingerprint, ...more }, tuning);
  engines.push(engine);
  return engine;
}

/** Workers that can be killed, and whose calls can be held up or made to fail. */
function workers() {
  const all: { handle: ShardHandle; die: (reason: string) => void; calls: string[] }[] = [];
  let before: ((name: keyof ShardApi, worker: number, args: unknown[]) => Promise<void> | void) | undefined;
  return {
    all,
    before: (run: typeof before) => (before = run),
    onSpawn: (shard: { handle: ShardHandle; die: (reason: string) => void }) => {
      const index = all.length;
      const calls: string[] = [];
      all.push({ ...shard, calls });
      const { api } = shard.handle;
      const watched = new Proxy(api, {
        get:
          (target, name: keyof ShardApi) =>
          async (...args: never[]) => {
            calls.push(name);
            await before?.(name, index, args);
            return (target[name] as (...args: never[]) => Promise<unknown>)(...args);
          },
      });
      Object.assign(shard.handle, { api: watched });
    },
  };
}

/** A file that changes: a ref taken before a write cannot be read after it, as with a File of the browser. */
function file(first: string | Uint8Array) {
  const encode = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  let bytes = encode(first);
  let version = 0;
  let gate: Promise<void> = Promise.resolve();
  const versions = new Map<string, number>();
  const openBytes = (ref: BytesRef): ByteSource => {
    if (ref.kind === 'memory') return openMemory(ref.bytes);
    return {
      size: ref.size,
      async read(from, to) {
        await gate;
        if (ref.kind !== 'path' || versions.get(ref.path) !== version)
          throw new Fault('file-changed', 'it was written to');
        return openMemory(bytes).read(from, to);
      },
    };
  };
  const ref = (): BytesRef => {
    const path = `/logs/${versions.size}.log`;
    versions.set(path, version);
    return { kind: 'path', path, size: bytes.length };
  };
  return {
    openBytes,
    ref,
    input: () => ({ ...textInput(''), bytes: ref() }),
    write(content: string | Uint8Array) {
      bytes = encode(content);
      version++;
    },
    hold(): () => void {
      let go: () => void = () => undefined;
      gate = new Promise((resolve) => (go = resolve));
      return go;
    },
  };
}

async function opened(engine: EngineApi, input = textInput(appLog(200))) {
  const source = await engine.open(input);
  return engine.whenOpened(source);
}

async function texts(engine: EngineApi, filter: Filter, sources?: number[]): Promise<string[]> {
  const { handle, count } = await engine.select(filter, { callId: 1, ...(sources && { sources }) });
  const { rows } = await engine.rows(handle, 0, count);
  await engine.release(handle);
  return rows.map((row) => row.text);
}

describe('workers that die', () => {
  test('one that dies under a call for rows: the rows come all the same', async () => {
    const shards = workers();
    const engine = await start({ onSpawn: shards.onSpawn });
    await opened(engine);
    const { handle } = await engine.select(text('request 1'), { callId: 1 });
    const before = await engine.rows(handle, 0, 500);
    shards.before((name, worker) => {
      if (name === 'rows' && worker < 2) shards.all[worker]?.die('killed under a call');
    });
    expect(await engine.rows(handle, 0, 500)).toEqual(before);
  });

  test('what a dead one held is searched once, however many ask for it at once', async () => {
    const shards = workers();
    const engine = await start({ onSpawn: shards.onSpawn });
    const { id } = await opened(engine);
    const { handle, count } = await engine.select(text('request 1'), { callId: 1 });
    shards.all[0]?.die('killed by the test');
    await pause();
    const [{ rows }, bins, line] = await Promise.all([
      engine.rows(handle, 0, 500),
      engine.histogram(handle, { maxBins: 10 }),
      engine.positionOfLine(handle, id, 200),
    ]);
    expect(rows.length).toBe(count);
    expect(bins.counts.flatMap((row) => [...row]).reduce((sum, kept) => sum + kept, 0)).toBe(count);
    expect(line).toBe(count - 1); // the last record
    expect(shards.all[2]?.calls.filter((name) => name === 'select').length).toBe(1);
  });

  test('one that dies while another still searches: the count is of all records', async () => {
    const shards = workers();
    const engine = await start({ onSpawn: shards.onSpawn });
    await opened(engine);
    let isFirst = true;
    shards.before(async (name, worker) => {
      if (name !== 'select' || worker !== 1 || !isFirst) return;
      isFirst = false;
      await pause(20);
      shards.all[0]?.die('killed when it had answered');
      await pause(20);
    });
    expect((await engine.select(text('done'), { callId: 1 })).count).toBe(200);
  });

  test('dying many times over the years does not wear shards out', async () => {
    const shards = workers();
    const engine = await start({ workers: 1, onSpawn: shards.onSpawn });
    await opened(engine);
    for (let death = 0; death < 6; death++) {
      shards.all[death]?.die('once more');
      await pause();
      expect((await texts(engine, ERRORS)).length).toBe(20);
    }
  });

  test('dying again while its shards are being loaded again leaves nobody waiting', async () => {
    for (const phase of ['load', 'setClock', 'evict'] as const) {
      const shards = workers();
      const engine = await start({ workers: 1, onSpawn: shards.onSpawn });
      await opened(engine, { ...textInput(appLog(200)), zone: 'Europe/Berlin' });
      await engine.configure({ budgetBytes: 1 });
      shards.before(async (name, worker) => {
        if (worker !== 1 || name !== phase) return;
        shards.all[1]?.die(`killed in ${phase}`);
        await pause(5);
      });
      shards.all[0]?.die('first');
      await pause();
      expect((await texts(engine, ERRORS)).length).toBe(20);
      expect((await engine.health()).workers[0]?.restarts).toBe(2);
    }
  });

  test('a worker that cannot be started again is a fault, not a wait for ever', async () => {
    const shards = workers();
    const environment = inProcessEnvironment({ workers: 1, onSpawn: shards.onSpawn, tuning: SMALL });
    let isBroken = false;
    const engine = await start(
      { workers: 1 },
      {
        spawnShard: () => (isBroken ? Promise.reject(new Error('no more threads')) : environment.spawnShard()),
      },
    );
    const { id } = await opened(engine);
    isBroken = true;
    shards.before(() => shards.all[0]?.die('gone for good'));
    await expect(engine.select(text('done'), { callId: 1 })).rejects.toSatisfy((error) =>
      isFault(error, 'worker-died'),
    );
    await engine.close(id);
  });

  test('a file that changed cannot be loaded again; the other sources of the worker stay, and a fresh file helps', async () => {
    const disk = file(appLog(200));
    const shards = workers();
    const engine = await start({ workers: 1, onSpawn: shards.onSpawn, openBytes: disk.openBytes });
    const { id } = await opened(engine, disk.input());
    const other = await opened(engine, textInput(appLog(50)));
    disk.write(appLog(210));
    shards.all[0]?.die('killed by the test');
    await pause();
    expect((await texts(engine, ERRORS, [other.id])).length).toBe(5);
    await expect(engine.select(ERRORS, { callId: 1, sources: [id] })).rejects.toSatisfy((error) =>
      isFault(error, 'file-changed'),
    );
    expect(await engine.whenOpened(id)).toMatchObject({ state: 'partial', fault: { code: 'file-changed' } });
    expect(await engine.refresh(id, disk.ref(), 0)).toMatchObject({ state: 'open', recordCount: 210, fault: null });
    expect((await texts(engine, ERRORS, [id])).length).toBe(21);
    await engine.close(id);
    expect((await texts(engine, ERRORS)).length).toBe(5);
  });

  test('a pattern that never ends costs only the searches that ran one', async () => {
    const shards = workers();
    const engine = await start({ workers: 1, onSpawn: shards.onSpawn });
    const { id } = await opened(engine);
    const plain = await engine.select(text('request 1'), { callId: 1 });
    let isStuck = false;
    shards.before(async (name, worker, args) => {
      if (name === 'select' && JSON.stringify(args).includes('x+x+')) isStuck = true;
      if (isStuck && worker === 0) await new Promise(() => undefined);
    });
    const runaway = engine.select({ kind: 'regex', pattern: '(x+x+)+y', flags: '' }, { callId: 2 });
    await pause(20);
    const others = Promise.all([
      engine.rows(plain.handle, 0, 5),
      engine.bytes(id, 0, 10),
      opened(engine, textInput(appLog(30))),
    ]);
    await expect(runaway).rejects.toSatisfy((error) => isFault(error, 'regex-timeout'));
    const [window, bytes, summary] = await others;
    expect(window.rows.length).toBe(5);
    expect(bytes.length).toBe(10);
    expect(summary).toMatchObject({ state: 'open', recordCount: 30, fault: null });
  });

  test('a thread that met an error nobody caught is ended, not left with its memory', async () => {
    const shards = workers();
    const engine = await start({ workers: 1, onSpawn: shards.onSpawn });
    let isEnded = false;
    Object.assign(shards.all[0]?.handle as ShardHandle, { end: () => (isEnded = true) });
    shards.all[0]?.die('an error nobody caught');
    await pause();
    expect((await opened(engine)).recordCount).toBe(200);
    expect(isEnded).toBe(true);
  });

  test('calls under way when the engine is shut down are told so', async () => {
    const disk = file(appLog(200));
    const engine = await start({ openBytes: disk.openBytes });
    await opened(engine, disk.input());
    await engine.configure({ budgetBytes: 1 });
    const go = disk.hold();
    const search = engine.select(text('done'), { callId: 1 });
    search.catch(() => undefined);
    await pause();
    await engine.shutdown();
    await expect(search).rejects.toSatisfy((error) => isFault(error, 'stale'));
    await expect(engine.health()).rejects.toSatisfy((error) => isFault(error, 'stale'));
    go();
  });
});

describe('changes that overlap', () => {
  test('two changes of format at once end with the last, each record once', async () => {
    const engine = await start();
    const { id } = await opened(engine);
    await Promise.all([engine.forceFormat(id, 'plain'), engine.forceFormat(id, null), engine.forceFormat(id, 'plain')]);
    expect(await engine.whenOpened(id)).toMatchObject({ recordCount: 200, format: { id: 'plain' } });
    const { workers: all } = await engine.health();
    const whole = await start();
    await opened(whole);
    const count = (list: readonly { shardCount: number }[]) => list.reduce((sum, worker) => sum + worker.shardCount, 0);
    expect(count(all)).toBe(count((await whole.health()).workers));
  });

  test('waiting for a source that is opened anew meanwhile waits for that', async () => {
    const disk = file(appLog(200));
    const engine = await start({ openBytes: disk.openBytes });
    const go = disk.hold();
    const id = await engine.open(disk.input());
    const waiting = engine.whenOpened(id);
    const change = engine.forceFormat(id, 'plain');
    go();
    expect(await waiting).toMatchObject({ state: 'open', format: { id: 'plain' } });
    await change;
  });

  test('closing while a file is read again leaves nothing behind', async () => {
    const disk = file(appLog(100));
    const engine = await start({ openBytes: disk.openBytes });
    const { id } = await opened(engine, disk.input());
    disk.write(appLog(300));
    const go = disk.hold();
    const refreshed = engine.refresh(id, disk.ref(), 0);
    refreshed.catch(() => undefined);
    await pause();
    const closed = engine.close(id);
    go();
    await closed;
    await Promise.allSettled([refreshed]);
    await pause(20);
    expect((await engine.health()).workers.map((worker) => worker.shardCount)).toEqual([0, 0]);
  });

  test('a search begun while a source closes does not keep it', async () => {
    const shards = workers();
    const engine = await start({ onSpawn: shards.onSpawn });
    const { id } = await opened(engine);
    await opened(engine, textInput(appLog(30)));
    shards.before((name) => (name === 'drop' ? pause(5).then(() => undefined) : undefined));
    const closing = engine.close(id);
    const { handle, count, isComplete } = await engine.select(text('done'), { callId: 1 });
    await closing;
    expect({ count, isComplete, rows: (await engine.rows(handle, 0, 100)).rows.length }).toEqual({
      count: 30,
      isComplete: true,
      rows: 30,
    });
  });

  test('a search that was running when one of its sources closed is stale, and its bits are given up', async () => {
    const disk = file(appLog(200));
    const engine = await start({ openBytes: disk.openBytes });
    const { id } = await opened(engine, disk.input());
    await opened(engine, textInput(appLog(30)));
    await engine.configure({ budgetBytes: 1 });
    const go = disk.hold();
    const search = engine.select(text('done'), { callId: 1 });
    search.catch(() => undefined);
    await pause();
    const closing = engine.close(id);
    await pause();
    go();
    await closing;
    await expect(search).rejects.toSatisfy((error) => isFault(error, 'stale') || isFault(error, 'source-unknown'));
    expect((await texts(engine, text('done'))).length).toBe(30);
  });

  test('a search during which a grown file is read again answers from what is left', async () => {
    const disk = file(appLog(100));
    const shards = workers();
    const engine = await start({ openBytes: disk.openBytes, onSpawn: shards.onSpawn });
    const { id } = await opened(engine, disk.input());
    let drop: () => void = () => undefined;
    const dropped = new Promise<void>((resolve) => (drop = resolve));
    shards.before((name) => {
      if (name === 'drop') setTimeout(drop, 5);
      return name === 'select' ? dropped : undefined;
    });
    const search = engine.select(text('done'), { callId: 1 });
    disk.write(appLog(200));
    const refreshed = engine.refresh(id, disk.ref(), 0);
    expect((await search).count).toBeGreaterThan(80);
    await refreshed;
    expect((await texts(engine, text('done'))).length).toBe(200);
  });

  test('a selection that follows an opening source says "so far" until it covers all', async () => {
    const shards = workers();
    const engine = await start({ workers: 1, onSpawn: shards.onSpawn });
    let isHeld = true;
    shards.before(async (name) => {
      while (name === 'select' && isHeld) await pause(1);
    });
    let search: ReturnType<EngineApi['select']> | undefined;
    await engine.listen((event) => {
      if (event.kind === 'source' && event.summary.recordCount > 0)
        search ??= engine.select(text('done'), { callId: 1, sources: [event.summary.id] });
    });
    const log = textInput(appLog(3000));
    const summary = await opened(engine, log);
    while (search === undefined) await pause(1);
    isHeld = false;
    const { count, total, isComplete } = await search;
    expect(isComplete).toBe(count === summary.recordCount);
    expect(total).toBe(count);
  });

  test('a zone changed under a search by time: the answer is of the new zone', async () => {
    const shards = workers();
    const engine = await start({ workers: 1, onSpawn: shards.onSpawn });
    const { id } = await opened(engine);
    const filter: Filter = { kind: 'time', start: Date.UTC(2025, 0, 1, 9), end: Date.UTC(2025, 0, 1, 9, 1) };
    let isFirst = true;
    let answered: () => void = () => undefined;
    shards.before(async (name) => {
      if (name !== 'setClock' || !isFirst) return;
      isFirst = false;
      answered();
    });
    // The search has been evaluated with the old clock, and its answer comes after the new clock was set.
    const handle = shards.all[0]?.handle as ShardHandle;
    const { api } = handle;
    Object.assign(handle, {
      api: new Proxy(api, {
        get:
          (target, name: keyof ShardApi) =>
          async (...args: never[]) => {
            const result = await (target[name] as (...args: never[]) => Promise<unknown>)(...args);
            if (name === 'select' && isFirst) {
              await new Promise<void>((resolve) => (answered = resolve));
              await pause(10);
            }
            return result;
          },
      }),
    });
    const search = engine.select(filter, { callId: 1 });
    await pause();
    await engine.setZone(id, 'Europe/Berlin');
    expect((await search).count).toBe(60);
  });
});

describe('shards indexed again for another format', () => {
  // A year-less log whose clocks are no identity, longer than the head, and JSON behind it that only a second look finds.
  const yearless = Array.from(
    { length: 1500 },
    (_, i) =>
      `Jan  1 10:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} host app[1]: tick ${i} done\n`,
  ).join('');

  const json = Array.from({ length: 300 }, (_, i) => `{"level":"error","msg":"json ${i} done","at":"db"}\n`).join('');

  test('what was selected before is selected anew; times and memory are right', async () => {
    const shards = workers();
    const tuning = { cuts: { shardBytes: 9000, windows: [64, 300] }, firstShardBytes: 900 };
    const engine = await start({ workers: 2, onSpawn: shards.onSpawn, tuning });
    const counts: number[] = [];
    let isRechecked = false;
    let early: Promise<unknown> = Promise.resolve();
    shards.before(async (name) => {
      if (name !== 'bytes' || isRechecked) return;
      isRechecked = true; // the sample for the second look: a person has searched by now
      early = engine.select(text('done'), { callId: 1 }).then((info) => counts.push(info.count));
      await early;
    });
    const source = await engine.open(textInput(`${yearless}${json}`));
    const summary = await engine.whenOpened(source);
    expect(isRechecked).toBe(true);
    expect(summary).toMatchObject({ recordCount: 1800, formatsSeen: { length: 2 } });
    const { handle, count } = await engine.select(text('done'), { callId: 2 });
    expect(count).toBe(1800);
    const { rows } = await engine.rows(handle, 0, 1800);
    expect(rows.filter((row) => row.text.includes('tick')).map((row) => row.time)).toEqual(
      Array.from({ length: 1500 }, (_, i) => Date.UTC(2025, 0, 1, 10, 0, i)),
    );
    const health = await engine.health();
    expect(health.workers.reduce((sum, worker) => sum + worker.residentBytes, 0)).toBe(health.residentBytes);
  });
});

describe('files that grow', () => {
  test('the log itself is never given to the spill to be removed', async () => {
    const dropped: BytesRef[] = [];
    const disk = file(appLog(100));
    const environment = inProcessEnvironment({ openBytes: disk.openBytes, tuning: SMALL });
    const engine = await start(
      { openBytes: disk.openBytes },
      { spill: { put: (bytes) => environment.spill!.put(bytes), drop: async (ref) => void dropped.push(ref) } },
    );
    const { id } = await opened(engine, disk.input());
    disk.write(appLog(200));
    await engine.refresh(id, disk.ref(), 0);
    await engine.close(id);
    expect(dropped).toEqual([]);
  });

  test('an empty file that is written to, and one line that becomes a log', async () => {
    for (const first of ['', 'starting up\n']) {
      const disk = file(first);
      const engine = await start({ openBytes: disk.openBytes });
      const { id } = await opened(engine, disk.input());
      disk.write(first + appLog(100));
      const summary = await engine.refresh(id, disk.ref(), Date.UTC(2025, 5, 16));
      expect(summary).toMatchObject({ state: 'open', kind: 'text', timeKind: 'zoneless' });
      expect((await texts(engine, ERRORS)).length).toBe(10);
    }
  });

  test('parts that were evicted do not stand in the way of a fresh file, nor hide that it is another', async () => {
    const disk = file(appLog(200));
    const engine = await start({ openBytes: disk.openBytes });
    await engine.configure({ budgetBytes: 1 });
    const { id } = await opened(engine, disk.input());
    disk.write(appLog(300));
    expect(await engine.refresh(id, disk.ref(), 0)).toMatchObject({ state: 'open', recordCount: 300 });
    expect((await texts(engine, ERRORS)).length).toBe(30);
    disk.write(appLog(400, 7));
    await expect(engine.refresh(id, disk.ref(), 0)).rejects.toSatisfy((error) => isFault(error, 'file-replaced'));
  });

  test('UTF-16: grown goes on, even from half a unit; replaced is a fault', async () => {
    const utf16 = (content: string) => {
      const bytes = new Uint8Array(content.length * 2);
      for (let i = 0; i < content.length; i++) new DataView(bytes.buffer).setUint16(i * 2, content.charCodeAt(i), true);
      return bytes;
    };
    const disk = file(utf16(`\ufeff${appLog(100)}`).subarray(0, -41));
    const engine = await start({ openBytes: disk.openBytes });
    const { id } = await opened(engine, disk.input());
    disk.write(utf16(`\ufeff${appLog(160)}`));
    expect(await engine.refresh(id, disk.ref(), 0)).toMatchObject({ state: 'open', recordCount: 160 });
    expect(await texts(engine, ALL)).toEqual(appLog(160).trimEnd().split('\n'));
    disk.write(utf16(`\ufeff${appLog(400, 3)}`));
    await expect(engine.refresh(id, disk.ref(), 0)).rejects.toSatisfy((error) => isFault(error, 'file-replaced'));
  });

  test('a refresh that broke off leaves no gap for the next one', async () => {
    const disk = file(appLog(100));
    const shards = workers();
    const engine = await start({ workers: 1, openBytes: disk.openBytes, onSpawn: shards.onSpawn });
    const { id } = await opened(engine, disk.input());
    disk.write(appLog(400));
    let loads = 0;
    shards.before((name) => {
      if (name === 'load' && ++loads === 3) disk.write(appLog(500));
    });
    expect(await engine.refresh(id, disk.ref(), 0)).toMatchObject({
      state: 'partial',
      fault: { code: 'file-changed' },
    });
    shards.before(undefined);
    expect(await engine.refresh(id, disk.ref(), 0)).toMatchObject({ state: 'open', recordCount: 500 });
    expect(await texts(engine, ALL)).toEqual(appLog(500).trimEnd().split('\n'));
  });
});

describe('digests', () => {
  test('closing a source ends the hashing of it', async () => {
    let told: { readonly aborted: boolean } | undefined;
    const engine = await start(
      {},
      {
        async digest(_ref, _onProgress, signal) {
          told = signal;
          while (!signal.aborted) await pause(1);
          throw new Fault('stale', 'hashing was stopped');
        },
      },
    );
    const { id } = await opened(engine);
    const digests = engine.digests(id, 5);
    await engine.close(id);
    expect(told?.aborted).toBe(true);
    await expect(digests).rejects.toSatisfy((error) => isFault(error, 'stale'));
  });
});

describe('memory', () => {
  test('bytes of a closed paste that lay in the spill are removed from there, once', async () => {
    const kept = new Set<BytesRef>();
    const engine = await start(
      {},
      {
        spill: {
          async put(bytes) {
            const ref: BytesRef = { kind: 'memory', bytes: bytes.slice(), size: bytes.length };
            kept.add(ref);
            return ref;
          },
          async drop(ref) {
            expect(kept.delete(ref)).toBe(true);
          },
        },
      },
    );
    const { id } = await opened(engine);
    await engine.configure({ budgetBytes: 1 });
    expect(kept.size).toBe(1);
    await engine.close(id);
    expect(kept.size).toBe(0);
  });

  test('a source closed while it is being evicted does not spoil the opening of another', async () => {
    let put: () => void = () => undefined;
    const environment = inProcessEnvironment({ tuning: SMALL });
    const engine = await start(
      { workers: 1 },
      {
        spill: {
          async put(bytes) {
            await new Promise<void>((resolve) => (put = resolve));
            return environment.spill!.put(bytes);
          },
          drop: (ref) => environment.spill!.drop(ref),
        },
      },
    );
    const { id } = await opened(engine);
    const trimmed = engine.configure({ budgetBytes: 1 });
    await pause();
    const closed = engine.close(id);
    await pause();
    put();
    await Promise.all([trimmed, closed]);
  });

  test('where the spill is full a paste stays in memory, and other logs open', async () => {
    const disk = file(appLog(200));
    const engine = await start(
      { openBytes: disk.openBytes },
      {
        spill: {
          put: () => Promise.reject(new Fault('storage-full', 'no room')),
          drop: async () => undefined,
        },
      },
    );
    await opened(engine);
    await engine.configure({ budgetBytes: 1 });
    expect(await opened(engine, disk.input())).toMatchObject({ state: 'open', recordCount: 200, fault: null });
  });

  test('a call that is under way shows a worker as busy', async () => {
    const disk = file(appLog(200));
    const engine = await start({ workers: 1, openBytes: disk.openBytes });
    await opened(engine, disk.input());
    await engine.configure({ budgetBytes: 1 });
    const go = disk.hold();
    const search = engine.select(text('done'), { callId: 1 });
    await pause();
    expect((await engine.health()).workers[0]?.isBusy).toBe(true);
    go();
    await search;
    expect((await engine.health()).workers[0]?.isBusy).toBe(false);
  });
});

describe('compressed logs', () => {
  const environmentOf = (
    segments: readonly string[],
    packed: BytesRef,
    after?: () => Promise<void>,
  ): Partial<Environment> => ({
    unpacker: () => ({
      async unpack(_ref, sink) {
        for (const segment of segments) await sink.segment(new TextEncoder().encode(segment), 10);
        await after?.();
      },
    }),
    openBytes: (ref) =>
      openMemory(ref === packed || ref.kind !== 'memory' ? Uint8Array.of(0x1f, 0x8b, 8, 0) : ref.bytes),
  });

  test('loads that fail while others go on kill nothing, and stopping keeps what was read', async () => {
    const shards = workers();
    const packed: BytesRef = { kind: 'memory', bytes: Uint8Array.of(0x1f, 0x8b, 8, 0), size: 4 };
    const engine = await start(
      { workers: 2, onSpawn: shards.onSpawn },
      environmentOf(
        [0, 1, 2, 3].map((part) => appLog(20, part * 20)),
        packed,
        () => pause(30).then(() => undefined),
      ),
    );
    let loads = 0;
    shards.before(async (name) => {
      if (name !== 'load') return;
      if (++loads === 2) throw new Fault('out-of-memory', 'the second segment finds no room');
      await pause(10);
    });
    const summary = await opened(engine, { ...textInput(''), bytes: packed });
    expect(summary).toMatchObject({ state: 'partial', recordCount: 20, fault: { code: 'out-of-memory' } });
    const { workers: all } = await engine.health();
    expect(all.reduce((sum, worker) => sum + worker.shardCount, 0)).toBe(1);
  });

  test('an archive of nothing is empty', async () => {
    const packed: BytesRef = { kind: 'memory', bytes: Uint8Array.of(0x1f, 0x8b, 8, 0), size: 4 };
    const engine = await start({}, environmentOf([], packed));
    expect(await opened(engine, { ...textInput(''), bytes: packed })).toMatchObject({ state: 'open', kind: 'empty' });
  });
});

describe('bins', () => {
  test('an end before the start has none, and harms no memory', async () => {
    const engine = await start();
    await opened(engine);
    const { handle } = await engine.select(ALL, { callId: 1 });
    const bins = await engine.histogram(handle, { start: Date.UTC(2026, 0), end: Date.UTC(2025, 0), maxBins: 10 });
    expect(bins.binCount).toBe(0);
    expect((await engine.histogram(handle, { start: Date.UTC(2026, 0), maxBins: 10 })).binCount).toBe(0);
    expect(binsFor(5, 4, 10).binCount).toBe(0);
    expect((await texts(engine, ERRORS)).length).toBe(20);
  });
});

describe('several sources', () => {
  const line = (second: number, what: string) =>
    `${new Date(Date.UTC(2025, 0, 1) + second * 1000).toISOString()} INFO ${what}\n`;

  test('a merge that failed once is built again', async () => {
    const shards = workers();
    const engine = await start({ onSpawn: shards.onSpawn });
    await opened(engine, textInput(line(1, 'a1') + line(3, 'a3'), { name: 'a' }));
    await opened(engine, textInput(line(2, 'b2'), { name: 'b' }));
    let isFailing = true;
    shards.before((name) => {
      if (name === 'keys' && isFailing) throw new Fault('out-of-memory', 'for the moment');
    });
    const { handle } = await engine.select(ALL, { callId: 1 });
    await expect(engine.rows(handle, 0, 3)).rejects.toSatisfy((error) => isFault(error, 'out-of-memory'));
    isFailing = false;
    expect((await engine.rows(handle, 0, 3)).rows.map((row) => row.text.slice(-2))).toEqual(['a1', 'b2', 'a3']);
  });

  test('with an empty one between them, positions and rows are right; the same one asked for twice counts once', async () => {
    const engine = await start();
    const a = await opened(engine, textInput(line(1, 'a1') + line(3, 'a3'), { name: 'a' }));
    const empty = await opened(engine, textInput('', { name: 'empty' }));
    const b = await opened(engine, textInput(line(2, 'b2') + line(4, 'b4'), { name: 'b' }));
    const sources = [a.id, empty.id, b.id, a.id];
    const { handle, count } = await engine.select(ALL, { callId: 1, sources });
    expect(count).toBe(4);
    const { rows } = await engine.rows(handle, 0, 9);
    expect(rows.map((row) => row.text.slice(-2))).toEqual(['a1', 'b2', 'a3', 'b4']);
    for (const [position, row] of rows.entries()) expect(await engine.positionOf(handle, row.id)).toBe(position);
    expect(await engine.positionOfLine(handle, empty.id, 1)).toBeLessThanOrEqual(4);
    expect(await engine.seek(handle, -1, 1, text('b'), 2)).toBe(1);
    expect(await engine.seek(handle, 99, -1, text('a'), 2)).toBe(2);
    expect(await engine.seek(handle, 99, 1, text('a'), 2)).toBeNull();
  });

  test('without times, or all at one moment, every row is reached at once and in order', async () => {
    for (const head of ['', '2025-01-01T10:00:00.000Z INFO ']) {
      const shards = workers();
      const tuning = { cuts: { shardBytes: 100_000, windows: [4096] } };
      const engine = await start({ onSpawn: shards.onSpawn, tuning });
      const make = (name: string) =>
        textInput(Array.from({ length: 9000 }, (_, i) => `${head}${name} ${i}\n`).join(''), { name });
      for (const name of ['a', 'b', 'c']) await opened(engine, make(name));
      const { handle } = await engine.select(ALL, { callId: 1 });
      let longest = 0;
      shards.before((name, _worker, args) => {
        if (name !== 'keys') return;
        const [, , first, end, step] = args as [number, number, number, number, number];
        if (step === 1) longest = Math.max(longest, end - first);
      });
      for (const position of [26_999, 17_990, 13_000, 8999, 9000, 4096, 4095, 1, 0]) {
        const { rows } = await engine.rows(handle, position, 15);
        const expected = Array.from({ length: Math.min(15, 27_000 - position) }, (_, i) => position + i);
        expect(rows.map((row) => row.text)).toEqual(
          expected.map((at) => `${head}${'abc'[Math.floor(at / 9000)]} ${at % 9000}`),
        );
      }
      expect(longest).toBeLessThanOrEqual(2 * 4096);
    }
  });
});

describe('times of several kinds in one log', () => {
  const second = (i: number) => String(i).padStart(2, '0');
  const list = (line: (i: number) => string) => Array.from({ length: 40 }, (_, i) => `${line(i)}\n`).join('');
  const yearless = list((i) => `Jun 14 10:00:${second(i)} host app[1]: tick ${i}`);
  const absolute = list((i) => `2025-06-15T10:00:${second(i)}.000+00:00 host app[1]: tack ${i}`);
  const dateless = list((i) => `10:00:${second(i)} INFO tock ${i}`);
  const june = (day: number, i: number) => Date.UTC(2025, 5, day, 10, 0, i);

  test.each([1_000_000, 600])('each kind is read by itself, shards of %i bytes', async (shardBytes) => {
    for (const [log, days] of [
      [yearless + absolute, [14, 15]],
      [absolute + yearless, [15, 14]],
      [absolute + yearless + absolute, [15, 14, 15]],
      [dateless + absolute, [15, 15]],
      [absolute + dateless, [15, 15]],
    ] as const) {
      const tuning = { cuts: { shardBytes, windows: [64, 300] }, firstShardBytes: 1_000_000 };
      const engine = await start({ tuning });
      const summary = await opened(engine, textInput(log, { lastModified: Date.UTC(2025, 5, 15, 12) }));
      const { handle, count } = await engine.select(ALL, { callId: 1 });
      const { rows } = await engine.rows(handle, 0, count);
      expect(rows.map((row) => row.time)).toEqual(
        days.flatMap((day) => Array.from({ length: 40 }, (_, i) => june(day, i))),
      );
      expect(summary).toMatchObject({
        timeKind: 'mixed',
        firstTime: june(Math.min(...days), 0),
        lastTime: june(Math.max(...days), 39),
      });
    }
  });

  test('a gap of years in whole times is no roll-over: no clock is sent for it', async () => {
    const shards = workers();
    const engine = await start({ onSpawn: shards.onSpawn });
    const log = list((i) => `20${second(i)}-06-15 10:00:00.000 INFO [main] tick ${i} of many`);
    await opened(engine, textInput(log));
    expect(shards.all.flatMap(({ calls }) => calls)).not.toContain('setClock');
  });
});
