import { expect, test } from 'vitest';

import { toKeyGroups } from './key-lines';
import type { CommandLine } from './palette/palette-item';

const command = (title: string, keys: string[], more: Partial<CommandLine> = {}): CommandLine => ({
  id: title,
  group: 'Move',
  title,
  keys,
  reason: () => null,
  ...more,
});

test('what goes both ways stands on one line, whichever stands first', () => {
  const groups = toKeyGroups([
    command('Next record', ['j', 'ArrowDown']),
    command('Previous record', ['k', 'ArrowUp']),
    command('Move it up', ['Alt-ArrowUp']),
    command('Move it down', ['Alt-ArrowDown']),
    command('Next page', ['Space']),
  ]);
  expect(groups[0]?.lines.map(({ title, keys }) => [title, keys.join(' ')])).toEqual([
    ['Next, previous record', 'j k ArrowDown ArrowUp'],
    ['Move it down, up', 'Alt-ArrowDown Alt-ArrowUp'],
    ['Next page', 'Space'],
  ]);
});

test('a numbered series is one line that answers to each of its keys', () => {
  const [group] = toKeyGroups([1, 2, 3, 4].map((digit) => command(`Colour ${digit}`, [`Ctrl-Shift-${digit}`])));
  expect(group?.lines).toMatchObject([
    {
      title: 'Colour 1–4',
      keys: ['Ctrl-Shift-1–4'],
      pressed: ['Ctrl-Shift-1', 'Ctrl-Shift-2', 'Ctrl-Shift-3', 'Ctrl-Shift-4'],
    },
  ]);
});

test('one of a series with a key of its own stands by itself', () => {
  const [group] = toKeyGroups([
    command('Colour 1', ['q']),
    ...[2, 3, 4].map((digit) => command(`Colour ${digit}`, [`Ctrl-Shift-${digit}`])),
  ]);
  expect(group?.lines.map(({ title }) => title)).toEqual(['Colour 1', 'Colour 2–4']);
});

test('keys of a region stand under its name; commands without a key are left out', () => {
  const groups = toKeyGroups([
    command('Zoom', ['w'], { region: 'timeline' }),
    command('Open', []),
    command('Next record', ['j']),
  ]);
  expect(groups.map(({ title }) => title)).toEqual(['On the timeline', 'Move']);
});
