/** How well rules classify labelled messages: precision, recall and F1 of each category, and their mean. */

import { compileRules } from '../engine/patterns/classify';
import { classifiedTextOf } from '../engine/patterns/classified-text';
import { CATEGORIES, type Category, type ClassRule } from '../engine/patterns/pattern';

export interface LabelledMessage {
  readonly category: Category;
  /** As it was published: the record's message, and what follows it. */
  readonly message: string;
  /** Where it was published. */
  readonly address: string;
}

export interface Score {
  /** Mean of the four F1, each category counting the same. */
  readonly macroF1: number;
  readonly f1: Readonly<Record<Category, number>>;
  /** By label, then by answer; 'none' where no rule holds. */
  readonly confusion: Readonly<Record<Category, Readonly<Record<Category | 'none', number>>>>;
  readonly wrong: readonly { readonly label: Category; readonly rule: string; readonly message: string }[];
}

export function scoreOf(rules: readonly ClassRule[], labelled: readonly LabelledMessage[]): Score {
  const classify = compileRules(rules);
  const confusion = Object.fromEntries(
    CATEGORIES.map((label) => [label, { Code: 0, Infrastructure: 0, Configuration: 0, External: 0, none: 0 }]),
  ) as Record<Category, Record<Category | 'none', number>>;
  const wrong: { label: Category; rule: string; message: string }[] = [];
  for (const { category, message } of labelled) {
    const answer = classify(classifiedTextOf(message, 0));
    confusion[category][answer?.category ?? 'none']++;
    if (answer?.category !== category) wrong.push({ label: category, rule: answer?.rule ?? 'none', message });
  }
  const f1 = Object.fromEntries(CATEGORIES.map((category) => [category, f1Of(category, confusion)])) as Record<
    Category,
    number
  >;
  const macroF1 = CATEGORIES.reduce((sum, category) => sum + f1[category], 0) / CATEGORIES.length;
  return { macroF1, f1, confusion, wrong };
}

/** Harmonic mean of precision and recall: 2 × right / (answered so + labelled so). */
function f1Of(category: Category, confusion: Score['confusion']): number {
  const answered = CATEGORIES.reduce((sum, label) => sum + confusion[label][category], 0);
  const labelled = Object.values(confusion[category]).reduce((sum, count) => sum + count, 0);
  return answered + labelled === 0 ? 0 : (2 * confusion[category][category]) / (answered + labelled);
}
