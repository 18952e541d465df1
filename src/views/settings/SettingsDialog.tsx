/** Everything that can be set, each with one sentence, found by its words. What is changed holds at once. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key only when it can have the focus
// biome-ignore-all lint/a11y/useSemanticElements: a section would be one more heading to those who walk by landmarks
import { type Component, createMemo, createSignal, For, type JSX, Show } from 'solid-js';

import type { OfflineCopy } from '../../state/offline-copy';
import type { Workspace } from '../../state/workspace';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FindField } from '../../ui/FindField';
import { KeptDataSetting } from './KeptDataSetting';
import { KeysSettings, type SettableCommand } from './KeysSettings';
import { KEPT_SETTINGS, LOOK_SETTINGS, MEMORY_SETTINGS, type Setting, TIME_SETTINGS } from './settings-list';
import styles from './Settings.module.css';

interface SettingsDialogProps {
  workspace: Workspace;
  commands: readonly SettableCommand[];
  /** The part to begin with. */
  part: string;
  offlineCopy: OfflineCopy;
  /** Everything kept was deleted: the page starts anew. */
  onDeleted: () => void;
  onClose: () => void;
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly settings: readonly Setting[];
  /** A part that is more than a list of settings. */
  readonly whole?: { readonly words: string; readonly render: (query: string) => JSX.Element };
}

export const SettingsDialog: Component<SettingsDialogProps> = (props) => {
  const [query, setQuery] = createSignal('');
  const store = () => props.workspace.settings;
  // Other settings change more often: the list of keys is not drawn anew for them.
  const choices = createMemo(() => store().settings().keys);

  const parts = (): readonly Part[] => [
    { id: 'looks', title: 'Looks', settings: LOOK_SETTINGS },
    { id: 'times', title: 'Times', settings: TIME_SETTINGS },
    { id: 'memory', title: 'Memory', settings: MEMORY_SETTINGS },
    {
      id: 'kept',
      title: 'Kept data',
      settings: KEPT_SETTINGS,
      whole: {
        words: 'kept data stored storage delete privacy indexeddb cache marks notes workspaces offline persistent',
        render: () => <KeptDataSetting offlineCopy={props.offlineCopy} onDeleted={props.onDeleted} />,
      },
    },
    {
      id: 'keys',
      title: 'Keys',
      settings: [],
      whole: {
        words: `keys keyboard shortcuts bindings ${props.commands.map(wordsOf).join(' ')}`,
        render: (text) => (
          <KeysSettings
            commands={props.commands}
            choices={choices()}
            query={text}
            onChoose={(keys) => props.workspace.acts.change('Keys changed', keysPart(), () => store().change({ keys }))}
          />
        ),
      },
    },
  ];
  const keysPart = () => ({
    save: () => store().settings().keys,
    restore: (keys: Record<string, readonly string[]>) => store().change({ keys }),
  });

  const words = createMemo(() => query().toLowerCase().split(/\s+/).filter(Boolean));
  const fits = (text: string) => words().every((word) => text.toLowerCase().includes(word));
  const shown = createMemo(() =>
    parts().flatMap((part) => {
      const isNamed = fits(part.title);
      const settings = part.settings.filter(
        (setting) => isNamed || fits(`${part.title} ${setting.title} ${setting.words} ${setting.sentence}`),
      );
      const hasWhole = part.whole !== undefined && (isNamed || fits(`${part.title} ${part.whole.words}`));
      return settings.length > 0 || hasWhole ? [{ ...part, settings, isNamed }] : [];
    }),
  );

  let content!: HTMLDivElement;
  const showPart = (id: string) => content.querySelector(`#settings-${id}`)?.scrollIntoView?.({ block: 'start' });

  return (
    <Dialog
      title="Settings"
      look="tall"
      head={<FindField label="Find a setting" value={query()} onInput={setQuery} autofocus />}
      onClose={props.onClose}
    >
      <div class={styles.layout}>
        <nav class={styles.parts} aria-label="Parts of the settings">
          <For each={shown()}>
            {(part) => (
              <button type="button" class={styles.part} onClick={() => showPart(part.id)}>
                {part.title}
              </button>
            )}
          </For>
        </nav>
        {/* A region that scrolls can be scrolled by key only when it can have the focus. */}
        <div
          ref={(element) => {
            content = element;
            if (props.part !== '') queueMicrotask(() => showPart(props.part));
          }}
          class={styles.content}
          role="region"
          aria-label="Settings"
          tabIndex={0}
        >
          <Show when={!store().isKept()}>
            <p class={styles.warning}>
              This browser keeps nothing for this page: what you set lasts until the page is closed.
            </p>
          </Show>
          <For each={shown()} fallback={<p class={styles.sentence}>No setting goes by that name.</p>}>
            {(part) => (
              <section id={`settings-${part.id}`} class={styles.section} aria-labelledby={`settings-${part.id}-title`}>
                <h3 id={`settings-${part.id}-title`}>{part.title}</h3>
                <For each={part.settings}>
                  {(setting) => (
                    <div class={styles.setting}>
                      <div>
                        <p class={styles.title}>{setting.title}</p>
                        <p class={styles.sentence}>{setting.sentence}</p>
                      </div>
                      <setting.Control workspace={props.workspace} label={setting.title} />
                    </div>
                  )}
                </For>
                {part.whole?.render(part.isNamed ? '' : query())}
              </section>
            )}
          </For>
          <Show when={query() === ''}>
            <p class={styles.reset}>
              <Button onClick={() => resetAll(props.workspace)}>Set everything back</Button>
              <span class={styles.sentence}>All settings as they were at first, keys too; undo takes it back.</span>
            </p>
          </Show>
        </div>
      </div>
    </Dialog>
  );
};

const wordsOf = (command: SettableCommand) => `${command.title} ${command.words ?? ''} ${command.group}`;

function resetAll({ settings, acts }: Workspace) {
  const part = { save: settings.settings, restore: settings.change };
  acts.change('Settings set back', part, settings.reset);
}
