/** Every key of the page in one list: the dispatcher runs it, the sheet shows it. */

export interface KeyBinding {
  /** As `toKeyName` writes them; any of them will do. */
  readonly keys: readonly string[];
  readonly group: 'Move' | 'Trouble' | 'Filter' | 'Record' | 'Anywhere';
  readonly title: string;
  readonly run: () => void;
  /** Left to whatever has the focus, unless that is the log or nothing: arrows scroll, Enter and Space press. */
  readonly isShared?: boolean;
}

/** `Ctrl-G`, `Shift-Space`, `G`, `?`, `ArrowDown`. On a Mac the command key counts as Ctrl. */
export function toKeyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'Space' : event.key;
  const isControl = event.ctrlKey || event.metaKey;
  // With Ctrl or Alt a letter is named by its capital; without, Shift is in the letter itself.
  const name = key.length === 1 && (isControl || event.altKey) ? key.toUpperCase() : key;
  return `${isControl ? 'Ctrl-' : ''}${event.altKey ? 'Alt-' : ''}${event.shiftKey && key.length > 1 ? 'Shift-' : ''}${name}`;
}

/** Whether letters typed there belong to a text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Runs the binding of a key event, if there is one and the place allows it. @returns whether it ran */
export function dispatchKey(bindings: readonly KeyBinding[], event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const name = toKeyName(event);
  const binding = bindings.find(({ keys }) => keys.includes(name));
  if (!binding) return false;
  const isChord = name.startsWith('Ctrl-') || name.startsWith('Alt-') || /^(?:Shift-)?F\d/.test(name);
  if (isTyping(event.target) && !isChord) return false;
  if (binding.isShared && !isLogOrNothing(event.target)) return false;
  event.preventDefault();
  binding.run();
  return true;
}

function isLogOrNothing(target: EventTarget | null): boolean {
  return !(target instanceof HTMLElement) || target === document.body || target.id === 'log' || target.tabIndex < 0;
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
