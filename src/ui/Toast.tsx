/** A short word about what was just done, with a way to take it back. Stays 8 s; longer while it is pointed at or focused. */
import { type Component, createEffect, createSignal, on, onCleanup, Show } from 'solid-js';

import { Button } from './Button';
import { Icon } from './Icon';
import styles from './Toast.module.css';

export interface ToastMessage {
  readonly text: string;
  readonly action: { readonly label: string; readonly keys: string; readonly onClick: () => void } | null;
  /** Another number is another message, even of the same words. */
  readonly number: number;
}

const STAYS_MS = 8000;

export const Toast: Component<{ message: ToastMessage | null }> = (props) => {
  const [shown, setShown] = createSignal<ToastMessage | null>(null);
  const [isHeld, setIsHeld] = createSignal(false);

  createEffect(
    on(
      () => props.message?.number,
      () => setShown(props.message),
    ),
  );
  createEffect(() => {
    if (!shown() || isHeld()) return;
    const timer = setTimeout(() => setShown(null), STAYS_MS);
    onCleanup(() => clearTimeout(timer));
  });

  return (
    // Always there, so that what comes into it is read out.
    <div class={styles.place} role="status">
      <Show when={shown()}>
        {(message) => (
          <div
            class={styles.toast}
            onPointerEnter={() => setIsHeld(true)}
            onPointerLeave={() => setIsHeld(false)}
            onFocusIn={() => setIsHeld(true)}
            onFocusOut={() => setIsHeld(false)}
          >
            <Icon name="check" />
            <span class={styles.text}>{message().text}</span>
            <Show when={message().action}>
              {(action) => (
                <Button
                  size="small"
                  title={action().keys === '' ? action().label : `${action().label}  ${action().keys}`}
                  onClick={() => {
                    setIsHeld(false);
                    action().onClick();
                  }}
                >
                  {action().label}
                </Button>
              )}
            </Show>
          </div>
        )}
      </Show>
    </div>
  );
};
