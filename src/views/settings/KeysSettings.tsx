/** Every command with its keys: given by pressing them, conflicts told at once, kept as a file and read back. */
import { type Component, createEffect, createMemo, createSignal, For, onCleanup, Show } from 'solid-js';

import { isHalfKey, toKeyName } from '../../base/key-name';
import {
  chosenKeys,
  findClashes,
  giveKey,
  type KeyChoices,
  type KeyWish,
  readKeyFile,
  refusalOf,
  rivalsFor,
  toKeyFile,
  withKeys,
} from '../../state/key-choices';
import { Button, IconButton } from '../../ui/Button';
import { KeyCaps, toKeyText } from '../../ui/keys';
import { toRegionText } from '../region-words';
import styles from './KeysSettings.module.css';

export interface SettableCommand {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly words?: string;
  /** Default keys. */
  readonly keys: readonly string[];
  readonly region?: string;
}

interface KeysSettingsProps {
  commands: readonly SettableCommand[];
  choices: KeyChoices;
  /** Only commands that these words, or keys, are found in; empty: all. */
  query: string;
  onChoose: (choices: KeyChoices) => void;
}

/** A command that waits for a key; `old` is the one to be replaced, null: one more. */
interface Recording {
  readonly command: SettableCommand;
  readonly old: string | null;
}

export const KeysSettings: Component<KeysSettingsProps> = (props) => {
  const [recording, setRecording] = createSignal<Recording | null>(null);
  const [asked, setAsked] = createSignal<{ wish: KeyWish; rivals: readonly SettableCommand[] } | null>(null);
  // What there is to say about a command (or, with no id, about the file), in its place.
  const [said, setSaid] = createSignal<{ id: string; text: string } | null>(null);
  let filePicker!: HTMLInputElement;

  const groups = createMemo(() => {
    const words = props.query.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (command: SettableCommand) => {
      const keys = chosenKeys(command, props.choices).map(toKeyText).join(' ');
      const text = `${command.title} ${command.words ?? ''} ${command.group} ${keys}`.toLowerCase();
      return words.every((word) => text.includes(word));
    };
    const found = props.commands.filter(fits);
    return [...new Set(found.map((command) => command.group))].map((title) => ({
      title,
      commands: found.filter((command) => command.group === title),
    }));
  });
  const clashes = createMemo(() => findClashes(props.commands, props.choices));
  const changedCount = () => Object.keys(props.choices).length;

  function start(command: SettableCommand, old: string | null) {
    setAsked(null);
    setSaid(null);
    setRecording({ command, old });
  }

  /** Takes the pressed key, or tells why it cannot be had. */
  function take(key: string, { command, old }: Recording) {
    setRecording(null);
    if (key === old) return;
    const refusal = refusalOf(key);
    if (refusal !== null) {
      setSaid({ id: command.id, text: refusal });
      return;
    }
    if (chosenKeys(command, props.choices).includes(key)) {
      setSaid({ id: command.id, text: `It has ${toKeyText(key)} already.` });
      return;
    }
    const wish = { command, old, key };
    const rivals = rivalsFor(props.commands, props.choices, command, key);
    if (rivals.length > 0) setAsked({ wish, rivals });
    else props.onChoose(giveKey(props.choices, wish, [], false));
  }

  createEffect(() => {
    const now = recording();
    if (!now) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (isHalfKey(event)) return;
      // Nobody else gets it: not the dialog, which Escape would close, and not the button that has the focus.
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') setRecording(null);
      else take(toKeyName(event), now);
    };
    const onPointerDown = () => setRecording(null);
    window.addEventListener('keydown', onKeyDown, true);
    window.addEventListener('pointerdown', onPointerDown, true);
    onCleanup(() => {
      window.removeEventListener('keydown', onKeyDown, true);
      window.removeEventListener('pointerdown', onPointerDown, true);
    });
  });

  function settle(isSwap: boolean) {
    const now = asked();
    if (!now) return;
    setAsked(null);
    props.onChoose(giveKey(props.choices, now.wish, now.rivals, isSwap));
  }

  function remove(command: SettableCommand, key: string) {
    const left = chosenKeys(command, props.choices).filter((one) => one !== key);
    props.onChoose(withKeys(props.choices, command, left));
  }

  function save() {
    const address = URL.createObjectURL(new Blob([toKeyFile(props.choices)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'loupe-keys.json';
    link.click();
    URL.revokeObjectURL(address);
  }

  async function load(file: File | undefined): Promise<void> {
    if (!file) return;
    const read = readKeyFile(await file.text(), props.commands);
    if (typeof read === 'string') {
      setSaid({ id: '', text: read });
      return;
    }
    props.onChoose(read.choices);
    setSaid({ id: '', text: [`Keys of ${file.name} are in use.`, ...read.left].join(' ') });
  }

  return (
    <>
      <div class={styles.verbs}>
        <Button size="small" onClick={save}>
          Save as a file
        </Button>
        <Button size="small" onClick={() => filePicker.click()}>
          Read a file
        </Button>
        <Button size="small" disabled={changedCount() === 0} onClick={() => props.onChoose({})}>
          All keys as at first
        </Button>
        <input
          ref={(element) => {
            filePicker = element;
          }}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="File of keys"
          onChange={(event) => {
            void load(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <Show when={said()?.id === ''}>
        <p class={styles.said} role="alert">
          {said()?.text}
        </p>
      </Show>
      <Show when={clashes().length > 0}>
        <ul class={styles.said} role="alert">
          <For each={clashes()}>
            {(clash) => (
              <li>
                <KeyCaps name={clash.key} /> belongs to {clash.commands.map((one) => `“${one.title}”`).join(' and ')}:
                only the first of them runs.
              </li>
            )}
          </For>
        </ul>
      </Show>
      <For each={groups()}>
        {(group) => (
          <>
            <h4 class={styles.group}>{group.title}</h4>
            <ul>
              <For each={group.commands}>
                {(command) => {
                  const isRecording = (old: string | null) =>
                    recording()?.command.id === command.id && recording()?.old === old;
                  return (
                    <li class={styles.line}>
                      <span class={styles.title}>
                        {command.title}
                        <Show when={command.region}>
                          {(region) => <span class={styles.region}> {toRegionText(region())}</span>}
                        </Show>
                      </span>
                      <span class={styles.keys}>
                        <For each={chosenKeys(command, props.choices)}>
                          {(key) => (
                            <span class={styles.pair}>
                              <button
                                type="button"
                                class={styles.key}
                                aria-label={
                                  isRecording(key)
                                    ? `Press a key in place of ${toKeyText(key)}`
                                    : `Change ${toKeyText(key)} of ${command.title}`
                                }
                                onClick={() => start(command, key)}
                              >
                                <Show when={isRecording(key)} fallback={<KeyCaps name={key} />}>
                                  Press a key
                                </Show>
                              </button>
                              <IconButton
                                class={styles.small}
                                icon="close"
                                label={`Remove ${toKeyText(key)} of ${command.title}`}
                                onClick={() => remove(command, key)}
                              />
                            </span>
                          )}
                        </For>
                        <Show
                          when={!isRecording(null)}
                          fallback={
                            <button type="button" class={styles.key} aria-label={`Press a key for ${command.title}`}>
                              Press a key
                            </button>
                          }
                        >
                          <IconButton
                            class={styles.small}
                            icon="plus"
                            label={`Add a key to ${command.title}`}
                            onClick={() => start(command, null)}
                          />
                        </Show>
                      </span>
                      <span class={styles.back}>
                        <Show when={command.id in props.choices}>
                          <Button
                            size="small"
                            look="quiet"
                            aria-label={`Keys of ${command.title} as at first`}
                            onClick={() => props.onChoose(withKeys(props.choices, command, command.keys))}
                          >
                            As at first
                          </Button>
                        </Show>
                      </span>
                      <Show when={said()?.id === command.id}>
                        <p class={styles.answer} role="alert">
                          {said()?.text}
                        </p>
                      </Show>
                      <Show when={asked()?.wish.command.id === command.id && asked()}>
                        {(now) => (
                          <div class={styles.answer} role="alert">
                            <KeyCaps name={now().wish.key} /> belongs to{' '}
                            {now()
                              .rivals.map((rival) => `“${rival.title}”`)
                              .join(' and ')}
                            .
                            <Show when={now().wish.old}>
                              {(old) => (
                                <Button size="small" onClick={() => settle(true)}>
                                  Swap: that gets {toKeyText(old())}
                                </Button>
                              )}
                            </Show>
                            <Button size="small" onClick={() => settle(false)}>
                              Take it
                            </Button>
                            <Button size="small" look="quiet" onClick={() => setAsked(null)}>
                              Leave it
                            </Button>
                          </div>
                        )}
                      </Show>
                    </li>
                  );
                }}
              </For>
            </ul>
          </>
        )}
      </For>
    </>
  );
};
