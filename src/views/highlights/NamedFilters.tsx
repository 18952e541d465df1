/** Saved filters: each with a name, a colour for its records, its count; in an order that decides whose colour wins. */
// biome-ignore-all lint/a11y/useSemanticElements: a list that is walked by key and reordered
import { type Component, createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';

import { countOrNull } from '../../state/count';
import { LABEL_COLOURS, type NamedFilter } from '../../state/highlights';
import type { Workspace } from '../../state/workspace';
import { Button, IconButton } from '../../ui/Button';
import { MenuButton } from '../../ui/MenuButton';
import { toCountText } from '../../ui/size-text';
import { toFaultText } from '../fault-text';
import styles from './NamedFilters.module.css';

export const NamedFilters: Component<{ workspace: Workspace }> = (props) => {
  const { highlights, filter } = props.workspace;
  const [stop, setStop] = createSignal(0);
  const [dragged, setDragged] = createSignal<number | null>(null);
  let list!: HTMLOListElement;
  const named = highlights.named;

  const focusAt = (at: number) => {
    const next = Math.max(0, Math.min(named().length - 1, at));
    setStop(next);
    queueMicrotask(() => list.querySelectorAll<HTMLElement>('[data-named]')[next]?.focus());
  };
  const moveBy = (one: NamedFilter, step: 1 | -1) => {
    const ids = named().map(({ id }) => id);
    const at = ids.indexOf(one.id) + step;
    if (at < 0 || at >= ids.length) return;
    highlights.move(one.id, ids[step === 1 ? at + 1 : at] ?? null);
    focusAt(at);
  };
  const onKeyDown = (event: KeyboardEvent, one: NamedFilter, at: number) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const isAlt = event.altKey;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    if (step !== null && isAlt) moveBy(one, step);
    else if (step !== null) focusAt(at + step);
    else if (isAlt) return;
    else if (event.key === ' ') highlights.toggle(one.id);
    else if (event.key === 'Enter') void filter.replaceText(one.text);
    else if (event.key === '+') filter.toggleWhole(one.text, one.name);
    else if (event.key === 'F2') highlights.edit(one.id);
    else if (event.key === 'Delete') {
      highlights.remove(one.id);
      focusAt(at);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class={styles.panel}>
      <div class={styles.head}>
        <Button
          size="small"
          icon="star"
          disabled={!filter.isFiltered()}
          onClick={() => highlights.edit(highlights.save(nameFor(filter.toText()), filter.toText()))}
        >
          Save the filter
        </Button>
        <Show when={highlights.labels().length > 0}>
          <span class={styles.labels}>
            <For each={highlights.labels()}>
              {(label) => (
                <span class={styles.label}>
                  <span class={`${styles.number} hl-${label.colour}`}>{label.colour}</span>
                  <code>{label.text}</code>
                </span>
              )}
            </For>
            <Button size="small" look="quiet" onClick={() => highlights.clearLabels()}>
              Clear the colours
            </Button>
          </span>
        </Show>
      </div>
      <Show
        when={named().length > 0}
        fallback={
          <p class={styles.none}>No saved filter yet. A saved one colours its records, and comes back by a click.</p>
        }
      >
        <ol
          ref={(element) => {
            list = element;
          }}
          class={styles.list}
          aria-label="Saved filters"
        >
          <For each={named()}>
            {(one, at) => (
              <li
                class={styles.item}
                classList={{ [styles.target ?? '']: dragged() !== null && dragged() !== one.id }}
                data-named={one.id}
                tabIndex={at() === Math.min(stop(), named().length - 1) ? 0 : -1}
                aria-label={`${one.name}, colour ${one.colour}${one.isColouring ? '' : ', off'}`}
                aria-keyshortcuts="Enter Space + F2 Delete Alt+ArrowUp Alt+ArrowDown"
                draggable={highlights.editing() === one.id ? undefined : 'true'}
                onFocus={() => setStop(at())}
                onKeyDown={(event) => onKeyDown(event, one, at())}
                onDragStart={(event) => {
                  setDragged(one.id);
                  event.dataTransfer?.setData('text/plain', one.text);
                }}
                onDragOver={(event) => {
                  if (dragged() !== null) event.preventDefault();
                }}
                onDrop={(event) => {
                  event.preventDefault();
                  event.stopPropagation();
                  const id = dragged();
                  if (id !== null) highlights.move(id, one.id);
                  setDragged(null);
                }}
                onDragEnd={() => setDragged(null)}
              >
                <Item workspace={props.workspace} named={one} onDone={() => focusAt(at())} />
              </li>
            )}
          </For>
        </ol>
      </Show>
    </div>
  );
};

const Item: Component<{ workspace: Workspace; named: NamedFilter; onDone: () => void }> = (props) => {
  const { highlights, filter, sources } = props.workspace;
  const [count, setCount] = createSignal<number | null>(null);
  const meaning = () => highlights.filterOf(props.named.text);

  createEffect(
    on([meaning, sources.visibleIds, sources.revision], ([wanted]) => {
      if (!wanted) return;
      const asking = new AbortController();
      onCleanup(() => asking.abort());
      void countOrNull(filter.count, wanted, asking.signal).then((found) => {
        if (!asking.signal.aborted) setCount(found);
      });
    }),
  );

  return (
    <Show
      when={highlights.editing() === props.named.id}
      fallback={
        <>
          <button
            type="button"
            class={`${styles.number} hl-${props.named.colour}`}
            classList={{ [styles.off ?? '']: !props.named.isColouring }}
            tabIndex={-1}
            aria-pressed={props.named.isColouring}
            aria-label={`Colour the records of ${props.named.name}`}
            title="Colours its records"
            onClick={() => highlights.toggle(props.named.id)}
          >
            {props.named.colour}
          </button>
          <span class={styles.name}>{props.named.name}</span>
          <code class={styles.text}>{props.named.text}</code>
          <Show
            when={highlights.faultOf(props.named.text)}
            fallback={<span class={styles.count}>{count() === null ? '' : toCountText(count() ?? 0, 'record')}</span>}
          >
            {(fault) => <span class={styles.fault}>{toFaultText(fault()).what}</span>}
          </Show>
          <span class={styles.tools}>
            <Button size="small" look="quiet" tabIndex={-1} onClick={() => void filter.replaceText(props.named.text)}>
              Only this
            </Button>
            <Button
              size="small"
              look="quiet"
              tabIndex={-1}
              aria-pressed={filter.hasWhole(props.named.text)}
              onClick={() => filter.toggleWhole(props.named.text, props.named.name)}
            >
              {filter.hasWhole(props.named.text) ? 'In the filter' : 'Add to the filter'}
            </Button>
            <MenuButton
              label={`More for ${props.named.name}`}
              entries={() => [
                { label: 'Edit', key: 'e', run: () => highlights.edit(props.named.id) },
                {
                  label: 'Take the current filter over',
                  isDisabled: !filter.isFiltered(),
                  run: () => highlights.setText(props.named.id, filter.toText()),
                },
                { label: 'Delete', icon: 'close', run: () => highlights.remove(props.named.id) },
                'line',
                ...LABEL_COLOURS.map((colour) => ({
                  label: `Colour ${colour}`,
                  key: String(colour),
                  swatch: `hl-${colour}`,
                  kind: 'choice' as const,
                  isOn: props.named.colour === colour,
                  run: () => highlights.setColour(props.named.id, colour),
                })),
              ]}
            />
          </span>
        </>
      }
    >
      <EditForm workspace={props.workspace} named={props.named} onDone={props.onDone} />
    </Show>
  );
};

const EditForm: Component<{ workspace: Workspace; named: NamedFilter; onDone: () => void }> = (props) => {
  const { highlights } = props.workspace;
  let name!: HTMLInputElement;
  let text!: HTMLInputElement;
  const done = () => {
    highlights.edit(null);
    props.onDone();
  };
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        highlights.change(props.named.id, name.value.trim() || props.named.name, text.value.trim() || props.named.text);
        done();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') done();
      }}
    >
      <input
        ref={(element) => {
          name = element;
          queueMicrotask(() => {
            element.focus();
            element.select();
          });
        }}
        class={styles.field}
        aria-label="Name"
        value={props.named.name}
      />
      <input
        ref={(element) => {
          text = element;
        }}
        class={`${styles.field} ${styles.wide}`}
        aria-label="Filter"
        spellcheck={false}
        value={props.named.text}
      />
      <Button type="submit" size="small" look="primary">
        Save
      </Button>
      <IconButton icon="close" label="Leave it as it was" keys="Esc" onClick={done} />
    </form>
  );
};

// Long enough to tell filters apart until they get a name of a person's own.
const NAME_UNITS = 40;

export function nameFor(text: string): string {
  return text.length > NAME_UNITS ? `${text.slice(0, NAME_UNITS)}…` : text;
}
