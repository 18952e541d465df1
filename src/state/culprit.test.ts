import { expect, test } from 'vitest';

import { findCulprit, type PartCounts, withoutPart } from './culprit';

const counted = (label: string, alone: number | null, without: number | null): PartCounts => ({
  part: { label, filter: { kind: 'text', text: label, caseSensitive: false }, drop: () => {} },
  alone,
  without,
});

test('the culprit is the part without which most records come back', () => {
  expect(findCulprit([counted('a', 10, 2), counted('b', 0, 40), counted('c', 7, 0)])?.part.label).toBe('b');
});

test('where dropping one brings nothing back, it is one that keeps nothing alone', () => {
  expect(findCulprit([counted('a', 10, 0), counted('b', 0, 0), counted('c', 0, 0)])?.part.label).toBe('b');
});

test('where only dropping several helps, no one is blamed', () => {
  expect(findCulprit([counted('a', 10, 0), counted('b', 5, null)])).toBeNull();
  expect(findCulprit([])).toBeNull();
});

test('without a part the others are asked for together, without the only one everything', () => {
  const parts = ['a', 'b', 'c'].map((label) => counted(label, 1, 1).part);
  expect(withoutPart(parts, 1)).toEqual({ kind: 'and', of: [parts[0]?.filter, parts[2]?.filter] });
  expect(withoutPart(parts.slice(0, 1), 0)).toEqual({ kind: 'all' });
});
