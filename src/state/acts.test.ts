import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';

import { createActs } from './acts';

function setup() {
  let nowMs = 0;
  let value = 'a';
  const acts = createRoot(() => createActs(() => nowMs));
  const part = {
    save: () => value,
    restore: (next: string) => {
      value = next;
    },
  };
  return {
    acts,
    value: () => value,
    wait: (ms: number) => {
      nowMs += ms;
    },
    set: (next: string, mergeKey?: string) => acts.change(`set ${next}`, part, () => part.restore(next), mergeKey),
  };
}

test('acts are undone in order and done again', () => {
  const { acts, value, set } = setup();
  set('b');
  set('c');
  expect(acts.undo()).toBe(true);
  expect(value()).toBe('b');
  expect(acts.nextRedo()).toBe('set c');
  acts.undo();
  expect(value()).toBe('a');
  expect(acts.undo()).toBe(false);
  acts.redo();
  acts.redo();
  expect(value()).toBe('c');
  expect(acts.last()).toMatchObject({ title: 'set c', kind: 'redone' });
});

test('a new act forgets what was undone', () => {
  const { acts, value, set } = setup();
  set('b');
  acts.undo();
  set('c');
  expect(acts.redo()).toBe(false);
  expect(value()).toBe('c');
});

test('what changes nothing is no act', () => {
  const { acts, set } = setup();
  set('a');
  expect(acts.nextUndo()).toBeNull();
});

test('acts of one key merge while they follow quickly', () => {
  const { acts, value, set, wait } = setup();
  set('b', 'typing');
  set('bc', 'typing');
  wait(5000);
  set('bcd', 'typing');
  acts.undo();
  expect(value()).toBe('bc');
  acts.undo();
  expect(value()).toBe('a');
  acts.redo();
  expect(value()).toBe('bc');
});
