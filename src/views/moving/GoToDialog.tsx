/** Asks where to go in the log, and shows what is there before going. */
import { type Component, createEffect, createSignal, on, onCleanup, Show } from 'solid-js';

import type { Row } from '../../engine/api';
import type { SourceId } from '../../engine/records/record';
import type { Destination } from '../../state/cursor';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { toNumberText } from '../../ui/size-text';
import { LogText } from '../LogText';
import { toFullText } from '../time-text';
import { parseDestination } from './destination';
import styles from './GoToDialog.module.css';

interface GoToDialogProps {
  zone: string;
  around: number | null;
  source: SourceId;
  sourceName: string;
  /** The record a destination leads to and its position; null when nothing can be told. */
  onLook: (destination: Destination) => Promise<{ index: number; row: Row } | null>;
  onGo: (destination: Destination) => void;
  onClose: () => void;
}

export const GoToDialog: Component<GoToDialogProps> = (props) => {
  const [text, setText] = createSignal('');
  const [isWrong, setIsWrong] = createSignal(false);
  const [found, setFound] = createSignal<{ index: number; row: Row } | null>(null);
  const destination = () => parseDestination(text(), props);
  let asked = 0;
  onCleanup(() => {
    asked += 1;
  });
  createEffect(
    on(text, () => {
      asked += 1;
      const mine = asked;
      const wanted = destination();
      if (!wanted) {
        setFound(null);
        return;
      }
      void props.onLook(wanted).then((there) => {
        if (mine === asked) setFound(there);
      });
    }),
  );
  return (
    <Dialog title="Go to" onClose={props.onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = destination();
          if (!wanted) {
            setIsWrong(true);
            return;
          }
          props.onGo(wanted);
          props.onClose();
        }}
      >
        <label class={styles.label} for="go-to">
          Line of {props.sourceName}, time, step, or share of the whole
        </label>
        <div class={styles.row}>
          <input
            id="go-to"
            class={styles.input}
            autofocus
            autocomplete="off"
            spellcheck={false}
            aria-invalid={isWrong()}
            aria-describedby="go-to-found go-to-hint"
            onInput={(event) => {
              setText(event.currentTarget.value);
              setIsWrong(false);
            }}
          />
          <Button look="primary" type="submit">
            Go
          </Button>
        </div>
        <p id="go-to-found" class={styles.found} aria-live="polite">
          <Show when={found()}>
            {(there) => (
              <>
                <b>Record {toNumberText(there().index + 1)}</b>
                <Show when={there().row.time !== null}>
                  <span class={styles.time}>{toFullText(there().row.time ?? 0, props.zone, there().row.fraction)}</span>
                </Show>
                <span class={styles.text}>
                  <LogText text={(there().row.text.split('\n', 1)[0] ?? '').slice(there().row.messageStart, 400)} />
                </span>
              </>
            )}
          </Show>
        </p>
        <p id="go-to-hint" class={styles.hint} role={isWrong() ? 'alert' : undefined}>
          {isWrong() ? 'Expected ' : ''}
          <code>12,345</code> a line,{' '}
          <Show when={props.around !== null}>
            <code>{toFullText(props.around ?? 0, props.zone).slice(11, 19)}</code> a time in {props.zone},{' '}
            <code>+5m</code> <code>-30s</code> a step in time,{' '}
          </Show>
          <code>+500</code> a step of records, <code>54%</code> a share.
        </p>
      </form>
    </Dialog>
  );
};
