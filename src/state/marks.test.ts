import { expect, test } from 'vitest';

import { createActs } from './acts';
import { createMarks } from './marks';

const record = (offset: number, text = `record ${offset}\n  at x.ts`) => ({
  id: { source: 1, offset },
  time: 1000 - offset,
  text,
});

test('a mark is set, kept by time, taken away, and all of it undone', () => {
  const acts = createActs();
  const marks = createMarks(acts, () => 42);
  marks.toggle(record(10));
  marks.toggle(record(20));
  expect(marks.part.save().map((mark) => mark.text)).toEqual(['record 10', 'record 20']);
  expect(marks.has({ source: 1, offset: 10 })).toBe(true);
  expect(marks.has({ source: 2, offset: 10 })).toBe(false);
  marks.toggle(record(10));
  expect(marks.has({ source: 1, offset: 10 })).toBe(false);
  acts.undo();
  expect(marks.get({ source: 1, offset: 10 })).toMatchObject({ note: '', madeAt: 42 });
  acts.undo();
  acts.undo();
  expect(marks.part.save()).toEqual([]);
});

test('a note marks its record; without its text the mark stays', () => {
  const acts = createActs();
  const marks = createMarks(acts, () => 42);
  marks.setNote(record(10), '**root**');
  expect(marks.get({ source: 1, offset: 10 })?.note).toBe('**root**');
  marks.setNote(record(10), '');
  expect(marks.get({ source: 1, offset: 10 })?.note).toBe('');
  acts.undo();
  expect(marks.get({ source: 1, offset: 10 })?.note).toBe('**root**');
  marks.forgetSource(1);
  expect(marks.part.save()).toEqual([]);
});

test('undoing a mark leaves those that came from elsewhere meanwhile', () => {
  const acts = createActs();
  const marks = createMarks(acts, () => 42);
  marks.toggle(record(10));
  const other = { ...record(20), note: 'theirs', madeAt: 43 };
  marks.part.restore([...marks.part.save(), other]);
  acts.undo();
  expect(marks.part.save()).toEqual([other]);
});
