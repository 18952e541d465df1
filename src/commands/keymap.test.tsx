import { afterEach, expect, test } from 'vitest';

import { toKeyName } from '../base/key-name';
import type { Command } from './command';
import { dispatchKey } from './keymap';

afterEach(() => document.body.replaceChildren());

const event = (key: string, modifiers: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...modifiers });

/** Sends a key to an element; tells which bindings ran. */
function press(element: HTMLElement, sent: KeyboardEvent): string[] {
  const ran: string[] = [];
  const bind = (key: string, more: Partial<Command> = {}): Command => ({
    id: key,
    keys: [key],
    group: 'Move',
    title: '',
    run: () => ran.push(`${more.region ?? ''}${key}`),
    ...more,
  });
  const commands = [
    bind('j'),
    bind('Ctrl-G'),
    bind('Space', { isShared: true }),
    bind('F6'),
    bind('w'),
    bind('w', { region: 'timeline' }),
    bind('x', { isAvailable: () => false }),
  ];
  document.body.append(element);
  element.addEventListener('keydown', (received) => dispatchKey(commands, (command) => command.keys, received), {
    once: true,
  });
  element.dispatchEvent(sent);
  return ran;
}

test('a key is named by its letter, a chord by the capital', () => {
  expect(toKeyName(event('g'))).toBe('g');
  expect(toKeyName(event('G', { shiftKey: true }))).toBe('G');
  expect(toKeyName(event('g', { ctrlKey: true }))).toBe('Ctrl-G');
  expect(toKeyName(event('g', { metaKey: true }))).toBe('Ctrl-G');
  expect(toKeyName(event(' ', { shiftKey: true }))).toBe('Shift-Space');
  expect(toKeyName(event('z', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl-Shift-Z');
  expect(toKeyName(event('!', { ctrlKey: true, shiftKey: true, code: 'Digit1' }))).toBe('Ctrl-Shift-1');
});

test('letters typed into a field stay there; chords and F6 work everywhere', () => {
  const input = document.createElement('input');
  expect(press(input, event('j'))).toEqual([]);
  expect(press(input, event('g', { ctrlKey: true }))).toEqual(['Ctrl-G']);
  expect(press(input, event('F6'))).toEqual(['F6']);
});

test('Space presses the button that has the focus, letters still walk', () => {
  const button = document.createElement('button');
  expect(press(button, event(' '))).toEqual([]);
  expect(press(button, event('j'))).toEqual(['j']);
  expect(press(document.createElement('div'), event(' '))).toEqual(['Space']);
});

test('a region that has the focus itself leaves Enter and Space to commands', () => {
  const region = document.createElement('div');
  region.dataset.region = 'timeline';
  region.tabIndex = 0;
  expect(press(region, event(' '))).toEqual(['Space']);
});

test('what another handler has taken is left alone', () => {
  const taken = event('j');
  taken.preventDefault();
  expect(press(document.createElement('div'), taken)).toEqual([]);
});

test('a region has keys of its own, a command that can do nothing leaves its keys alone', () => {
  const timeline = document.createElement('div');
  timeline.dataset.region = 'timeline';
  expect(press(timeline, event('w'))).toEqual(['timelinew']);
  expect(press(document.createElement('div'), event('w'))).toEqual(['w']);
  expect(press(document.createElement('div'), event('x'))).toEqual([]);
});
