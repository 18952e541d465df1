/** The lists of records on screen: the log, and beside it results or a second log. Keys act on the one used last. */
import { createSignal } from 'solid-js';

import type { CursorStore } from './cursor';
import type { RecordsStore } from './records';

/** `log` is always there; `results` lists what a search found; `beside` is a second log, locked to the first by time. */
export type PaneId = 'log' | 'results' | 'beside';

export interface Pane {
  /** Also the id of its grid's element. */
  readonly id: PaneId;
  readonly records: RecordsStore;
  readonly cursor: CursorStore;
}

export function createPanes(log: Pane) {
  const [others, setOthers] = createSignal<readonly Pane[]>([]);
  const [activeId, setActiveId] = createSignal<PaneId>('log');
  const list = () => [log, ...others()];
  return {
    log,
    list,
    get: (id: PaneId) => list().find((pane) => pane.id === id) ?? null,
    /** The pane that keys act on. */
    active: () => list().find((pane) => pane.id === activeId()) ?? log,
    /** To be called when a pane's grid gets the focus or is clicked. */
    activate: setActiveId,
    add(pane: Pane) {
      setOthers((old) => [...old.filter((other) => other.id !== pane.id), pane]);
    },
    remove(id: PaneId) {
      setOthers((old) => old.filter((pane) => pane.id !== id));
      if (activeId() === id) setActiveId('log');
    },
  };
}

export type PanesStore = ReturnType<typeof createPanes>;
