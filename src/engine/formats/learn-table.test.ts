/** Tables and W3C logs: what is made of their names of columns, and that rows stay whole. */

import { describe, expect, test } from 'vitest';

import { toLevel } from '../records/record';
import { type Detection, detectFormats } from './detect';
import { compileProgram, matchLine } from './program';

const encoder = new TextEncoder();

function detect(text: string): Detection {
  return detectFormats([encoder.encode(text)], { isWholeLines: true });
}

/** Time, level, message and fields of each line; null for a line that continues a record. */
function read(text: string, detection = detect(text)) {
  const program = compileProgram(detection.set);
  return text.split('\n').map((line) => {
    const match = matchLine(program, line);
    if (match === null) return null;
    const bytes = encoder.encode(line);
    const cut = (start: number, end: number) => new TextDecoder().decode(bytes.subarray(start, end));
    return {
      time: match.raw === null ? null : new Date(match.raw).toISOString().replace('.000Z', 'Z'),
      level: toLevel(match.level),
      message: cut(match.messageStart, match.messageEnd),
      fields: Object.fromEntries(match.fields.map(({ name, start, end }) => [name, cut(start, end)])),
    };
  });
}

describe('a table with a first line of names', () => {
  test('gives its columns their names, whatever their order', () => {
    const text = `id,severity,service,message,timestamp
1,ERROR,shop,"refused, card expired",2024-01-15T10:23:45.250Z
2,info,gateway,started,2024-01-15T10:23:46Z
3,warn,,low,2024-01-15T10:23:47Z`;
    const detection = detect(text);
    expect(detection.set[0]?.id).toBe('csv');
    expect(detection.reason).toBe(
      'First line names 5 columns between commas; time from `timestamp`, level from `severity`, message from `message`: 4 of 4 sampled lines',
    );
    expect(read(text, detection).slice(1)).toEqual([
      {
        time: '2024-01-15T10:23:45.250Z',
        level: 'ERROR',
        message: 'refused, card expired',
        fields: { id: '1', service: 'shop' },
      },
      { time: '2024-01-15T10:23:46Z', level: 'INFO', message: 'started', fields: { id: '2', service: 'gateway' } },
      { time: '2024-01-15T10:23:47Z', level: 'WARN', message: 'low', fields: { id: '3' } },
    ]);
  });

  test('keeps a quoted cell of many lines with its row, also where those lines look like rows', () => {
    const text = `time,level,message,host
2024-01-15 10:23:45,ERROR,"java.io.IOException: gone
at a.b.C(C.java:1)
Caused by, among others: ""disk"", x

more",web01
2024-01-15 10:23:46,INFO,ok,web02
2024-01-15 10:23:47,INFO,"two
lines",web02`;
    expect(read(text).map((row) => row?.message ?? null)).toEqual([
      'time,level,message,host',
      'java.io.IOException: gone',
      null,
      null,
      null,
      null,
      'ok',
      'two',
      null,
    ]);
  });

  test('reads what Windows exports: names for all columns but the last', () => {
    const text = `Level,Date and Time,Source,Event ID,Task Category
Information,1/15/2024 10:23:45 AM,Service Control Manager,7036,None,The Windows Update service entered the stopped state.
Error,1/15/2024 1:23:46 PM,Application Error,1000,(100),"Faulting application name: app.exe
Faulting module name: ntdll.dll, version: 10.0"
Warning,1/16/2024 1:00:00 AM,DNS Client Events,1014,(1014),Name resolution timed out`;
    const rows = read(text);
    expect(rows[1]).toEqual({
      time: '2024-01-15T10:23:45Z',
      level: 'INFO',
      message: 'The Windows Update service entered the stopped state.',
      fields: { Source: 'Service Control Manager', 'Event-ID': '7036', 'Task-Category': 'None' },
    });
    expect(rows[2]).toMatchObject({ time: '2024-01-15T13:23:46Z', level: 'ERROR' });
    expect(rows[3]).toBeNull();
    expect(rows[4]).toMatchObject({ level: 'WARN' });
  });

  test.each([
    [
      'semicolons',
      'Datum;Uhrzeit;Stufe;Meldung',
      '15.01.2024;10:23:45;ERROR;nicht gefunden',
      '16.01.2024;10:23:46;INFO;ok',
    ],
    [
      'tabs',
      'date\ttime\tlevel\tmessage',
      '2024-01-15\t10:23:45\tERROR\tnicht gefunden',
      '2024-01-16\t10:23:46\tINFO\tok',
    ],
    ['bars', 'date|time|level|message', '1/15/2024|10:23:45|ERROR|nicht gefunden', '1/16/2024|10:23:46|INFO|ok'],
  ])('puts date and clock of two columns together, between %s', (_, head, first, second) => {
    const rows = read(`${head}\n${first}\n${second}`);
    expect(rows.slice(1)).toEqual([
      { time: '2024-01-15T10:23:45Z', level: 'ERROR', message: 'nicht gefunden', fields: {} },
      { time: '2024-01-16T10:23:46Z', level: 'INFO', message: 'ok', fields: {} },
    ]);
  });

  test('needs all cells of a row where there are no times', () => {
    const text = `name,status,comment
alpha,200,"first
second, third"
beta,503,none
gamma,404,"he said ""no"""`;
    expect(read(text).map((row) => [row?.level ?? null, row?.fields.name ?? null])).toEqual([
      [null, null],
      ['INFO', 'alpha'],
      [null, null],
      ['ERROR', 'beta'],
      ['WARN', 'gamma'],
    ]);
  });

  test('takes a row without its time as a row', () => {
    const rows = read('time,level,message\n2024-01-15 10:00:00,INFO,a\n,INFO,b b\n2024-01-15 10:00:01,INFO,c');
    expect(rows.map((row) => row?.time ?? null)).toEqual([null, '2024-01-15T10:00:00Z', null, '2024-01-15T10:00:01Z']);
    expect(rows[2]?.message).toBe('b b');
  });

  test.each([
    ['prose with commas', 'Hello, world\nthis is, well\nsome, text'],
    ['levels and words', 'INFO, started\nINFO, stopped\nERROR, broken'],
    ['rows of other lengths', 'a,b,c\n1,2\n3\n4,5,6,7'],
    ['one line of names', 'a,b,c'],
  ])('is not seen in %s', (_, text) => {
    expect(detect(text).set[0]?.id).not.toBe('csv');
  });

  test('survives names that mean something to the pattern language', () => {
    const text = `time,level,a(b){c}|d,"x ""y"" \\z",_
2024-01-15 10:00:00,INFO,1,2,3
2024-01-15 10:00:01,WARN,4,5,6`;
    expect(() => read(text)).not.toThrow();
  });
});

describe('a W3C extended log', () => {
  const lines = (fields: string, ...rows: string[]) =>
    [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Version: 1.0',
      '#Date: 2023-07-19 08:14:03',
      `#Fields: ${fields}`,
      ...rows,
    ].join('\n');

  test('has the columns that #Fields names', () => {
    const text = lines(
      'date time c-ip cs-method cs-uri-stem cs(User-Agent) sc-status',
      '2023-07-19 08:14:05 203.0.113.9 GET /favicon.ico Mozilla/5.0+(X11) 404',
      '2023-07-19 08:14:06 203.0.113.9 POST /orders - 500',
    );
    const detection = detect(text);
    expect(detection.set[0]?.id).toBe('w3c-extended');
    const rows = read(text, detection);
    expect(rows[4]).toEqual({
      time: '2023-07-19T08:14:05Z',
      level: 'WARN',
      message: 'GET /favicon.ico Mozilla/5.0+(X11) 404',
      fields: {
        'c-ip': '203.0.113.9',
        'cs-method': 'GET',
        'cs-uri-stem': '/favicon.ico',
        'cs-User-Agent': 'Mozilla/5.0+(X11)',
        'sc-status': '404',
      },
    });
    expect(rows[5]?.level).toBe('ERROR');
    expect(rows[2]?.time).toBe('2023-07-19T08:14:03Z');
  });

  test('may name other columns further down', () => {
    const text = lines(
      'date time c-ip cs-method sc-status',
      '2023-07-19 08:14:05 203.0.113.9 GET 404',
      '#Fields: date time cs-method sc-status',
      '2023-07-19 08:14:06 PUT 500',
    );
    expect(
      read(text)
        .map((row) => row?.fields['cs-method'] ?? null)
        .slice(4),
    ).toEqual(['GET', null, 'PUT']);
  });

  test('stands between tabs (CloudFront) or commas (Exchange)', () => {
    const tabs = lines(
      'date time x-edge-location sc-bytes c-ip cs-method',
      '2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET',
    );
    expect(read(tabs)[4]).toMatchObject({
      time: '2019-12-04T21:02:31Z',
      fields: { 'sc-bytes': '392', 'cs-method': 'GET' },
    });
    const commas = lines('date-time,connector-id,event,data', '2024-01-15T10:23:45.123Z,EX01\\Default,+,"a, b"');
    expect(read(commas)[4]).toMatchObject({
      time: '2024-01-15T10:23:45.123Z',
      fields: { 'connector-id': 'EX01\\Default', data: 'a, b' },
    });
  });
});
