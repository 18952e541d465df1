/**
 * The filter's text form, cut into tokens. Never fails: what is wrong with a token is written on it (`wrong`), so that
 * completion and highlighting work on half-typed text; `parse.ts` turns it into a Fault.
 *
 *   word              up to a blank; parentheses opened inside a word and closed before the blank belong to it: foo()
 *   "phrase" "x"i     \" and \\ inside, any other backslash is itself; i: without case whatever it holds
 *   'exact'           \' and \\ inside
 *   /regex/is         \/ inside; only where a closing / is followed by flags and the end of the token, so /var/log is a word
 *   name:value        also = == != ~ !~ > >= < <= ; the value bare, or in quotes; `odd name`=value with \` and \\ inside
 *   time:[a..b]       brackets for times only; may hold blanks
 *   pattern:"x"@1=a..b  what follows @ right behind the quote is the token's `range`
 *   ( )  AND OR NOT   operators in upper case only      -x !x   negation, but -- -> -= != !! begin words
 *
 * A word that only looks like name:value stays a word
 *   - the name does not begin with a letter or _ @ $, or has other signs than letters digits _ . - in it   10.0.0.1:8080
 *   - nothing follows the sign                                                                          error:   abc==
 *   - // or \ follows, or another of : = ~ < >                                      http://x   C:\x   std::move   a=>b
 *   - < <= > >= are followed by something that is no number (in quotes it counts)                       List<String>
 * The names level, time and source are never words when a sign follows.
 */

export type TermOperator = ':' | '=' | '!=' | '~' | '!~' | '>' | '>=' | '<' | '<=';

/** UTF-16 positions in the text; `expected` completes the sentence "expected …". */
export interface Wrong {
  readonly at: number;
  readonly length: number;
  readonly expected: string;
}

interface Span {
  /** UTF-16 [start, end). */
  readonly start: number;
  readonly end: number;
}

export interface TermToken extends Span {
  readonly kind: 'term';
  readonly name: string;
  /** Written in backticks: never one of the known keys. */
  readonly isNameQuoted: boolean;
  readonly operator: TermOperator;
  readonly valueStart: number;
  readonly value: string;
  readonly quote: '' | '"' | "'" | '[';
  /** Behind the quoted text of a pattern: "@1=10..30"; else ''. */
  readonly range: string;
  readonly wrong: Wrong | null;
}

export interface PhraseToken extends Span {
  readonly kind: 'phrase';
  readonly text: string;
  readonly caseRule: 'smart' | 'exact' | 'ignore';
  readonly wrong: Wrong | null;
}

export type ConditionToken =
  | ({ readonly kind: 'word'; readonly text: string } & Span)
  | ({ readonly kind: 'regex'; readonly pattern: string; readonly flags: string } & Span)
  | PhraseToken
  | TermToken;

type JoiningKind = 'open' | 'close' | 'and' | 'or' | 'not';

/** `not`: NOT, - or !. */
export type Token = ConditionToken | { [K in JoiningKind]: { readonly kind: K } & Span }[JoiningKind];

/** Names with a meaning of their own in front of a sign. */
export const KNOWN_KEYS = ['level', 'time', 'source'] as const;
export type KnownKey = (typeof KNOWN_KEYS)[number];

export function isKnownKey(name: string): name is KnownKey {
  return (KNOWN_KEYS as readonly string[]).includes(name);
}

/** A number as the comparisons < <= > >= want it. */
export const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

const BLANK = /\s/;
const KEYWORD = /(?:AND|OR|NOT)(?=[\s()]|$)/y;
//                begins with    goes on with, and does not end in . or -
const NAME = /[\p{L}_@$](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{M}\p{N}_])?/uy;
const OPERATOR = /!=|!~|>=|<=|==|[:=~<>]/y;
/** A bare value that begins so shows that the whole is a word. */
const NO_VALUE = /\/\/|[\\:=~<>]/y;
const FLAGS = /[a-z]*(?=[\s()]|$)/y;
const KEYWORD_KINDS = { AND: 'and', OR: 'or', NOT: 'not' } as const;

export function tokenize(text: string): Token[] {
  return new Tokenizer(text).run();
}

class Tokenizer {
  private readonly text: string;
  /** Position of the ) that closes the ( at a position, within a run without blanks; -1 when there is none. */
  private readonly partners: Int32Array;
  /** From here on, a regex scan that stands inside [ ] is known to reach the end of the text; keeps scanning linear. */
  private openClassFrom = Number.POSITIVE_INFINITY;

  constructor(text: string) {
    this.text = text;
    this.partners = findPartners(text);
  }

  run(): Token[] {
    const tokens: Token[] = [];
    let at = 0;
    for (;;) {
      while (at < this.text.length && BLANK.test(this.text.charAt(at))) at += 1;
      if (at >= this.text.length) return tokens;
      const token = this.next(at);
      tokens.push(token);
      at = token.end;
    }
  }

  private next(at: number): Token {
    const sign = this.text.charAt(at);
    switch (sign) {
      case '(':
        return { kind: 'open', start: at, end: at + 1 };
      case ')':
        return { kind: 'close', start: at, end: at + 1 };
      case '"':
      case "'":
        return this.phrase(at, sign);
      case '/':
        return this.regex(at) ?? this.word(at);
      case '-':
        return this.isNegation(at, '->=') ? { kind: 'not', start: at, end: at + 1 } : this.word(at);
      case '!':
        return this.isNegation(at, '!=') ? { kind: 'not', start: at, end: at + 1 } : this.word(at);
      default: {
        const keyword = matchAt(KEYWORD, this.text, at);
        if (keyword !== null) {
          return { kind: KEYWORD_KINDS[keyword as keyof typeof KEYWORD_KINDS], start: at, end: at + keyword.length };
        }
        return this.term(at) ?? this.word(at);
      }
    }
  }

  private isNegation(at: number, excluded: string): boolean {
    const following = this.text.charAt(at + 1);
    return following !== '' && following !== ')' && !excluded.includes(following) && !BLANK.test(following);
  }

  private word(at: number): Token {
    const end = this.bareEnd(at);
    return { kind: 'word', text: this.text.slice(at, end), start: at, end };
  }

  private bareEnd(at: number): number {
    let position = at;
    while (position < this.text.length) {
      const sign = this.text.charAt(position);
      if (sign === ')' || BLANK.test(sign)) break;
      if (sign === '(') {
        const partner = this.partners[position] ?? -1;
        if (partner < 0) break;
        position = partner;
      }
      position += 1;
    }
    return position;
  }

  private quoted(at: number, quote: string): { content: string; end: number; isClosed: boolean } {
    let content = '';
    let from = at + 1;
    for (let position = from; position < this.text.length; position += 1) {
      const sign = this.text.charAt(position);
      if (sign === quote)
        return { content: content + this.text.slice(from, position), end: position + 1, isClosed: true };
      if (sign !== '\\') continue;
      const following = this.text.charAt(position + 1);
      if (following !== quote && following !== '\\') continue;
      content += this.text.slice(from, position) + following;
      position += 1;
      from = position + 1;
    }
    return { content: content + this.text.slice(from), end: this.text.length, isClosed: false };
  }

  private phrase(at: number, quote: '"' | "'"): Token {
    const { content, end, isClosed } = this.quoted(at, quote);
    if (!isClosed) {
      return {
        kind: 'phrase',
        text: content,
        caseRule: quote === '"' ? 'smart' : 'exact',
        start: at,
        end,
        wrong: unclosed(at, end, quote),
      };
    }
    const isIgnoring = quote === '"' && matchAt(FLAGS, this.text, end) === 'i';
    const caseRule = quote === "'" ? 'exact' : isIgnoring ? 'ignore' : 'smart';
    return { kind: 'phrase', text: content, caseRule, start: at, end: end + (isIgnoring ? 1 : 0), wrong: null };
  }

  private regex(at: number): Token | null {
    let isInClass = false;
    let classFrom = 0;
    let pattern = '';
    let from = at + 1;
    for (let position = from; position < this.text.length; position += 1) {
      if (isInClass && position >= this.openClassFrom) return null;
      const sign = this.text.charAt(position);
      if (sign === '\\') {
        if (this.text.charAt(position + 1) === '/') {
          pattern += this.text.slice(from, position);
          from = position + 1;
        }
        position += 1;
      } else if (sign === '[' && !isInClass) {
        isInClass = true;
        classFrom = position + 1;
      } else if (sign === ']') {
        isInClass = false;
      } else if (sign === '/' && !isInClass) {
        pattern += this.text.slice(from, position);
        const flags = matchAt(FLAGS, this.text, position + 1);
        // g m u change nothing here (every match is looked for, m and u are always on), so they may be typed.
        if (pattern === '' || flags === null || /[^isgmu]|(.).*\1/.test(flags)) return null;
        return {
          kind: 'regex',
          pattern,
          flags: flags.replace(/[gmu]/g, ''),
          start: at,
          end: position + 1 + flags.length,
        };
      }
    }
    if (isInClass) this.openClassFrom = Math.min(this.openClassFrom, classFrom);
    return null;
  }

  private term(at: number): Token | null {
    const isNameQuoted = this.text.charAt(at) === '`';
    let name: string | null;
    let nameEnd: number;
    if (isNameQuoted) {
      const quoted = this.quoted(at, '`');
      name = quoted.isClosed ? quoted.content : null;
      nameEnd = quoted.end;
    } else {
      name = matchAt(NAME, this.text, at);
      nameEnd = at + (name?.length ?? 0);
    }
    if (name === null) return null;
    const sign = matchAt(OPERATOR, this.text, nameEnd);
    if (sign === null) return null;
    const operator = (sign === '==' ? '=' : sign) as TermOperator;
    const valueStart = nameEnd + sign.length;
    const base = { kind: 'term', name, isNameQuoted, operator, valueStart, range: '', start: at } as const;

    const first = this.text.charAt(valueStart);
    if (first === '"' || first === "'") {
      const { content, end, isClosed } = this.quoted(valueStart, first);
      const isPattern = name === 'pattern' && !isNameQuoted && sign === ':' && first === '"';
      const rangeEnd = isPattern && isClosed && this.text.charAt(end) === '@' ? this.bareEnd(end) : end;
      return {
        ...base,
        value: content,
        quote: first,
        range: this.text.slice(end, rangeEnd),
        end: rangeEnd,
        wrong: isClosed ? null : unclosed(valueStart, end, first),
      };
    }
    const isKnown = !isNameQuoted && isKnownKey(name);
    if (isKnown && name === 'time' && first === '[') {
      const close = this.text.indexOf(']', valueStart);
      const end = close < 0 ? this.text.length : close + 1;
      const value = this.text.slice(valueStart + 1, close < 0 ? end : close);
      return { ...base, value, quote: '[', end, wrong: close < 0 ? unclosed(valueStart, end, ']') : null };
    }
    const end = this.bareEnd(valueStart);
    const value = this.text.slice(valueStart, end);
    if (!isKnown) {
      if (value === '' || matchAt(NO_VALUE, this.text, valueStart) !== null) return null;
      if ((operator.startsWith('<') || operator.startsWith('>')) && !NUMBER.test(value)) return null;
    }
    return { ...base, value, quote: '', end, wrong: null };
  }
}

function unclosed(at: number, end: number, sign: string): Wrong {
  return { at, length: end - at, expected: `a closing ${sign}` };
}

function matchAt(sticky: RegExp, text: string, at: number): string | null {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? null;
}

function findPartners(text: string): Int32Array {
  const partners = new Int32Array(text.length).fill(-1);
  let open: number[] = [];
  for (let position = 0; position < text.length; position += 1) {
    const sign = text.charAt(position);
    if (sign === '(') {
      open.push(position);
    } else if (sign === ')') {
      const start = open.pop();
      if (start !== undefined) partners[start] = position;
    } else if (open.length > 0 && BLANK.test(sign)) {
      open = [];
    }
  }
  return partners;
}
