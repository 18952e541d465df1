import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Toast, type ToastMessage } from './Toast';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function setup() {
  const [message, setMessage] = createSignal<ToastMessage | null>(null);
  const onClick = vi.fn();
  render(() => <Toast message={message()} />);
  return {
    onClick,
    say: (text: string, number: number) =>
      setMessage({ text, number, action: { label: 'Undo', keys: 'Ctrl-Z', onClick } }),
    text: () => screen.getByRole('status').textContent,
  };
}

test('a message stays eight seconds, in a region that is read out', () => {
  const { say, text } = setup();
  expect(text()).toBe('');
  say('Mark set', 1);
  expect(text()).toBe('Mark setUndo');
  vi.advanceTimersByTime(7900);
  expect(text()).toBe('Mark setUndo');
  vi.advanceTimersByTime(200);
  expect(text()).toBe('');
});

test('the next message takes its place and its own eight seconds', () => {
  const { say, text } = setup();
  say('Mark set', 1);
  vi.advanceTimersByTime(6000);
  say('Mark set', 2);
  vi.advanceTimersByTime(6000);
  expect(text()).toBe('Mark setUndo');
  say('Mark removed', 3);
  expect(text()).toBe('Mark removedUndo');
});

test('it waits while it is pointed at or focused', () => {
  const { say, text, onClick } = setup();
  say('Mark set', 1);
  const button = screen.getByRole('button', { name: 'Undo' });
  button.focus();
  vi.advanceTimersByTime(60_000);
  expect(text()).toBe('Mark setUndo');
  fireEvent.click(button);
  expect(onClick).toHaveBeenCalledOnce();
  button.blur();
  vi.advanceTimersByTime(8100);
  expect(text()).toBe('');
});
