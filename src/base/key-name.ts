/** Names of keys: `Ctrl-G`, `Shift-Space`, `G`, `?`, `ArrowDown`. What a keyboard sends, written down. */

/** What of a keyboard event names its key. */
export interface KeyPress {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The name of a key. On a Mac the command key counts as Ctrl. */
export function toKeyName(event: KeyPress): string {
  const key = event.key === ' ' ? 'Space' : event.key;
  const isControl = event.ctrlKey || event.metaKey;
  const isChord = isControl || event.altKey;
  // Shift turns the digits of a chord into signs that differ by layout: they are named by their digit.
  const digit = isChord && event.shiftKey ? /^(?:Digit|Numpad)(\d)$/.exec(event.code ?? '')?.[1] : undefined;
  // With Ctrl or Alt a letter is named by its capital; without, Shift is in the letter itself.
  const name = digit ?? (key.length === 1 && isChord ? key.toUpperCase() : key);
  const isShiftNamed = event.shiftKey && (key.length > 1 || digit !== undefined || (isChord && /^[A-Z]$/.test(name)));
  return `${isControl ? 'Ctrl-' : ''}${event.altKey ? 'Alt-' : ''}${isShiftNamed ? 'Shift-' : ''}${name}`;
}

/** Whether a key of that name works while a text is typed. */
export function isChordName(name: string): boolean {
  return name.startsWith('Ctrl-') || name.startsWith('Alt-') || /^(?:Shift-)?F\d/.test(name);
}

/** A modifier by itself, or a key that only begins a letter: nothing that could be a command's. */
export function isHalfKey({ key }: Pick<KeyPress, 'key'>): boolean {
  return ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process', 'Unidentified'].includes(key);
}

// Keys that browsers do not hand to pages, or that people need everywhere; each list with what happens to them.
const RESERVED: readonly (readonly [string, string])[] = [
  ['Ctrl-W Ctrl-Shift-W Ctrl-F4 Alt-F4 Ctrl-Q Ctrl-Shift-Q', 'closes the tab or the window'],
  ['Ctrl-T Ctrl-Shift-T', 'opens a tab'],
  ['Ctrl-N Ctrl-Shift-N', 'opens a window'],
  ['Ctrl-R Ctrl-Shift-R F5 Ctrl-F5 Shift-F5', 'loads the page again'],
  ['Ctrl-L Alt-D', 'leads to the address'],
  ['Ctrl-Tab Ctrl-Shift-Tab Ctrl-PageUp Ctrl-PageDown', 'changes the tab'],
  ['Ctrl-1 Ctrl-2 Ctrl-3 Ctrl-4 Ctrl-5 Ctrl-6 Ctrl-7 Ctrl-8 Ctrl-9', 'changes the tab'],
  ['Ctrl-+ Ctrl-= Ctrl-- Ctrl-0', 'zooms the page'],
  ['Ctrl-F F3 Shift-F3', 'finds in the page'],
  ['Ctrl-C Ctrl-X Ctrl-V Ctrl-A', 'copies, pastes and selects'],
  ['Ctrl-Shift-I Ctrl-Shift-J F12 F11', 'is for the browser’s own tools and its full screen'],
  ['Tab Shift-Tab', 'moves the focus'],
  ['Escape', 'closes and steps back'],
];

/** What the browser, or everybody, does with a key that no command can be given; null when it is free. */
export function reservedFor(name: string): string | null {
  return RESERVED.find(([names]) => names.split(' ').includes(name))?.[1] ?? null;
}
