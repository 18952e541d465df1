import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { DEFAULT_RULES } from './class-rules';
import { classifiedTextOf } from './classified-text';
import { compileRules, createRuleCompiler } from './classify';
import { type ClassifiedText, type ClassRule, SEVERITIES } from './pattern';

const NONE: ClassifiedText = { message: '', exception: '', stack: '', status: null };

function rule(members: Partial<ClassRule>): ClassRule {
  return { id: 'a', category: 'Code', severity: 'high', because: 'a reason', ...members };
}

/** Whether a rule with this part in its message holds. */
function holds(part: string, message: string): boolean {
  return compileRules([rule({ message: [part] })])({ ...NONE, message }) !== null;
}

describe('a part', () => {
  test.each([
    ['timed out', 'Upstream Timed   Out', true],
    ['timed out', 'timed\nout', false],
    ['relation * does not exist', 'relation "a.b" does not exist', true],
    ['relation * does not exist', 'relation "a"\ndoes not exist', false],
    ['a*b*c', 'c b a b c', true],
    ['a*b*c', 'a c b', false],
    ['aba*aba', 'ababa', false],
    ['aba*aba', 'abaaba', true],
    [' oom ', 'room', false],
    [' oom ', 'oom-killer', true],
    [' oom ', 'invoked oom', true],
    ['größe', 'GRÖSSE', false],
    ['größe', 'Falsche Größe', true],
    ['größe', 'gr\u0116ße', false],
    ['*', 'x', true],
    ['*', '', false],
  ])('%s in %j: %s', (part, message, expected) => {
    expect(holds(part, message)).toBe(expected);
  });
});

describe('a rule', () => {
  test('with `also` holds where one of each stands, in any order and line', () => {
    const classify = compileRules([rule({ message: ['refused', 'denied'], also: ['client', 'peer'] })]);
    const answers = ['refused by peer', 'client was denied', 'peer\nrefused', 'refused', 'client'].map(
      (message) => classify({ ...NONE, message }) !== null,
    );
    expect(answers).toEqual([true, true, true, false, false]);
  });

  test('holds where every part that is given does', () => {
    const classify = compileRules([
      rule({ message: ['m', 'n'], exception: ['E'], stack: ['s'], status: ['5xx', '404'], without: ['w'] }),
    ]);
    const text = { message: 'n', exception: 'com.E', stack: 'at s', status: 502 };
    expect(classify(text)).toEqual({ category: 'Code', severity: 'high', rule: 'a', because: 'a reason' });
    expect(classify({ ...text, status: 404 })).not.toBeNull();
    expect(classify({ ...text, message: 'x' })).toBeNull();
    expect(classify({ ...text, message: 'n w' })).toBeNull();
    expect(classify({ ...text, exception: '' })).toBeNull();
    expect(classify({ ...text, stack: '' })).toBeNull();
    expect(classify({ ...text, status: 403 })).toBeNull();
    expect(classify({ ...text, status: null })).toBeNull();
  });

  test('that looks at nothing never holds', () => {
    expect(compileRules([rule({}), rule({ without: ['x'] })])({ ...NONE, message: 'y' })).toBeNull();
  });

  test('the first that holds decides', () => {
    const classify = compileRules([
      rule({ id: 'a', message: ['refused', 'reset'] }),
      rule({ id: 'b', message: ['connection refused'] }),
      rule({ id: 'c', message: ['connection'] }),
    ]);
    expect(classify({ ...NONE, message: 'connection refused' })?.rule).toBe('a');
    expect(classify({ ...NONE, message: 'connection lost' })?.rule).toBe('c');
  });
});

/** What `*`, word edges and case mean, the plain way. */
function holdsPlainly(part: string, message: string): boolean {
  const escaped = part
    .toLowerCase()
    .split('*')
    .map((piece) => ({ text: piece.trim(), starts: piece.startsWith(' '), ends: piece.endsWith(' ') }))
    .filter((piece) => piece.text !== '')
    .map(({ text, starts, ends }) => `${starts ? '(?<![a-z])' : ''}${text}${ends ? '(?![a-z])' : ''}`);
  return message
    .toLowerCase()
    .split('\n')
    .some((line) =>
      escaped.length === 0 ? message !== '' : new RegExp(escaped.join('.*')).test(line.replace(/ +/g, ' ')),
    );
}

test('parts are found exactly where a plain reading finds them', () => {
  const letters = fc.constantFrom('a', 'b', 'A', ' ', '*');
  const part = fc.string({ unit: letters, minLength: 1, maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', ' ', '\n'), maxLength: 30 });
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 6 }),
      fc.array(text, { minLength: 1, maxLength: 3 }),
      (parts, texts) => {
        const clean = parts.map((one) => one.replace(/ +/g, ' '));
        const classify = compileRules(clean.map((one, index) => rule({ id: String(index), message: [one] })));
        for (const message of texts) {
          const first = clean.findIndex((one) => holdsPlainly(one, message));
          expect(classify({ ...NONE, message })?.rule ?? '-1').toBe(String(first));
        }
      },
    ),
    { seed: 4, numRuns: 2000 },
  );
});

describe('hostile rules and texts', () => {
  test('no rules and no text make it throw', () => {
    const parts = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 5 });
    const anyRule = fc
      .record(
        {
          message: parts,
          exception: parts,
          stack: parts,
          without: parts,
          status: fc.array(fc.string(), { maxLength: 3 }),
        },
        { requiredKeys: [] },
      )
      .map((members) => rule(members as Partial<ClassRule>));
    const anyText = fc.record({
      message: fc.string({ unit: 'binary', maxLength: 200 }),
      exception: fc.string({ maxLength: 50 }),
      stack: fc.string({ unit: 'binary', maxLength: 200 }),
      status: fc.option(fc.integer()),
    });
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), anyText, (rules, text) => {
        const answer = compileRules(rules)(text);
        expect(answer === null || SEVERITIES.includes(answer.severity)).toBe(true);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  // With expressions that backtrack, or with a search per part, either would not end within the time of a test.
  test('a text of one letter and many stars ends', () => {
    const classify = compileRules([
      rule({ message: [`${'a*'.repeat(99)}b`] }),
      ...Array.from({ length: 100 }, (_, index) => rule({ id: `a${index}`, message: [`${'a'.repeat(index + 1)}b`] })),
    ]);
    expect(classify({ ...NONE, message: 'a'.repeat(1_000_000) })).toBeNull();
    expect(classify({ ...NONE, message: `${'a\n'.repeat(500_000)}${'a'.repeat(99)}b` })?.rule).toBe('a');
  });

  test('the default rules get through a mebibyte of their own words', () => {
    const words = DEFAULT_RULES.flatMap((one) => one.message ?? []).map((part) =>
      part.replaceAll('*', '').slice(0, -1),
    );
    const classify = compileRules(DEFAULT_RULES.filter((one) => one.message));
    const text = words.join('').repeat(Math.ceil(2 ** 20 / words.join('').length));
    expect(() => classify({ ...NONE, message: text })).not.toThrow();
  });
});

test('the default rules know what most people have met', () => {
  const classify = compileRules(DEFAULT_RULES);
  const categoryOf = (text: string) => classify(classifiedTextOf(text, 0))?.category;
  expect(categoryOf("TypeError: Cannot read properties of undefined (reading 'x')")).toBe('Code');
  expect(categoryOf('java.net.ConnectException: Connection refused')).toBe('Infrastructure');
  expect(categoryOf('Error: listen EADDRINUSE: address already in use :::3000')).toBe('Configuration');
  expect(categoryOf('Your card was declined.')).toBe('External');
  expect(categoryOf('all went well')).toBeUndefined();
});

describe('a rule compiler', () => {
  test('compiles a list once, whoever brings it', () => {
    const compile = createRuleCompiler();
    const first = compile([rule({ message: ['m'] })]);
    expect(compile([rule({ message: ['m'] })])).toBe(first);
    const other = compile([rule({ message: ['n'] })]);
    expect(other).not.toBe(first);
    expect(other({ ...NONE, message: 'n' })?.rule).toBe('a');
  });

  test('forgets lists that were not used for long', () => {
    const compile = createRuleCompiler();
    const first = compile([rule({ message: ['m'] })]);
    for (let index = 0; index < 8; index++) compile([rule({ message: [`n${index}`] })]);
    expect(compile([rule({ message: ['m'] })])).not.toBe(first);
  });
});
