/** Help inside the app: short pages, found by their words. It needs no network. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key only when it can have the focus
// biome-ignore-all lint/a11y/useSemanticElements: an article would be one more landmark inside the dialog
import { type Component, createMemo, createSignal, For, Match, onMount, Show, Switch } from 'solid-js';

import { version } from '../../../package.json';
import { isFault } from '../../base/fault';
import type { EngineApi } from '../../engine/api';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FindField } from '../../ui/FindField';
import { HELP_PAGES, type HelpBlock, textOf } from './help-pages';
import styles from './HelpDialog.module.css';

type FormatList = Awaited<ReturnType<EngineApi['formats']>>;

interface HelpDialogProps {
  formats: () => Promise<FormatList>;
  /** What the engine runs on, once it has told. */
  engineText: string;
  /** Puts an example into the filter; absent where no log is open. */
  onFilter: ((text: string) => void) | undefined;
  onKeys: () => void;
  onChangeKeys: () => void;
  onClose: () => void;
}

export const HelpDialog: Component<HelpDialogProps> = (props) => {
  const [query, setQuery] = createSignal('');
  const [chosen, setChosen] = createSignal('start');
  const [formats, setFormats] = createSignal<FormatList>([]);
  onMount(() => void readFormats());

  async function readFormats(): Promise<void> {
    try {
      setFormats(await props.formats());
    } catch (error) {
      if (!isFault(error)) throw error; // the engine is gone, which is told elsewhere
    }
  }

  const words = createMemo(() => query().toLowerCase().split(/\s+/).filter(Boolean));
  const found = createMemo(() =>
    HELP_PAGES.filter((page) => {
      const isAboutFormats = page.blocks.some((block) => block.kind === 'formats');
      const listed = isAboutFormats ? formats().map(({ id, title }) => `${id} ${title}`) : [];
      const text = [textOf(page), ...listed].join('\n').toLowerCase();
      return words().every((word) => text.includes(word));
    }),
  );
  /** The page chosen, or the first that holds the words. */
  const page = () => found().find((one) => one.id === chosen()) ?? found()[0];

  return (
    <Dialog
      title="Help"
      look="tall"
      head={<FindField label="Find in the help" value={query()} onInput={setQuery} autofocus />}
      onClose={props.onClose}
    >
      <div class={styles.layout}>
        <nav class={styles.pages} aria-label="Pages of the help">
          <For each={found()}>
            {(one) => (
              <button
                type="button"
                class={styles.page}
                aria-current={page()?.id === one.id ? 'page' : undefined}
                onClick={() => setChosen(one.id)}
              >
                {one.title}
              </button>
            )}
          </For>
        </nav>
        <div class={styles.content} role="region" aria-label={page()?.title ?? 'Help'} tabIndex={0}>
          <Show when={page()} keyed fallback={<p>No page holds these words.</p>}>
            {(one) => (
              <>
                <h3>{one.title}</h3>
                <For each={one.blocks}>{(block) => <Block block={block} help={props} formats={formats()} />}</For>
              </>
            )}
          </Show>
        </div>
      </div>
    </Dialog>
  );
};

const Block: Component<{ block: HelpBlock; help: HelpDialogProps; formats: FormatList }> = (props) => {
  const families = createMemo(() => [...new Set(props.formats.map((format) => format.family))]);
  return (
    <Switch>
      <Match when={props.block.kind === 'text' && props.block}>
        {(block) => (
          <p>
            <Prose text={block().text} />
          </p>
        )}
      </Match>
      <Match when={props.block.kind === 'terms' && props.block}>
        {(block) => (
          <dl class={styles.terms}>
            <For each={block().rows}>
              {(row) => (
                <div>
                  <dt>{row.term}</dt>
                  <dd>
                    <Prose text={row.text} />
                  </dd>
                </div>
              )}
            </For>
          </dl>
        )}
      </Match>
      <Match when={props.block.kind === 'filters' && props.block}>
        {(block) => (
          <table class={styles.filters}>
            <thead class="unseen">
              <tr>
                <th scope="col">Filter</th>
                <th scope="col">What it keeps</th>
              </tr>
            </thead>
            <tbody>
              <For each={block().rows}>
                {(row) => (
                  <tr>
                    <td>
                      <For each={row.examples}>
                        {(example) => <Example text={example} onFilter={props.help.onFilter} />}
                      </For>
                    </td>
                    <td>
                      <Prose text={row.text} />
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        )}
      </Match>
      <Match when={props.block.kind === 'keys'}>
        <p class={styles.verbs}>
          <Button onClick={() => props.help.onKeys()}>Show all keys</Button>
          <Button onClick={() => props.help.onChangeKeys()}>Change keys</Button>
        </p>
      </Match>
      <Match when={props.block.kind === 'formats'}>
        <dl class={styles.terms}>
          <For each={families()}>
            {(family) => (
              <div>
                <dt>{family}</dt>
                <dd>
                  {props.formats
                    .filter((format) => format.family === family)
                    .map((format) => format.title)
                    .join(' · ')}
                </dd>
              </div>
            )}
          </For>
        </dl>
      </Match>
      <Match when={props.block.kind === 'version'}>
        <p>
          Loupe {version}. {props.help.engineText}
        </p>
      </Match>
    </Switch>
  );
};

const Example: Component<{ text: string; onFilter: ((text: string) => void) | undefined }> = (props) => (
  <Show when={props.onFilter} fallback={<code class={styles.example}>{props.text}</code>}>
    {(onFilter) => (
      <button
        type="button"
        class={`${styles.example} ${styles.try}`}
        title="Put it into the filter"
        onClick={() => onFilter()(props.text)}
      >
        <code>{props.text}</code>
      </button>
    )}
  </Show>
);

/** Text with code in backticks. */
const Prose: Component<{ text: string }> = (props) => (
  <For each={props.text.split('`')}>
    {(piece, index) => (
      <Show when={index() % 2 === 1} fallback={piece}>
        <code>{piece}</code>
      </Show>
    )}
  </For>
);
