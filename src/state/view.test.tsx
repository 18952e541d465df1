import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';

import { createMoves } from './moves';
import type { FirstView } from './settings';
import { createView } from './view';

function setup(initial: FirstView = 'first-look') {
  return createRoot((dispose) => {
    const [isEmpty, setIsEmpty] = createSignal(true);
    const [first, setFirst] = createSignal<FirstView>(initial);
    const moves = createMoves();
    return { view: createView({ isEmpty, first, moves }), setIsEmpty, setFirst, moves, dispose };
  });
}

test('a newly opened log shows what the settings say, each time the workspace was empty', () => {
  const { view, setIsEmpty, setFirst, dispose } = setup();
  expect(view.shown()).toBe('first-look');
  setFirst('lines');
  expect(view.shown()).toBe('lines');
  setFirst('first-look');
  setIsEmpty(false);
  view.show('patterns');
  setFirst('lines');
  expect(view.shown()).toBe('patterns');
  setIsEmpty(true);
  expect(view.shown()).toBe('lines');
  dispose();
});

test('going to a record shows the lines', () => {
  const { view, setIsEmpty, moves, dispose } = setup();
  setIsEmpty(false);
  view.show('patterns');
  moves.tell('log');
  expect(view.shown()).toBe('lines');
  view.show('first-look');
  expect(view.shown()).toBe('first-look');
  moves.tell('log');
  expect(view.shown()).toBe('lines');
  dispose();
});

test('it comes back as it was kept; a view that is not known is the lines', () => {
  const { view, setIsEmpty, dispose } = setup();
  setIsEmpty(false);
  view.part.restore('patterns');
  expect(view.part.save()).toBe('patterns');
  view.part.restore('fields of the future');
  expect(view.shown()).toBe('lines');
  dispose();
});
