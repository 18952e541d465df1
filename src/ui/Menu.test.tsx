/** Menus by key: what a person without a pointer does. The browser's popover is stood in for. */
import { fireEvent, render, screen } from '@solidjs/testing-library';
import { beforeAll, expect, test, vi } from 'vitest';

import { standInForPopover } from '../testing/popover';
import { Menu, type MenuEntry } from './Menu';
import { MenuButton } from './MenuButton';

beforeAll(standInForPopover);

function setup(more: readonly MenuEntry[] = []) {
  const ran: string[] = [];
  const closed = vi.fn();
  const item = (label: string, key?: string): MenuEntry => ({
    label,
    ...(key === undefined ? {} : { key }),
    run: () => ran.push(label),
  });
  const opener = document.createElement('button');
  document.body.append(opener);
  opener.focus();
  render(() => (
    <Menu
      label="trace b41d"
      anchor={opener}
      entries={[item('Include', '+'), item('Exclude', '-'), 'line', item('Copy', 'y'), ...more]}
      onClose={closed}
    />
  ));
  const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
  return { ran, closed, opener, press, here: () => document.activeElement?.getAttribute('aria-label') };
}

test('it opens with the focus on its first item, and arrows go round', () => {
  const { press, here } = setup();
  expect(screen.getByRole('menu', { name: 'trace b41d' })).toBeTruthy();
  expect(here()).toBe('Include');
  press('ArrowDown');
  expect(here()).toBe('Exclude');
  press('ArrowUp');
  press('ArrowUp');
  expect(here()).toBe('Copy');
  press('Home');
  expect(here()).toBe('Include');
  press('End');
  expect(here()).toBe('Copy');
});

test('an item’s own key runs it, once; the focus is back first', () => {
  const { ran, closed, opener, press } = setup();
  press('-');
  expect(ran).toEqual(['Exclude']);
  expect(closed).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(opener);
});

test('a letter goes to the item that begins with it', () => {
  const { ran, press, here } = setup();
  press('c');
  expect(here()).toBe('Copy');
  expect(ran).toEqual([]);
});

test('Escape closes it and gives the focus back; the page hears nothing of it', () => {
  const heard = vi.fn();
  window.addEventListener('keydown', heard);
  const { closed, opener, press } = setup();
  press('Escape');
  window.removeEventListener('keydown', heard);
  expect(closed).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(opener);
  expect(heard).not.toHaveBeenCalled();
});

test('what cannot be done now is not done', () => {
  const run = vi.fn();
  const { press } = setup([{ label: 'Follow', isDisabled: true, run }]);
  press('End');
  fireEvent.click(screen.getByRole('menuitem', { name: 'Follow' }));
  expect(run).not.toHaveBeenCalled();
});

test('switches and choices tell whether they are on', () => {
  setup([
    { label: 'Delta', isOn: true, run: () => {} },
    { label: 'Colour 3', swatch: 'x', key: '3', isOn: false, kind: 'choice', run: () => {} },
  ]);
  expect(screen.getByRole('menuitemcheckbox', { name: 'Delta' }).getAttribute('aria-checked')).toBe('true');
  expect(screen.getByRole('menuitemradio', { name: 'Colour 3' }).getAttribute('aria-checked')).toBe('false');
});

test('a button with a menu tells whether it is open, and opens it by key', () => {
  render(() => <MenuButton label="Context" entries={() => [{ label: 'None', run: () => {} }]} />);
  const button = screen.getByRole('button', { name: 'Context' });
  expect(button.getAttribute('aria-expanded')).toBe('false');
  fireEvent.keyDown(button, { key: 'ArrowDown' });
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(screen.getByRole('menuitem', { name: 'None' })).toBeTruthy();
});
