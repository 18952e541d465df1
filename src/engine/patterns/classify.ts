/** Rules over error messages, compiled: category and severity of a text, and the rule that says so. */

import { PartFinder, toSearchable } from './part-finder';
import type { ClassifiedText, Classification, ClassRule } from './pattern';

/** @returns null where no rule holds */
export type Classify = (text: ClassifiedText) => Classification | null;

/**
 * The first rule that holds wins. A rule holds where every member it has does, and one without members never does.
 * Takes time by the length of the text, whatever the text is: see `part-finder.ts`, also for what parts may say.
 *
 * @param rules  as `checkRules` accepts them; a text that cannot hold is no mistake here
 */
export function compileRules(rules: readonly ClassRule[]): Classify {
  const message = new PartList();
  const exception = new PartList();
  const stack = new PartList();
  const compiled = rules.map((rule) => ({
    isEmpty: !rule.message && !rule.also && !rule.exception && !rule.stack && !rule.status,
    message: message.add(rule.message),
    also: message.add(rule.also),
    exception: exception.add(rule.exception),
    stack: stack.add(rule.stack),
    without: message.add(rule.without),
    status: rule.status ?? null,
    answer: { category: rule.category, severity: rule.severity, rule: rule.id, because: rule.because },
  }));
  const messageFinder = message.finder();
  const exceptionFinder = exception.finder();
  const stackFinder = stack.finder();

  return (text) => {
    messageFinder.read(toSearchable(text.message));
    exceptionFinder.read(toSearchable(text.exception));
    stackFinder.read(toSearchable(text.stack));
    for (const rule of compiled) {
      if (rule.isEmpty) continue;
      if (rule.status && !rule.status.some((status) => isStatus(status, text.status))) continue;
      if (rule.message && !messageFinder.hasAny(rule.message)) continue;
      if (rule.also && !messageFinder.hasAny(rule.also)) continue;
      if (rule.exception && !exceptionFinder.hasAny(rule.exception)) continue;
      if (rule.stack && !stackFinder.hasAny(rule.stack)) continue;
      if (rule.without && messageFinder.hasAny(rule.without)) continue;
      return rule.answer;
    }
    return null;
  };
}

/** Lists that are kept compiled: the one in use, and those that a person tries. */
const KEPT_LISTS = 4;

/**
 * Compiles as `compileRules`, once per list: what was compiled for the last lists is kept. Lists are the same when they say
 * the same, because each call from outside the engine brings a copy.
 */
export function createRuleCompiler(): (rules: readonly ClassRule[]) => Classify {
  const kept = new Map<string, Classify>();
  return (rules) => {
    const text = JSON.stringify(rules);
    const compiled = kept.get(text) ?? compileRules(rules);
    kept.delete(text);
    kept.set(text, compiled);
    if (kept.size > KEPT_LISTS) kept.delete(kept.keys().next().value as string);
    return compiled;
  };
}

/** Parts of all rules, each once. */
class PartList {
  readonly #indexes = new Map<string, number>();

  /** @returns the parts' indexes; null for none given, which is no condition */
  add(parts: readonly string[] | undefined): readonly number[] | null {
    return parts?.map((part) => this.#indexOf(part)) ?? null;
  }

  finder(): PartFinder {
    return new PartFinder([...this.#indexes.keys()]);
  }

  #indexOf(part: string): number {
    const known = this.#indexes.get(part);
    if (known !== undefined) return known;
    this.#indexes.set(part, this.#indexes.size);
    return this.#indexes.size - 1;
  }
}

/** @param wanted  "429", or a class: "5xx" */
function isStatus(wanted: string, status: number | null): boolean {
  if (status === null) return false;
  const digits = String(status);
  return wanted.endsWith('xx') ? digits.length === 3 && wanted[0] === digits[0] : wanted === digits;
}
