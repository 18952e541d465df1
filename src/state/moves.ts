/**
 * Which pane a person moved last. What follows it (the pane beside, another window) is moved through the store that is
 * not watched, so following is never taken for moving: there is nothing to go round in circles.
 */
import { createSignal } from 'solid-js';

import type { PaneId } from './panes';
import type { RecordsStore } from './records';

/** The verbs that take a person elsewhere. */
const MOVING = [
  'scrollBy',
  'scrollTo',
  'scrollToEnd',
  'bringTo',
  'scrollToFraction',
  'select',
  'extendTo',
  'deselect',
] as const satisfies readonly (keyof RecordsStore)[];

export interface Move {
  readonly pane: PaneId;
  /** Rises with every move. */
  readonly number: number;
}

export function createMoves() {
  const [last, setLast] = createSignal<Move | null>(null);
  const unwatched = new Map<PaneId, RecordsStore>();
  let count = 0;

  function tell(pane: PaneId) {
    count += 1;
    setLast({ pane, number: count });
  }

  return {
    /** Null before the first. */
    last,
    /** The same records, of which every move is told. */
    watch(pane: PaneId, records: RecordsStore): RecordsStore {
      unwatched.set(pane, records);
      const watched = Object.fromEntries(
        MOVING.map((verb) => [
          verb,
          (...args: never[]) => {
            tell(pane);
            return (records[verb] as (...args: never[]) => unknown)(...args);
          },
        ]),
      );
      return { ...records, ...watched };
    },
    /** To move a pane without it counting as a person's move; null when there is no such pane. */
    unwatched: (pane: PaneId): RecordsStore | null => unwatched.get(pane) ?? null,
    forget: (pane: PaneId) => unwatched.delete(pane),
    /** A pane was moved in other ways: what it shows counts as gone to. */
    tell,
  };
}

export type MovesStore = ReturnType<typeof createMoves>;
