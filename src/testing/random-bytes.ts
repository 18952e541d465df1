/** Random files, from noise to nearly a log, and the proof that the engine accounts for every byte of one. */
import { deepEqual, equal, ok } from 'node:assert/strict';

import fc from 'fast-check';

import type { EngineApi, Row, SourceSummary } from '../engine/api';
import { FORMATS } from '../engine/formats/registry';
import { LEVELS } from '../engine/records/record';
import { type Encoding, ENCODINGS, isUtf16 } from '../engine/source/byte-source';
import { inProcessEngine, textInput } from './in-process';
import { decodeLegacy } from './legacy-texts';

/** Shards and windows so small that a file of a few hundred bytes has seams. */
export const SMALL_SHARDS = {
  cuts: { shardBytes: 600, windows: [64, 300] },
  firstShardBytes: 200,
  keepBytes: 1024, // some files stay in memory, some are indexed through the window
  windowBytes: 64,
};

/** What lines of logs are made of, and what breaks readers of them. */
const PIECES = [
  '\n',
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\t',
  '2025-01-01 10:00:00,123 ',
  '2025-12-31T23:59:60.999999999Z ',
  '[2025-13-45 99:99:99] ',
  'Jan  1 10:00:00 host app[7]: ',
  '10:00:00 ',
  '1735725600.123 ',
  'ERROR ',
  'INFO ',
  '[main] ',
  '{"a":"',
  '"}',
  '{"time":"2025-01-01T10:00:00Z","level":"warn","msg":"',
  'level=error msg="',
  '127.0.0.1 - - [01/Jan/2025:10:00:00 +0000] "GET / HTTP/1.1" 200 5',
  'a,b,"c',
  '#Fields: date time',
  '<34>1 ',
  '\tat x(Y.java:1)',
  'Caused by: ',
  '\u0000',
  '\u001b[31m',
  'ü€😀',
  '\ufeff',
  '\u2028',
  'x'.repeat(90),
];

const textBytes = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** Random files of up to about a kilobyte: pieces of logs, in UTF-8 and UTF-16 with and without a mark, damaged, and noise. */
export const randomBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 5, arbitrary: textBytes.map((text) => new TextEncoder().encode(text)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(textBytes, fc.boolean(), fc.boolean(), fc.boolean())
      .map(([text, isBigEndian, hasMark, isOdd]) => utf16(`${hasMark ? '\ufeff' : ''}${text}`, isBigEndian, isOdd)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(textBytes, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }))
      .map(([text, hits]) => {
        const bytes = new TextEncoder().encode(text);
        for (const [at, byte] of hits) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        return bytes;
      }),
  },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 400 }) },
);

function utf16(text: string, isBigEndian: boolean, isOdd: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2 + (isOdd ? 1 : 0));
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), !isBigEndian);
  return bytes;
}

/** How the engine is set up for one file. Few, because each keeps its engine from file to file. */
const PLACES = [
  { workers: 1, isPortable: false, chunkBytes: 7 },
  { workers: 1, isPortable: true, chunkBytes: 64 },
  { workers: 2, isPortable: false, chunkBytes: 1 },
  { workers: 5, isPortable: false, chunkBytes: 65536 },
] as const;

type PlaceOfTest = (typeof PLACES)[number];

/** Null: the format is detected; that is half of the files. */
const forcedFormat = fc.option(fc.oneof(fc.constant('plain'), fc.constantFrom(...FORMATS.map(({ id }) => id))), {
  freq: 1,
  nil: null,
});

/** Null: the encoding is detected; that is three of four files. A journal is told by a test of its own. */
const forcedEncoding = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(...ENCODINGS.filter((encoding) => encoding !== 'journal-export')) },
);

/**
 * Every random file opens, and its records' texts and line ends, one after the other, are its bytes. The engines live
 * as long as the property: opening ten thousand files in one finds what they leave behind, and is quick.
 */
export function bytesProperty() {
  const engines = new Map<PlaceOfTest, Promise<EngineApi>>();
  const engineAt = (place: PlaceOfTest): Promise<EngineApi> => {
    let engine = engines.get(place);
    if (engine === undefined) {
      const { chunkBytes, ...options } = place;
      engine = inProcessEngine({ ...options, tuning: { chunkBytes, ...SMALL_SHARDS } });
      engines.set(place, engine);
    }
    return engine;
  };
  const places = fc.constantFrom(...PLACES);
  return fc.asyncProperty(randomBytes, places, forcedFormat, forcedEncoding, async (data, place, format, encoding) => {
    const engine = await engineAt(place);
    try {
      await checkBytes(engine, data, format, encoding);
    } catch (error) {
      engines.delete(place); // the next one does not suffer from what this one left behind
      await engine.shutdown();
      throw error;
    }
  });
}

/** Opens a file, holds what the engine says of it against its bytes, and closes it. */
async function checkBytes(
  engine: EngineApi,
  data: Uint8Array,
  format: string | null,
  encoding: Encoding | null,
): Promise<void> {
  const wishes = { ...(format === null ? {} : { format }), ...(encoding === null ? {} : { encoding }) };
  const id = await engine.open(textInput(data, wishes));
  const summary = await engine.whenOpened(id);
  equal(summary.fault, null);
  equal(summary.state, 'open');
  const whole = await engine.bytes(id, 0, data.length * 3 + 16);
  const { handle, count } = await engine.select({ kind: 'all' }, { callId: 1, sources: [id] });
  const { rows } = await engine.rows(handle, 0, count + 1);
  equal(rows.length, count, 'every record has a row');
  equal(summary.recordCount, count);
  if (summary.kind === 'text') {
    deepEqual(whole, decoded(data, summary), 'the decoded bytes');
    checkRecords(whole, rows);
    await checkCounts(engine, handle, summary, whole, rows);
  } else {
    equal(summary.kind, data.length === 0 ? 'empty' : 'binary');
    equal(count, 0);
    deepEqual(whole, data, 'the bytes of a binary file as they are');
  }
  await engine.release(handle);
  await engine.close(id);
  equal((await engine.health()).residentBytes, 0, 'a closed source leaves no bytes behind');
}

const MARKS: Partial<Record<SourceSummary['encoding'], readonly number[]>> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
};

/** What the platform's decoder makes of the file: an opinion that is not ours. */
function decoded(data: Uint8Array, { encoding, lineEnding, decodedBytes }: SourceSummary): Uint8Array {
  const mark = MARKS[encoding] ?? [];
  const body = data.subarray(mark.length > 0 && mark.every((byte, i) => data[i] === byte) ? mark.length : 0);
  let bytes = body.slice(); // UTF-8 passes unchanged, invalid bytes too
  if (isUtf16(encoding)) bytes = new TextEncoder().encode(new TextDecoder(encoding, { ignoreBOM: true }).decode(body));
  else if (encoding !== 'utf-8' && encoding !== 'journal-export')
    bytes = new TextEncoder().encode(decodeLegacy(body, encoding));
  equal(decodedBytes, bytes.length, 'decoded bytes in the summary');
  return lineEnding === 'CR' ? bytes.map((byte) => (byte === 13 ? 10 : byte)) : bytes;
}

/** Records lie end to end: each is its text and a line end, from the first byte to the last. */
function checkRecords(whole: Uint8Array, rows: readonly Row[]): void {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let end = 0;
  for (const [i, row] of rows.entries()) {
    equal(row.id.offset, end, `record ${i} begins where the one before ended`);
    end = rows[i + 1]?.id.offset ?? whole.length;
    const textEnd = row.id.offset + row.textBytes;
    equal(row.text, decoder.decode(whole.subarray(row.id.offset, textEnd)), `the text of record ${i}`);
    const lineEnd = String.fromCharCode(...whole.subarray(textEnd, end));
    ok(['', '\n', '\r', '\r\n'].includes(lineEnd), `only a line end follows record ${i}: ${JSON.stringify(lineEnd)}`);
    ok(row.messageStart <= row.text.length);
  }
  equal(end, whole.length, 'the last record ends with the file');
}

/** Lines, levels, times and positions, counted again from the rows. */
async function checkCounts(
  engine: EngineApi,
  handle: number,
  summary: SourceSummary,
  whole: Uint8Array,
  rows: readonly Row[],
): Promise<void> {
  const levels = [null, ...LEVELS].map((level) => rows.filter((row) => row.level === level).length);
  deepEqual(summary.levelCounts, levels, 'levels');
  const timed = rows.flatMap(({ time }) => (time === null ? [] : [time]));

  equal(summary.firstTime, timed.length === 0 ? null : Math.min(...timed), 'first time');
  equal(summary.lastTime, timed.length === 0 ? null : Math.max(...timed), 'last time');
  const { counts, untimedCount } = await engine.histogram(handle, { maxBins: 7 });
  equal(untimedCount, rows.length - timed.length, 'records without a time');
  equal(
    counts.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0),
    timed.length,
    'bins add up',
  );
  // A line that is too long for a shard counts once for each of its pieces.
  if (!summary.problems.some(({ code }) => code === 'giant-line')) {
    let lineNumber = 1;
    for (const [i, row] of rows.entries()) {
      equal(row.lineNumber, lineNumber, `line number of record ${i}`);
      lineNumber += row.lineCount;
    }
    equal(summary.lineCount, lineNumber - 1, 'lines');
    const ends = whole.filter((byte) => byte === 10).length;
    equal(summary.lineCount, ends + (whole.length > 0 && whole.at(-1) !== 10 ? 1 : 0), 'line ends');
    equal((await engine.lines(summary.id, 0, summary.lineCount + 1)).length, summary.lineCount, 'lines are told');
  }
  const some = rows[rows.length >> 1];
  if (some !== undefined) equal(await engine.positionOf(handle, some.id), rows.length >> 1);
}
