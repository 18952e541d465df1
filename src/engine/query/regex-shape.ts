/** What a pattern is: valid or not, able to match across line ends or not, indifferent to how bytes are decoded or not. */

import { Fault } from '../../base/fault';
import { parseRegex, setHas, type RegexNode, type SetNode } from './regex-parse';

/**
 * Compiles a pattern as filters mean it: always with m and u, and with `flags` out of i and s.
 *
 * @returns a RegExp without g and y, so `test` has no memory
 * @throws Fault `regex-syntax`, its message a sentence; details { at } (UTF-16, in the pattern) where the place is known
 */
export function checkRegex(pattern: string, flags: string): RegExp {
  if (/[^is]|(.).*\1/.test(flags)) {
    throw new Fault('regex-syntax', `the flags may be i and s, not "${flags}"`, { details: { at: 0 } });
  }
  try {
    const regex = new RegExp(pattern, `mu${flags}`);
    // V8 compiles on first use, and only then finds that a pattern is too large.
    regex.test('');
    return regex;
  } catch (cause) {
    const { failure } = parseRegex(pattern, flags);
    if (failure !== null && !failure.isTooDeep) {
      throw new Fault('regex-syntax', `at character ${failure.at + 1} of the regular expression: ${failure.what}`, {
        cause,
        details: { at: failure.at },
      });
    }
    // Running into the end of the stack is V8's way to say that the program for the pattern is too large.
    if (cause instanceof RangeError) throw new Fault('regex-syntax', 'the regular expression is too large', { cause });
    const told = cause instanceof Error ? cause.message : String(cause);
    // V8 says "Invalid regular expression: /the whole pattern/flags: the reason".
    const reason = told.slice(told.lastIndexOf(': ') + 1).trim();
    throw new Fault('regex-syntax', `the regular expression is not valid: ${reason}`, { cause });
  }
}

/**
 * Whether a match can hold, look at or stand inside a line end (LF, CR or both). Where it cannot, the pattern may run over
 * many records at once, joined by line ends, and every match lies in one line. True when unsure.
 *
 * A pattern that can match nothing at all counts as well: between CR and LF, ^$ and \B find an empty line that is not there.
 */
export function canMatchNewline(pattern: string, flags: string): boolean {
  const { node } = parseRegex(pattern, flags);
  return (
    node === null ||
    canBeEmpty(node) ||
    some(node, (part) => {
      if (part.kind === 'char') return part.code === LF || part.code === CR;
      return part.kind === 'set' && (setHas(part, LF) || setHas(part, CR));
    })
  );
}

/**
 * Whether `test` answers the same on UTF-8 bytes read as Latin-1 (a character per byte) as on the decoded text, whatever
 * the text: every character the pattern can match or look at is ASCII. False when unsure.
 *
 * Text that is all ASCII is the same either way; this is for the rest. Excluded besides non-ASCII characters and sets
 *   ^ $          also stand at U+2028 and U+2029
 *   \B (?! (?<!  can hold between two bytes of one character
 *   k s \w \b    with i: the Kelvin sign U+212A and the long s U+017F fold to k and s
 */
export function isAsciiOnly(pattern: string, flags: string): boolean {
  const { node } = parseRegex(pattern, flags);
  return (
    node !== null &&
    !some(node, (part) => {
      switch (part.kind) {
        case 'char':
          return part.code > 0x7f || (part.fold && foldsBeyondAscii(part.code));
        case 'set':
          return !isAsciiSet(part);
        case 'edge':
          return part.at !== 'b' || part.fold;
        case 'look':
          return part.isNegative;
        default:
          return false;
      }
    })
  );
}

/**
 * Whether a non-ASCII character equals this ASCII one under i and u: only K (U+212A, Kelvin) and ſ (U+017F, long s) do.
 *
 * @see https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt, statuses C and S
 */
export function foldsBeyondAscii(code: number): boolean {
  return code === 0x4b || code === 0x6b || code === 0x53 || code === 0x73;
}

const LF = 0x0a;
const CR = 0x0d;
const KELVIN_SIGN = 0x212a;
const LONG_S = 0x017f;

function isAsciiSet(set: SetNode): boolean {
  return (
    !set.isNegated &&
    set.escapes.every((letter) => letter === 'd' || letter === 'w') &&
    set.ranges.every(([, to]) => to <= 0x7f) &&
    !(set.fold && (setHas(set, KELVIN_SIGN) || setHas(set, LONG_S)))
  );
}

/** True for back references: what they repeat may be empty. */
function canBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case 'char':
    case 'set':
      return false;
    case 'sequence':
      return node.items.every((item) => canBeEmpty(item));
    case 'choice':
      return node.branches.some((branch) => canBeEmpty(branch));
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.body);
    default:
      return true;
  }
}

function some(node: RegexNode, holds: (part: RegexNode) => boolean): boolean {
  if (holds(node)) return true;
  switch (node.kind) {
    case 'sequence':
      return node.items.some((item) => some(item, holds));
    case 'choice':
      return node.branches.some((branch) => some(branch, holds));
    case 'repeat':
    case 'look':
      return some(node.body, holds);
    default:
      return false;
  }
}
