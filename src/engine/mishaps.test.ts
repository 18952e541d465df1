/** What goes wrong while a log is open: workers die, files change, people change their minds. Each test also shows what stays usable. */
import { describe, expect, test } from 'vitest';

import { Fault, isFault } from '../base/fault';
import { inProcessEngine, textInput } from '../testing/in-process';
import type { Filter } from './query/filter';
import type { ByteSource, BytesRef } from './source/byte-source';
import { openMemory } from './source/memory-source';

const ALL: Filter = { kind: 'all' };
const SMALL = { cuts: { shardBytes: 600, windows: [64, 300] }, firstShardBytes: 200 };

function appLog(count: number, from = 0): string {
  return Array.from({ length: count }, (_, i) => {
    const time = new Date(Date.UTC(2025, 0, 1, 10) + (from + i) * 1000)
      .toISOString()
      .replace('T', ' ')
      .replace('Z', '');
    return `${time} ${(from + i) % 10 === 0 ? 'ERROR' : 'INFO'} [main] request ${from + i} done\n`;
  }).join('');
}

/** A file whose reads can be held up, and which can change under its readers. */
function file(text: string) {
  let bytes = new TextEncoder().encode(text);
  let fault: Fault | null = null;
  let gate: Promise<void> = Promise.resolve();
  let reads = 0;
  let stopAt = Infinity;
  let tellStopped: () => void = () => undefined;
  const source: (ref: BytesRef) => ByteSource = (ref) => ({
    size: ref.size,
    async read(start, end) {
      reads++;
      if (reads === stopAt) tellStopped();
      await gate;
      if (fault !== null) throw fault;
      return openMemory(bytes).read(start, end);
    },
  });
  const ref = (): BytesRef => ({ kind: 'path', path: 'test.log', size: bytes.length });
  return {
    source,
    ref,
    input: () => ({ ...textInput(''), bytes: ref() }),
    fail: (next: Fault | null) => (fault = next),
    write: (next: string) => (bytes = new TextEncoder().encode(next)),
    /** Holds up read number `count` from now and all after it; resolves with the way to let them go when it is reached. */
    holdAt: (count: number): Promise<() => void> => {
      stopAt = reads + count;
      return new Promise((resolve) => {
        let open: () => void = () => undefined;
        tellStopped = () => {
          gate = new Promise((go) => (open = go));
          resolve(open);
        };
      });
    },
  };
}

describe('workers', () => {
  test('a worker killed while a log opens is started again, and the log is whole', async () => {
    const workers: { die: (reason: string) => void }[] = [];
    const disk = file(appLog(200));
    const engine = await inProcessEngine({
      tuning: { ...SMALL, chunkBytes: 64 },
      openBytes: disk.source,
      onSpawn: (worker) => workers.push(worker),
    });
    const events: string[] = [];
    await engine.listen((event) => events.push(event.kind));
    const held = disk.holdAt(40);
    const source = await engine.open(disk.input());
    const go = await held;
    workers[0]?.die('killed by the test');
    go();
    const summary = await engine.whenOpened(source);
    expect(summary).toMatchObject({ state: 'open', recordCount: 200 });
    expect(workers.length).toBe(3);
    expect(events).toContain('worker-restarted');
    const { count } = await engine.select({ kind: 'level', min: 'ERROR', max: null }, { callId: 1 });
    expect(count).toBe(20);
  });

  test('a worker killed afterwards is rebuilt from the bytes; selections and rows go on', async () => {
    const workers: { die: (reason: string) => void }[] = [];
    const engine = await inProcessEngine({ tuning: SMALL, onSpawn: (worker) => workers.push(worker) });
    await engine.whenOpened(await engine.open(textInput(appLog(200))));
    const { handle } = await engine.select({ kind: 'text', text: 'request 1', caseSensitive: true }, { callId: 1 });
    const before = await engine.rows(handle, 0, 500);
    for (const worker of workers.slice(0, 2)) worker.die('killed by the test');
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(await engine.rows(handle, 0, 500)).toEqual(before);
    expect((await engine.health()).workers.map((worker) => worker.restarts)).toEqual([1, 1]);
  });
});

describe('changing files', () => {
  test('what was appended is indexed, the last line included that went on', async () => {
    const disk = file(`${appLog(100)}2025-01-01 11:00:00.000 INFO [main] half a li`);
    const engine = await inProcessEngine({ tuning: SMALL, openBytes: disk.source });
    const source = await engine.open(disk.input());
    expect((await engine.whenOpened(source)).recordCount).toBe(101);
    disk.write(`${appLog(100)}2025-01-01 11:00:00.000 INFO [main] half a line is whole\n${appLog(3, 5000)}`);
    const summary = await engine.refresh(source, disk.ref(), Date.UTC(2025, 5, 16));
    expect(summary).toMatchObject({ state: 'open', recordCount: 104 });
    const { handle } = await engine.select({ kind: 'text', text: 'is whole', caseSensitive: true }, { callId: 1 });
    expect((await engine.rows(handle, 0, 9)).rows.map((row) => row.text)).toEqual([
      '2025-01-01 11:00:00.000 INFO [main] half a line is whole',
    ]);
  });

  test('a file that was truncated or replaced is a fault; what is in memory stays readable', async () => {
    const disk = file(appLog(100));
    const engine = await inProcessEngine({ tuning: SMALL, openBytes: disk.source });
    const source = await engine.open(disk.input());
    await engine.whenOpened(source);
    disk.write(appLog(50));
    await expect(engine.refresh(source, disk.ref(), 0)).rejects.toSatisfy((error) => isFault(error, 'file-replaced'));
    disk.write(appLog(200, 700));
    await expect(engine.refresh(source, disk.ref(), 0)).rejects.toSatisfy((error) => isFault(error, 'file-replaced'));
    const { handle, count } = await engine.select({ kind: 'level', min: 'ERROR', max: null }, { callId: 1 });
    expect(count).toBe(10);
    expect((await engine.rows(handle, 9, 1)).rows[0]?.text).toContain('request 90');
  });

  test('a file deleted while it opens keeps what was read and says so', async () => {
    const disk = file(appLog(300));
    const engine = await inProcessEngine({ workers: 1, tuning: { ...SMALL, chunkBytes: 100 }, openBytes: disk.source });
    const held = disk.holdAt(120);
    const source = await engine.open(disk.input());
    const go = await held;
    disk.fail(new Fault('file-vanished', 'test.log is gone'));
    go();
    const summary = await engine.whenOpened(source);
    expect(summary.fault?.code).toBe('file-vanished');
    expect(summary.state).toBe('partial');
    expect(summary.recordCount).toBeGreaterThan(0);
    const { count, isComplete } = await engine.select(ALL, { callId: 1 });
    expect(count).toBe(summary.recordCount);
    expect(isComplete).toBe(false);
  });

  test('a file that cannot be read at all fails with its fault', async () => {
    const disk = file(appLog(3));
    disk.fail(new Fault('file-unreadable', 'no permission'));
    const engine = await inProcessEngine({ openBytes: disk.source });
    expect(await engine.whenOpened(await engine.open(disk.input()))).toMatchObject({
      state: 'failed',
      fault: { code: 'file-unreadable' },
    });
  });
});

describe('changes of mind', () => {
  test('stopping keeps what was read, as a partial source', async () => {
    const disk = file(appLog(300));
    const engine = await inProcessEngine({ workers: 1, tuning: { ...SMALL, chunkBytes: 100 }, openBytes: disk.source });
    const held = disk.holdAt(120);
    const source = await engine.open(disk.input());
    const go = await held;
    const stopped = engine.stopOpening(source);
    go();
    await stopped;
    const summary = await engine.whenOpened(source);
    expect(summary.state).toBe('partial');
    expect(summary.recordCount).toBeGreaterThan(0);
    expect(summary.recordCount).toBeLessThan(300);
    const { count } = await engine.select({ kind: 'text', text: 'request', caseSensitive: true }, { callId: 1 });
    expect(count).toBe(summary.recordCount);
  });

  test('a cancelled search is stale, and the next one answers', async () => {
    const disk = file(appLog(400));
    const engine = await inProcessEngine({ workers: 1, tuning: SMALL, openBytes: disk.source });
    await engine.whenOpened(await engine.open(disk.input()));
    await engine.configure({ budgetBytes: 1 }); // every shard is read again
    const held = disk.holdAt(5);
    const search = engine.select({ kind: 'text', text: 'done', caseSensitive: true }, { callId: 7 });
    const go = await held;
    await engine.cancel(7);
    go();
    await expect(search).rejects.toSatisfy((error) => isFault(error, 'stale'));
    expect((await engine.select({ kind: 'text', text: 'done', caseSensitive: true }, { callId: 8 })).count).toBe(400);
  });
});

describe('a budget too small for the file', () => {
  test.each([true, false])('answers are the same from bytes read again (spill: %s)', async (hasSpill) => {
    const disk = file(appLog(500));
    const wide = await inProcessEngine({ tuning: SMALL, openBytes: disk.source });
    const tight = await inProcessEngine({ tuning: SMALL, openBytes: disk.source, hasSpill });
    await tight.configure({ budgetBytes: 4000 });
    for (const engine of [wide, tight]) await engine.whenOpened(await engine.open(disk.input()));
    expect((await tight.health()).residentBytes).toBeLessThanOrEqual(4000);
    const filter: Filter = {
      kind: 'or',
      of: [
        { kind: 'regex', pattern: '9\\d done', flags: '' },
        { kind: 'level', min: 'ERROR', max: null },
      ],
    };
    const answers = await Promise.all(
      [wide, tight].map(async (engine) => {
        const { handle, count } = await engine.select(filter, { callId: 1 });
        return { count, rows: await engine.rows(handle, 0, count), line: await engine.positionOfLine(handle, 1, 333) };
      }),
    );
    expect(answers[1]).toEqual(answers[0]);
  });
});

describe('times', () => {
  const year = (month: string, day: number, clock: string) =>
    `${month} ${String(day).padStart(2, ' ')} ${clock} host app[1]: tick ${month} ${day} ${clock}\n`;

  test('December to January over a seam: the year goes on', async () => {
    const log =
      Array.from({ length: 40 }, (_, i) => year('Dec', 31, `23:${String(i + 10).padStart(2, '0')}:00`)).join('') +
      Array.from({ length: 40 }, (_, i) => year('Jan', 1, `00:${String(i + 10).padStart(2, '0')}:00`)).join('');
    for (const workers of [1, 3]) {
      const engine = await inProcessEngine({ workers, tuning: SMALL });
      const summary = await engine.whenOpened(
        await engine.open(textInput(log, { lastModified: Date.UTC(2025, 0, 1, 1) })),
      );
      expect(summary.timeKind).toBe('yearless');
      expect(summary.firstTime).toBe(Date.UTC(2024, 11, 31, 23, 10));
      expect(summary.lastTime).toBe(Date.UTC(2025, 0, 1, 0, 49));
      const { handle, count } = await engine.select(
        { kind: 'time', start: Date.UTC(2025, 0, 1), end: null },
        { callId: 1 },
      );
      expect(count).toBe(40);
      expect((await engine.rows(handle, 0, 1)).rows[0]?.time).toBe(Date.UTC(2025, 0, 1, 0, 10));
    }
  });

  test('year-less lines between lines with a year do not roll over', async () => {
    const log = Array.from({ length: 20 }, (_, i) =>
      i % 2 === 0
        ? `Jun ${String((i % 9) + 1).padStart(2, ' ')} 10:00:00 host app[1]: tick ${i}\n`
        : `2025-06-${String((i % 9) + 1).padStart(2, '0')}T10:00:00.000Z INFO [main] tock ${i}\n`,
    ).join('');
    const engine = await inProcessEngine();
    const source = await engine.open(textInput(log, { lastModified: Date.UTC(2025, 5, 15) }));
    const summary = await engine.whenOpened(source);
    expect(summary.timeKind).toBe('mixed');
    expect(summary).toMatchObject({ firstTime: Date.UTC(2025, 5, 1, 10), lastTime: Date.UTC(2025, 5, 9, 10) });
  });

  test('a clock without a date goes past midnight', async () => {
    const log = Array.from(
      { length: 60 },
      (_, i) => `${new Date(Date.UTC(2025, 0, 1, 23, 30) + i * 60_000).toISOString().slice(11, 19)} INFO tick ${i}\n`,
    ).join('');
    const engine = await inProcessEngine({ tuning: SMALL });
    const summary = await engine.whenOpened(
      await engine.open(textInput(log, { lastModified: Date.UTC(2025, 5, 15, 0, 40) })),
    );
    expect(summary).toMatchObject({
      timeKind: 'dateless',
      firstTime: Date.UTC(2025, 5, 14, 23, 30),
      lastTime: Date.UTC(2025, 5, 15, 0, 29),
    });
  });

  test('a DST gap: the zone of a source shifts wall times, and the hour that does not exist is not lost', async () => {
    const log = Array.from({ length: 6 }, (_, i) => `2025-03-30 0${i}:30:00 INFO [main] tick ${i}\n`).join('');
    const engine = await inProcessEngine();
    const source = await engine.open(textInput(log, { zone: 'Europe/Berlin' }));
    await engine.whenOpened(source);
    const { handle } = await engine.select(ALL, { callId: 1 });
    const times = async () =>
      (await engine.rows(handle, 0, 10)).rows.map((row) => new Date(row.time as number).toISOString().slice(5, 16));
    expect(await times()).toEqual([
      '03-29T23:30',
      '03-30T00:30',
      '03-30T01:30',
      '03-30T01:30',
      '03-30T02:30',
      '03-30T03:30',
    ]);
    await engine.setZone(source, 'UTC');
    expect(await times()).toEqual([
      '03-30T00:30',
      '03-30T01:30',
      '03-30T02:30',
      '03-30T03:30',
      '03-30T04:30',
      '03-30T05:30',
    ]);
    await expect(engine.setZone(source, 'Nowhere/City')).rejects.toSatisfy((error) => isFault(error, 'zone-unknown'));
  });

  test('two sources with equal milliseconds keep a steady order, however they are asked for', async () => {
    const same = (name: string) =>
      textInput(Array.from({ length: 300 }, (_, i) => `2025-01-01T10:00:00.000Z INFO ${name}${i}\n`).join(''), {
        name,
      });
    const engine = await inProcessEngine({ tuning: SMALL });
    for (const name of ['a', 'b', 'c']) await engine.whenOpened(await engine.open(same(name)));
    const { handle, count } = await engine.select(ALL, { callId: 1 });
    const whole = (await engine.rows(handle, 0, count)).rows.map((row) => row.text);
    expect(whole.map((text) => text.slice(30))).toEqual(
      ['a', 'b', 'c'].flatMap((name) => Array.from({ length: 300 }, (_, i) => `${name}${i}`)),
    );
    for (const first of [899, 450, 1, 299, 300, 0])
      expect((await engine.rows(handle, first, 1)).rows[0]?.text).toBe(whole[first]);
  });

  test('records out of order keep their file order and are counted', async () => {
    const log = [0, 5, 3, 4, 9, 1].map((second) => `2025-01-01T10:00:0${second}.000Z INFO t${second}\n`).join('');
    const engine = await inProcessEngine();
    const summary = await engine.whenOpened(await engine.open(textInput(log)));
    expect(summary.problems).toContainEqual({ code: 'time-backwards', count: 2, first: null });
    const { handle } = await engine.select(ALL, { callId: 1 });
    expect((await engine.rows(handle, 0, 9)).rows.map((row) => row.text.slice(-2))).toEqual([
      't0',
      't5',
      't3',
      't4',
      't9',
      't1',
    ]);
    expect(await engine.positionAtTime(handle, Date.UTC(2025, 0, 1, 10, 0, 4))).toBe(1);
  });
});

describe('odd files', () => {
  test('an empty file', async () => {
    const engine = await inProcessEngine();
    expect(await engine.whenOpened(await engine.open(textInput('')))).toMatchObject({
      state: 'open',
      kind: 'empty',
      recordCount: 0,
      lineCount: 0,
    });
    expect(await engine.select(ALL, { callId: 1 })).toMatchObject({ count: 0, isComplete: true });
  });

  test('a binary file is named, not shown as garbage; its bytes can be read', async () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...new Uint8Array(500));
    const engine = await inProcessEngine();
    const source = await engine.open(textInput(png));
    expect(await engine.whenOpened(source)).toMatchObject({ state: 'open', kind: 'binary', recordCount: 0 });
    expect(await engine.bytes(source, 0, 4)).toEqual(png.slice(0, 4));
  });

  test('NUL bytes and invalid UTF-8 are shown, counted and never lost', async () => {
    const line = new TextEncoder().encode('2025-01-01T10:00:00Z INFO ok\n');
    const bytes = new Uint8Array([...line, ...line, ...line, 0xff, 0xfe, 0x41, 0, 0x42, 10, ...line]);
    const engine = await inProcessEngine();
    const source = await engine.open(textInput(bytes));
    const summary = await engine.whenOpened(source);
    expect(summary.problems).toContainEqual({ code: 'invalid-utf8', count: 2, first: null });
    expect(summary.problems).toContainEqual({ code: 'nul-bytes', count: 1, first: null });
    const { handle, count } = await engine.select(
      { kind: 'text', text: 'A\u0000B', caseSensitive: true },
      { callId: 1 },
    );
    expect(count).toBe(1);
    expect((await engine.rows(handle, 0, 1)).rows[0]?.text).toContain('\ufffd\ufffdA\u0000B');
  });

  test.each(['utf-16le', 'utf-16be'] as const)('%s with a byte-order mark reads like UTF-8', async (encoding) => {
    const text = `\ufeff${appLog(60)}2025-01-01 11:00:00.000 WARN [main] Größe 😀\n`;
    const bytes = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++)
      new DataView(bytes.buffer).setUint16(i * 2, text.charCodeAt(i), encoding === 'utf-16le');
    const engine = await inProcessEngine({ tuning: SMALL });
    const source = await engine.open(textInput(bytes));
    expect(await engine.whenOpened(source)).toMatchObject({ encoding, recordCount: 61 });
    const { handle, count } = await engine.select({ kind: 'text', text: 'größe', caseSensitive: false }, { callId: 1 });
    expect(count).toBe(1);
    expect((await engine.rows(handle, 0, 1)).rows[0]?.text).toMatch(/Größe 😀$/);
    await engine.configure({ budgetBytes: 1 });
    expect((await engine.select({ kind: 'text', text: '😀', caseSensitive: true }, { callId: 2 })).count).toBe(1);
  });

  test('a lone CR ends lines only where there is no LF', async () => {
    const engine = await inProcessEngine();
    const mac = await engine.open(textInput(appLog(20).replaceAll('\n', '\r')));
    expect(await engine.whenOpened(mac)).toMatchObject({ lineEnding: 'CR', recordCount: 20 });
    const mixed = await engine.open(textInput(appLog(20).replaceAll('done', 'do\rne')));
    expect(await engine.whenOpened(mixed)).toMatchObject({ lineEnding: 'LF', recordCount: 20 });
  });

  test('one line longer than any shard is kept in pieces, found and shown', async () => {
    const long = `2025-01-01 10:00:00.000 INFO [main] ${'x'.repeat(5000)}needle${'y'.repeat(5000)}\n`;
    const engine = await inProcessEngine({ tuning: SMALL });
    const source = await engine.open(textInput(`${appLog(5)}${long}${appLog(5, 10)}`));
    const summary = await engine.whenOpened(source);
    expect(summary.problems.find((problem) => problem.code === 'giant-line')?.count).toBeGreaterThan(0);
    const { handle } = await engine.select(ALL, { callId: 1 });
    const { rows } = await engine.rows(handle, 0, 1000);
    expect(rows.some((row) => row.isPiece)).toBe(true);
    expect(rows.map((row) => row.text).join('').length).toBe(`${appLog(5)}${long}${appLog(5, 10)}`.length - 11);
    expect((await engine.select({ kind: 'text', text: 'needle', caseSensitive: true }, { callId: 2 })).count).toBe(1);
  });

  test('a format that changes midway is noticed', async () => {
    const json = Array.from(
      { length: 300 },
      (_, i) => `{"time":"2025-01-02T10:00:00.${String(i).padStart(3, '0')}Z","level":"error","msg":"json ${i}"}\n`,
    ).join('');
    const engine = await inProcessEngine({ tuning: SMALL });
    const summary = await engine.whenOpened(await engine.open(textInput(`${appLog(300)}${json}`)));
    expect(summary.formatsSeen.length).toBe(2);
    expect(summary).toMatchObject({ recordCount: 600, lastTime: Date.UTC(2025, 0, 2, 10, 0, 0, 299) });
  });

  test('a forced format is obeyed, and an unknown one is a fault', async () => {
    const engine = await inProcessEngine();
    const source = await engine.open(textInput(appLog(10)));
    await engine.whenOpened(source);
    await engine.forceFormat(source, 'plain');
    expect(await engine.whenOpened(source)).toMatchObject({
      format: { id: 'plain', isForced: true },
      recordCount: 10,
      timeKind: 'none',
    });
    await engine.forceFormat(source, null);
    expect((await engine.whenOpened(source)).timeKind).toBe('zoneless');
    await expect(engine.forceFormat(source, 'no-such')).rejects.toSatisfy((error) => isFault(error, 'format-unknown'));
  });
});
