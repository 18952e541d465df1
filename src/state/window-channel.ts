/** What windows of one group talk over, and how a window learns that another one is gone without a word. */

/** A channel to the other windows; never to oneself. */
export interface WindowChannel {
  /** Resolves when the others can tell that this window is alive: before, it is to say nothing. */
  readonly ready: Promise<void>;
  post(message: object): void;
  /** @returns the way to stop listening */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Calls once when that window is gone, however it went. Only windows that are alive are to be watched. */
  watch(window: string, onGone: () => void): () => void;
  close(): void;
}

/** @param self  this window's id: as long as it lives it holds a lock of that name */
export function openWindowChannel(group: string, self: string): WindowChannel {
  const channel = new BroadcastChannel(`loupe.windows.${group}`);
  const lockName = (window: string) => `loupe.window.${window}`;
  const ended = new AbortController();
  // Browsers keep locks from pages that are not served safely: there a window says goodbye, or is missed.
  const locks = 'locks' in navigator ? navigator.locks : null;
  const held = new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()));
  const ready = locks
    ? new Promise<void>((resolve) => {
        void locks.request(lockName(self), () => {
          resolve();
          return held;
        });
      })
    : Promise.resolve();

  return {
    ready,
    post: (message) => channel.postMessage(message),
    onMessage(listener) {
      const hear = (event: MessageEvent<unknown>) => listener(event.data);
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
    watch(window, onGone) {
      const stop = new AbortController();
      // Granted when the one who holds it is gone.
      void locks?.request(lockName(window), { mode: 'shared', signal: stop.signal }, onGone).catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      });
      return () => stop.abort();
    },
    close() {
      ended.abort();
      channel.close();
    },
  };
}
