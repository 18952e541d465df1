/**
 * Records that say the same with other numbers: a filter made from one record's message.
 *
 *   message   conn 42 from 10.0.0.7:5432 closed after 30 s
 *   pattern   conn ‹›  from ‹›      :‹›   closed after ‹› s
 *
 * A word with a digit in it is variable, from behind the last joiner before its first digit on ("blk_-16" keeps "blk_-"),
 * which is how the engine's skeletons see it. The exact patterns of a whole log are another matter.
 */
import type { Row } from '../engine/api';
import type { Filter } from '../engine/query/filter';

// The start of a message tells which it is; further on its values are more likely free text.
const PATTERN_UNITS = 160;
// Fewer fixed characters than these would match nearly anything.
const MIN_FIXED = 4;

//                     ┌ a word: letters, digits, joiners
//                     │                    ┌ what lies between
const PARTS = /([\p{L}\p{N}._-]+)|([^\p{L}\p{N}._-]+)/gu;
const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
const VARIABLE = '[\\p{L}\\p{N}._-]+';

/** @returns null where the message has no fixed words to go by */
export function samePatternFilter({ text, messageStart }: Pick<Row, 'text' | 'messageStart'>): Filter | null {
  const newline = text.indexOf('\n');
  const line = newline < 0 ? text : text.slice(0, newline);
  const start = messageStart < line.length ? messageStart : 0;
  const isJsonString = start > 0 && line.startsWith('{') && line[start - 1] === '"';
  const quote = isJsonString ? line.indexOf('"', start) : -1;
  const message = line.slice(start, quote < 0 ? line.length : quote).trim();
  let pattern = '';
  let fixedUnits = 0;
  let hasVariable = false;
  for (const [part, word] of cut(message).matchAll(PARTS)) {
    const fixed = word === undefined ? part : fixedPart(word);
    pattern += fixed.replace(SPECIAL, '\\$&');
    fixedUnits += fixed.trim().length;
    if (fixed.length < part.length) {
      pattern += VARIABLE;
      hasVariable = true;
    }
  }
  if (fixedUnits < MIN_FIXED) return null;
  return hasVariable
    ? { kind: 'regex', pattern, flags: '' }
    : { kind: 'text', text: cut(message), caseSensitive: true };
}

/** The first part of a message, cut between words. */
function cut(message: string): string {
  if (message.length <= PATTERN_UNITS) return message;
  const space = message.lastIndexOf(' ', PATTERN_UNITS);
  return message.slice(0, space > 0 ? space : PATTERN_UNITS);
}

/** The letters of a word that stay the same: all of it without a digit, else what stands before the masked part. */
function fixedPart(word: string): string {
  const digit = word.search(/\p{N}/u);
  if (digit < 0) return word;
  const joiner = /[._-](?=[^._-]*$)/.exec(word.slice(0, digit));
  return joiner ? word.slice(0, joiner.index + 1) : '';
}
