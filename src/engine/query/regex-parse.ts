/**
 * A parser of ECMAScript regular expressions as the u flag reads them, to reason about what a pattern can match. Whether a
 * pattern is valid is for the real RegExp to say (`checkRegex`); this one refuses nothing that it accepts.
 *
 * @see https://tc39.es/ecma262/#sec-patterns (without Annex B, which u switches off) and
 *      https://tc39.es/proposal-regexp-modifiers/ for (?i-s:…)
 */

export type RegexNode =
  /** One code point. */
  | { readonly kind: 'char'; readonly code: number; readonly fold: boolean }
  | SetNode
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly RegexNode[] }
  /** `max` is Infinity when open. */
  | { readonly kind: 'repeat'; readonly min: number; readonly max: number; readonly body: RegexNode }
  /** ^ $ \b \B */
  | { readonly kind: 'edge'; readonly at: '^' | '$' | 'b' | 'B'; readonly fold: boolean }
  /** Ahead or behind: for what must be in the text, the direction does not matter. */
  | { readonly kind: 'look'; readonly isNegative: boolean; readonly body: RegexNode }
  | { readonly kind: 'reference' };

/** One code point out of a set: a class in brackets, `.`, \d, \p{…} and so on. */
export interface SetNode {
  readonly kind: 'set';
  /** As written; a whole pattern by itself. */
  readonly source: string;
  readonly fold: boolean;
  readonly dotAll: boolean;
  readonly isNegated: boolean;
  /** Code points, both ends included, as written (not folded, not negated). */
  readonly ranges: readonly (readonly [number, number])[];
  /** Class escapes in it, by their letter: d D w W s S p P; '.' for the dot. */
  readonly escapes: readonly string[];
}

/** `at`: UTF-16 position in the pattern. `isTooDeep`: valid perhaps, but nested beyond what is analysed. */
export interface RegexParseFailure {
  readonly at: number;
  readonly what: string;
  readonly isTooDeep: boolean;
}

export type RegexParse =
  | { readonly node: RegexNode; readonly failure: null }
  | { readonly node: null; readonly failure: RegexParseFailure };

/** Recursion takes a few frames a level; stacks in workers hold some 5,000 such levels (2026-11). */
export const REGEX_DEPTH_LIMIT = 250;

export function parseRegex(pattern: string, flags: string): RegexParse {
  try {
    return { node: new RegexParser(pattern).run(flags), failure: null };
  } catch (error) {
    if (error instanceof Refusal) return { node: null, failure: error };
    throw error;
  }
}

/** Whether the set holds a code point: asked of the real RegExp, so folding and Unicode properties are its own. */
export function setHas(set: SetNode, code: number): boolean {
  return new RegExp(`^${set.source}$`, `u${set.fold ? 'i' : ''}${set.dotAll ? 's' : ''}`).test(
    String.fromCodePoint(code),
  );
}

class Refusal extends Error implements RegexParseFailure {
  constructor(
    readonly at: number,
    readonly what: string,
    readonly isTooDeep = false,
  ) {
    super(what);
  }
}

interface Modes {
  readonly fold: boolean;
  readonly dotAll: boolean;
}

const CONTROL: Readonly<Record<string, number>> = { f: 12, n: 10, r: 13, t: 9, v: 11 };
const SYNTAX = '^$\\.*+?()[]{}|/';
//                 ┌ min  ┌ max
const BRACES = /\{(\d+)(,(\d*))?\}/y;
const GROUP = /\(\?(?:(:)|([=!]|<[=!])|<([\p{ID_Start}$_\\][^>]*)>|([ims]*)(-?)([ims]*):)/uy;
const PROPERTY = /[pP]\{[\w=]+\}/y;
const NAME_REFERENCE = /k<[^>]+>/y;

class RegexParser {
  private position = 0;
  private depth = 0;

  constructor(private readonly pattern: string) {}

  run(flags: string): RegexNode {
    const node = this.choice({ fold: flags.includes('i'), dotAll: flags.includes('s') });
    if (this.position < this.pattern.length) throw new Refusal(this.position, 'this ) closes nothing');
    return node;
  }

  private peek(): string {
    return this.pattern.charAt(this.position);
  }

  private choice(modes: Modes): RegexNode {
    const branches = [this.sequence(modes)];
    while (this.peek() === '|') {
      this.position += 1;
      branches.push(this.sequence(modes));
    }
    return branches.length === 1 ? (branches[0] as RegexNode) : { kind: 'choice', branches };
  }

  private sequence(modes: Modes): RegexNode {
    const items: RegexNode[] = [];
    for (;;) {
      const sign = this.peek();
      if (sign === '' || sign === '|' || sign === ')') break;
      const node = this.quantified(modes);
      if (node.kind === 'sequence') for (const item of node.items) items.push(item);
      else items.push(node);
    }
    return items.length === 1 ? (items[0] as RegexNode) : { kind: 'sequence', items };
  }

  private quantified(modes: Modes): RegexNode {
    const at = this.position;
    const body = this.atom(modes);
    const quantifier = this.quantifier();
    if (quantifier === null) return body;
    // A group is transparent here, so (?:^)* arrives as a bare edge: what was written decides.
    if (body.kind === 'look' && /^\(\?<?[=!]/.test(this.pattern.slice(at, at + 4)))
      throw new Refusal(at, 'a look-around cannot be repeated');
    if (body.kind === 'edge' && this.pattern.charAt(at) !== '(') throw new Refusal(at, 'a position cannot be repeated');
    return { kind: 'repeat', ...quantifier, body };
  }

  private quantifier(): { min: number; max: number } | null {
    let bounds: { min: number; max: number };
    switch (this.peek()) {
      case '*':
        bounds = { min: 0, max: Number.POSITIVE_INFINITY };
        break;
      case '+':
        bounds = { min: 1, max: Number.POSITIVE_INFINITY };
        break;
      case '?':
        bounds = { min: 0, max: 1 };
        break;
      case '{': {
        const braces = this.match(BRACES);
        if (braces === null) throw new Refusal(this.position, 'a { must be escaped: \\{');
        const min = Number(braces[1]);
        const max = braces[2] === undefined ? min : braces[3] === '' ? Number.POSITIVE_INFINITY : Number(braces[3]);
        if (max < min) throw new Refusal(this.position - braces[0].length, 'the numbers in { } are out of order');
        this.position -= 1;
        bounds = { min, max };
        break;
      }
      default:
        return null;
    }
    this.position += 1;
    if (this.peek() === '?') this.position += 1;
    return bounds;
  }

  private match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.position;
    const match = sticky.exec(this.pattern);
    if (match !== null) this.position = sticky.lastIndex;
    return match;
  }

  private atom(modes: Modes): RegexNode {
    const at = this.position;
    const sign = this.peek();
    switch (sign) {
      case '(':
        return this.group(modes);
      case '[':
        return this.bracketed(modes);
      case '\\':
        return this.escape(modes);
      case '^':
      case '$':
        this.position += 1;
        return { kind: 'edge', at: sign, fold: modes.fold };
      case '.':
        this.position += 1;
        return { kind: 'set', source: '.', ...modes, isNegated: true, ranges: [], escapes: ['.'] };
      case '*':
      case '+':
      case '?':
        throw new Refusal(at, `there is nothing before this ${sign} to repeat`);
      case '{':
      case '}':
      case ']':
        throw new Refusal(at, `a ${sign} must be escaped: \\${sign}`);
      default: {
        const code = this.pattern.codePointAt(at) ?? 0;
        this.position += code > 0xffff ? 2 : 1;
        return { kind: 'char', code, fold: modes.fold };
      }
    }
  }

  private group(modes: Modes): RegexNode {
    const at = this.position;
    if (this.depth >= REGEX_DEPTH_LIMIT) throw new Refusal(at, `groups nest deeper than ${REGEX_DEPTH_LIMIT}`, true);
    let look: string | undefined;
    let inner = modes;
    if (this.pattern.startsWith('(?', at)) {
      const match = this.match(GROUP);
      if (match === null) throw new Refusal(at, 'this kind of group is not known');
      look = match[2];
      const added = match[4] ?? '';
      const removed = match[6] ?? '';
      inner = {
        fold: (modes.fold || added.includes('i')) && !removed.includes('i'),
        dotAll: (modes.dotAll || added.includes('s')) && !removed.includes('s'),
      };
    } else {
      this.position += 1;
    }
    this.depth += 1;
    const body = this.choice(inner);
    this.depth -= 1;
    if (this.peek() !== ')') throw new Refusal(at, 'this ( is not closed');
    this.position += 1;
    return look === undefined ? body : { kind: 'look', isNegative: look.endsWith('!'), body };
  }

  private escape(modes: Modes): RegexNode {
    const at = this.position;
    const letter = this.pattern.charAt(at + 1);
    if (letter === 'b' || letter === 'B') {
      this.position += 2;
      return { kind: 'edge', at: letter, fold: modes.fold };
    }
    if (letter >= '1' && letter <= '9') {
      this.position += 2;
      while (/^\d$/.test(this.peek())) this.position += 1;
      return { kind: 'reference' };
    }
    if (letter === 'k') {
      this.position += 1;
      if (this.match(NAME_REFERENCE) === null) throw new Refusal(at, '\\k must be followed by <name>');
      return { kind: 'reference' };
    }
    const member = this.escapedMember(false);
    if (typeof member === 'number') return { kind: 'char', code: member, fold: modes.fold };
    const source = this.pattern.slice(at, this.position);
    return { kind: 'set', source, ...modes, isNegated: false, ranges: [], escapes: [member] };
  }

  /** An escape that stands for one code point, or for a set by its letter; the position is at the backslash. */
  private escapedMember(isInClass: boolean): number | string {
    const at = this.position;
    const letter = this.pattern.charAt(at + 1);
    this.position += 2;
    if ('dDwWsS'.includes(letter) && letter !== '') return letter;
    if (letter === 'p' || letter === 'P') {
      this.position -= 1;
      if (this.match(PROPERTY) === null) throw new Refusal(at, `\\${letter} must be followed by {a Unicode property}`);
      return letter;
    }
    const control = CONTROL[letter];
    if (control !== undefined) return control;
    if (letter === '0' && !/^\d$/.test(this.peek())) return 0;
    if (letter === 'c' && /^[A-Za-z]$/.test(this.peek())) {
      this.position += 1;
      return this.pattern.charCodeAt(this.position - 1) % 32;
    }
    if (letter === 'x') {
      const match = this.match(/[0-9a-fA-F]{2}/y);
      if (match !== null) return Number.parseInt(match[0], 16);
    }
    if (letter === 'u') {
      const code = this.unicodeEscape();
      if (code !== null) return code;
    }
    if (letter !== '' && SYNTAX.includes(letter)) return letter.charCodeAt(0);
    if (isInClass && letter === 'b') return 8;
    if (isInClass && letter === '-') return 45;
    throw new Refusal(
      at,
      letter === ''
        ? 'a \\ must be followed by something'
        : `\\${letter} is no escape; to look for a backslash write \\\\`,
    );
  }

  private unicodeEscape(): number | null {
    const braced = this.match(/\{([0-9a-fA-F]+)\}/y);
    if (braced !== null) {
      const code = Number.parseInt(braced[1] ?? '', 16);
      return code <= 0x10ffff ? code : null;
    }
    //                          ┌ lead surrogate           ┌ its trail
    const pair = this.match(/([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/y);
    if (pair !== null) {
      return (
        0x10000 + ((Number.parseInt(pair[1] ?? '', 16) - 0xd800) << 10) + Number.parseInt(pair[2] ?? '', 16) - 0xdc00
      );
    }
    const plain = this.match(/[0-9a-fA-F]{4}/y);
    return plain === null ? null : Number.parseInt(plain[0], 16);
  }

  private bracketed(modes: Modes): RegexNode {
    const at = this.position;
    this.position += 1;
    const isNegated = this.peek() === '^';
    if (isNegated) this.position += 1;
    const ranges: [number, number][] = [];
    const escapes: string[] = [];
    while (this.peek() !== ']') {
      const from = this.classMember(at);
      // A - is a range unless it is the last in the class.
      if (
        this.peek() === '-' &&
        this.pattern.charAt(this.position + 1) !== ']' &&
        this.position + 1 < this.pattern.length
      ) {
        const dash = this.position;
        this.position += 1;
        const to = this.classMember(at);
        if (typeof from !== 'number' || typeof to !== 'number')
          throw new Refusal(dash, 'a range needs one character on each side');
        if (to < from) throw new Refusal(dash, 'this range is out of order');
        ranges.push([from, to]);
      } else if (typeof from === 'number') {
        ranges.push([from, from]);
      } else {
        escapes.push(from);
      }
    }
    this.position += 1;
    return { kind: 'set', source: this.pattern.slice(at, this.position), ...modes, isNegated, ranges, escapes };
  }

  private classMember(classAt: number): number | string {
    const sign = this.peek();
    if (sign === '') throw new Refusal(classAt, 'this [ is not closed');
    if (sign === '\\') return this.escapedMember(true);
    const code = this.pattern.codePointAt(this.position) ?? 0;
    this.position += code > 0xffff ? 2 : 1;
    return code;
  }
}
