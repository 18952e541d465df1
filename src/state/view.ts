/** Which way of looking at the log is shown. Views are peers over the one filter; all others lead to the lines. */
import { createEffect, createSignal, on } from 'solid-js';

import type { SessionPart } from './acts';
import type { MovesStore } from './moves';
import type { FirstView } from './settings';

/** In the order in which the top bar shows them. A new one is a line here and a branch in `views/Workbench.tsx`. */
export const VIEWS = [
  { id: 'first-look', title: 'First look', key: '1', words: 'summary start what stands out span levels' },
  { id: 'lines', title: 'Lines', key: '2', words: 'log records rows' },
  { id: 'patterns', title: 'Patterns', key: '3', words: 'templates clusters kinds of messages' },
] as const;
export type ViewId = (typeof VIEWS)[number]['id'];

interface ViewOptions {
  /** No source is open, not even one that waits for its file. */
  readonly isEmpty: () => boolean;
  /** What a newly opened log shows. */
  readonly first: () => FirstView;
  readonly moves: MovesStore;
}

export function createView({ isEmpty, first, moves }: ViewOptions) {
  const [shown, setShown] = createSignal<ViewId>(first());
  /** What a link or an older Loupe names and this one does not have is the lines. */
  const part: SessionPart<string> = {
    save: shown,
    restore: (id) => setShown(VIEWS.find((view) => view.id === id)?.id ?? 'lines'),
  };

  // What is opened next is newly opened.
  createEffect(() => {
    if (isEmpty()) setShown(first());
  });
  // Whoever goes to a record wants to see it.
  createEffect(on(moves.last, () => setShown('lines'), { defer: true }));

  return {
    part,
    shown,
    is: (id: ViewId) => shown() === id,
    show: (id: ViewId) => setShown(id),
  };
}

export type ViewStore = ReturnType<typeof createView>;
