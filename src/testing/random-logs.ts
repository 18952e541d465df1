/** Random logs that look like logs: a format, levels, times that mostly go on, traces, odd lines, line ends of every kind. */
import fc from 'fast-check';

import { LEVELS } from '../engine/records/record';

/** Words of messages: some that folding, escaping, decoding or masking of numbers may get wrong. */
export const WORDS = [
  'request',
  'Failed',
  'timeout',
  'pool',
  'GET',
  '/api/v1',
  'Größe',
  'Straſse',
  '\u212aelvin',
  'ELVIN k',
  '😀',
  'ÄÖ',
  '42',
  '0x1f',
  '10.0.0.1',
  'user=alice',
  'status=503',
  'a.b*c',
  '[x]',
  '"quoted"',
  'aaa',
  'A',
];

const word = fc.constantFrom(...WORDS);
const message = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));

interface Event {
  readonly level: string;
  readonly stepMs: number;
  readonly message: string;
  readonly thread: number;
  readonly extra: 'none' | 'trace' | 'blank' | 'odd';
}

const event: fc.Arbitrary<Event> = fc.record({
  level: fc.constantFrom(...LEVELS, 'INFO', 'INFO'),
  stepMs: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 5000 }) },
    { weight: 2, arbitrary: fc.integer({ min: -20_000, max: 0 }) },
    { weight: 1, arbitrary: fc.constantFrom(40 * 86_400_000, 900 * 86_400_000, -900 * 86_400_000) },
  ),
  message,
  thread: fc.nat(3),
  extra: fc.constantFrom('none', 'none', 'none', 'none', 'none', 'none', 'trace', 'blank', 'odd'),
});

/** How a log writes an event. Years are written out, so that a line's time is its own. */
const STYLES: Readonly<Record<string, (time: Date, event: Event) => string>> = {
  app: (time, { level, thread, message }) =>
    `${iso(time).replace('.', ',')} ${level.padEnd(5)} [worker-${thread}] com.acme.Pool - ${message}`,
  json: (time, { level, thread, message }) =>
    JSON.stringify({
      ts: time.toISOString(),
      level: level.toLowerCase(),
      msg: message,
      thread: `worker-${thread}`,
      http: { status: 200 + thread },
    }),
  logfmt: (time, { level, thread, message }) =>
    `time=${time.toISOString()} level=${level.toLowerCase()} thread=worker-${thread} msg=${JSON.stringify(message)}`,
  plain: (_, { message }) => message,
};

function iso(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '');
}

export interface RandomLog {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const FIRST_MS = Date.UTC(2025, 0, 1, 10);

/**
 * Logs of up to `maxEvents` events; names are `a.log` to `c.log`, `app/x.log` and one with characters of globs.
 *
 * @param maxEvents  90 make about ten shards of SMALL_SHARDS
 */
export function randomLog(maxEvents: number): fc.Arbitrary<RandomLog> {
  return fc
    .record({
      name: fc.constantFrom('a.log', 'b.log', 'c.log', 'app/x.log', 'w[1]+.log'),
      style: fc.constantFrom(...Object.values(STYLES)),
      events: fc.array(event, { maxLength: maxEvents }),
      lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
      endsInLine: fc.boolean(),
      encoding: fc.constantFrom('utf-8', 'utf-8', 'utf-8', 'ascii', 'damaged', 'utf-16le'),
    })
    .map(({ name, style, events, lineEnd, endsInLine, encoding }) => {
      let timeMs = FIRST_MS;
      const lines = events.flatMap((one) => {
        timeMs += one.stepMs;
        const line = style(new Date(timeMs), one);
        if (one.extra === 'trace') return [line, 'java.lang.Error: pool', '\tat com.acme.Pool.take(Pool.java:41)'];
        if (one.extra === 'blank') return [line, ''];
        return one.extra === 'odd' ? [line, `${one.message} \u0000 \u001b[31mred\u001b[0m`] : [line];
      });
      let text = lines.join(lineEnd) + (endsInLine ? lineEnd : '');
      if (encoding === 'ascii') text = text.replaceAll(/[^\0-\x7f]/g, '?');
      if (encoding === 'utf-16le') return { name, bytes: new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')) };
      const bytes = new TextEncoder().encode(text);
      if (encoding === 'damaged') for (let at = 50; at < bytes.length; at += 97) bytes[at] = 0xff;
      return { name, bytes };
    });
}
