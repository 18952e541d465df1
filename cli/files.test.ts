/** Files as the command line reads them: snapshots, pipes, the temporary folder. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openStream } from '../src/engine/source/streams';
import { readInput, STDIN_NAME, type InputOptions } from './inputs';
import { openBytes } from './open-bytes';
import { identityOf, openPath } from './path-source';
import { createTempFolder, type TempFolder } from './temp-folder';

let folder: string;
let temp: TempFolder;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loupe-test-'));
  temp = createTempFolder(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const inputOptions = (stdin = Readable.from([])): InputOptions => ({
  encoding: undefined,
  stdin,
  temp,
  format: undefined,
  zone: undefined,
  onPiped: () => undefined,
});

describe('a file as a source', () => {
  test('any range has exactly its bytes', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, index) => index % 251);
    writeFileSync(at('a'), bytes);
    const source = openPath(at('a'), bytes.length);
    await fc.assert(
      fc.asyncProperty(fc.nat(5000), fc.nat(5000), async (a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a];
        const read = await source.read(start, end);
        expect(read).toEqual(bytes.slice(start, end));
        expect(read.byteLength).toBe(read.buffer.byteLength);
      }),
      { seed: 7, numRuns: 50 },
    );
  });

  test('what is appended later does not disturb', async () => {
    writeFileSync(at('a'), 'abc');
    const source = openPath(at('a'), 3);
    appendFileSync(at('a'), 'def');
    expect(Buffer.from(await source.read(1, 3)).toString()).toBe('bc');
  });

  test.each([
    ['became shorter', 'file-changed', () => truncateSync(at('a'), 2)],
    ['was deleted', 'file-vanished', () => rmSync(at('a'))],
    [
      'was rotated away',
      'file-replaced',
      () => {
        renameSync(at('a'), at('a.1'));
        writeFileSync(at('a'), 'new content');
      },
    ],
  ])('a file that %s is a Fault %s', async (_, code, change) => {
    writeFileSync(at('a'), 'abcdef');
    const source = openPath(at('a'), 6, identityOf(statSync(at('a'))));
    await source.read(0, 1);
    change();
    await expect(source.read(0, 6)).rejects.toMatchObject({ name: 'Fault', code });
  });

  test('a stream has the same bytes in order, each chunk valid until the next', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, index) => index % 251);
    writeFileSync(at('a'), bytes);
    const source = openPath(at('a'), bytes.length);
    await fc.assert(
      fc.asyncProperty(fc.nat(5000), fc.nat(5000), fc.integer({ min: 1, max: 6000 }), async (a, b, chunkBytes) => {
        const [start, end] = a < b ? [a, b] : [b, a];
        const stream = openStream(source, start, end, chunkBytes);
        const pieces: number[] = [];
        for (let chunk = await stream.next(); chunk !== null; chunk = await stream.next()) {
          expect(chunk.length).toBe(Math.min(chunkBytes, end - start - pieces.length));
          await new Promise((resolve) => setImmediate(resolve)); // a read ahead must not reach into this chunk
          pieces.push(...chunk);
        }
        expect(Uint8Array.from(pieces)).toEqual(bytes.slice(start, end));
        expect(await stream.next()).toBeNull();
      }),
      {
        seed: 7,
        numRuns: 12,
        examples: [
          [0, 5000, 100],
          [7, 7, 10],
        ],
      },
    );
  });

  test.runIf(existsSync('/proc/self/fd'))(
    'no descriptor stays open, whether a stream ends, fails or is cancelled',
    async () => {
      writeFileSync(at('a'), Buffer.alloc(1000));
      const openCount = () => readdirSync('/proc/self/fd').length;
      const before = openCount();
      const whole = openStream(openPath(at('a'), 1000), 0, 1000, 100);
      while ((await whole.next()) !== null);
      const tooLong = openStream(openPath(at('a'), 2000), 0, 2000, 600);
      await tooLong.next();
      await expect(tooLong.next()).rejects.toMatchObject({ code: 'file-changed' });
      const given = openStream(openPath(at('a'), 1000), 0, 1000, 100);
      await given.next();
      given.cancel();
      expect(await given.next().then(() => given.next())).toBeNull();
      await expect.poll(openCount).toBe(before);
    },
  );
});

describe('what is typed as FILE', () => {
  test('a file is read where it is', async () => {
    writeFileSync(at('a'), 'abc');
    const input = await readInput(at('a'), inputOptions());
    expect(input).toMatchObject({ name: at('a'), bytes: { kind: 'path', path: at('a'), size: 3 } });
    expect(Math.abs(Date.now() - input.lastModified)).toBeLessThan(60_000);
  });

  test('- is kept in a temporary file, however it is chunked', async () => {
    const piped: number[] = [];
    const stdin = Readable.from([Buffer.from('ab'), Buffer.from('c')]);
    const input = await readInput('-', { ...inputOptions(stdin), onPiped: (_, bytes) => piped.push(bytes) });
    expect(input).toMatchObject({ name: STDIN_NAME, bytes: { kind: 'path', size: 3 } });
    expect(input.bytes.kind === 'path' && readFileSync(input.bytes.path, 'utf8')).toBe('abc');
    expect(piped).toEqual([2, 3]);
  });

  test('format and zone go with it', async () => {
    writeFileSync(at('a'), 'abc');
    expect(await readInput(at('a'), { ...inputOptions(), format: 'syslog', zone: 'UTC' })).toMatchObject({
      format: 'syslog',
      zone: 'UTC',
    });
  });

  test.runIf(existsSync('/proc/self/status'))('a file without a size, as in /proc, has its content', async () => {
    const input = await readInput('/proc/self/status', inputOptions());
    expect(input.bytes.size).toBeGreaterThan(100);
  });

  test('what is missing, or a folder, is a Fault', async () => {
    await expect(readInput(at('nope'), inputOptions())).rejects.toMatchObject({ code: 'file-vanished' });
    mkdirSync(at('folder'));
    await expect(readInput(at('folder'), inputOptions())).rejects.toMatchObject({
      code: 'file-unreadable',
      message: 'it is a folder',
    });
  });
});

describe('the temporary folder', () => {
  test('is made when it is needed and removed with all that is in it', async () => {
    expect(readdirSync(folder)).toEqual([]);
    const ref = await temp.put(new Uint8Array([1, 2]));
    await temp.put(new Uint8Array([3]));
    expect(Buffer.from(await openBytes(ref).read(0, 2))).toEqual(Buffer.from([1, 2]));
    temp.remove();
    temp.remove();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what is dropped is gone, and dropping twice is no error', async () => {
    const ref = await temp.put(new Uint8Array([1]));
    await temp.drop(ref);
    await temp.drop(ref);
    expect(ref.kind === 'path' && existsSync(ref.path)).toBe(false);
  });

  test('no place for it is a Fault', async () => {
    await expect(createTempFolder(at('missing')).put(new Uint8Array([1]))).rejects.toMatchObject({ name: 'Fault' });
  });
});
