/** Which address to fetch. */
import { type Component, createSignal, onCleanup, Show } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import styles from './Dialogs.module.css';
import { toFaultText } from './fault-text';

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
