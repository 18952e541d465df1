/**
 * A menu that floats over the page: the browser's own popover, placed at what it belongs to. Arrow keys, Home and End walk
 * it, a letter goes to the item that begins with it, an item's own key runs it, Escape and Tab close it. The focus goes back
 * to where it was.
 */
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: aria-checked is there only with the roles that have it
// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: the key cap is read out as the item's shortcut
import { type Component, createSignal, createUniqueId, For, type JSX, onCleanup, onMount, Show } from 'solid-js';

import { Icon, type IconName } from './Icon';
import styles from './Menu.module.css';
import { type Box, type MenuPlace, placeMenu } from './menu-place';
import { bindVars } from './vars';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** What it would do, beside its label: "24,304 left". Read live. */
  readonly note?: () => string | null;
  /** A key that runs it while the menu is open, as shown: `+`, `c`. */
  readonly key?: string;
  /** A switch, or one of several choices: whether it is on. Absent: neither. */
  readonly isOn?: boolean;
  readonly kind?: 'switch' | 'choice';
  readonly isDisabled?: boolean;
  /** A class for a small square of colour in place of the icon; such items stand side by side. */
  readonly swatch?: string;
  readonly run: () => void;
}

/** `line` parts what belongs together. */
export type MenuEntry = MenuItem | 'line';

export interface MenuProps {
  /** What it is about, read out. */
  label: string;
  /** Where it belongs to: an element, or a place in the window (a click, a word). */
  anchor: Element | Box;
  entries: readonly MenuEntry[];
  /** Stands above the items. */
  head?: JSX.Element;
  /** It is gone: by a choice, Escape, or a click beside it. */
  onClose: () => void;
}

export const Menu: Component<MenuProps> = (props) => {
  let menu!: HTMLDivElement;
  const [place, setPlace] = createSignal<MenuPlace>({ left: 0, top: 0, maxHeight: 0 });
  const cameFrom = document.activeElement;
  let isClosed = false;

  const items = () => props.entries.filter((entry): entry is MenuItem => entry !== 'line');
  const elements = () => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];

  const put = () => {
    const anchor = props.anchor instanceof Element ? props.anchor.getBoundingClientRect() : props.anchor;
    const size = { width: menu.offsetWidth, height: menu.scrollHeight + (menu.offsetHeight - menu.clientHeight) };
    setPlace(placeMenu(anchor, size, { width: window.innerWidth, height: window.innerHeight }));
  };

  function close() {
    if (isClosed) return;
    isClosed = true;
    const hadFocus = menu.contains(document.activeElement);
    menu.hidePopover();
    if ((hadFocus || document.activeElement === document.body) && cameFrom instanceof HTMLElement) cameFrom.focus();
    props.onClose();
  }

  function choose(item: MenuItem) {
    if (item.isDisabled === true) return;
    close(); // first: what the item does may move the focus
    item.run();
  }

  const focusAt = (at: number) => {
    const all = elements();
    all[(at + all.length) % all.length]?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation(); // the keys of the page wait
    const all = elements();
    const here = all.indexOf(document.activeElement as HTMLElement);
    const isChord = event.ctrlKey || event.metaKey || event.altKey;
    const keyed = isChord ? undefined : items().find((item) => item.key !== undefined && item.key === event.key);
    if (keyed) choose(keyed);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowRight') focusAt(here + 1);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowLeft') focusAt(here < 0 ? -1 : here - 1);
    else if (event.key === 'Home') focusAt(0);
    else if (event.key === 'End') focusAt(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key.length === 1 && !isChord && event.key !== ' ') {
      const letter = event.key.toLowerCase();
      const order = [...all.slice(here + 1), ...all.slice(0, here + 1)];
      order.find((element) => element.textContent.trim().toLowerCase().startsWith(letter))?.focus();
    } else return; // Enter and Space press the item
    event.preventDefault();
  };

  onMount(() => {
    menu.showPopover();
    put();
    elements()[0]?.focus();
    // A menu belongs to a place: when the place moves, it is over.
    window.addEventListener('resize', close);
    onCleanup(() => window.removeEventListener('resize', close));
  });

  return (
    <div
      ref={(element) => {
        menu = element;
        bindVars(element, () => ({
          '--left': `${place().left}px`,
          '--top': `${place().top}px`,
          '--room': place().maxHeight > 0 ? `${place().maxHeight}px` : 'none',
        }));
        // Not all of the browsers this runs in know `popover` as a property that JSX could set.
        element.setAttribute('popover', 'auto');
        // The browser closes it for a click beside it.
        element.addEventListener('toggle', (event) => {
          if ((event as ToggleEvent).newState === 'closed') close();
        });
      }}
      class={styles.menu}
      role="menu"
      tabIndex={-1}
      aria-label={props.label}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      <Show when={props.head}>
        <div class={styles.head}>{props.head}</div>
      </Show>
      <For each={toRuns(props.entries)}>
        {(run) => (
          <Show when={run.kind !== 'line'} fallback={<hr class={styles.line} />}>
            <div class={run.kind === 'swatches' ? styles.swatches : styles.items} role="none">
              <For each={run.items}>{(item) => <Item item={item} onChoose={() => choose(item)} />}</For>
            </div>
          </Show>
        )}
      </For>
    </div>
  );
};

const Item: Component<{ item: MenuItem; onChoose: () => void }> = (props) => {
  const noteId = createUniqueId();
  const role = () =>
    props.item.isOn === undefined ? 'menuitem' : props.item.kind === 'choice' ? 'menuitemradio' : 'menuitemcheckbox';
  return (
    <button
      type="button"
      class={props.item.swatch === undefined ? styles.item : styles.swatchItem}
      role={role()}
      tabIndex={-1}
      aria-checked={props.item.isOn}
      aria-disabled={props.item.isDisabled === true}
      aria-label={props.item.label}
      aria-describedby={props.item.note ? noteId : undefined}
      aria-keyshortcuts={props.item.key}
      title={props.item.swatch === undefined ? undefined : props.item.label}
      onClick={() => props.onChoose()}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
    >
      <Show
        when={props.item.swatch === undefined}
        fallback={<span class={`${styles.swatch} ${props.item.swatch}`}>{props.item.key}</span>}
      >
        <Show
          when={props.item.isOn === undefined}
          fallback={
            <span class={styles.check}>
              <Show when={props.item.isOn}>
                <Icon name="check" />
              </Show>
            </span>
          }
        >
          <Show when={props.item.icon}>{(icon) => <Icon name={icon()} class={styles.icon} />}</Show>
        </Show>
        <span class={styles.label}>{props.item.label}</span>
        <Show when={props.item.note}>
          {(note) => (
            <span id={noteId} class={styles.note}>
              {note()()}
            </span>
          )}
        </Show>
        <Show when={props.item.key}>
          <kbd aria-hidden="true">{props.item.key}</kbd>
        </Show>
      </Show>
    </button>
  );
};

interface Run {
  readonly kind: 'items' | 'swatches' | 'line';
  readonly items: readonly MenuItem[];
}

/** Squares of colour that follow each other stand side by side; so do the others, below each other. */
function toRuns(entries: readonly MenuEntry[]): Run[] {
  const runs: { kind: Run['kind']; items: MenuItem[] }[] = [];
  for (const entry of entries) {
    const kind = entry === 'line' ? 'line' : entry.swatch === undefined ? 'items' : 'swatches';
    const last = runs.at(-1);
    if (entry === 'line') runs.push({ kind, items: [] });
    else if (last?.kind === kind) last.items.push(entry);
    else runs.push({ kind, items: [entry] });
  }
  return runs;
}
