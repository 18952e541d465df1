import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';

import { createHistory } from './history';

function setup() {
  let nowMs = 0;
  const visited: string[] = [];
  const history = createRoot(() =>
    createHistory<string>(
      (value) => visited.push(value),
      () => nowMs,
    ),
  );
  return {
    history,
    visited,
    /** Stands at a place; places are a minute apart unless told. */
    stand: (value: string, topIndex: number, { view = 'lines', filter = '', selected = '', afterMs = 60_000 } = {}) => {
      nowMs += afterMs;
      history.note({ value, view, filterKey: filter, topIndex, selectedKey: selected }, 20);
    },
  };
}

test('a jump further than a screen is a place of its own, a smaller step is not', () => {
  const { history, visited, stand } = setup();
  stand('start', 0);
  stand('a little down', 15);
  stand('far', 5000);
  expect(history.canGoBack()).toBe(true);
  history.back();
  expect(visited).toEqual(['a little down']);
  expect(history.canGoBack()).toBe(false);
  expect(history.back()).toBe(false);
});

test('another filter is another place', () => {
  const { history, visited, stand } = setup();
  stand('all', 10);
  stand('errors', 10, { filter: 'level:error' });
  history.back();
  stand('all again', 10);
  history.forward();
  expect(visited).toEqual(['all', 'errors']);
});

test('where one has walked back to is no new place, and a jump from there forgets what lay ahead', () => {
  const { history, visited, stand } = setup();
  stand('one', 0);
  stand('two', 1000);
  stand('three', 2000);
  history.back();
  stand('two, as it settled', 1000);
  expect(history.canGoForward()).toBe(true);
  stand('elsewhere', 9000);
  expect(history.canGoForward()).toBe(false);
  history.back();
  history.back();
  expect(visited).toEqual(['two', 'two, as it settled', 'one']);
});

test('letters of a filter and a drag of the bar are one way', () => {
  const { history, visited, stand } = setup();
  stand('start', 0);
  stand('e', 0, { filter: 'e' });
  stand('er', 0, { filter: 'er', afterMs: 200 });
  stand('err', 0, { filter: 'err', afterMs: 200 });
  history.back();
  expect(visited).toEqual(['start']);
  expect(history.canGoForward()).toBe(true);
});

test('scrolling a row at a time leaves no places behind', () => {
  const { history, stand } = setup();
  for (let top = 0; top < 500; top += 1) stand(`row ${top}`, top, { afterMs: 16 });
  expect(history.canGoBack()).toBe(false);
});

test('jumps from record to record are places of their own, however quickly they follow', () => {
  const { history, visited, stand } = setup();
  stand('start', 0);
  stand('first error', 900, { selected: 'a', afterMs: 100 });
  stand('second error', 1800, { selected: 'b', afterMs: 100 });
  stand('filtered', 3, { selected: 'b', filter: 'error', afterMs: 100 });
  history.back();
  history.back();
  history.back();
  expect(visited).toEqual(['second error', 'first error', 'start']);
});

test('another view is another place; what it was opened with belongs to it', () => {
  const { history, visited, stand } = setup();
  stand('first look', 10, { view: 'first-look' });
  stand('lines', 10);
  stand('lines, filtered', 0, { filter: 'pattern', afterMs: 200 });
  stand('lines, much later', 900, { filter: 'pattern' });
  history.back();
  stand('lines, filtered', 0, { filter: 'pattern' });
  history.back();
  expect(visited).toEqual(['lines, filtered', 'first look']);
  expect(history.canGoBack()).toBe(false);
});

test('views chosen one after the other, however fast, are places each', () => {
  const { history, visited, stand } = setup();
  stand('one', 0, { view: 'first-look' });
  stand('two', 0, { afterMs: 200 });
  stand('three', 0, { view: 'patterns', afterMs: 200 });
  history.back();
  history.back();
  expect(visited).toEqual(['two', 'one']);
});
