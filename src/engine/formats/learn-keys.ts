/**
 * Which keys of JSON lines and logfmt hold the time, the level and the message: guessed from names and values of a sample.
 *
 * A key of a known name (the lists of the generic format, best first) wins when its values bear it out; else the key
 * whose values look most like it. What was guessed becomes rank 1; other known names stay behind it, for lines that lack it,
 * unless the sample shows that they hold something else.
 */

import { FLAG_ABSOLUTE, FLAG_DATELESS } from '../kernels/index-layout';
import { FormatMachine } from '../kernels/portable/index-machine';
import type { Format, JsonFormat, LogfmtFormat } from './format';
import { compileProgram } from './program';
import { HEAD, type SampleLines } from './sample-lines';

/** Keys and values of one line; nested objects one level down, as `outer.inner`. */
export type Pairs = ReadonlyMap<string, string | number>;

export interface Learned<F extends Format> {
  readonly format: F;
  /** For people: "time from `ts` (epoch seconds), level from `lvl`, message from `msg`". */
  readonly how: string;
}

/** Lines whose values are looked at: keys repeat, so more would teach nothing new. */
const MAX_LINES = 120;
/** Values of one key that are tried as times and levels. */
const MAX_TRIES = 24;
/** A key must hold what it is taken for in this share of the lines that have it, and stand in half of the lines. */
const NEEDED = 0.8;
const PRESENT = 0.5;

/** Plausible times: what is outside is a number that happens to have as many digits. */
export const PLAUSIBLE_FROM = Date.UTC(1985, 0, 1);
export const PLAUSIBLE_TO = Date.UTC(2100, 0, 1);

interface KeyFacts {
  readonly name: string;
  count: number;
  tried: number;
  times: number;
  /** Of `times`, those with a date. */
  dated: number;
  levels: number;
  /** Levels given as words of two letters or more. */
  levelWords: number;
  texts: number;
  textLength: number;
  blanks: number;
  distinct: Set<string>;
  /** How the first time was written. */
  timeKind: string;
}

/** Parsed lines of the sample, at most MAX_LINES: objects of JSON lines. */
export function readJsonLines(windows: readonly SampleLines[]): Pairs[] {
  return readLines(windows, (line) => (line.trimStart().startsWith('{') ? parseJson(line) : null));
}

/** The same for logfmt. */
export function readLogfmtLines(windows: readonly SampleLines[]): Pairs[] {
  return readLines(windows, parseLogfmt);
}

function readLines(windows: readonly SampleLines[], parse: (line: string) => Pairs | null): Pairs[] {
  const decoder = new TextDecoder();
  const parsed: Pairs[] = [];
  for (const { bytes, starts, ends, kinds } of windows) {
    const share = Math.ceil(MAX_LINES / windows.length);
    for (let i = 0, taken = 0; i < starts.length && taken < share; i++) {
      if (kinds[i] !== HEAD) continue;
      taken++;
      const pairs = parse(decoder.decode(bytes.subarray(starts[i], ends[i])));
      if (pairs !== null) parsed.push(pairs);
    }
  }
  return parsed;
}

function parseJson(line: string): Pairs | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null; // cut off or no JSON: a line that teaches nothing
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const pairs = new Map<string, string | number>();
  for (const [key, inner] of Object.entries(value)) {
    put(pairs, key, inner);
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      for (const [name, leaf] of Object.entries(inner)) put(pairs, `${key}.${name}`, leaf);
    }
  }
  return pairs;
}

function put(pairs: Map<string, string | number>, key: string, value: unknown): void {
  if (typeof value === 'string' || typeof value === 'number') pairs.set(key, value);
  else if (!pairs.has(key)) pairs.set(key, ''); // present, and no text
}

//               ┌ key              ┌ quoted value         ┌ bare value
const PAIR = /(?:^|\s)([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"?|(\S*))/g;

/** A line of logfmt begins with a pair; a message that holds some is no logfmt. */
const FIRST_PAIR = /^[^\s="]+=/;

function parseLogfmt(line: string): Pairs | null {
  if (!FIRST_PAIR.test(line)) return null;
  const pairs = new Map<string, string | number>();
  for (const [, key, quoted, bare] of line.matchAll(PAIR)) if (key !== undefined) pairs.set(key, quoted ?? bare ?? '');
  return pairs.size === 0 ? null : pairs;
}

/** Share of the lines that have every one of the keys. */
export function shareWith(lines: readonly Pairs[], keys: readonly string[]): number {
  if (lines.length === 0) return 0;
  return lines.filter((pairs) => keys.every((key) => pairs.has(key))).length / lines.length;
}

/** @param lines  not empty */
export function learnKeys<F extends JsonFormat | LogfmtFormat>(format: F, lines: readonly Pairs[]): Learned<F> {
  const facts = gatherFacts(lines);
  const present = [...facts.values()].filter((key) => key.count >= lines.length * PRESENT);
  const time = pick(format.time, present, isTime, (key) =>
    key.dated >= key.tried * NEEDED ? key.count + 1 / (1 + nesting(key)) : 0,
  );
  const level = pick(format.level, present, isLevel, (key) =>
    isLevelByWords(key) ? key.count + 1 / (1 + nesting(key)) : 0,
  );
  const taken = new Set([time?.name, level?.name]);
  const message = pick(
    format.message,
    present.filter((key) => !taken.has(key.name)),
    isText,
    (key) => (key.blanks > 0 && !isTime(key) ? key.textLength / key.count : 0),
  );
  const how: string[] = [];
  if (time !== null) how.push(`time from \`${time.name}\` (${time.timeKind})`);
  if (level !== null) how.push(`level from \`${level.name}\``);
  if (message !== null) how.push(`message from \`${message.name}\``);
  return {
    format: {
      ...format,
      time: ranked(time, format.time, facts, isTime),
      level: ranked(level, format.level, facts, isLevel),
      message: ranked(message, format.message, facts, isText),
    },
    how: how.length === 0 ? 'no time, level or message among its keys' : how.join(', '),
  };
}

function isTime(key: KeyFacts): boolean {
  return key.tried > 0 && key.times >= key.tried * NEEDED;
}

function isLevel(key: KeyFacts): boolean {
  return key.tried > 0 && key.levels >= key.tried * NEEDED;
}

/** Levels told from their words alone: a key of any name whose few values are all level words. */
function isLevelByWords(key: KeyFacts): boolean {
  return isLevel(key) && key.levelWords >= key.tried * NEEDED && key.distinct.size <= 8;
}

function isText(key: KeyFacts): boolean {
  return key.texts >= key.count * NEEDED;
}

function nesting(key: KeyFacts): number {
  return key.name.includes('.') ? 1 : 0;
}

function pick(
  known: readonly string[],
  present: readonly KeyFacts[],
  isIt: (key: KeyFacts) => boolean,
  weigh: (key: KeyFacts) => number,
): KeyFacts | null {
  for (const name of known) {
    const key = present.find((candidate) => candidate.name === name);
    if (key !== undefined && isIt(key)) return key;
  }
  let best: KeyFacts | null = null;
  for (const key of present) if (weigh(key) > (best === null ? 0 : weigh(best))) best = key;
  return best;
}

function ranked(
  winner: KeyFacts | null,
  known: readonly string[],
  facts: ReadonlyMap<string, KeyFacts>,
  isIt: (key: KeyFacts) => boolean,
): string[] {
  const rest = known.filter((name) => {
    const key = facts.get(name);
    return name !== winner?.name && (key === undefined || isIt(key));
  });
  return winner === null ? rest : [winner.name, ...rest];
}

function gatherFacts(lines: readonly Pairs[]): Map<string, KeyFacts> {
  const trial = new ValueTrial();
  const facts = new Map<string, KeyFacts>();
  for (const pairs of lines) {
    for (const [name, value] of pairs) {
      let key = facts.get(name);
      if (key === undefined) {
        key = {
          name,
          count: 0,
          tried: 0,
          times: 0,
          dated: 0,
          levels: 0,
          levelWords: 0,
          texts: 0,
          textLength: 0,
          blanks: 0,
          distinct: new Set(),
          timeKind: '',
        };
        facts.set(name, key);
      }
      key.count++;
      if (typeof value === 'string' && value !== '') {
        key.texts++;
        key.textLength += Math.min(value.length, 200);
        if (value.includes(' ')) key.blanks++;
      }
      if (key.tried < MAX_TRIES) trial.judge(key, value);
    }
  }
  return facts;
}

/** Asks the format machine itself whether a value is a time or a level, so that what is learned is what will be read. */
class ValueTrial {
  private readonly machine: FormatMachine;

  constructor() {
    const bare: LogfmtFormat = {
      kind: 'logfmt',
      id: 'trial',
      title: '',
      family: '',
      source: '',
      samples: [],
      time: ['t'],
      level: ['l'],
      message: [],
    };
    this.machine = new FormatMachine(compileProgram([bare]).bytes);
  }

  judge(key: KeyFacts, value: string | number): void {
    key.tried++;
    const text = String(value);
    if (text === '' || text.length > 64 || text.includes('"')) return;
    if (key.distinct.size < 64) key.distinct.add(text);
    const time = this.ask(`t="${text}"`);
    if (time.raw !== null) {
      const isDated = (time.flags & FLAG_DATELESS) === 0;
      if (!isDated || (time.raw >= PLAUSIBLE_FROM && time.raw < PLAUSIBLE_TO)) {
        key.times++;
        if (isDated) key.dated++;
        if (key.timeKind === '') key.timeKind = timeKindOf(text, time.flags);
      }
    }
    if (this.ask(`l="${text}"`).level > 0) {
      key.levels++;
      if (/^[a-z]{2,}$/i.test(text)) key.levelWords++;
    }
  }

  private ask(line: string): { raw: number | null; flags: number; level: number } {
    const bytes = new TextEncoder().encode(line);
    return this.machine.match(bytes, 0, bytes.length) ?? { raw: null, flags: 0, level: 0 };
  }
}

function timeKindOf(text: string, flags: number): string {
  const digits = /^(\d+)(?:\.\d+)?$/.exec(text)?.[1]?.length;
  if (digits !== undefined && (flags & FLAG_ABSOLUTE) !== 0) {
    return digits <= 10
      ? 'epoch seconds'
      : digits <= 13
        ? 'epoch milliseconds'
        : digits <= 16
          ? 'epoch microseconds'
          : 'epoch nanoseconds';
  }
  if (/^\d{4}-?\d\d-?\d\d/.test(text)) return (flags & FLAG_ABSOLUTE) !== 0 ? 'ISO 8601' : 'ISO 8601 without zone';
  if ((flags & FLAG_DATELESS) !== 0) return 'clock without date';
  return (flags & FLAG_ABSOLUTE) !== 0 ? 'date with zone' : 'date without zone';
}
