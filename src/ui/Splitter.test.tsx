import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, expect, test } from 'vitest';

import { Splitter } from './Splitter';

afterEach(cleanup);

function setup(more: { isAfter?: boolean; orientation?: 'vertical' | 'horizontal' } = {}) {
  const [size, setSize] = createSignal(300);
  render(() => (
    <Splitter
      label="Width"
      orientation={more.orientation ?? 'vertical'}
      isAfter={more.isAfter ?? false}
      size={size()}
      min={200}
      max={400}
      onSize={setSize}
    />
  ));
  return { size, press: (key: string) => fireEvent.keyDown(screen.getByRole('separator', { name: 'Width' }), { key }) };
}

test('arrows move it within its bounds, Home and End to them', () => {
  const { size, press } = setup();
  press('ArrowRight');
  expect(size()).toBe(316);
  press('ArrowLeft');
  press('ArrowUp');
  expect(size()).toBe(300);
  press('End');
  expect(size()).toBe(400);
  press('ArrowRight');
  expect(size()).toBe(400);
  press('Home');
  expect(screen.getByRole('separator').getAttribute('aria-valuenow')).toBe('200');
});

test('a pane after the line grows when the line moves away from it', () => {
  const { size, press } = setup({ isAfter: true, orientation: 'horizontal' });
  press('ArrowUp');
  expect(size()).toBe(316);
  press('ArrowDown');
  expect(size()).toBe(300);
});
