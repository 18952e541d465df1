/** Key names as people read them, and the keys that commands have now, for tooltips far from the list of commands. */
import { createContext, type Component, For, useContext } from 'solid-js';

import styles from './keys.module.css';

/** The keys of a command by its id, as `Ctrl-G`; empty: none. */
export type KeysOfId = (id: string) => readonly string[];

/** Filled by the front hall, so that a tooltip shows the keys a person chose. */
export const KeysContext = createContext<KeysOfId>(() => []);

const WORDS: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageDown: 'Page ↓',
  PageUp: 'Page ↑',
  Escape: 'Esc',
  Delete: 'Del',
  '-': '−',
};

const isMac = () => /^Mac|^iP/.test(navigator.platform);

/** `Ctrl-Shift-Z` → Ctrl, Shift, Z; `Alt--` → Alt, −. On a Mac Ctrl is ⌘ and Alt is ⌥. */
export function toKeyParts(name: string): readonly string[] {
  const parts: string[] = [];
  let rest = name;
  for (;;) {
    const modifier = /^(Ctrl|Alt|Shift)-(?=.)/.exec(rest);
    if (!modifier?.[1]) break;
    parts.push(isMac() ? ({ Ctrl: '⌘', Alt: '⌥', Shift: '⇧' }[modifier[1]] ?? modifier[1]) : modifier[1]);
    rest = rest.slice(modifier[0].length);
  }
  return [...parts, WORDS[rest] ?? rest];
}

/** "Ctrl Shift Z" */
export function toKeyText(name: string): string {
  return toKeyParts(name).join(' ');
}

/** As `aria-keyshortcuts` wants it: "Control+Shift+Z". */
export function toAriaKeys(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return names
    .map((name) =>
      name
        .replace(/^Ctrl-/, 'Control+')
        .replace(/(Alt|Shift)-(?=.)/g, '$1+')
        .replace(/ /g, 'Space'),
    )
    .join(' ');
}

/** One key as caps. */
export const KeyCaps: Component<{ name: string }> = (props) => (
  <span class={styles.key}>
    <For each={toKeyParts(props.name)}>{(part) => <kbd>{part}</kbd>}</For>
  </span>
);

/** "Label  Ctrl K": the label alone when the command has no key. */
export function useTooltip(): (label: string, command: string | undefined, keys?: string) => string {
  const keysOf = useContext(KeysContext);
  return (label, command, keys) => {
    const shown = keys ?? (command === undefined ? [] : keysOf(command)).map(toKeyText).join(', ');
    return shown === '' ? label : `${label}  ${shown}`;
  };
}
