import { expect, test } from 'vitest';

import { drawPattern, headOf } from '../../testing/random-analyses';
import {
  mainLevel,
  toChangeText,
  toGroupingText,
  toMadeText,
  toShareText,
  toSourcesText,
  toSpanText,
  toSparkPath,
} from './analysis-text';

const head = headOf({ recordCount: 1, itemCount: 1 });

test.each([
  [0, '0 %'],
  [0.00001, '<0.01 %'],
  [0.3278, '32.78 %'],
  [0.999999, '99.99 %'],
  [1, '100 %'],
])('a share of %f is %s', (share, text) => {
  expect(toShareText(share)).toBe(text);
});

test.each([
  [{ kind: 'new', factor: null }, 'new'],
  [{ kind: 'gone', factor: null }, 'gone'],
  [{ kind: 'changed', factor: 4.9 }, '× 4.9'],
  [{ kind: 'changed', factor: 1 / 3.2 }, '÷ 3.2'],
  [{ kind: 'changed', factor: 12_345 }, '× 12,345'],
  [{ kind: 'same', factor: 1.02 }, 'as before'],
] as const)('%o reads %s', (change, text) => {
  expect(toChangeText(change)).toBe(text);
});

test('sources, span, time and grouping in words', () => {
  const [source] = head.sources;
  const three = { sources: [source, { ...source, name: 'b.log' }, { ...source, name: 'c.log' }] } as typeof head;
  expect(toSourcesText(three)).toBe('app.log, b.log and 1 more');
  expect(toSpanText(head, 'UTC')).toBe('19 May 2026, 10:00–11:00');
  expect(toSpanText({ sources: [] }, 'UTC')).toBe('');
  expect(toMadeText(head.madeAt, 'UTC')).toBe('19 May 2026 10:00');
  expect(toGroupingText({ grouping: { granularity: 2, merges: [['a', 'b']], splits: [] } })).toBe(
    'granularity 3 of 5, 1 merge',
  );
});

test('the level of most records, the worse of equal ones', () => {
  expect(mainLevel({ levelCounts: [0, 0, 0, 3, 1, 3, 0] })).toBe(5);
  expect(mainLevel(drawPattern('a', 1))).toBe(3);
});

test('a sparkline shows the fullest bin whole and a single record at all', () => {
  expect(toSparkPath([0, 7], [1000, 1], 20)).toBe('M0 20V0.00H1V20ZM7 20V19.00H8V20Z');
  expect(toSparkPath([], [], 20)).toBe('');
});
