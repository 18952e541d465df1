/** The button at the end of the heads: which columns there are. */
import { type Component, createSignal, Show } from 'solid-js';

import type { LayoutStore } from '../../state/layout';
import { Icon } from '../../ui/Icon';
import { Menu, type MenuEntry } from '../../ui/Menu';
import { toColumnMenu } from './ColumnHeads';
import styles from './LogGrid.module.css';

interface ColumnsButtonProps {
  layout: LayoutStore;
  readFields: () => Promise<readonly string[]>;
}

export const ColumnsButton: Component<ColumnsButtonProps> = (props) => {
  let button!: HTMLButtonElement;
  const [entries, setEntries] = createSignal<readonly MenuEntry[] | null>(null);
  // A press beside a menu closes it, and the button is beside it: the click that follows must not open it again.
  let wasOpen = false;

  async function open() {
    setEntries(toColumnMenu(props.layout, await props.readFields()));
  }

  return (
    <>
      <button
        ref={(element) => {
          button = element;
        }}
        type="button"
        class={styles.columnsButton}
        aria-label="Columns"
        aria-haspopup="menu"
        aria-expanded={entries() !== null}
        title="Columns"
        onPointerDown={() => {
          wasOpen = entries() !== null;
        }}
        onClick={() => {
          if (!wasOpen) void open();
          wasOpen = false;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowLeft' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'ArrowDown') void open();
          else {
            // The heads are beside it: the arrows go on to them.
            const heads = button.parentElement?.parentElement?.querySelectorAll<HTMLElement>(
              '[role="columnheader"][tabindex]',
            );
            heads?.item(heads.length - 1).focus();
          }
        }}
      >
        <Icon name="columns" small />
      </button>
      <Show when={entries()}>
        {(shown) => <Menu label="Columns" anchor={button} entries={shown()} onClose={() => setEntries(null)} />}
      </Show>
    </>
  );
};
