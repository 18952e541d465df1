import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { toLevel } from '../records/record';
import { detectFormats, SET_LIMIT, type Detection } from './detect';
import type { JsonFormat, LogfmtFormat } from './format';
import { compileProgram, matchLine } from './program';
import { FORMATS } from './registry';

const encoder = new TextEncoder();

function detect(...windows: string[]): Detection {
  return detectFormats(
    windows.map((text) => encoder.encode(text)),
    { isWholeLines: true },
  );
}

/** Time, level and message of each line as the detected set reads them; null for a line that continues a record. */
function read(text: string, detection = detect(text)): (readonly [string | null, string | null, string] | null)[] {
  const program = compileProgram(detection.set);
  return text.split('\n').map((line) => {
    const match = matchLine(program, line);
    if (match === null) return null;
    const message = new TextDecoder().decode(encoder.encode(line).subarray(match.messageStart, match.messageEnd));
    return [
      match.raw === null ? null : new Date(match.raw).toISOString().replace('.000Z', 'Z'),
      toLevel(match.level),
      message,
    ] as const;
  });
}

/** Lines made of a template, `count` of them, a second apart; %T stands for the clock. */
function repeated(line: string, count: number, from = 0): string {
  return Array.from({ length: count }, (_, i) =>
    line.replace('%T', new Date((36_000 + from + i) * 1000).toISOString().slice(11, 19)),
  ).join('\n');
}

// ── Logs of other systems: lines as in their documentation and in public collections ────────────────────────────────────

describe('recognises', () => {
  test.each<[string, string, (readonly [string | null, string | null, string] | null)[]]>([
    [
      'HDFS with a date of six digits',
      `081109 203615 148 INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_38865049064139660 terminating
081109 203807 222 INFO dfs.DataNode$PacketResponder: PacketResponder 0 for block blk_-6952295868487656571 terminating
081109 214043 2561 WARN dfs.DataNode$DataXceiver: 10.251.30.85:50010:Got exception while serving blk_-2918118818249673980 to /10.251.90.64:`,
      [
        ['2008-11-09T20:36:15Z', 'INFO', 'PacketResponder 1 for block blk_38865049064139660 terminating'],
        ['2008-11-09T20:38:07Z', 'INFO', 'PacketResponder 0 for block blk_-6952295868487656571 terminating'],
        [
          '2008-11-09T21:40:43Z',
          'WARN',
          '10.251.30.85:50010:Got exception while serving blk_-2918118818249673980 to /10.251.90.64:',
        ],
      ],
    ],
    [
      'Spark with a year of two digits',
      `17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: Registered signal handlers for [TERM, HUP, INT]
17/06/09 20:10:40 INFO spark.SecurityManager: Changing view acls to: yarn,curi
17/06/09 20:11:03 ERROR executor.Executor: Exception in task 0.0 in stage 3.0 (TID 9)
java.lang.OutOfMemoryError: Java heap space
\tat java.util.Arrays.copyOf(Arrays.java:3236)`,
      [
        ['2017-06-09T20:10:40Z', 'INFO', 'Registered signal handlers for [TERM, HUP, INT]'],
        ['2017-06-09T20:10:40Z', 'INFO', 'Changing view acls to: yarn,curi'],
        ['2017-06-09T20:11:03Z', 'ERROR', 'Exception in task 0.0 in stage 3.0 (TID 9)'],
        null,
        null,
      ],
    ],
    [
      'Blue Gene/L',
      `- 1117838570 2005.06.03 R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.675872 R02-M1-N0-C:J12-U11 RAS KERNEL INFO instruction cache parity error corrected
APPREAD 1117869872 2005.06.04 R04-M1-N4-I:J18-U11 2005-06-04-00.24.32.432192 R04-M1-N4-I:J18-U11 RAS APP FATAL ciod: failed to read message prefix on control stream`,
      [
        ['2005-06-03T22:42:50Z', 'INFO', 'instruction cache parity error corrected'],
        ['2005-06-04T07:24:32Z', 'FATAL', 'ciod: failed to read message prefix on control stream'],
      ],
    ],
    [
      'a high-performance cluster of events',
      `134681 node-246 unix.hw state_change.unavailable 1077804742 1 Component State Change: Component \\042alt0\\042 is in the unavailable state (HWID=3180)
350766 node-109 unix.hw state_change.unavailable 1084680778 1 Component State Change: Component \\042alt0\\042 is in the unavailable state (HWID=3180)`,
      [
        [
          '2004-02-26T14:12:22Z',
          null,
          'Component State Change: Component \\042alt0\\042 is in the unavailable state (HWID=3180)',
        ],
        [
          '2004-05-16T04:12:58Z',
          null,
          'Component State Change: Component \\042alt0\\042 is in the unavailable state (HWID=3180)',
        ],
      ],
    ],
    [
      'Windows component-based servicing',
      `2016-09-28 04:30:30, Info                  CBS    Loaded Servicing Stack v6.1.7601.23505 with Core: C:\\Windows\\winsxs\\cbscore.dll
2016-09-28 04:30:31, Info                  CSI    00000001@2016/9/27:20:30:31.455 WcpInitialize (wcp.dll version 0.0.0.6) called
2016-09-28 04:30:32, Error                 CBS    Failed to get session package state for package: Package_1 [HRESULT = 0x80070490]`,
      [
        [
          '2016-09-28T04:30:30Z',
          'INFO',
          'Loaded Servicing Stack v6.1.7601.23505 with Core: C:\\Windows\\winsxs\\cbscore.dll',
        ],
        [
          '2016-09-28T04:30:31Z',
          'INFO',
          '00000001@2016/9/27:20:30:31.455 WcpInitialize (wcp.dll version 0.0.0.6) called',
        ],
        [
          '2016-09-28T04:30:32Z',
          'ERROR',
          'Failed to get session package state for package: Package_1 [HRESULT = 0x80070490]',
        ],
      ],
    ],
    [
      'syslog of a Linux server',
      `Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=218.188.2.4
Jun 15 04:06:18 combo su(pam_unix)[21416]: session opened for user cyrus by (uid=0)
Jun 15 04:06:20 combo logrotate: ALERT exited abnormally with [1]
Jul 27 14:41:57 combo kernel: ACPI: RSDP (v000 AMI                                       ) @ 0x000fa160`,
      [
        [
          '2000-06-14T15:16:01Z',
          null,
          'authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=218.188.2.4',
        ],
        ['2000-06-15T04:06:18Z', null, 'session opened for user cyrus by (uid=0)'],
        ['2000-06-15T04:06:20Z', 'FATAL', 'ALERT exited abnormally with [1]'],
        ['2000-07-27T14:41:57Z', null, 'ACPI: RSDP (v000 AMI                                       ) @ 0x000fa160'],
      ],
    ],
    [
      'OpenSSH',
      `Dec 10 06:55:46 LabSZ sshd[24200]: reverse mapping checking getaddrinfo for ns.marryaldkfaczcz.com [173.234.31.186] failed - POSSIBLE BREAK-IN ATTEMPT!
Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user webmaster from 173.234.31.186
Dec 10 07:07:38 LabSZ sshd[24206]: Failed password for invalid user test9 from 52.80.34.196 port 36060 ssh2`,
      [
        [
          '2000-12-10T06:55:46Z',
          null,
          'reverse mapping checking getaddrinfo for ns.marryaldkfaczcz.com [173.234.31.186] failed - POSSIBLE BREAK-IN ATTEMPT!',
        ],
        ['2000-12-10T06:55:46Z', null, 'Invalid user webmaster from 173.234.31.186'],
        ['2000-12-10T07:07:38Z', null, 'Failed password for invalid user test9 from 52.80.34.196 port 36060 ssh2'],
      ],
    ],
    [
      'OpenStack with file names before the lines',
      `nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO nova.osapi_compute.wsgi.server [req-38101a0b-2096-447d-96ea-a692162415ae 113d3a99 54fadb41 - - -] 10.11.10.1 "GET /v2/54fadb41/servers/detail HTTP/1.1" status: 200 len: 1893 time: 0.2477829
nova-compute.log.1.2017-05-16_13:55:31 2017-05-16 00:00:04.500 2931 WARNING nova.virt.libvirt.imagecache [req-addc1839-2ed5-4778-b57e-5854eb7b8b09 - - - - -] Unknown base file: /var/lib/nova/instances/_base/a489c868`,
      [
        [
          '2017-05-16T00:00:00.008Z',
          'INFO',
          '10.11.10.1 "GET /v2/54fadb41/servers/detail HTTP/1.1" status: 200 len: 1893 time: 0.2477829',
        ],
        ['2017-05-16T00:00:04.500Z', 'WARN', 'Unknown base file: /var/lib/nova/instances/_base/a489c868'],
      ],
    ],
    [
      'an access log with errors of its own',
      `203.0.113.7 - - [10/Oct/2024:13:55:36 +0200] "GET /index.html HTTP/1.1" 200 2326 "-" "Mozilla/5.0"
203.0.113.9 - ann [10/Oct/2024:13:55:37 +0200] "POST /login HTTP/1.1" 503 0 "https://example.org/" "curl/8.5"`,
      [
        ['2024-10-10T11:55:36Z', 'INFO', '"GET /index.html HTTP/1.1" 200 2326 "-" "Mozilla/5.0"'],
        ['2024-10-10T11:55:37Z', 'ERROR', '"POST /login HTTP/1.1" 503 0 "https://example.org/" "curl/8.5"'],
      ],
    ],
    [
      'lines of an unknown program with time and level',
      `2025-03-01 08:00:00.123 WARN  cache is cold
2025-03-01 08:00:01.456 INFO  cache is warm
2025-03-01 08:00:02.789 ERROR cache is gone`,
      [
        ['2025-03-01T08:00:00.123Z', 'WARN', 'cache is cold'],
        ['2025-03-01T08:00:01.456Z', 'INFO', 'cache is warm'],
        ['2025-03-01T08:00:02.789Z', 'ERROR', 'cache is gone'],
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each(FORMATS.filter(({ kind }) => kind === 'layout').map((format) => [format.id, format] as const))(
    'its own samples: %s',
    (_, format) => {
      // Whatever format is chosen, every record must be found, with its time and level.
      const lines = format.samples.map(({ text }) => text.split('\n')[0] as string);
      const own = compileProgram([format]);
      const set = compileProgram(detect(lines.join('\n')).set);
      for (const line of lines) {
        const [mine, theirs] = [matchLine(own, line), matchLine(set, line)];
        expect(theirs === null ? null : [theirs.raw, toLevel(theirs.level)], line).toEqual(
          mine === null ? null : [mine.raw, toLevel(mine.level)],
        );
      }
    },
  );
});

// ── Specific before general ─────────────────────────────────────────────────────────────────────────────────────────────

describe('the choice', () => {
  test('is the specific format when a general one explains the same lines', () => {
    const detection = detect(
      repeated('2015-10-18 %T,978 INFO [main] org.apache.hadoop.mapreduce.MRAppMaster: Executing with tokens', 50),
    );
    expect(detection.set.map(({ id }) => id)).toEqual(['hadoop']);
    const general = detection.choices.find(({ format }) => format.id === 'generic-iso');
    expect(general?.score).toBeLessThan(detection.choices[0]?.score ?? 0);
    expect(general?.reason).toContain('tells less of each line than Hadoop');
  });

  test('is no format of short levels where levels are written out, and takes levels it has not met', () => {
    const detection = detect(
      `${repeated('2025-01-01T%TZ INFO request done', 20)}\n${repeated('2025-01-01T%TZ ERROR disk is full', 5)}`,
    );
    expect(detection.choices[0]?.format.id).toBe('generic-iso');
    expect(read('2025-01-01T10:00:00Z FATAL out of memory', detection)).toEqual([
      ['2025-01-01T10:00:00Z', 'FATAL', 'out of memory'],
    ]);
  });

  test('says why, with counts', () => {
    const text = `${repeated('2015-10-18 %T,978 INFO [main] org.apache.hadoop.App: fine', 1000)}\njava.io.IOException: no\n\tat App.main(App.java:1)`;
    const { reason } = detect(text);
    expect(reason).toBe('Time, level, thread and logger in columns: 1,000 of 1,000 sampled lines');
    expect(detect(text.split('\n').slice(-20).join('\n')).reason).toBe(
      'Time, level, thread and logger in columns: 18 of 20 sampled lines; 2 continue a record',
    );
  });

  test('is plain text when nothing repeats, and alone', () => {
    const detection = detect(
      'It was a dark and stormy night.\nThe rain fell in torrents,\n  except at occasional intervals,\nwhen it was checked by wind.',
    );
    expect(detection.set.map(({ id }) => id)).toEqual(['plain']);
    expect(detection.choices[0]?.score).toBeLessThan(0.2);
    expect(detection.ambiguous).toBe(false);
  });

  test('needs a level in most lines when there are no times', () => {
    const prose =
      '> compiling\nwarning: path not set\n> testing\nFAILURE: build failed\n* what went wrong\nsee the report';
    expect(detect(prose).set.map(({ id }) => id)).toEqual(['plain']);
    expect(detect('INFO: started\nINFO: listening\nERROR: broken\nbye').set.map(({ id }) => id)).toEqual(['level-led']);
  });

  test('is made though most lines are unindented text below records', () => {
    const record =
      '2025-01-01 10:00:00 INFO dump follows\nname of the thing\nvalue of the thing\nanother line of text\nyet another one';
    expect(read(`${record}\n${record}`).map((line) => line?.[0] ?? null)).toEqual([
      '2025-01-01T10:00:00Z',
      null,
      null,
      null,
      null,
      '2025-01-01T10:00:00Z',
      null,
      null,
      null,
      null,
    ]);
  });

  test('has no format whose times are wild', () => {
    const detection = detect(repeated('4102444900 is a serial number beyond the year 2100', 20));
    expect(detection.set.map(({ id }) => id)).toEqual(['plain']);
  });

  test('is the same whatever the line ends', () => {
    const text = repeated('2025-03-01 %T.123 WARN [db] com.acme.Pool - cold', 20);
    const expected = detect(text);
    for (const end of ['\r\n', '\r']) expect(detect(text.replaceAll('\n', end))).toEqual(expected);
  });

  test('does not look at lines that are cut off', () => {
    const text = encoder.encode(repeated('2025-03-01 %T.123 WARN [db] com.acme.Pool - cold', 100));
    const windows = [text.subarray(0, 1010), text.subarray(1030, 2040), text.subarray(3001, 4000)];
    const { reason } = detectFormats(windows);
    const [, accepted, all] = /(\d+) of (\d+) sampled/.exec(reason) ?? [];
    expect(accepted).toBe(all);
    expect(Number(all)).toBeGreaterThan(50);
  });

  test('is made on one line that breaks off', () => {
    expect(
      detectFormats([encoder.encode('2025-03-01 10:00:00.123 WARN [db] com.acme.Pool - a very long li')]).set[0]?.id,
    ).not.toBe('plain');
  });

  test('of one format alone is never refused', () => {
    const nginx = FORMATS.filter(({ id }) => id === 'nginx-error');
    expect(detectFormats([encoder.encode('nothing of the kind\n')], { formats: nginx }).set).toEqual(nginx);
  });
});

// ── Several formats in one file ─────────────────────────────────────────────────────────────────────────────────────────

describe('the set', () => {
  const java = (count: number) => repeated('2025-03-01 %T.123 INFO  [main] com.acme.App - at work', count);
  const access = (count: number) => repeated('203.0.113.7 - - [01/Mar/2025:%T +0000] "GET / HTTP/1.1" 200 12', count);

  test('holds what the file changes to midway', () => {
    const { set } = detect(`${java(60)}\n${access(40)}`);
    expect(set.map(({ id }) => id)).toContain('web-access');
    expect(set).toHaveLength(2);
    expect(read(`${java(60)}\n${access(40)}`).every((line) => line?.[0] != null)).toBe(true);
  });

  test('begins with the format of the head, though later windows hold another', () => {
    const { set } = detect(java(60), access(80), access(80), access(80));
    expect(set.map(({ id }) => id).slice(1)).toEqual(['web-access']);
  });

  test('holds a format that a few lines among many are in', () => {
    const lines = java(300).split('\n');
    for (let i = 20; i < 300; i += 50)
      lines.splice(i, 0, `203.0.113.7 - - [01/Mar/2025:10:00:00 +0000] "GET /${i} HTTP/1.1" 200 12`);
    expect(
      detect(lines.join('\n'))
        .set.map(({ id }) => id)
        .slice(1),
    ).toEqual(['web-access']);
  });

  test('leaves stack traces to their records', () => {
    const record = `2025-03-01 10:00:00.123 ERROR [main] com.acme.App - broken
java.lang.IllegalStateException: Failed to load
\tat com.acme.App.load(App.java:41)
Caused by: java.io.IOException: ERROR: no such file
\t... 12 more
ERROR: cleaning up after the failure
  details: {
    "level": "error"
  }`;
    const text = Array.from({ length: 10 }, () => record).join('\n');
    const { set } = detect(text);
    expect(set).toHaveLength(1);
    expect(read(text).filter((line) => line !== null)).toHaveLength(10);
  });

  test('takes every line with a time for a record, though the best format refuses some', () => {
    const lines = repeated('2015-10-18 %T,978 INFO [main] org.apache.hadoop.App: Executing with tokens', 200).split(
      '\n',
    );
    for (let i = 10; i < lines.length; i += 40) lines[i] = '2015-10-18 10:00:00,978 - shutting down now';
    expect(read(lines.join('\n')).every((line) => line?.[0] != null)).toBe(true);
  });

  test('leaves indented objects to their records, though they hold times', () => {
    const text = Array.from(
      { length: 10 },
      () => `${java(1)}\n  {"time":"2025-03-01T10:00:00Z","level":"error","msg":"as it was sent"}`,
    ).join('\n');
    expect(detect(text).set.map(({ kind }) => kind)).toEqual(['layout']);
  });

  test('has no plain text where that would tear exceptions from their records', () => {
    const text = Array.from(
      { length: 10 },
      () => 'ERROR: broken\njava.io.IOException: no such file\nCaused by: java.io.IOException: gone',
    ).join('\n');
    expect(detect(text).set.map(({ id }) => id)).toEqual(['level-led']);
  });

  test('never holds more than its limit, and plain text only alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...FORMATS.flatMap(({ samples }) => samples.map(({ text }) => text))), {
          minLength: 1,
          maxLength: 60,
        }),
        (texts) => {
          const { set, choices } = detect(texts.join('\n'));
          expect(set.length).toBeGreaterThan(0);
          expect(set.length).toBeLessThanOrEqual(SET_LIMIT);
          expect(set[0]).toBe(choices[0]?.format);
          expect(new Set(set.map(({ id }) => id)).size).toBe(set.length);
          if (set.length > 1) expect(set.some(({ kind }) => kind === 'plain')).toBe(false);
          for (const { score } of choices) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
          }
        },
      ),
      { seed: 11, numRuns: 40 },
    );
  });
});

// ── JSON and logfmt ─────────────────────────────────────────────────────────────────────────────────────────────────────

describe('JSON lines', () => {
  const lines = (make: (i: number) => unknown, count = 30) =>
    Array.from({ length: count }, (_, i) => JSON.stringify(make(i))).join('\n');

  test('learn known keys, whatever their unit', () => {
    const text = lines((i) => ({
      ts: 1741000000.25 + i,
      lvl: i % 3 === 0 ? 'warn' : 'info',
      msg: `request ${i} served`,
      took: 0.25,
    }));
    const { reason } = detect(text);
    expect(reason).toBe('Time from `ts` (epoch seconds), level from `lvl`, message from `msg`: 30 of 30 sampled lines');
    expect(read(text)[0]).toEqual(['2025-03-03T11:06:40.250Z', 'WARN', 'request 0 served']);
  });

  test('learn unknown keys from their values', () => {
    const text = lines((i) => ({
      id: `a${i}`,
      passiert: `2025-03-03T11:06:${10 + i}Z`,
      schwere: ['info', 'error'][i % 2],
      text_de: `Vorgang ${i} wurde beendet`,
      dauer: i,
    }));
    const { reason, set } = detect(text);
    expect(reason).toContain('Time from `passiert` (ISO 8601), level from `schwere`, message from `text_de`');
    expect((set[0] as JsonFormat).time[0]).toBe('passiert');
    expect(read(text)[1]).toEqual(['2025-03-03T11:06:11Z', 'ERROR', 'Vorgang 1 wurde beendet']);
  });

  test('pass over known keys that hold something else', () => {
    const text = lines((i) => ({
      time: 12.5 + i,
      t: 'span',
      when_ms: 1741000000250 + i,
      level: 'info',
      message: '',
      event: `order ${i} was placed`,
    }));
    expect(detect(text).reason).toContain(
      'Time from `when_ms` (epoch milliseconds), level from `level`, message from `event`',
    );
  });

  test('learn keys one level down', () => {
    const text = lines((i) => ({
      meta: { at: `2025-03-03T11:06:${10 + i}Z`, sev: 'error' },
      payload: { words: `order ${i} was lost` },
    }));
    expect(detect(text).reason).toContain(
      'Time from `meta.at` (ISO 8601), level from `meta.sev`, message from `payload.words`',
    );
    expect(read(text)[0]).toEqual(['2025-03-03T11:06:10Z', 'ERROR', 'order 0 was lost']);
  });

  test('are told by dialect when its keys are there', () => {
    expect(
      detect(lines((i) => ({ level: 30, time: 1741000000250 + i, pid: 1, hostname: 'a', msg: 'hi there' }))).set[0]?.id,
    ).toBe('pino-bunyan');
    expect(
      detect(lines((i) => ({ log: `line ${i}\n`, stream: 'stdout', time: '2025-03-03T11:06:10.123456789Z' }))).set[0]
        ?.id,
    ).toBe('docker-json');
  });

  test('are no dialect that lacks its time', () => {
    const text = lines((i) => ({ severity: 'ERROR', ts_ms: 1741000000250 + i, msg: `order ${i} was lost` }));
    expect(detect(text).reason).toContain('Time from `ts_ms`');
  });

  test('win over logfmt and columns inside their values', () => {
    const text = lines((i) => ({
      message: `level=info ts=2025-03-03T11:06:10Z msg="x ${i}"`,
      time: '2025-03-03T11:06:10Z',
    }));
    expect(detect(text).set.map(({ kind }) => kind)).toEqual(['json']);
  });

  test('stand among lines of text', () => {
    const text = `${repeated('2025-03-01 %T.123 INFO  [main] com.acme.App - starting', 20)}\n${lines((i) => ({ time: 1741000000 + i, level: 'info', msg: 'served it' }))}`;
    expect(detect(text).set.map(({ kind }) => kind)).toEqual(['json', 'layout']);
    expect(read(text).every((line) => line?.[0] != null)).toBe(true);
  });

  test('are read with their keys when the format is forced', () => {
    const json = FORMATS.filter(({ id }) => id === 'json');
    const { set } = detectFormats(
      [encoder.encode(lines((i) => ({ passiert: `2025-03-03T11:06:${10 + i}Z`, was: `Vorgang ${i} ist zu Ende` })))],
      { formats: json },
    );
    expect((set[0] as JsonFormat).time[0]).toBe('passiert');
    expect((set[0] as JsonFormat).message[0]).toBe('was');
  });
});

describe('logfmt', () => {
  test('learns its keys', () => {
    const text = Array.from(
      { length: 20 },
      (_, i) =>
        `at=${i % 2 ? 'warn' : 'info'} when=2025-03-03T11:06:${10 + i}Z told="order ${i} was \\"lost\\"" dyno=web.1`,
    ).join('\n');
    const { set, reason } = detect(text);
    expect(reason).toContain('Time from `when` (ISO 8601), level from `at`, message from `told`');
    expect((set[0] as LogfmtFormat).time[0]).toBe('when');
    expect(read(text)[1]?.slice(0, 2)).toEqual(['2025-03-03T11:06:11Z', 'WARN']);
  });

  test('is not taken for lines that merely hold pairs', () => {
    expect(
      detect(repeated('2025-03-01 %T.123 INFO acquired lock=1 flags=0x1 tag=view', 20)).set.map(({ kind }) => kind),
    ).toEqual(['layout']);
  });
});

// ── Day and month ───────────────────────────────────────────────────────────────────────────────────────────────────────

describe('03/04/2025', () => {
  const dated = (...dates: string[]) => dates.map((date) => `${date} 10:00:00 INFO something happened`).join('\n');
  const days = (text: string) => read(text).map((line) => line?.[0]?.slice(0, 10));

  test('is in March when a second number is over 12', () => {
    const text = dated('03/04/2025', '03/05/2025', '03/13/2025');
    expect(days(text)).toEqual(['2025-03-04', '2025-03-05', '2025-03-13']);
    expect(detect(text).ambiguous).toBe(false);
  });

  test('is in April when a first number is over 12', () => {
    const text = dated('03/04/2025', '05/04/2025', '13/04/2025');
    expect(days(text)).toEqual(['2025-04-03', '2025-04-05', '2025-04-13']);
    expect(detect(text).ambiguous).toBe(false);
  });

  test('is what makes time go on steadily, when no number is over 12', () => {
    expect(days(dated('03/04/2025', '04/04/2025', '05/04/2025'))).toEqual(['2025-04-03', '2025-04-04', '2025-04-05']);
    expect(days(dated('03/04/2025', '03/05/2025', '03/06/2025'))).toEqual(['2025-03-04', '2025-03-05', '2025-03-06']);
    expect(detect(dated('03/04/2025', '04/04/2025')).ambiguous).toBe(false);
  });

  test('is ambiguous within one day, and nothing else is', () => {
    expect(detect(dated('03/04/2025', '03/04/2025')).ambiguous).toBe(true);
    expect(detect(dated('04/04/2025', '04/04/2025')).ambiguous).toBe(false);
    expect(detect(dated('2025-03-04', '2025-03-04')).ambiguous).toBe(false);
  });
});

// ── Anything at all ─────────────────────────────────────────────────────────────────────────────────────────────────────

describe('whatever the bytes', () => {
  const samples = FORMATS.flatMap((format) => format.samples.map(({ text }) => encoder.encode(`${text}\n`)));
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .array(fc.tuple(fc.constantFrom(...samples), fc.nat(200), fc.uint8Array({ maxLength: 4 })), { maxLength: 12 })
      .map((parts) =>
        Uint8Array.from(
          parts.flatMap(([sample, cut, bytes]) => [...sample.subarray(0, cut), ...bytes, ...sample.subarray(cut)]),
        ),
      ),
  );

  test('there is an answer, and the same each time', () => {
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 4 }), fc.boolean(), (windows, isWholeLines) => {
        const first = detectFormats(windows, { isWholeLines });
        expect(first.choices.length).toBeGreaterThan(0);
        expect(first.set[0]).toBe(first.choices[0]?.format);
        expect(detectFormats(windows, { isWholeLines })).toEqual(first);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  test.each<[string, Uint8Array[]]>([
    ['nothing', []],
    ['an empty window', [new Uint8Array(0)]],
    ['empty lines', [encoder.encode('\n\n\n')]],
    ['NULs', [new Uint8Array(65_536)]],
    ['one giant line', [new Uint8Array(65_536).fill(91)]],
    ['a byte order mark alone', [Uint8Array.of(0xef, 0xbb, 0xbf)]],
  ])('%s is plain text', (_, windows) => {
    expect(detectFormats(windows).set.map(({ id }) => id)).toEqual(['plain']);
  });

  test('a byte order mark is no part of the first line', () => {
    expect(detect('\ufeff{"time":1741000000,"level":"info","msg":"served it"}').set[0]?.kind).toBe('json');
  });
});
