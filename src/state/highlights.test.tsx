/** Colours: quick labels and named filters, their order, and the way back. */
import { afterEach, expect, test } from 'vitest';

import { drawWorkspace, type DrawnWorkspace } from '../testing/drawn-workspace';
import { textClause } from './clause-text';

let drawn: DrawnWorkspace;
afterEach(() => drawn.dispose());

async function setup() {
  drawn = await drawWorkspace({ 'app.log': '10:00:00.000 INFO one\n10:00:01.000 ERROR two\n' });
  const { highlights, acts } = drawn.workspace;
  const shown = () =>
    highlights.filters().map((filter, index) => `${JSON.stringify(filter)} ${highlights.colourOf(index)}`);
  return { ...drawn, highlights, acts, shown };
}

test('a value takes a colour, another one takes it over, the same again takes it away', async () => {
  const { highlights, idle, shown } = await setup();
  highlights.label(textClause('one'), 3);
  await idle();
  expect(shown()).toEqual(['{"kind":"text","text":"one","caseSensitive":false} 3']);
  highlights.label(textClause('two'), 3);
  highlights.label(textClause('two'), 1);
  await idle();
  expect(highlights.labels()).toEqual([{ colour: 1, text: 'two' }]);
  highlights.label(textClause('two'), 1);
  expect(highlights.labels()).toEqual([]);
});

test('labels come before named filters, and those in their order', async () => {
  const { highlights, idle, shown } = await setup();
  const first = highlights.save('Errors', 'level>=error');
  const second = highlights.save('Ones', 'one');
  highlights.label(textClause('two'), 9);
  await idle();
  expect(shown().map((text) => text.slice(-1))).toEqual(['9', '1', '2']);
  highlights.move(second, first);
  expect(shown().map((text) => text.slice(-1))).toEqual(['9', '2', '1']);
  highlights.toggle(first);
  expect(shown().map((text) => text.slice(-1))).toEqual(['9', '2']);
  highlights.move(second, null);
  expect(highlights.named().map((one) => one.id)).toEqual([first, second]);
});

test('a text that cannot be read colours nothing, and says why', async () => {
  const { highlights, idle } = await setup();
  highlights.save('Broken', 'level>=');
  await idle();
  expect(highlights.filters()).toEqual([]);
  expect(highlights.faultOf('level>=')?.code).toBe('filter-syntax');
});

test('every change is an act', async () => {
  const { highlights, acts, idle } = await setup();
  const id = highlights.save('Errors', 'level>=error');
  highlights.rename(id, 'Trouble');
  highlights.setColour(id, 7);
  highlights.setText(id, 'level>=warn');
  highlights.label(textClause('one'), 1);
  highlights.clearLabels();
  highlights.remove(id);
  await idle();
  const states: unknown[] = [];
  do states.unshift(highlights.part.save());
  while (acts.undo());
  expect(states[0]).toEqual({ named: [], labels: [] });
  expect(states).toHaveLength(8);
  for (const state of states.slice(1)) {
    acts.redo();
    expect(highlights.part.save()).toEqual(state);
  }
});
