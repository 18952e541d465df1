/** A classification rule as it stands in a form: lists as lines of text, and which field a mistake is about. */
import type { Category, ClassRule, Severity } from '../../engine/patterns/pattern';

/** Names of the lists of a rule, in the order of the form. */
export const RULE_LISTS = ['message', 'also', 'exception', 'stack', 'status', 'without'] as const;
export type RuleList = (typeof RULE_LISTS)[number];

export type RuleDraft = Readonly<Record<RuleList, string>> & {
  readonly because: string;
  readonly category: Category;
  readonly severity: Severity;
};
export type RuleField = keyof RuleDraft;

export const CATEGORY_CHOICES = {
  Code: 'Code',
  Infrastructure: 'Infrastructure',
  Configuration: 'Configuration',
  External: 'External',
} as const satisfies Record<Category, string>;
export const SEVERITY_CHOICES = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
} as const satisfies Record<Severity, string>;

const EMPTY: RuleDraft = {
  because: '',
  category: 'Code',
  severity: 'medium',
  message: '',
  also: '',
  exception: '',
  stack: '',
  status: '',
  without: '',
};

/** @param rule  null: a new one */
export function toDraft(rule: ClassRule | null): RuleDraft {
  if (!rule) return EMPTY;
  const { because, category, severity } = rule;
  const lists = Object.fromEntries(RULE_LISTS.map((name) => [name, (rule[name] ?? []).join('\n')]));
  return { ...EMPTY, ...lists, because, category, severity };
}

/** Empty lines do not count; a list without lines is none. Blanks do: ` oom ` is a word, `oom` is in “room” too. */
export function toRule(draft: RuleDraft, id: string): ClassRule {
  const lists = RULE_LISTS.flatMap((name) => {
    const lines = draft[name].split(/\r?\n/).filter((line) => line.trim() !== '');
    return lines.length === 0 ? [] : [[name, lines] as const];
  });
  const { category, severity } = draft;
  return { id, category, severity, because: draft.because.trim(), ...Object.fromEntries(lists) };
}

/** A mistake where it is: the field, null for what is about the rule as a whole, and the sentence without the rule's number. */
export interface PlacedMistake {
  readonly field: RuleField | null;
  readonly text: string;
}

//                    ┌ "Rule 1 (own-declined) "     ┌ a name in quotes
const ABOUT_RULE = /^Rule \d+ (?:\([^)]*\) )?/;
const NAMED = /"(because|message|also|exception|stack|status|without)"/;

export function placeMistake(sentence: string): PlacedMistake {
  const text = sentence.replace(ABOUT_RULE, 'It ');
  const named = NAMED.exec(text)?.[1] as RuleField | undefined;
  return { field: named ?? null, text };
}
