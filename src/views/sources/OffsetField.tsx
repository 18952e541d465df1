/** What a source's clock is off by: typed, or nudged by arrows. A mistake is told beside it and changes nothing. */
import { type Component, createSignal, createUniqueId, Show } from 'solid-js';

import { parseClockOffset, toClockOffsetText } from '../../state/clock-offset';
import styles from './SourceForm.module.css';

interface OffsetFieldProps {
  label: string;
  offsetMs: number;
  onChange: (offsetMs: number) => void;
}

const STEP_MS = 1000;
const LONG_STEP_MS = 60_000;
const SHORT_STEP_MS = 10;

export const OffsetField: Component<OffsetFieldProps> = (props) => {
  const noteId = createUniqueId();
  const [typed, setTyped] = createSignal<string | null>(null);
  const [isWrong, setIsWrong] = createSignal(false);

  const take = (text: string): number | null => {
    const wanted = text.trim() === '' ? 0 : parseClockOffset(text);
    setIsWrong(wanted === null);
    if (wanted === null) return null;
    setTyped(null);
    if (wanted !== props.offsetMs) props.onChange(wanted);
    return wanted;
  };
  const nudge = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const from = typed() === null ? props.offsetMs : take(event.currentTarget.value);
    const step = event.shiftKey ? LONG_STEP_MS : event.altKey ? SHORT_STEP_MS : STEP_MS;
    if (from !== null) props.onChange(from + direction * step);
  };

  return (
    <>
      <input
        class={styles.control}
        aria-label={props.label}
        aria-describedby={noteId}
        aria-invalid={isWrong()}
        value={typed() ?? toClockOffsetText(props.offsetMs)}
        spellcheck={false}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setIsWrong(false);
        }}
        onChange={(event) => {
          if (take(event.currentTarget.value) !== null) event.currentTarget.value = toClockOffsetText(props.offsetMs);
        }}
        onKeyDown={nudge}
      />
      <span id={noteId} class={styles.note}>
        <Show when={isWrong()} fallback="Added to its times. Arrows: 1 s, with Shift 1 min, with Alt 10 ms">
          <b class={styles.mistake}>Not an offset.</b> Write it like +1 h, −3.25 s, +90 ms or −00:02:52.5
        </Show>
      </span>
    </>
  );
};
