/** Rules that a person wrote: the text form, and what is wrong with it, in sentences. */

import { CATEGORIES, type ClassRule, SEVERITIES } from './pattern';

/**
 * The text form is a JSON array of rules, in the order in which they are tried. Each rule has `id`, `category`, `severity` and
 * `because`, at least one of `message`, `exception`, `stack` and `status`, and maybe `also` and `without`; the latter six are
 * arrays of texts. What the texts mean: see `part-finder.ts`.
 */
export type CheckedRules = { readonly rules: readonly ClassRule[] } | { readonly mistakes: readonly string[] };

export const RULE_LIMITS = {
  rules: 1000,
  /** Texts of all rules together, and of one member of one rule. */
  parts: 8000,
  partsPerMember: 200,
  /** Characters of one text, of `because`, of an id; and of all texts that differ, which bounds the memory of compiled rules. */
  partLength: 200,
  becauseLength: 200,
  idLength: 60,
  totalLength: 100_000,
  /** Characters of the text form. */
  textLength: 1_000_000,
  /** Mistakes that are told. */
  mistakes: 50,
} as const;

const PART_MEMBERS = ['message', 'also', 'exception', 'stack', 'without'] as const;
const CONDITIONS = ['message', 'exception', 'stack', 'status'] as const;
const MEMBERS: ReadonlySet<string> = new Set(['id', 'category', 'severity', 'because', 'status', ...PART_MEMBERS]);
const ID = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;
const STATUS = /^[1-5](?:\d\d|xx)$/;

/** Rules as the text form; `parseRules` gives the same rules back. */
export function printRules(rules: readonly ClassRule[]): string {
  return `${JSON.stringify(rules, null, 2)}\n`;
}

/** @returns the rules, or why there are none: a sentence for each mistake */
export function parseRules(text: string): CheckedRules {
  if (text.length > RULE_LIMITS.textLength) {
    return { mistakes: [`The text has ${text.length} characters; at most ${RULE_LIMITS.textLength} are read.`] };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { mistakes: [`This is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  return checkRules(value);
}

/** @param value  anything, from a file or from storage. Of many mistakes the first `RULE_LIMITS.mistakes` are told, and how many there are. */
export function checkRules(value: unknown): CheckedRules {
  if (!Array.isArray(value)) return { mistakes: [`The rules are ${nameOf(value)}; expected is an array of rules.`] };
  if (value.length > RULE_LIMITS.rules) {
    return { mistakes: [`There are ${value.length} rules; at most ${RULE_LIMITS.rules} are possible.`] };
  }
  const check = new Check();
  const rules = value.map((rule: unknown, index) => check.rule(rule, index));
  check.totals();
  const { mistakes } = check;
  if (mistakes.length === 0) return { rules: rules as readonly ClassRule[] };
  if (mistakes.length <= RULE_LIMITS.mistakes) return { mistakes };
  return {
    mistakes: [...mistakes.slice(0, RULE_LIMITS.mistakes), `${mistakes.length - RULE_LIMITS.mistakes} more mistakes.`],
  };
}

class Check {
  readonly mistakes: string[] = [];
  readonly #numberOfId = new Map<string, number>();
  #partCount = 0;
  #totalLength = 0;
  /** Texts that several rules have count once: compiled, they are one. */
  readonly #texts = new Set<string>();

  /** @returns a rule with the members that are known, which is one to use only when nothing is wrong */
  rule(value: unknown, index: number): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.mistakes.push(
        `Rule ${index + 1} is ${nameOf(value)}; expected is an object with id, category, severity, because.`,
      );
      return null;
    }
    const rule = value as Readonly<Record<string, unknown>>;
    const id = typeof rule.id === 'string' ? rule.id : '';
    const where = id === '' ? `Rule ${index + 1}` : `Rule ${index + 1} (${shorten(id)})`;
    for (const member of Object.keys(rule)) {
      if (!MEMBERS.has(member)) {
        this.#say(where, `has the member "${shorten(member)}"; known are ${[...MEMBERS].join(', ')}`);
      }
    }
    this.#id(where, rule.id, index);
    this.#oneOf(where, 'category', rule.category, CATEGORIES);
    this.#oneOf(where, 'severity', rule.severity, SEVERITIES);
    this.#because(where, rule.because);
    for (const member of PART_MEMBERS) this.#parts(where, member, rule[member]);
    this.#parts(where, 'status', rule.status);
    if (CONDITIONS.every((member) => rule[member] === undefined)) {
      this.#say(where, `looks at nothing; expected is at least one of ${CONDITIONS.join(', ')}`);
    }
    return copyOf(rule);
  }

  totals(): void {
    if (this.#partCount > RULE_LIMITS.parts) {
      this.mistakes.push(`The rules have ${this.#partCount} texts; at most ${RULE_LIMITS.parts} are possible.`);
    }
    if (this.#totalLength > RULE_LIMITS.totalLength) {
      this.mistakes.push(
        `The texts of the rules have ${this.#totalLength} characters; at most ${RULE_LIMITS.totalLength} are possible.`,
      );
    }
  }

  #say(where: string, what: string): void {
    this.mistakes.push(`${where} ${what}.`);
  }

  #id(where: string, id: unknown, index: number): void {
    if (typeof id !== 'string' || !ID.test(id) || id.length > RULE_LIMITS.idLength) {
      this.#say(
        where,
        `has ${id === undefined ? 'no id' : 'an id that is none'}; expected are small letters and digits with - or . between them, at most ${RULE_LIMITS.idLength} characters`,
      );
      return;
    }
    const first = this.#numberOfId.get(id);
    if (first === undefined) this.#numberOfId.set(id, index + 1);
    else this.#say(where, `has the id of rule ${first}; expected is one of its own`);
  }

  #oneOf(where: string, member: string, value: unknown, known: readonly string[]): void {
    if (typeof value === 'string' && known.includes(value)) return;
    const has = value === undefined ? `has no ${member}` : `has the ${member} ${shorten(JSON.stringify(value) ?? '')}`;
    this.#say(where, `${has}; expected is one of ${known.join(', ')}`);
  }

  #because(where: string, value: unknown): void {
    if (typeof value === 'string' && value.trim() !== '' && value.length <= RULE_LIMITS.becauseLength) return;
    this.#say(
      where,
      `has no "because" in words; expected is a text of 1 to ${RULE_LIMITS.becauseLength} characters that tells what the rule means`,
    );
  }

  #parts(where: string, member: string, value: unknown): void {
    if (value === undefined) return;
    if (!Array.isArray(value) || value.length === 0) {
      this.#say(where, `has ${nameOf(value)} as "${member}"; expected is an array of texts with at least one`);
      return;
    }
    if (value.length > RULE_LIMITS.partsPerMember) {
      this.#say(where, `has ${value.length} texts as "${member}"; at most ${RULE_LIMITS.partsPerMember} are possible`);
      return;
    }
    for (const part of value as readonly unknown[]) {
      this.#partCount++;
      const mistake = typeof part !== 'string' ? `is ${nameOf(part)}; expected is a text` : mistakeOf(member, part);
      if (mistake !== null) this.#say(where, `has in "${member}" what ${mistake}`);
      if (typeof part !== 'string' || this.#texts.has(part)) continue;
      this.#texts.add(part);
      this.#totalLength += part.length;
    }
  }
}

function mistakeOf(member: string, part: string): string | null {
  if (part.trim() === '') return 'is empty; expected is a text to look for';
  if (part.length > RULE_LIMITS.partLength) {
    return `is ${part.length} characters long; at most ${RULE_LIMITS.partLength} are possible`;
  }
  if (/[\r\n]/.test(part)) return 'goes over several lines; a text lies within one line';
  if (member === 'status' && !STATUS.test(part)) {
    return `is ${shorten(JSON.stringify(part))}; expected is a status such as 503 or a class such as 5xx`;
  }
  return null;
}

function copyOf(rule: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(rule).filter(([member, value]) => MEMBERS.has(member) && value !== undefined),
  );
}

/** What a value is, for a sentence. */
function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
