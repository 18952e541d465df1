/** The one filter of the workspace: text with completion, the brushed time as a chip, a live count, mistakes told in place. */
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: the list of a combobox
// biome-ignore-all lint/a11y/useFocusableInteractive: the field has the focus, and tells the active option by aria-activedescendant
// biome-ignore-all lint/a11y/useSemanticElements: <search> is not known to every browser this runs in
import { type Component, createEffect, createMemo, createSignal, For, Index, type JSX, on, Show } from 'solid-js';

import { isFault } from '../../base/fault';
import type { FilterCompletion } from '../../engine/api';
import type { FilterStore } from '../../state/filter';
import type { RecordsStore } from '../../state/records';
import { isFileFault } from '../../state/file-faults';
import { IconButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { toNumberText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toFaultText } from '../fault-text';
import { toRangeText } from '../time-text';
import { Chip } from './Chip';
import styles from './FilterBar.module.css';

interface FilterBarProps {
  filter: FilterStore;
  /** Refused queries are told where the text is. */
  records: RecordsStore;
  /** How many records pass; null while that was never counted. */
  count: number | null;
  /** The count is of an older filter. */
  isBehind: boolean;
  /** Only the levels, the time or the sources narrow what is counted, or nothing does. */
  isWhole: boolean;
  zone: string;
  isReading: boolean;
  /** Tells the input, so that `/` can focus it. */
  ref: (input: HTMLInputElement) => void;
  /** Escape with nothing left to close. */
  onLeave: () => void;
  /** What stands at the right end. */
  children?: JSX.Element;
}

export const FilterBar: Component<FilterBarProps> = (props) => {
  let input!: HTMLInputElement;
  let chips!: HTMLDivElement;
  const [completions, setCompletions] = createSignal<readonly FilterCompletion[]>([]);
  const [choice, setChoice] = createSignal(-1);
  const [scrolled, setScrolled] = createSignal(0);
  let asked = 0;

  // The text may be changed from elsewhere (clear, a saved filter): the field follows, but never under the caret.
  createEffect(
    on(props.filter.text, (text) => {
      if (input.value !== text) input.value = text;
    }),
  );

  // A query the engine refused stands beside mistakes of syntax: both leave the last good answer on screen.
  const mistake = createMemo(() => props.filter.mistake() ?? props.records.fault());
  /** That a file is not what it was is told once, by name, with what to do about it: not here. */
  const toldHere = () => {
    const fault = completions().length === 0 ? mistake() : null;
    return fault && !isFileFault(fault) ? fault : null;
  };
  const place = () => {
    const fault = mistake();
    const at = fault?.details.at;
    if (!fault || typeof at !== 'number' || fault !== props.filter.mistake()) return null;
    const length = Number(fault.details.length ?? 0);
    // A mistake at the very end marks the place where something is missing.
    return {
      before: props.filter.text().slice(0, at),
      bad: props.filter.text().slice(at, at + Math.max(1, length)) || ' ',
    };
  };

  async function complete(): Promise<void> {
    asked += 1;
    const mine = asked;
    try {
      const found = await props.filter.completions(input.selectionStart ?? input.value.length);
      if (mine !== asked || document.activeElement !== input) return;
      setCompletions(found.slice(0, 8));
      setChoice(-1);
    } catch (error) {
      if (!isFault(error)) throw error;
      setCompletions([]);
    }
  }

  function accept(completion: FilterCompletion) {
    const text = input.value.slice(0, completion.start) + completion.insert + input.value.slice(completion.end);
    input.value = text;
    const caret = completion.start + completion.insert.length;
    input.setSelectionRange(caret, caret);
    close();
    props.filter.type(text);
    input.focus();
    void complete();
  }

  function close() {
    asked += 1;
    setCompletions([]);
    setChoice(-1);
  }

  /** Puts a text into the field at once, so that the caret can be set in it. */
  function edit(caret: number) {
    input.value = props.filter.text();
    input.focus();
    input.setSelectionRange(caret, caret);
  }

  const chipButtons = () => [...chips.querySelectorAll<HTMLElement>('[data-chip]')];
  function walk(from: number, step: 1 | -1 | 'first' | 'field') {
    const all = chipButtons();
    const at = step === 'first' ? 0 : step === 'field' ? all.length : from + step;
    if (at < 0) return;
    const next = all[at];
    (next ?? input).focus();
    next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  const isAtStart = () => input.selectionStart === 0 && input.selectionEnd === 0;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return; // its keys choose among signs
    const list = completions();
    const picked = list[choice()];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.length === 0) void complete();
      else setChoice((choice() + (event.key === 'ArrowDown' ? 1 : -1) + list.length + 1) % (list.length + 1));
      if (choice() === list.length) setChoice(-1);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && picked) {
      event.preventDefault();
      accept(picked);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      close();
      void props.filter.finish();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (list.length > 0) close();
      else props.onLeave();
    } else if (event.key === 'Backspace' && isAtStart() && !event.repeat) {
      const last = props.filter.clauses().at(-1);
      if (last) {
        event.preventDefault();
        edit(props.filter.open(last.id));
      } else if (input.value === '' && props.filter.range()) props.filter.setRange(null);
    } else if (event.key === 'ArrowLeft' && isAtStart() && props.filter.clauses().length > 0) {
      event.preventDefault();
      walk(chipButtons().length, -1);
    }
  };

  const isBehind = () => props.filter.isWaiting() || props.isBehind;
  /** The count of what is typed just now: here before the rows. */
  const ahead = () => (isBehind() ? (props.filter.previewCount() ?? null) : null);
  const isCounting = () => ahead() === null && isBehind();
  const isFilteredCount = () => ahead() !== null || !props.isWhole;

  return (
    <div class={styles.bar} role="search" aria-label="Filter" data-region="filter">
      <Icon name="filter" class={styles.lead} />
      <div class={styles.field}>
        <div
          class={styles.chips}
          role="group"
          aria-label="Clauses"
          ref={(element) => {
            chips = element;
          }}
        >
          <Show when={props.filter.range()}>
            {(range) => (
              <span class={styles.chip}>
                <span class={styles.chipKey}>time</span> {toRangeText(range().start, range().end, props.zone)}
                <button
                  type="button"
                  class={styles.chipClose}
                  aria-label="Remove the time filter"
                  onClick={() => props.filter.setRange(null)}
                >
                  <Icon name="close" small />
                </button>
              </span>
            )}
          </Show>
          <Index each={props.filter.clauses()}>
            {(clause, at) => (
              <Chip clause={clause()} filter={props.filter} onOpen={edit} onWalk={(step) => walk(at, step)} />
            )}
          </Index>
        </div>
        <div class={styles.edit}>
          <input
            ref={(element) => {
              input = element;
              props.ref(element);
            }}
            class={styles.input}
            type="text"
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            role="combobox"
            aria-label="Filter the records"
            aria-expanded={completions().length > 0}
            aria-controls="filter-completions"
            aria-autocomplete="list"
            aria-activedescendant={choice() >= 0 ? `filter-completion-${choice()}` : undefined}
            aria-invalid={mistake() !== null}
            aria-describedby="filter-count"
            aria-errormessage={toldHere() ? 'filter-mistake' : undefined}
            placeholder={
              props.isReading
                ? 'Filter what has been read so far'
                : 'Filter: words, "phrases", /regex/, level>=warn, field=value'
            }
            onInput={(event) => {
              props.filter.type(event.currentTarget.value);
              void complete();
            }}
            onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
            onKeyDown={onKeyDown}
            onBlur={close}
          />
          <Show when={place()}>
            {(bad) => (
              <div
                class={styles.mirror}
                aria-hidden="true"
                ref={(element) => bindVars(element, () => ({ '--scrolled': `${-scrolled()}px` }))}
              >
                <span class={styles.mirrorText}>
                  {bad().before}
                  <span class={styles.bad}>{bad().bad}</span>
                </span>
              </div>
            )}
          </Show>
        </div>
      </div>
      <output
        id="filter-count"
        class={styles.count}
        classList={{ [styles.counting ?? '']: isCounting() }}
        aria-busy={isCounting()}
      >
        <Show when={props.count !== null}>
          <Show
            when={mistake()}
            fallback={
              <>
                <b>{toNumberText(ahead() ?? props.count ?? 0)}</b> {isFilteredCount() ? 'match' : 'records'}
                {props.isReading ? ' so far' : ''}
              </>
            }
          >
            still showing <b>{toNumberText(props.count ?? 0)}</b>
          </Show>
        </Show>
      </output>
      {props.children}
      <Show when={!props.filter.isEmpty()}>
        <IconButton
          icon="close"
          label="Clear the filter"
          command="filter.clear"
          onClick={() => void props.filter.clear()}
        />
      </Show>
      <Show when={completions().length > 0}>
        <ul id="filter-completions" class={styles.list} role="listbox" aria-label="Ways to go on">
          <For each={completions()}>
            {(completion, index) => (
              <li
                id={`filter-completion-${index()}`}
                class={styles.option}
                role="option"
                aria-selected={choice() === index()}
                onPointerDown={(event) => {
                  event.preventDefault(); // the field keeps the focus
                  accept(completion);
                }}
              >
                <code>{completion.insert}</code>
                <span class={styles.optionTitle}>{completion.title}</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
      {/* While ways to go on are offered, they say what is expected. */}
      <Show when={toldHere()}>
        {(fault) => (
          <p id="filter-mistake" class={styles.mistake} role="alert">
            <b>{toFaultText(fault()).what}</b> {toFaultText(fault()).next}
          </p>
        )}
      </Show>
    </div>
  );
};
