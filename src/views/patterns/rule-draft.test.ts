import { expect, test } from 'vitest';

import { checkRules } from '../../engine/patterns/check-rules';
import { DEFAULT_RULES } from '../../engine/patterns/class-rules';
import { CATEGORIES, SEVERITIES } from '../../engine/patterns/pattern';
import { CATEGORY_CHOICES, placeMistake, SEVERITY_CHOICES, toDraft, toRule } from './rule-draft';

test('every rule that comes with Loupe is the same after a form', () => {
  for (const rule of DEFAULT_RULES) expect(toRule(toDraft(rule), rule.id)).toEqual(rule);
});

test('empty lines do not count, blanks around a text do', () => {
  const draft = { ...toDraft(null), because: ' it said so ', message: '\n oom \n  \n', status: '5xx\r\n404' };
  expect(toRule(draft, 'own')).toEqual({
    id: 'own',
    category: 'Code',
    severity: 'medium',
    because: 'it said so',
    message: [' oom '],
    status: ['5xx', '404'],
  });
});

/** What is wrong with a draft, where it is. */
function mistakesOf(change: Partial<ReturnType<typeof toDraft>>) {
  const outcome = checkRules([toRule({ ...toDraft(null), because: 'why', message: 'm', ...change }, 'own-1')]);
  return 'mistakes' in outcome ? outcome.mistakes.map(placeMistake) : [];
}

test.each([
  ['because', { because: '' }],
  ['status', { status: '999' }],
  ['message', { message: 'x'.repeat(300) }],
  ['also', { also: 'y'.repeat(300) }],
  ['without', { without: 'y'.repeat(300) }],
] as const)('a mistake in %s is told there', (field, change) => {
  expect(mistakesOf(change)).toMatchObject([{ field }]);
  expect(mistakesOf(change)[0]?.text).toMatch(/^It has /);
});

test('what is about the rule as a whole is told below it', () => {
  expect(mistakesOf({ message: '' })).toMatchObject([
    { field: null, text: expect.stringMatching(/^It looks at nothing/) },
  ]);
});

test('the form offers all categories and severities', () => {
  expect(Object.keys(CATEGORY_CHOICES)).toEqual([...CATEGORIES]);
  expect(Object.keys(SEVERITY_CHOICES)).toEqual([...SEVERITIES]);
});
