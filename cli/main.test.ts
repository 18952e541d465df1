/** The built program, as a person runs it. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { buildCli, cliProgram, isCliStale } from '../scripts/build-cli.mjs';

// Long enough for two cores that others use too; a hang is still found.
const TIMEOUT_MS = 60_000;

let folder: string;
let temp: string;
const at = (name: string) => join(folder, name);

const APP = `2025-01-01 10:00:00,000 INFO  [main] app.Server - started
2025-01-01 10:00:30,500 ERROR [pool-1] app.Db - connection refused
java.net.ConnectException: refused
	at app.Pool.get(Pool.java:41)
2025-01-01 10:01:00,000 WARN  [main] app.Server - slow request
2025-01-01 10:05:00,000 ERROR [pool-2] app.Db - connection reset
`;
const WEB = `2025-01-01 10:00:10,000 INFO  [http] app.Web - GET /
2025-01-01 10:04:00,000 ERROR [http] app.Web - connection lost
`;

beforeAll(async () => {
  if (isCliStale()) await buildCli();
  folder = mkdtempSync(join(tmpdir(), 'loupe-cli-test-'));
  temp = at('temp');
  mkdirSync(temp);
  writeFileSync(at('app.log'), APP);
  writeFileSync(at('web.log'), WEB);
  writeFileSync(at('app.log.gz'), gzipSync(APP));
  writeFileSync(
    at('big.log'),
    Array.from(
      { length: 200_000 },
      (_, index) =>
        `2025-01-01 10:00:00,${String(index % 1000).padStart(3, '0')} INFO  [main] app.Server - number ${index}\n`,
    ).join(''),
  );
}, TIMEOUT_MS);
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly stdin?: string | Uint8Array;
  readonly env?: Record<string, string>;
  /** Called with all of stdout so far; returns true to close it. */
  readonly onOutput?: (text: string) => boolean;
  /** Sends SIGINT after so many ms. */
  readonly interruptMs?: number;
}

function loupe(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [cliProgram, ...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temp, LOUPE_WORKERS: '2', ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (options.onOutput?.(stdout)) child.stdout.destroy();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  if (options.interruptMs === undefined) child.stdin.end(options.stdin ?? '');
  else setTimeout(() => child.kill('SIGINT'), options.interruptMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

interface Parsed {
  format: string;
  reason: string;
  lines: { record: number; time: number | null; level: string | null; message: number | null }[];
}

describe('parse', () => {
  test(
    '--json has exactly the promised members, an entry a physical line',
    async () => {
      const { code, stdout, stderr } = await loupe(['parse', 'app.log', '--json']);
      expect([code, stderr]).toEqual([0, '']);
      const answer = JSON.parse(stdout) as Parsed;
      expect(Object.keys(answer)).toEqual(['format', 'reason', 'lines']);
      expect(answer.reason).not.toBe('');
      expect(answer.lines.map((line) => line.record)).toEqual([0, 1, 1, 1, 2, 3]);
      expect(answer.lines.map((line) => line.level)).toEqual(['INFO', 'ERROR', 'ERROR', 'ERROR', 'WARN', 'ERROR']);
      expect(answer.lines[1]?.time).toBe(Date.UTC(2025, 0, 1, 10, 0, 30, 500));
      expect(answer.lines.map((line) => line.message === null)).toEqual([false, false, true, true, false, false]);
      for (const line of answer.lines) expect(Object.keys(line)).toEqual(['record', 'time', 'level', 'message']);
    },
    TIMEOUT_MS,
  );

  test(
    '--zone says where the clock hung',
    async () => {
      const { stdout } = await loupe(['parse', 'app.log', '--json', '--zone', '+02:00']);
      expect((JSON.parse(stdout) as Parsed).lines[0]?.time).toBe(Date.UTC(2025, 0, 1, 8));
    },
    TIMEOUT_MS,
  );

  test.each(['1', '2', '5'])(
    'a file of many batches is whole with %s workers',
    async (workers) => {
      const { stdout } = await loupe(['parse', 'big.log', '--json'], { env: { LOUPE_WORKERS: workers } });
      expect((JSON.parse(stdout) as Parsed).lines.map((line) => line.record)).toEqual(
        Array.from({ length: 200_000 }, (_, index) => index),
      );
    },
    TIMEOUT_MS,
  );

  test(
    'without --json it is a table',
    async () => {
      const { stdout } = await loupe(['parse', 'app.log']);
      expect(stdout).toMatch(/^ {3}2 {2}2025-01-01 10:00:30\.500 {2}ERROR {2}.*connection refused$/m);
      expect(stdout).toMatch(/^ {3}4 .*at app\.Pool\.get/m);
    },
    TIMEOUT_MS,
  );
});

describe('grep', () => {
  test(
    'prints whole records and tells by its status that it found some',
    async () => {
      expect(await loupe(['grep', 'refused', 'app.log'])).toEqual({
        code: 0,
        stdout: APP.split('\n').slice(1, 4).join('\n').concat('\n'),
        stderr: '',
      });
    },
    TIMEOUT_MS,
  );

  test(
    'nothing found is status 1, without a word',
    async () => {
      expect(await loupe(['grep', 'nowhere', 'app.log'])).toEqual({ code: 1, stdout: '', stderr: '' });
    },
    TIMEOUT_MS,
  );

  test(
    'a missing file is status 2, and the others are still searched',
    async () => {
      const { code, stdout, stderr } = await loupe(['grep', '-c', 'connection', 'missing.log', 'app.log']);
      expect([code, stdout]).toEqual([2, '2\n']);
      expect(stderr).toBe('loupe: missing.log: there is no such file. Check the name; - reads a pipe.\n');
    },
    TIMEOUT_MS,
  );

  test(
    '--merge goes by time over the files',
    async () => {
      const { stdout } = await loupe(['grep', '--merge', '-n', 'level>=error', 'app.log', 'web.log']);
      expect(stdout.match(/^\w+\.log:\d+/gm)).toEqual(['app.log:2', 'web.log:2', 'app.log:6']);
    },
    TIMEOUT_MS,
  );

  test(
    'a relative time counts back from the last record',
    async () => {
      const { stdout } = await loupe(['grep', '--since', '-2m', '', 'app.log']);
      expect(stdout).toBe(`${APP.split('\n')[5]}\n`);
    },
    TIMEOUT_MS,
  );

  test(
    'reads a pipe, gzipped or not, and a gzipped file',
    async () => {
      const wanted = await loupe(['grep', 'refused', 'app.log']);
      expect(await loupe(['grep', 'refused', '-'], { stdin: APP })).toEqual(wanted);
      expect(await loupe(['grep', 'refused', '-'], { stdin: gzipSync(APP) })).toEqual(wanted);
      expect(await loupe(['grep', 'refused', 'app.log.gz'])).toEqual(wanted);
      expect(readdirSync(temp)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    'bytes that are no UTF-8 come out as they are, a text in another encoding in UTF-8',
    async () => {
      const latin = Buffer.from('2025-01-01 10:00:00,000 INFO  caf\xe9 refused\n', 'latin1');
      const broken = Buffer.concat([Buffer.from('2025-01-01 10:00:00,000 INFO  größer \xfc refused\n'), latin]);
      writeFileSync(at('latin.log'), latin);
      writeFileSync(at('broken.log'), broken);
      const grep = async (...args: string[]) => {
        const child = spawn(process.execPath, [cliProgram, 'grep', 'refused', ...args], { cwd: folder });
        const pieces: Buffer[] = [];
        for await (const piece of child.stdout) pieces.push(piece as Buffer);
        return Buffer.concat(pieces).toString('latin1');
      };
      expect(await grep('broken.log')).toBe(broken.toString('latin1'));
      expect(await grep('latin.log')).toBe(Buffer.from(latin.toString('latin1'), 'utf8').toString('latin1'));
      expect(await grep('--encoding', 'utf-8', 'latin.log')).toBe(latin.toString('latin1'));
      expect(await grep('--encoding', 'CP1251', 'latin.log')).toBe(
        Buffer.from(latin.toString('latin1').replace('é', 'й'), 'utf8').toString('latin1'),
      );
    },
    TIMEOUT_MS,
  );

  test(
    'an encoding that does not exist is told',
    async () => {
      const { code, stderr } = await loupe(['grep', '--encoding', 'koi9-r', 'x', 'app.log']);
      expect(code).toBe(2);
      expect(stderr).toContain('there is no encoding "koi9-r"');
      expect(stderr).toContain('Did you mean koi8-r?');
    },
    TIMEOUT_MS,
  );

  test(
    'a filter that cannot be read is pointed at',
    async () => {
      const { code, stderr } = await loupe(['grep', 'level>=errr', 'app.log']);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^loupe: the filter cannot be read: expected .*\n {2}level>=errr\n {2,}\^+\n$/);
    },
    TIMEOUT_MS,
  );

  test(
    '-- lets a filter begin with a dash',
    async () => {
      const { stdout } = await loupe(['grep', '-c', '--', '-refused', 'app.log']);
      expect(stdout).toBe('3\n');
    },
    TIMEOUT_MS,
  );
});

describe('triage', () => {
  test(
    'tells what is in the file',
    async () => {
      const { code, stdout } = await loupe(['triage', 'app.log']);
      expect(code).toBe(0);
      expect(stdout).toContain('6 lines, 4 records');
      expect(stdout).toContain('ERROR 2   WARN 1   INFO 1');
      expect(stdout).toContain('first error  line 2:');
      expect(stdout).toContain('┼');
      expect(stdout).not.toContain('\u001b');
    },
    TIMEOUT_MS,
  );

  test(
    '--json has an entry a file',
    async () => {
      const { stdout } = await loupe(['triage', '--json', 'app.log', 'web.log', 'app.log.gz']);
      const { sources } = JSON.parse(stdout) as {
        sources: { file: string; records: number; packing: string; lastError: { line: number } }[];
      };
      expect(sources.map((source) => [source.file, source.records, source.packing, source.lastError.line])).toEqual([
        ['app.log', 4, 'none', 6],
        ['web.log', 2, 'none', 2],
        ['app.log.gz', 4, 'gzip', 6],
      ]);
    },
    TIMEOUT_MS,
  );

  test(
    '--digests are those of the file as it is, also of an archive and of nothing',
    async () => {
      writeFileSync(at('none.log'), '');
      const { stdout } = await loupe(['triage', '--digests', '--json', 'app.log', 'app.log.gz', 'none.log']);
      const { sources } = JSON.parse(stdout) as { sources: { digests: { blake3: string; sha256: string } }[] };
      expect(sources.map(({ digests }) => digests.sha256)).toEqual(
        [APP, gzipSync(APP), ''].map((bytes) => createHash('sha256').update(bytes).digest('hex')),
      );
      // The test vector of the BLAKE3 paper for no input.
      expect(sources[2]?.digests.blake3).toBe('af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262');
      const { stdout: screen } = await loupe(['triage', '--digests', 'none.log']);
      expect(screen).toContain('BLAKE3       af1349b9');
      expect((await loupe(['triage', 'app.log'])).stdout).not.toContain('SHA-256');
    },
    TIMEOUT_MS,
  );

  test(
    'an empty file and a damaged archive are no crash',
    async () => {
      writeFileSync(at('empty.log'), '');
      writeFileSync(at('cut.gz'), gzipSync(APP.repeat(1000)).subarray(0, 200));
      expect((await loupe(['triage', 'empty.log'])).stdout).toContain('empty: there is nothing to tell');
      const cut = await loupe(['triage', 'cut.gz']);
      expect(cut.stdout + cut.stderr).toMatch(/breaks? off/);
      expect(cut.stderr).not.toContain('bug');
    },
    TIMEOUT_MS,
  );
});

describe('manners', () => {
  test(
    '--formats lists ids that --format takes',
    async () => {
      const { stdout } = await loupe(['--formats', '--json']);
      const { formats } = JSON.parse(stdout) as { formats: { id: string }[] };
      expect(formats.length).toBeGreaterThan(10);
      const { stdout: parsed } = await loupe(['parse', 'app.log', '--json', '--format', 'plain']);
      expect((JSON.parse(parsed) as Parsed).format).toBe('plain');
    },
    TIMEOUT_MS,
  );

  test(
    'an unknown format suggests the nearest',
    async () => {
      const { code, stderr } = await loupe(['parse', 'app.log', '--format', 'plian']);
      expect(code).toBe(2);
      expect(stderr).toBe('loupe: there is no format "plian". Did you mean plain? loupe --formats lists all.\n');
    },
    TIMEOUT_MS,
  );

  test(
    'an unknown zone says what to give',
    async () => {
      const { code, stderr } = await loupe(['parse', 'app.log', '--zone', 'Mars/Olympus']);
      expect(code).toBe(2);
      expect(stderr).toContain('Mars/Olympus');
      expect(stderr).toContain('Europe/Berlin');
    },
    TIMEOUT_MS,
  );

  test(
    'wrong usage is status 2 with the next step, and starts nothing',
    async () => {
      expect(await loupe(['grep', '--cuont', 'x', 'app.log'])).toEqual({
        code: 2,
        stdout: '',
        stderr: 'loupe: there is no option --cuont: did you mean --count?\n',
      });
      expect((await loupe(['grep', 'x', 'app.log'], { env: { LOUPE_WORKERS: 'many' } })).stderr).toBe(
        'loupe: LOUPE_WORKERS is "many": it takes a whole number from 1 to 64\n',
      );
    },
    TIMEOUT_MS,
  );

  test(
    'a reader that leaves ends it silently and soon',
    async () => {
      const { code, stderr } = await loupe(['grep', '', 'big.log'], { onOutput: (text) => text.includes('\n') });
      expect([code, stderr]).toEqual([0, '']);
      expect(readdirSync(temp)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    'Ctrl-C ends it quietly with 130 and leaves no file behind',
    async () => {
      // It waits for the end of a pipe that does not come.
      const { code, stdout, stderr } = await loupe(['grep', 'x', '-'], { interruptMs: 1500 });
      expect([code, stdout, stderr]).toEqual([130, '', '']);
      expect(readdirSync(temp)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    '--version and --help need no file',
    async () => {
      expect((await loupe(['--version'])).stdout).toMatch(/^loupe \d+\.\d+\.\d+\n$/);
      expect((await loupe(['grep', '--help'])).stdout).toContain('usage: loupe grep [OPTION]… FILTER FILE…');
    },
    TIMEOUT_MS,
  );
});
