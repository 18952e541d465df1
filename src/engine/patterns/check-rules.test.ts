import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { checkRules, parseRules, printRules, RULE_LIMITS } from './check-rules';
import { DEFAULT_RULES } from './class-rules';
import { CATEGORIES, type ClassRule, SEVERITIES } from './pattern';

const GOOD: ClassRule = { id: 'a-b', category: 'Code', severity: 'high', because: 'a reason', message: ['x * y'] };

function mistakesOf(value: unknown): readonly string[] {
  const checked = checkRules(value);
  return 'mistakes' in checked ? checked.mistakes : [];
}

test('the default rules are right, and read as they were written', () => {
  expect(parseRules(printRules(DEFAULT_RULES))).toEqual({ rules: DEFAULT_RULES });
});

test('rules that are right come back as they were', () => {
  const parts = fc.array(
    fc.string({ minLength: 1, maxLength: 20 }).filter((part) => part.trim() !== ''),
    { minLength: 1, maxLength: 4 },
  );
  const anyRule = fc.record(
    {
      category: fc.constantFrom(...CATEGORIES),
      severity: fc.constantFrom(...SEVERITIES),
      because: fc.string({ minLength: 1, maxLength: 40 }).map((text) => `x${text}`),
      message: parts,
      exception: parts,
      stack: parts,
      without: parts,
      status: fc.array(fc.constantFrom('429', '5xx', '503'), { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ['category', 'severity', 'because', 'message'] },
  );
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 10 }), (drawn) => {
      const rules = drawn.map((one, index) => ({ ...one, id: `r-${index}` }));
      expect(parseRules(printRules(rules as readonly ClassRule[]))).toEqual({ rules });
    }),
    { seed: 4, numRuns: 200 },
  );
});

describe('what is wrong is told', () => {
  test.each<[string, unknown, string]>([
    ['no array', { rules: [] }, 'The rules are an object; expected is an array of rules.'],
    ['no object', [null], 'Rule 1 is null; expected is an object with id, category, severity, because.'],
    [
      'an unknown member',
      [{ ...GOOD, regex: ['x'] }],
      'Rule 1 (a-b) has the member "regex"; known are id, category, severity, because, status, message, also, exception, stack, without.',
    ],
    [
      'no id',
      [{ ...GOOD, id: undefined }],
      'Rule 1 has no id; expected are small letters and digits with - or . between them, at most 60 characters.',
    ],
    ['an id twice', [GOOD, GOOD], 'Rule 2 (a-b) has the id of rule 1; expected is one of its own.'],
    [
      'an unknown category',
      [{ ...GOOD, category: 'code' }],
      'Rule 1 (a-b) has the category "code"; expected is one of Code, Infrastructure, Configuration, External.',
    ],
    [
      'no severity',
      [{ ...GOOD, severity: undefined }],
      'Rule 1 (a-b) has no severity; expected is one of low, medium, high, critical.',
    ],
    [
      'no reason',
      [{ ...GOOD, because: ' ' }],
      'Rule 1 (a-b) has no "because" in words; expected is a text of 1 to 200 characters that tells what the rule means.',
    ],
    [
      'nothing to look at',
      [{ ...GOOD, message: undefined, without: ['x'] }],
      'Rule 1 (a-b) looks at nothing; expected is at least one of message, exception, stack, status.',
    ],
    [
      'a text for an array',
      [{ ...GOOD, message: 'x' }],
      'Rule 1 (a-b) has a text as "message"; expected is an array of texts with at least one.',
    ],
    [
      'an empty text',
      [{ ...GOOD, message: [' '] }],
      'Rule 1 (a-b) has in "message" what is empty; expected is a text to look for.',
    ],
    [
      'several lines',
      [{ ...GOOD, stack: ['a\nb'] }],
      'Rule 1 (a-b) has in "stack" what goes over several lines; a text lies within one line.',
    ],
    [
      'no status',
      [{ ...GOOD, status: ['50x'] }],
      'Rule 1 (a-b) has in "status" what is "50x"; expected is a status such as 503 or a class such as 5xx.',
    ],
    ['a number', [{ ...GOOD, status: [503] }], 'Rule 1 (a-b) has in "status" what is a number; expected is a text.'],
    [
      'a long text',
      [{ ...GOOD, without: ['x'.repeat(201)] }],
      'Rule 1 (a-b) has in "without" what is 201 characters long; at most 200 are possible.',
    ],
  ])('%s', (_name, value, mistake) => {
    expect(mistakesOf(value)).toEqual([mistake]);
  });

  test('text that is no JSON', () => {
    const checked = parseRules('[{');
    expect('mistakes' in checked && checked.mistakes[0]).toMatch(/^This is not JSON: /);
  });

  test('too much of anything', () => {
    const many = Array.from({ length: 600 }, (_, index) => ({
      ...GOOD,
      id: `r${index}`,
      message: [`${'x'.repeat(196)}${1000 + index}`],
    }));
    expect(mistakesOf(many)).toEqual(['The texts of the rules have 120000 characters; at most 100000 are possible.']);
    expect(mistakesOf(many.map((one) => ({ ...one, message: ['x'.repeat(200)] })))).toEqual([]);
    expect(mistakesOf(Array.from({ length: 1001 }, () => GOOD))).toEqual([
      'There are 1001 rules; at most 1000 are possible.',
    ]);
    expect(parseRules(' '.repeat(RULE_LIMITS.textLength + 1))).toHaveProperty('mistakes');
    const wrong = mistakesOf(Array.from({ length: 100 }, () => 1));
    expect(wrong).toHaveLength(RULE_LIMITS.mistakes + 1);
    expect(wrong.at(-1)).toBe('50 more mistakes.');
  });

  test('anything at all is answered', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const checked = checkRules([value]);
        expect('rules' in checked || checked.mistakes.length > 0).toBe(true);
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
