/** A finished part of the filter: its words open it as text, Space switches it off, ! turns it round, × takes it away. */
import { type Component, createSignal, onCleanup, Show } from 'solid-js';

import { countOrNull } from '../../state/count';
import type { Clause, FilterStore } from '../../state/filter';
import { Icon } from '../../ui/Icon';
import { toCountText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toFaultText } from '../fault-text';
import styles from './Chip.module.css';

interface ChipProps {
  clause: Clause;
  filter: FilterStore;
  /** Its text is in the field now; the caret belongs behind so many units. */
  onOpen: (caret: number) => void;
  /** Its keys to the left and right of it; null: back into the field. */
  onWalk: (step: 1 | -1 | 'first' | 'field') => void;
}

export const Chip: Component<ChipProps> = (props) => {
  const [hint, setHint] = createSignal<{ text: string; left: number } | null>(null);
  let chip!: HTMLSpanElement;
  let asking: AbortController | undefined;
  onCleanup(() => asking?.abort());

  const meaning = () => props.filter.meaningOf(props.clause);
  const label = () => meaning()?.label ?? props.clause.text;
  const parts = () => splitLabel(label());
  const name = () => `${props.clause.isNegated ? 'not ' : ''}${label()}${props.clause.isOn ? '' : ', off'}`;

  async function showCount(): Promise<void> {
    const { fault } = meaning() ?? { fault: null };
    const left = chip.offsetLeft - (chip.parentElement?.scrollLeft ?? 0);
    if (fault) setHint({ text: toFaultText(fault).what, left });
    const only = props.filter.filterOf(props.clause);
    if (!only) return;
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const count = await countOrNull(props.filter.count, only, signal);
    if (count !== null && !signal.aborted) setHint({ text: `${toCountText(count, 'record')} by itself`, left });
  }

  function hideCount() {
    asking?.abort();
    setHint(null);
  }

  const open = () => props.onOpen(props.filter.open(props.clause.id));
  const remove = () => {
    props.onWalk('field');
    props.filter.remove(props.clause.id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'Enter':
      case 'F2':
        open();
        break;
      case ' ':
        props.filter.toggle(props.clause.id);
        break;
      case '!':
        props.filter.negate(props.clause.id);
        break;
      case 'Delete':
      case 'Backspace':
        remove();
        break;
      case 'ArrowLeft':
        props.onWalk(-1);
        break;
      case 'ArrowRight':
        props.onWalk(1);
        break;
      case 'Home':
        props.onWalk('first');
        break;
      case 'End':
      case 'Escape':
        props.onWalk('field');
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span
      ref={(element) => {
        chip = element;
      }}
      class={styles.chip}
      classList={{
        [styles.off ?? '']: !props.clause.isOn,
        [styles.bad ?? '']: meaning()?.fault !== null && meaning() !== null,
      }}
      onPointerEnter={() => void showCount()}
      onPointerLeave={hideCount}
    >
      <button
        type="button"
        class={styles.body}
        data-chip={props.clause.id}
        tabIndex={-1}
        aria-label={name()}
        aria-pressed={props.clause.isOn}
        aria-description={hint()?.text}
        title="Click opens it as text · Space switches it off · ! negates it"
        onClick={open}
        onKeyDown={onKeyDown}
        onFocus={() => void showCount()}
        onBlur={hideCount}
      >
        <Show when={props.clause.isNegated}>
          <span class={styles.not}>not</span>
        </Show>
        <Show when={parts().key}>{(key) => <span class={styles.key}>{key()}</span>}</Show>
        <span class={styles.value}>{parts().value}</span>
      </button>
      <button type="button" class={styles.close} tabIndex={-1} aria-label={`Remove ${name()}`} onClick={remove}>
        <Icon name="close" small />
      </button>
      <Show when={hint()}>
        {(shown) => (
          <span
            class={styles.hint}
            aria-hidden="true"
            ref={(element) => bindVars(element, () => ({ '--left': `${shown().left}px` }))}
          >
            {shown().text}
          </span>
        )}
      </Show>
    </span>
  );
};

/** "level ≥ warn" is a key and its sign, fainter, and a value; a phrase or an expression is a value. */
function splitLabel(label: string): { key: string; value: string } {
  //                       ┌ name       ┌ sign                   ┌ value
  const match = /^(?<key>[^\s"'/`]+ (?:=|≥|≤|>|<|contains)|level|source) (?<value>.+)$/s.exec(label);
  return { key: match?.groups?.key ?? '', value: match?.groups?.value ?? label };
}
