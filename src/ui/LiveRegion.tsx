/** Says what changed to those who hear the page: politely, at most once a second, and only the last thing. */
import { createEffect, createSignal, onCleanup, type Component } from 'solid-js';

const PAUSE_MS = 1000;

export const LiveRegion: Component<{ text: string }> = (props) => {
  const [said, setSaid] = createSignal('');
  createEffect(() => {
    const text = props.text;
    const timer = setTimeout(() => setSaid(text), PAUSE_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <div class="unseen" role="status" aria-live="polite">
      {said()}
    </div>
  );
};
