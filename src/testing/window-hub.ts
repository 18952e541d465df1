/** Channels between windows of a test: messages are copied as the browser would, and come when they are let through. */
import type { WindowChannel } from '../state/window-channel';

export function createWindowHub() {
  const listeners = new Map<string, (message: unknown) => void>();
  const watchers = new Map<string, Set<() => void>>();
  /** One queue for each pair, in order; pairs overtake each other. */
  const queues = new Map<string, unknown[]>();
  let told = 0;

  const deliver = (pair: string) => {
    const [, to = ''] = pair.split('>');
    const message = queues.get(pair)?.shift();
    if (message !== undefined) listeners.get(to)?.(message);
  };

  return {
    /** How many messages were posted so far. */
    toldCount: () => told,
    waitingCount: () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
    /** Lets one message through: of the pairs that have one waiting, the one that `which` names. */
    step(which = 0) {
      const pairs = [...queues].filter(([, queue]) => queue.length > 0).map(([pair]) => pair);
      const pair = pairs[which % Math.max(1, pairs.length)];
      if (pair !== undefined) deliver(pair);
    },
    connect(self: string): WindowChannel {
      let listener: (message: unknown) => void = () => {};
      listeners.set(self, (message) => listener(message));
      return {
        ready: Promise.resolve(),
        post(message) {
          told += 1;
          for (const other of listeners.keys()) {
            if (other === self) continue;
            const pair = `${self}>${other}`;
            queues.set(pair, [...(queues.get(pair) ?? []), copy(message)]);
          }
        },
        onMessage(next) {
          listener = next;
          return () => {
            listener = () => {};
          };
        },
        watch(window, onGone) {
          const those = watchers.get(window) ?? new Set();
          watchers.set(window, those.add(onGone));
          return () => those.delete(onGone);
        },
        close: () => listeners.delete(self),
      };
    },
    /** A window is gone without a word. */
    kill(window: string) {
      listeners.delete(window);
      for (const tell of watchers.get(window) ?? []) tell();
    },
  };
}

/** Files go across by reference; everything else as JSON, which is all that is meant to cross. */
function copy(value: unknown): unknown {
  if (value instanceof Blob) return value;
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)]));
  }
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error('this cannot cross to another window');
  return value;
}
