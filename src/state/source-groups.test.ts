import { expect, test } from 'vitest';

import type { SourceSummary } from '../engine/api';
import { findSources, groupByFolder, neighbour } from './source-groups';

const source = (id: number, name: string, zone = 'UTC') => ({
  summary: { id, name, zone, format: { title: 'JSON lines' } } as SourceSummary,
  title: name,
});

const all = [
  source(1, 'eu/api.log', 'Europe/Berlin'),
  source(2, 'one.log'),
  source(3, 'us/api.log'),
  source(4, 'eu/web.log', 'Europe/Berlin'),
];

test('sources of a folder stand together, those without one first', () => {
  expect(groupByFolder(all).map(({ folder, sources }) => [folder, sources.map(({ summary }) => summary.id)])).toEqual([
    ['', [2]],
    ['eu', [1, 4]],
    ['us', [3]],
  ]);
});

test('words are looked for in names, formats and zones; all must be there', () => {
  expect(findSources(all, 'API berlin').map(({ summary }) => summary.id)).toEqual([1]);
  expect(findSources(all, 'json us/')).toHaveLength(1);
  expect(findSources(all, ' ')).toHaveLength(4);
  expect(findSources(all, 'nowhere')).toHaveLength(0);
});

test('walking follows what is listed and stays at its ends', () => {
  const groups = groupByFolder(all);
  expect(neighbour(groups, null, 1)).toBe(2);
  expect(neighbour(groups, 2, 1)).toBe(1);
  expect(neighbour(groups, 4, 1)).toBe(3);
  expect(neighbour(groups, 3, 1)).toBe(3);
  expect(neighbour(groups, 3, -99)).toBe(2);
  expect(neighbour([], 1, 1)).toBeNull();
});
