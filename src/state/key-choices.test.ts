import { describe, expect, test } from 'vitest';

import {
  type Bindable,
  chosenKeys,
  findClashes,
  giveKey,
  readKeyFile,
  refusalOf,
  rivalsFor,
  toKeyFile,
} from './key-choices';

const command = (id: string, keys: string[], region?: string): Bindable => ({
  id,
  title: id,
  keys,
  ...(region === undefined ? {} : { region }),
});

const next = command('error.next', ['e']);
const warn = command('warning.next', ['w', 'ArrowRight']);
const zoom = command('timeline.zoom', ['w'], 'timeline');
const none = command('folder.open', []);
const COMMANDS = [next, warn, zoom, none];

describe('giving a key', () => {
  test('one more, in place of another, and the old ones again is no choice', () => {
    const more = giveKey({}, { command: next, old: null, key: 'q' }, [], false);
    expect(more).toEqual({ 'error.next': ['e', 'q'] });
    const other = giveKey(more, { command: next, old: 'q', key: 'Ctrl-E' }, [], false);
    expect(other).toEqual({ 'error.next': ['e', 'Ctrl-E'] });
    expect(giveKey({ 'error.next': ['q'] }, { command: next, old: 'q', key: 'e' }, [], false)).toEqual({});
  });

  test('who has the key is told, in its own region only', () => {
    expect(rivalsFor(COMMANDS, {}, next, 'w')).toEqual([warn]);
    expect(rivalsFor(COMMANDS, {}, zoom, 'w')).toEqual([]);
    expect(rivalsFor(COMMANDS, { 'warning.next': [] }, next, 'w')).toEqual([]);
  });

  test('a swap gives the replaced key back, taking leaves the other without', () => {
    const wish = { command: next, old: 'e', key: 'w' };
    const swapped = giveKey({}, wish, [warn], true);
    expect([chosenKeys(next, swapped), chosenKeys(warn, swapped)]).toEqual([['w'], ['e', 'ArrowRight']]);
    const taken = giveKey({}, wish, [warn], false);
    expect([chosenKeys(next, taken), chosenKeys(warn, taken)]).toEqual([['w'], ['ArrowRight']]);
    expect(findClashes(COMMANDS, swapped)).toEqual([]);
    expect(findClashes(COMMANDS, taken)).toEqual([]);
  });

  test('a command that gets its first key from another', () => {
    const taken = giveKey({}, { command: none, old: null, key: 'e' }, [next], true);
    expect([chosenKeys(none, taken), chosenKeys(next, taken)]).toEqual([['e'], []]);
  });
});

test('clashes are keys of several commands of one region', () => {
  expect(findClashes(COMMANDS, { 'error.next': ['w'] })).toEqual([{ key: 'w', commands: [next, warn] }]);
  expect(findClashes(COMMANDS, {})).toEqual([]);
});

test('keys of the browser are refused with a sentence, others are not', () => {
  for (const key of ['Ctrl-W', 'Ctrl-T', 'Ctrl-N', 'Ctrl-R', 'F5', 'Ctrl-L', 'Tab', 'Escape'])
    expect(refusalOf(key)).toMatch(/keeps it\.$/);
  expect(refusalOf('Ctrl-Shift-W')).toBe('Ctrl Shift W closes the tab or the window: the browser keeps it.');
  for (const key of ['e', 'Ctrl-K', 'Alt-Z', 'F6', 'Ctrl-Shift-1']) expect(refusalOf(key)).toBeNull();
});

describe('key files', () => {
  test('what was written is read back', () => {
    const choices = { 'error.next': ['Ctrl-E', 'q'], 'warning.next': [] };
    expect(readKeyFile(toKeyFile(choices), COMMANDS)).toEqual({ choices, left: [] });
  });

  test('unknown commands and reserved keys are left out, and that is said', () => {
    const text = JSON.stringify({
      loupeKeys: 1,
      keys: { 'error.next': ['Ctrl-W', 'q', 'Control', 7], 'no.such': ['x'], 'folder.open': 'x' },
    });
    expect(readKeyFile(text, COMMANDS)).toEqual({
      choices: { 'error.next': ['q'] },
      left: [
        'error.next: Ctrl W closes the tab or the window: the browser keeps it.',
        '2 commands of that file are not known here.',
      ],
    });
  });

  test.each(['', 'null', '[]', '{"keys":{}}', '{"loupeKeys":1,"keys":[]}', '{"loupeKeys":9,"keys":{}}'])(
    'another file is told: %s',
    (text) => expect(typeof readKeyFile(text, COMMANDS)).toBe('string'),
  );
});
