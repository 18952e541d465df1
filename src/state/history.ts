/**
 * Places a person has been: walked back and forth, apart from undo. A place is left behind by a jump further than a
 * screen, by another filter or another view; smaller steps move the place one stands on.
 *
 * The browser's own back button is left alone: it leaves the page, as everywhere.
 */
import { createSignal } from 'solid-js';

/** A place, and what tells whether another one is far from it. */
export interface Place<T> {
  readonly value: T;
  /** The view shown: another one is another place. */
  readonly view: string;
  /** Differs when the filter does. */
  readonly filterKey: string;
  /** Position of the topmost record in the selection. */
  readonly topIndex: number;
  /** Differs when another record is selected. */
  readonly selectedKey: string;
}

// Letters of a filter, and a drag of the scroll bar, are one way when they follow each other within this time; so is what
// a view leads to: the other view, the filter or the record it comes with.
const ONE_WAY_MS = 1500;
const KEPT_PLACES = 200;

/** @param go  brings a place back on screen */
export function createHistory<T>(go: (value: T) => void, now: () => number = () => performance.now()) {
  const [places, setPlaces] = createSignal<readonly Place<T>[]>([]);
  const [at, setAt] = createSignal(-1);
  let lastJumpMs = -Infinity;
  let isWalking = false;
  let lastKind: Kind = 'jump';

  function replace(place: Place<T>) {
    setPlaces((old) => old.map((one, index) => (index === at() ? place : one)));
  }

  function walk(step: 1 | -1): boolean {
    const place = places()[at() + step];
    if (!place) return false;
    setAt(at() + step);
    isWalking = true;
    lastJumpMs = -Infinity;
    go(place.value);
    return true;
  }

  return {
    /**
     * Tells where the person stands; to be called whenever the screen has settled.
     *
     * @param screenRows  rows on a screen: what is further than that is another place
     */
    note(place: Place<T>, screenRows: number) {
      const here = places()[at()];
      if (!here) {
        setPlaces([place]);
        setAt(0);
        return;
      }
      const isFar =
        place.view !== here.view ||
        place.filterKey !== here.filterKey ||
        Math.abs(place.topIndex - here.topIndex) > screenRows;
      if (isWalking || !isFar) {
        isWalking = false;
        replace(place);
        return;
      }
      const kind = kindOf(here, place);
      const isSameWay = isOneWay(lastKind, kind) && now() - lastJumpMs < ONE_WAY_MS;
      lastKind = kind;
      lastJumpMs = now();
      if (isSameWay && at() > 0) {
        replace(place);
        return;
      }
      const kept = [...places().slice(0, at() + 1), place].slice(-KEPT_PLACES);
      setPlaces(kept);
      setAt(kept.length - 1);
    },
    /** @returns whether there was a place to go to */
    back: () => walk(-1),
    /** @returns whether there was a place to go to */
    forward: () => walk(1),
    canGoBack: () => at() > 0,
    canGoForward: () => at() < places().length - 1,
  };
}

export type HistoryStore<T> = ReturnType<typeof createHistory<T>>;

type Kind = 'view' | 'filter' | 'scroll' | 'jump';

const isOneWay = (last: Kind, kind: Kind) =>
  last === 'view' ? kind !== 'view' : kind === last && (kind === 'filter' || kind === 'scroll');

/** From record to record one jumps; with none selected anew one has scrolled. */
function kindOf(from: Place<unknown>, to: Place<unknown>): Kind {
  if (to.view !== from.view) return 'view';
  if (to.filterKey !== from.filterKey) return 'filter';
  return to.selectedKey === from.selectedKey ? 'scroll' : 'jump';
}
