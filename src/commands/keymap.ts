/** From a key event to the command it runs. Which keys a command has is told by `keysOf`: its own, or those a person gave it. */
import { isChordName, toKeyName } from '../base/key-name';
import type { Command } from './command';

export type KeysOf = (command: Command) => readonly string[];

/** Whether letters typed there belong to a text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/**
 * Runs the command of a key event, if there is one and the place allows it. A command of the region that has the focus
 * comes before those that work everywhere.
 *
 * @returns whether it ran
 */
export function dispatchKey(commands: readonly Command[], keysOf: KeysOf, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const name = toKeyName(event);
  const region =
    event.target instanceof Element ? event.target.closest<HTMLElement>('[data-region]')?.dataset.region : undefined;
  const named = commands.filter((command) => keysOf(command).includes(name));
  const command =
    named.find((one) => one.region !== undefined && one.region === region) ??
    named.find((one) => one.region === undefined);
  if (!command || command.isAvailable?.() === false) return false;
  if (isTyping(event.target) && !isChordName(name)) return false;
  if (command.isShared && !isLogOrNothing(event.target)) return false;
  event.preventDefault();
  command.run();
  return true;
}

function isLogOrNothing(target: EventTarget | null): boolean {
  return (
    !(target instanceof HTMLElement) ||
    target === document.body ||
    target.getAttribute('role') === 'grid' ||
    target.dataset.region !== undefined ||
    target.closest('[role="grid"]') !== null ||
    target.tabIndex < 0
  );
}

/** Moves the focus to the next region of the page (`data-region`), or the one before. */
export function focusNextRegion(direction: 1 | -1) {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(current + direction + regions.length) % regions.length];
  const inside = next?.querySelector<HTMLElement>('input, button, [tabindex="0"]');
  if (next && (next.tabIndex >= 0 || next.matches('[role="grid"]'))) next.focus();
  else (inside ?? next)?.focus();
}
