/** The palette: one field for every command, source, field, mark and record, each with its key and its effect. */
// biome-ignore-all lint/a11y/useSemanticElements: a group of options, for which there is no element
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field takes the keys
// biome-ignore-all lint/a11y/useFocusableInteractive: the field has the focus, and tells the active option by aria-activedescendant
import { type Component, createEffect, createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js';

import { isFault } from '../../base/fault';
import type { Workspace } from '../../state/workspace';
import { Icon } from '../../ui/Icon';
import { KeyCaps } from '../../ui/keys';
import { LiveRegion } from '../../ui/LiveRegion';
import { toCountText, toNumberText } from '../../ui/size-text';
import { LogText } from '../LogText';
import styles from './Palette.module.css';
import { createFinds } from './palette-finds';
import { type CommandLine, type FoundItem, type PaletteItem, toSections } from './palette-item';

interface PaletteProps {
  workspace: Workspace;
  commands: readonly CommandLine[];
  recent: readonly string[];
  /** What stands in the field at first: empty, or the sign of a mode. */
  prefix: string;
  /** Runs a command once the palette has closed and given the focus back. */
  onRun: (command: string) => void;
  onTypeFilter: (text: string) => void;
  onClose: () => void;
}

// Effects are found out for so many of the lines listed first: each asks the engine something.
const EFFECT_COUNT = 12;
const PAGE = 8;

export const Palette: Component<PaletteProps> = (props) => {
  let dialog!: HTMLDialogElement;
  let input!: HTMLInputElement;
  let list!: HTMLDivElement;
  const [text, setText] = createSignal(props.prefix);
  const [active, setActive] = createSignal(0);
  const finds = createFinds({
    workspace: props.workspace,
    commands: props.commands,
    recent: props.recent,
    text,
    onRun: (command) => props.onRun(command),
    onTypeFilter: (filter) => props.onTypeFilter(filter),
  });
  const sections = createMemo(() => toSections(finds.found()));
  /** In the order in which they are listed: by section. */
  const listed = createMemo(() => sections().flatMap((section) => section.items));
  const effects = createEffects();

  onMount(() => {
    dialog.showModal();
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  });

  // The best fit is chosen anew with every letter; what comes in later from the engine stands below it.
  createEffect(() => {
    text();
    setActive(0);
    list.scrollTop = 0;
  });
  createEffect(() => {
    for (const { item } of listed().slice(0, EFFECT_COUNT)) effects.ask(item);
    const chosen = listed()[active()];
    if (chosen) effects.ask(chosen.item);
  });

  let isClosed = false;
  /** Tells at once, once: the browser's own event comes a moment later, and keys pressed meanwhile would go nowhere. */
  function close() {
    if (isClosed) return;
    isClosed = true;
    dialog.close();
    props.onClose();
  }

  function go(to: number) {
    const last = listed().length - 1;
    setActive(Math.max(0, Math.min(last, to)));
    document.getElementById(optionId(active()))?.scrollIntoView?.({ block: 'nearest' });
  }

  function run(found: FoundItem | undefined) {
    if (!found || found.item.reason) return;
    close(); // gives the focus back first: the command may move it on
    found.item.run();
  }

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const count = listed().length;
    const moves: Record<string, () => number> = {
      ArrowDown: () => (active() + 1) % Math.max(1, count),
      ArrowUp: () => (active() - 1 + count) % Math.max(1, count),
      PageDown: () => active() + PAGE,
      PageUp: () => active() - PAGE,
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      go(move());
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      run(listed()[active()]);
    } else if (event.key === 'Escape' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k')) {
      event.preventDefault();
      close();
    }
  };

  const emptyText = () => {
    const { mode, query } = finds.asked();
    if (mode === 'search' && query === '')
      return 'Type what the records hold: a word, "a phrase", /regex/, field=value.';
    if (mode === 'sources' && props.workspace.sources.list().length === 0) return 'No source is open.';
    if (mode === 'patterns' && finds.isSearching()) return 'Counting patterns';
    return finds.isSearching() ? 'Looking through the records' : 'Nothing goes by that name.';
  };

  return (
    <dialog
      ref={(element) => {
        dialog = element;
      }}
      class={styles.dialog}
      aria-label="Commands"
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog) close(); // beside it
      }}
      onKeyDown={onKeyDown}
    >
      <div class={styles.field}>
        <Icon name="search" class={styles.lead} />
        <input
          ref={(element) => {
            input = element;
          }}
          class={styles.input}
          type="text"
          role="combobox"
          aria-label="Search or run a command"
          aria-expanded={listed().length > 0}
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={listed().length > 0 ? optionId(active()) : undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          autofocus
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <span class={styles.modes}>
          <kbd>&gt;</kbd> commands <kbd>/</kbd> search <kbd>#</kbd> patterns <kbd>@</kbd> sources
        </span>
      </div>
      <div
        ref={(element) => {
          list = element;
        }}
        id="palette-list"
        class={styles.list}
        role="listbox"
        aria-label="Results"
      >
        <For each={sections()}>
          {(section, sectionIndex) => (
            <div role="group" aria-labelledby={`palette-section-${sectionIndex()}`}>
              <div id={`palette-section-${sectionIndex()}`} class={styles.section} role="presentation">
                {section.title}
              </div>
              <For each={section.items}>
                {(found) => {
                  const index = () => listed().indexOf(found);
                  const note = () => found.item.reason ?? found.item.note ?? effects.of(found.item.id);
                  return (
                    <div
                      id={optionId(index())}
                      class={styles.item}
                      role="option"
                      aria-selected={active() === index()}
                      aria-disabled={found.item.reason ? true : undefined}
                      onPointerMove={() => setActive(index())}
                      onPointerDown={(event) => event.preventDefault()} // the field keeps the focus
                      onClick={() => run(found)}
                    >
                      <Icon name={found.item.icon} />
                      <span class={styles.title}>
                        <Title found={found} />
                      </span>
                      <span class={styles.note}>{note()}</span>
                      <span class={styles.keys}>
                        <For each={found.item.keys?.slice(0, 2)}>{(key) => <KeyCaps name={key} />}</For>
                      </span>
                    </div>
                  );
                }}
              </For>
            </div>
          )}
        </For>
        <Show when={listed().length === 0}>
          <p class={styles.empty}>{emptyText()}</p>
        </Show>
      </div>
      <p class={styles.foot}>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> run
        </span>
        <span>
          <kbd>Esc</kbd> close
        </span>
        <span class={styles.push} />
        <span>
          {toCountText(listed().length, 'result')}, {toNumberText(finds.commandCount)} commands in all
        </span>
      </p>
      <LiveRegion text={listed().length === 0 ? emptyText() : toCountText(listed().length, 'result')} />
    </dialog>
  );
};

const optionId = (index: number) => `palette-option-${index}`;

/** The title with what was typed in bold; text of a log as log text. */
const Title: Component<{ found: FoundItem }> = (props) => {
  const pieces = () => {
    const { title } = props.found.item;
    const out: { text: string; isTyped: boolean }[] = [];
    let done = 0;
    for (let at = 0; at < props.found.ranges.length; at += 2) {
      const [start = 0, end = 0] = props.found.ranges.slice(at, at + 2);
      out.push({ text: title.slice(done, start), isTyped: false }, { text: title.slice(start, end), isTyped: true });
      done = end;
    }
    return [...out, { text: title.slice(done), isTyped: false }];
  };
  return (
    <Show when={props.found.item.isQuoted} fallback={<Pieces pieces={pieces()} />}>
      <code>
        <LogText text={props.found.item.title} />
      </code>
    </Show>
  );
};

const Pieces: Component<{ pieces: readonly { text: string; isTyped: boolean }[] }> = (props) => (
  <For each={props.pieces}>
    {(piece) => (
      <Show when={piece.isTyped} fallback={piece.text}>
        <b>{piece.text}</b>
      </Show>
    )}
  </For>
);

/** Effects by item, asked for once each; all are given up when the palette closes. */
function createEffects() {
  const [known, setKnown] = createSignal<ReadonlyMap<string, string>>(new Map());
  const started = new Set<string>();
  const abort = new AbortController();
  onCleanup(() => abort.abort());

  async function find(item: PaletteItem): Promise<void> {
    try {
      const effect = await item.effect?.(abort.signal);
      if (effect && !abort.signal.aborted) setKnown((old) => new Map(old).set(item.id, effect));
    } catch (error) {
      if (!isFault(error)) throw error; // the line then says no more than its title
    }
  }
  return {
    of: (id: string) => known().get(id) ?? '',
    ask(item: PaletteItem) {
      if (started.has(item.id) || item.reason || !item.effect) return;
      started.add(item.id);
      void find(item);
    },
  };
}
