/** The top bar: what is open, the views of it, the palette, opening more, keys, help, the theme. */
import { type Component, For, type JSX, Show, useContext } from 'solid-js';

import { THEMES, type Theme } from '../state/settings';
import { VIEWS, type ViewId } from '../state/view';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { KeyCaps, KeysContext, toAriaKeys, useTooltip } from '../ui/keys';
import { MenuButton } from '../ui/MenuButton';
import { toNumberText } from '../ui/size-text';
import { bindVars } from '../ui/vars';
import styles from './TopBar.module.css';

interface TopBarProps {
  /** The workspace's name and menu, where one is open. */
  heading: JSX.Element;
  hasHeading: boolean;
  theme: Theme;
  /** Share read while something opens; null otherwise. */
  progress: number | null;
  hasSources: boolean;
  view: ViewId;
  /** How much a view has to show, beside its name; absent: not known, or no number says it. */
  counts: Partial<Record<ViewId, number>>;
  areDetailsOpen: boolean;
  /** A newer version, where there is one. */
  offer: JSX.Element;
  onTheme: (theme: Theme) => void;
  onOpen: () => void;
  onPalette: () => void;
  onKeys: () => void;
  onHelp: () => void;
  onView: (view: ViewId) => void;
  onDetails: () => void;
}

const THEME_WORDS: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

export const TopBar: Component<TopBarProps> = (props) => {
  const tooltip = useTooltip();
  const keysOf = useContext(KeysContext);
  const nextTheme = () => THEMES[(THEMES.indexOf(props.theme) + 1) % THEMES.length] ?? 'system';
  return (
    <header class={styles.bar} data-region="top">
      <Icon name="loupe" class={styles.brand} />
      {/* The start has a heading of its own. */}
      <Show when={props.hasHeading} fallback={<b class={styles.title}>Loupe</b>}>
        {props.heading}
      </Show>
      <Show when={props.hasSources}>
        <nav class={styles.views} aria-label="Views">
          <For each={VIEWS}>
            {(view) => (
              <button
                type="button"
                class={styles.view}
                aria-current={view.id === props.view ? 'page' : undefined}
                aria-keyshortcuts={toAriaKeys(keysOf(`view.${view.id}`))}
                title={tooltip(view.title, `view.${view.id}`)}
                onClick={() => props.onView(view.id)}
              >
                {view.title}
                <Show when={props.counts[view.id]}>
                  {(count) => <span class={styles.count}> {toNumberText(count())}</span>}
                </Show>
              </button>
            )}
          </For>
        </nav>
        <span class={styles.viewsMenu}>
          <MenuButton
            label="Views"
            entries={() =>
              VIEWS.map((view) => ({
                label: view.title,
                key: keysOf(`view.${view.id}`)[0] ?? '',
                isOn: view.id === props.view,
                kind: 'choice',
                run: () => props.onView(view.id),
              }))
            }
          >
            {VIEWS.find((view) => view.id === props.view)?.title}
          </MenuButton>
        </span>
      </Show>
      <span class={styles.push} />
      {props.offer}
      <Show when={props.hasSources}>
        <Button
          size="small"
          icon="plus"
          aria-label="Open files"
          title={tooltip('Open files', 'file.open')}
          onClick={() => props.onOpen()}
        >
          <span class={styles.word}>Open</span>
        </Button>
        <IconButton
          icon="drawer"
          label="Details"
          command="record.details"
          aria-pressed={props.areDetailsOpen}
          disabled={props.view !== 'lines'}
          onClick={() => props.onDetails()}
        />
      </Show>
      <button
        type="button"
        class={styles.omni}
        aria-label="Search or run a command"
        title={tooltip('Search or run a command', 'palette.open')}
        onClick={() => props.onPalette()}
      >
        <Icon name="search" />
        <span class={styles.omniText}>Search or run a command</span>
        <For each={keysOf('palette.open').slice(0, 1)}>{(key) => <KeyCaps name={key} />}</For>
      </button>
      <IconButton
        class={styles.keyboard}
        icon="keyboard"
        label="Keys"
        command="keys.show"
        onClick={() => props.onKeys()}
      />
      <IconButton icon="help" label="Help" command="help.open" onClick={() => props.onHelp()} />
      <IconButton
        icon="theme"
        label={`Theme: ${THEME_WORDS[props.theme]}`}
        onClick={() => props.onTheme(nextTheme())}
      />
      <Show when={props.progress}>
        {(share) => (
          <span
            class={styles.progress}
            aria-hidden="true"
            ref={(element) => bindVars(element, () => ({ '--share': String(share()) }))}
          />
        )}
      </Show>
    </header>
  );
};
