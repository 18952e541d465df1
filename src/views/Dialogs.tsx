/** The two questions the page asks: where to go in the log, and which address to fetch. */
import { type Component, createSignal, onCleanup, Show } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import type { Destination } from '../state/cursor';
import type { SourceId } from '../engine/records/record';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import styles from './Dialogs.module.css';
import { toFaultText } from './fault-text';
import { parseMoment, toFullText } from './time-text';

interface GoToDialogProps {
  zone: string;
  /** A moment near which a bare time of day is meant; null when the log has no times. */
  around: number | null;
  /** The source whose lines are counted. */
  source: SourceId;
  sourceName: string;
  onGo: (destination: Destination) => void;
  onClose: () => void;
}

export const GoToDialog: Component<GoToDialogProps> = (props) => {
  const [isWrong, setIsWrong] = createSignal(false);
  let input!: HTMLInputElement;
  return (
    <Dialog title="Go to" onClose={props.onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          const destination = parseDestination(input.value, props);
          if (!destination) {
            setIsWrong(true);
            return;
          }
          props.onGo(destination);
          props.onClose();
        }}
      >
        <label class={styles.label} for="go-to">
          Line of {props.sourceName}, time, or share of the whole
        </label>
        <div class={styles.row}>
          <input
            ref={(element) => {
              input = element;
            }}
            id="go-to"
            class={styles.input}
            autofocus
            autocomplete="off"
            aria-invalid={isWrong()}
            aria-describedby="go-to-hint"
            onInput={() => setIsWrong(false)}
          />
          <Button look="primary" type="submit">
            Go
          </Button>
        </div>
        <p id="go-to-hint" class={styles.hint} role={isWrong() ? 'alert' : undefined}>
          {isWrong() ? 'Expected ' : ''}
          <code>12,345</code> a line,{' '}
          <code>{props.around === null ? '14:06:31' : toFullText(props.around, props.zone).slice(11, 19)}</code> a time
          in {props.zone}, <code>54%</code> a share.
        </p>
      </form>
    </Dialog>
  );
};

/** "12,345", "14:06:31", "2026-05-19 14:06", "54%"; null when it is none of these. */
export function parseDestination(
  text: string,
  context: { zone: string; around: number | null; source: SourceId },
): Destination | null {
  const trimmed = text.trim();
  const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(trimmed);
  if (share) return { kind: 'share', share: Math.min(1, Number(share[1]) / 100) };
  const line = /^\d[\d,._\s']*$/.test(trimmed) ? Number(trimmed.replace(/\D/g, '')) : 0;
  if (line > 0) return { kind: 'line', source: context.source, lineNumber: line };
  const time = context.around === null ? null : parseMoment(trimmed, context.zone, context.around);
  return time === null ? null : { kind: 'time', time };
}

interface AddressDialogProps {
  /** Fetches and opens; rejects with the fault to show. */
  onFetch: (address: string, signal: AbortSignal) => Promise<void>;
  onClose: () => void;
}

export const AddressDialog: Component<AddressDialogProps> = (props) => {
  const [fault, setFault] = createSignal<Fault | null>(null);
  const [isFetching, setIsFetching] = createSignal(false);
  const abort = new AbortController();
  onCleanup(() => abort.abort());
  let input!: HTMLInputElement;

  async function start(): Promise<void> {
    setFault(null);
    setIsFetching(true);
    try {
      await props.onFetch(input.value, abort.signal);
      props.onClose();
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code !== 'stale') setFault(error);
    } finally {
      setIsFetching(false);
    }
  }

  return (
    <Dialog title="Open from an address" onClose={props.onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <label class={styles.label} for="address">
          Address of a log
        </label>
        <div class={styles.row}>
          <input
            ref={(element) => {
              input = element;
            }}
            id="address"
            class={styles.input}
            type="text"
            inputmode="url"
            autofocus
            autocomplete="off"
            placeholder="https://"
          />
          <Button look="primary" type="submit" disabled={isFetching()}>
            {isFetching() ? 'Fetching' : 'Fetch'}
          </Button>
        </div>
        <p class={styles.hint}>
          This is a request to that server: it sees the address and yours, and nothing of your logs.
        </p>
        <Show when={fault()}>
          {(now) => (
            <p class={styles.fault} role="alert">
              <b>{toFaultText(now()).what}</b> {toFaultText(now()).next}
            </p>
          )}
        </Show>
      </form>
    </Dialog>
  );
};
