import { expect, test } from 'vitest';

import { Fault, FAULT_CODES } from '../src/base/fault';
import { explain } from './explain';

test.each(FAULT_CODES)('%s is a sentence with a next step', (code) => {
  const text = explain(new Fault(code, 'what happened'), { file: 'app.log' });
  expect(text).toMatch(/^app\.log: \S.+[.?] [A-Z-].+[.?]$|^app\.log: \S.+\. [a-z]+ .+\.$/s);
  expect(text).not.toContain('undefined');
});

test('a mistake in the filter is pointed at', () => {
  const fault = new Fault('filter-syntax', 'x', {
    details: { at: 7, length: 4, expected: 'one of trace, debug, none or *' },
  });
  expect(explain(fault, { filter: 'level>=errr db' })).toBe(
    'the filter cannot be read: expected one of trace, debug, none or *\n  level>=errr db\n         ^^^^',
  );
});

test('a mistake at the end of the filter is pointed at too', () => {
  const fault = new Fault('filter-syntax', 'x', { details: { at: 2, length: 0, expected: 'a word' } });
  expect(explain(fault, { filter: '((' })).toContain('\n  ((\n    ^');
});

test('a time that is none is told with its option', () => {
  const fault = new Fault('filter-syntax', 'x', {
    details: { option: 'since', value: 'noon', expected: 'a time such as 10:05' },
  });
  expect(explain(fault, { filter: 'error' })).toContain('--since "noon" is not a time: expected a time such as 10:05');
});

test('the nearest format is suggested', () => {
  const fault = new Fault('format-unknown', 'x', { details: { format: 'sylog' } });
  expect(explain(fault, { formats: ['log4j', 'syslog'] })).toBe(
    'there is no format "sylog". Did you mean syslog? loupe --formats lists all.',
  );
});
