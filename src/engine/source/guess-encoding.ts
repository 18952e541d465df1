/**
 * Which encoding from before Unicode a text is in, told from how it reads.
 *
 *   1. Bytes over 127 that are well-formed UTF-8 more often than not: it is UTF-8, whatever else is broken in it.
 *   2. The lines with such bytes, up to SAMPLE_BYTES of each window, are decoded by every candidate.
 *   3. Each character beyond ASCII is weighed: a letter of the language counts by how often it is written, what no text
 *      has (U+FFFD, controls) counts against it; so do an accent between capitals and small letters, a lone Greek letter in
 *      an English word, a sign in the midst of a word.
 *   4. The candidate that reads best, per byte, is taken when it reads well enough.
 *
 * The same bytes always give the same answer.
 */

import { createLegacyDecoder, type LegacyEncoding } from './legacy-encodings';
import { SCRIPT_MODELS, type ScriptModel } from './script-letters';

export interface EncodingGuess {
  readonly encoding: LegacyEncoding;
  /** For people: "no UTF-8; 212 of 240 characters beyond ASCII are usual in Western European text". */
  readonly reason: string;
}

/** Bytes of lines with bytes over 127 that are decoded, of each window. */
const SAMPLE_BYTES = 8 * 1024;
/** A candidate whose characters weigh less than this on average reads like none of its languages. */
const LEAST_SCORE = 0.45;
/** The same of fewer characters than FEW, which must leave less doubt. */
const LEAST_SCORE_OF_FEW = 0.6;
const FEW = 8;
/** Western European goes before what reads no better than that much. */
const WESTERN_BONUS = 0.05;
const LEAST_ANCHORED = 0.3;
const LEAST_LETTERS = 4;
const OFTEN = 1;
const SOMETIMES = 0.6;
const SELDOM = 0.25;
const BROKEN = -3;
const LF = 10;

/**
 * @param windows  the source's head, and places further on
 * @returns null when all is UTF-8, or reads well in no encoding
 */
export function guessEncoding(windows: readonly Uint8Array[]): EncodingGuess | null {
  const { valid, invalid } = countSequences(windows);
  if (invalid === 0 || valid > invalid) return null;
  const samples = windows.map(sampleOf).filter((sample) => sample.length > 0);
  let best: { model: ScriptModel; score: number; rank: number; usual: number; count: number } | null = null;
  for (const model of SCRIPT_MODELS) {
    const weighed = weigh(model, samples);
    if (!isEnough(model, weighed)) continue;
    const score = weighed.sum / weighed.count;
    const rank = score + (model.encoding === 'windows-1252' ? WESTERN_BONUS : 0);
    const least = weighed.count < FEW ? LEAST_SCORE_OF_FEW : LEAST_SCORE;
    if (score >= least && (best === null || rank > best.rank)) best = { model, score, rank, ...weighed };
  }
  if (best === null) return null;
  const { model, usual, count } = best;
  return {
    encoding: model.encoding,
    reason: `no UTF-8; ${usual} of ${count} sampled characters beyond ASCII are usual in ${model.language} text`,
  };
}

/** Well-formed UTF-8 sequences of several bytes, and bytes over 127 outside of any. What a window's ends cut is neither. */
function countSequences(windows: readonly Uint8Array[]): { valid: number; invalid: number } {
  let [valid, invalid] = [0, 0];
  for (const bytes of windows) {
    let at = 0;
    while (at < 3 && at < bytes.length && ((bytes[at] as number) & 0xc0) === 0x80) at++;
    while (at < bytes.length) {
      const lead = bytes[at] as number;
      if (lead < 0x80) {
        at++;
        continue;
      }
      const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
      let seen = 1;
      while (seen < length && at + seen < bytes.length && ((bytes[at + seen] as number) & 0xc0) === 0x80) seen++;
      if (length > 0 && at + seen === bytes.length && seen < length) break;
      if (length > 0 && seen === length) valid++;
      else invalid++;
      at += length > 0 && seen === length ? length : 1;
    }
  }
  return { valid, invalid };
}

/** Whole lines that hold bytes over 127; of a line, what lies around them. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(SAMPLE_BYTES);
  let filled = 0;
  let start = 0;
  while (start < bytes.length && filled < SAMPLE_BYTES) {
    const found = bytes.indexOf(LF, start);
    const end = found < 0 ? bytes.length : found + 1;
    let high = start;
    while (high < end && (bytes[high] as number) < 128) high++;
    if (high < end) {
      const line = bytes.subarray(start, Math.min(end, start + SAMPLE_BYTES - filled));
      sample.set(line, filled);
      filled += line.length;
    }
    start = end;
  }
  return sample.subarray(0, filled);
}

/** One accent within a word tells; of a script of its own a few letters must be there. */
function isEnough({ kind }: ScriptModel, { count, anchored }: Weighed): boolean {
  return kind === 'accents' ? anchored > 0 && anchored >= count * LEAST_ANCHORED : count >= LEAST_LETTERS;
}

interface Weighed {
  sum: number;
  /** Characters beyond ASCII. */
  count: number;
  /** Of the usual ones, those that an ASCII letter stands beside. */
  anchored: number;
  /** Characters that are letters or signs of the language. */
  usual: number;
}

const WEIGHTS = new Map<ScriptModel, Map<string, number>>();

function weightsOf(model: ScriptModel): Map<string, number> {
  let weights = WEIGHTS.get(model);
  if (weights === undefined) {
    weights = new Map();
    for (const letter of model.seldom) weights.set(letter, SELDOM);
    for (const letter of model.sometimes) weights.set(letter, SOMETIMES);
    for (const letter of model.often) weights.set(letter, OFTEN);
    WEIGHTS.set(model, weights);
  }
  return weights;
}

function weigh(model: ScriptModel, samples: readonly Uint8Array[]): Weighed {
  const total: Weighed = { sum: 0, count: 0, anchored: 0, usual: 0 };
  const decoder = new TextDecoder();
  for (const sample of samples) {
    const target = new Uint8Array(sample.length * 3 + 8);
    const legacy = createLegacyDecoder(model.encoding);
    // A sample ends within a character: what is begun there is left out.
    const written = legacy.decodeInto(sample, target, false);
    weighText(model, decoder.decode(target.subarray(0, written)), total);
  }
  return total;
}

const LETTER = /\p{L}|\p{M}/u;
const CONSONANT = /^[b-df-hj-np-tv-z]$/;
const ASCII_LETTER = /^[a-zA-Z]$/;

function weighText(model: ScriptModel, text: string, total: Weighed): void {
  const weights = weightsOf(model);
  const characters = Array.from(text);
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] as string;
    const code = character.codePointAt(0) as number;
    if (code < 128) continue;
    const before = characters[i - 1] ?? ' ';
    const behind = characters[i + 1] ?? ' ';
    total.count++;
    if (code === 0xfffd || (code >= 0x80 && code < 0xa0) || (code >= 0xe000 && code < 0xf900)) {
      total.sum += BROKEN;
      continue;
    }
    const lower = character.toLowerCase();
    const known = weights.get(character) ?? weights.get(lower) ?? 0;
    if (known > 0) total.usual++;
    if (known > 0 && (ASCII_LETTER.test(before) || ASCII_LETTER.test(behind))) total.anchored++;
    total.sum +=
      known > 0 ? known + penaltyOf(model, character, before, behind) : strangeness(model, code, before, behind);
  }
}

/** What stands around a letter of the language and does not fit. */
function penaltyOf(model: ScriptModel, character: string, before: string, behind: string): number {
  let penalty = 0;
  const isCapital = character !== character.toLowerCase();
  const isLetter = LETTER.test(character);
  // gesCHRieben: a capital behind a small letter of the same word.
  if (isCapital && LETTER.test(before) && before !== before.toUpperCase()) penalty -= 1;
  if (model.kind === 'accents' && isLetter) {
    if (isAccent(before) || isAccent(behind)) penalty -= 0.4;
    // French and Portuguese have a vowel behind it; where none is, it is the ē of Latvian.
    if (character === 'ç' && model.encoding === 'windows-1252' && CONSONANT.test(behind)) penalty -= 0.6;
  } else if (model.kind === 'own' && isLetter) {
    if (ASCII_LETTER.test(before) || ASCII_LETTER.test(behind)) penalty -= 1;
    if (isCapital && isAccent(before)) penalty -= 0.3;
  } else if (model.kind === 'wide') {
    if (ASCII_LETTER.test(before) && ASCII_LETTER.test(behind)) penalty -= 1;
  }
  if (!isLetter && model.kind !== 'wide' && LETTER.test(before) && LETTER.test(behind) && character !== '’')
    penalty -= 1;
  return penalty;
}

function isAccent(character: string): boolean {
  return character > '\x7f' && LETTER.test(character);
}

/** Weight of a character that is none of the language's. */
function strangeness(model: ScriptModel, code: number, before: string, behind: string): number {
  // Of the thousands of ideographs and syllables no list has all: one among others is nothing strange.
  if (model.kind === 'wide') {
    const isAmongAscii = ASCII_LETTER.test(before) && ASCII_LETTER.test(behind);
    if (isAmongAscii) return -1;
    if (model.encoding === 'euc-kr') return code >= 0xac00 && code < 0xd7a4 ? 0.45 : 0;
    if (code >= 0x4e00 && code < 0xa000) return 0.35;
    if (code >= 0x3000 && code < 0x3100) return 0.3;
    return code >= 0xff61 && code < 0xffa0 ? 0.1 : 0;
  }
  const isBetweenLetters = LETTER.test(before) && LETTER.test(behind);
  return isBetweenLetters ? -0.5 : 0;
}
