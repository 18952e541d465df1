import { expect, test } from 'vitest';

import { findItems, type PaletteItem, toSections } from './palette-item';

const item = (title: string, section = 'Move', words = ''): PaletteItem => ({
  id: title,
  section,
  icon: 'right',
  title,
  words,
  run: () => {},
});

const ITEMS = [
  item('Next record'),
  item('Previous record'),
  item('Next ERROR or FATAL', 'Trouble'),
  item('Previous ERROR or FATAL', 'Trouble'),
  item('Theme: dark', 'Views', 'colours appearance'),
  item('Clear the filter', 'Filter'),
];

const titles = (query: string) => findItems(ITEMS, query).map((found) => found.item.title);

test('nothing typed: everything, in its order', () => {
  expect(titles('  ')).toEqual(ITEMS.map((one) => one.title));
});

test('what fits best stands first, whatever the order of the words or the case', () => {
  expect(titles('next rec')[0]).toBe('Next record');
  expect(titles('record prev')).toEqual(['Previous record']);
  expect(titles('ERR')).toEqual(['Next ERROR or FATAL', 'Previous ERROR or FATAL']);
});

test('a slip of a letter is forgiven, nonsense is not', () => {
  expect(titles('thmee')).toContain('Theme: dark');
  expect(titles('xyzzy')).toEqual([]);
});

test('other words find an item; what is typed is shown only in its title', () => {
  const [dark] = findItems(ITEMS, 'appearance');
  expect(dark).toMatchObject({ item: { title: 'Theme: dark' }, ranges: [] });
  const [clear] = findItems(ITEMS, 'clear');
  expect(clear?.ranges).toEqual([0, 5]);
});

test('sections stand in the order of their best items', () => {
  expect(toSections(findItems(ITEMS, 'or fatal')).map((section) => section.title)).toEqual(['Trouble']);
  expect(toSections(findItems(ITEMS, '')).map((section) => section.title)).toEqual([
    'Move',
    'Trouble',
    'Views',
    'Filter',
  ]);
});
