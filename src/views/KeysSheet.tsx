/** All keys, as the list that runs them tells them. A key pressed here shows what it does. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key only when it can have the focus
// biome-ignore-all lint/a11y/useSemanticElements: a section would be one more heading to those who walk by landmarks
import { type Component, createMemo, createSignal, For, onMount, Show } from 'solid-js';

import { isHalfKey, toKeyName } from '../base/key-name';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { FindField } from '../ui/FindField';
import { KeyCaps, toKeyText } from '../ui/keys';
import { LiveRegion } from '../ui/LiveRegion';
import { readKeyboardLayout, toKeyGroups } from './key-lines';
import styles from './KeysSheet.module.css';
import type { CommandLine } from './palette/palette-item';

interface KeysSheetProps {
  commands: readonly CommandLine[];
  /** Leads to where keys are changed. */
  onChange: () => void;
  onClose: () => void;
}

export const KeysSheet: Component<KeysSheetProps> = (props) => {
  const [query, setQuery] = createSignal('');
  const [pressed, setPressed] = createSignal<string | null>(null);
  const [layout, setLayout] = createSignal<string | null>(null);
  onMount(() => void readKeyboardLayout().then(setLayout));

  const groups = createMemo(() => {
    const words = query().toLowerCase().split(/\s+/).filter(Boolean);
    return toKeyGroups(props.commands).flatMap((group) => {
      const lines = group.lines.filter((line) => {
        const text = `${line.words} ${line.keys.map(toKeyText).join(' ')}`.toLowerCase();
        return words.every((word) => text.includes(word));
      });
      return lines.length > 0 ? [{ ...group, lines }] : [];
    });
  });
  const meaning = createMemo(() => {
    const key = pressed();
    if (key === null) return '';
    const titles = props.commands.filter((command) => command.keys.includes(key)).map((command) => command.title);
    return `${toKeyText(key)}: ${titles.length > 0 ? titles.join('; ') : 'no command has this key'}`;
  });

  const onKey = (event: KeyboardEvent) => {
    const isElsewhere = event.target instanceof HTMLInputElement || event.target instanceof HTMLButtonElement;
    if (isElsewhere || isHalfKey(event) || event.key === 'Escape' || event.key === 'Tab') return;
    event.preventDefault();
    const name = toKeyName(event);
    setPressed(name);
    queueMicrotask(() => document.querySelector('[data-pressed]')?.scrollIntoView?.({ block: 'nearest' }));
  };

  return (
    <Dialog
      title="Keys"
      look="wide"
      head={<FindField label="Find a key or a command" value={query()} onInput={setQuery} />}
      tools={
        <>
          <Show when={layout()}>{(name) => <span class={styles.layout}>Keys follow your layout: {name()}</span>}</Show>
          <Button onClick={() => props.onChange()}>Change keys</Button>
        </>
      }
      onKey={onKey}
      onClose={props.onClose}
    >
      <p class={styles.foot}>
        <Show when={pressed()} fallback="Press a key to see what it does.">
          <b>{meaning()}.</b>
        </Show>{' '}
        No key works while a text is typed, except with Ctrl or Alt.
      </p>
      {/* Has the focus at first, so that a key pressed shows what it does; and scrolls by key where the sheet is long. */}
      <div class={styles.columns} role="region" aria-label="All keys" tabIndex={0} autofocus>
        <For each={groups()} fallback={<p class={styles.foot}>No key and no command goes by that name.</p>}>
          {(group) => (
            <section class={styles.group}>
              <h3>{group.title}</h3>
              <dl>
                <For each={group.lines}>
                  {(line) => (
                    <div class={styles.line} data-pressed={line.pressed.includes(pressed() ?? '') ? '' : undefined}>
                      <dt>
                        <For each={line.keys.slice(0, 4)}>{(key) => <KeyCaps name={key} />}</For>
                      </dt>
                      <dd>{line.title}</dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
      <LiveRegion text={meaning()} />
    </Dialog>
  );
};
