/**
 * The records on screen: the selection that stands, a cache of its pages, and where the person is.
 *
 * Two things are kept apart. `wanted` is where the person is going; `shown` is the last place whose records are all
 * here. The screen draws `shown`, so it never goes blank; with pages loaded ahead the two differ for moments only.
 */
import { batch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Row, RowsOptions, SelectionInfo } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import type { RecordId, SourceId } from '../engine/records/record';
import { createFolds, type JsonShape } from './folds';
import { growthPauseMs } from './growth-pause';
import { countPicks, createPicks, hasPick, type PickRange } from './picks';
import {
  clampPosition,
  endPosition,
  fromFraction,
  type ListLayout,
  moveBy,
  type Position,
  reveal,
  START,
  toFraction,
  visibleRange,
} from './position';
import { createRecordPages, isSameRecord, type RecordItem, type RecordPages } from './record-pages';
import { createRowHeights } from './row-heights';

/** A selection and what was asked to get it. */
export interface Answer {
  readonly info: SelectionInfo;
  readonly filter: Filter;
  readonly sources: readonly SourceId[];
}

export interface SelectedRecord {
  readonly id: RecordId;
  /** Its position; where it would be when the filter leaves it out. */
  readonly index: number;
  readonly isKept: boolean;
}

export interface RecordsWish {
  readonly filter: () => Filter;
  readonly sources: () => readonly SourceId[];
  /** Rises when the sources hold other records than before. */
  readonly revision: () => number;
  /** More records are to come. */
  readonly isGrowing: () => boolean;
  /** The filter is not about to change: a place that belongs to it can be gone to. Absent: always. */
  readonly isSettled?: () => boolean;
  /** So many records before and after each kept one are shown too; absent: none. */
  readonly context?: () => number;
  /** What rows bring along besides their text; absent: nothing. */
  readonly rows?: () => RowsOptions;
  /** How rows are drawn; absent: unwrapped, JSON as fields. */
  readonly look?: () => { readonly isWrapped: boolean; readonly isPretty: boolean };
}

/** Sizes on screen, px: of the view, of a record's row, of each further line of an unfolded record. */
export interface RowMetrics {
  readonly viewWidth?: number;
  readonly viewHeight: number;
  readonly rowHeight: number;
  readonly lineHeight: number;
}

interface View extends Answer {
  readonly pages: RecordPages;
}

/** A record and how far its row's top lies below the view's, px. */
export interface Anchor {
  readonly id: RecordId;
  readonly top: number;
}

/** A place to come back to: of the anchors, the first whose record can be found counts. */
export interface Goal {
  readonly anchors: readonly Anchor[];
  readonly selected: RecordId | null;
  /** No source is still to come: the place is gone to as far as its sources are shown. */
  readonly isFinal: boolean;
}

/** What was on screen when the workspace was left: drawn until its records themselves are here. */
export interface Still {
  readonly items: readonly RecordItem[];
  /** Records of the selection, and of all sources. */
  readonly count: number;
  readonly total: number;
  readonly position: Position;
}

/** Works out a place from the heights that are known; again when more of them are. */
type Place = (layout: ListLayout) => Position;

interface Shown {
  readonly view: View | null;
  readonly position: Position;
}

// While the scroll bar is dragged, places pass faster than they can be read: at most so many reads wait at once.
const READS_AT_ONCE = 3;

export function createRecords(engine: EngineClient, wish: RecordsWish) {
  const [answer, setAnswer] = createSignal<View | null>(null);
  const [wanted, setWanted] = createSignal<Position>(START);
  const [shown, setShown] = createSignal<Shown>({ view: null, position: START });
  const [metrics, setMetrics] = createSignal<RowMetrics>({
    viewHeight: 0,
    rowHeight: 24,
    lineHeight: 20,
  });
  const [selected, setSelected] = createSignal<SelectedRecord | null>(null);
  const picks = createPicks();
  const rowsOptions = createMemo(() => wish.rows?.() ?? {}, {}, { equals: isSameJson });
  const latestRows = createLatest();
  const isWrapped = () => wish.look?.().isWrapped ?? false;
  const isPretty = () => wish.look?.().isPretty ?? true;
  const folds = createFolds(isPretty);
  const heights = createRowHeights({
    estimate: (row) => metrics().rowHeight + folds.lineCountOf(row) * metrics().lineHeight,
    isUncertain: (row) => isWrapped() || folds.isJsonUnfolded(row),
  });
  // Where the person is going, and how that was said: `wanted` is what it comes to.
  let place: Place = () => START;
  // A record that was in view when the view changed its size, and stays in view.
  let keptInView: number | null = null;
  const [isStale, setIsStale] = createSignal(false);
  const [fault, setFault] = createSignal<Fault | null>(null);
  const latest = createLatest();
  // There are records that the answer on screen does not count yet.
  const [hasGrown, setHasGrown] = createSignal(false);
  let growthTimer: ReturnType<typeof setTimeout> | undefined;
  let lastAnchor: Anchor | null = null;
  let goal: Goal | null = null;
  let still: View | null = null;
  let lastTookMs = 0;
  let lastEndMs = -Infinity;
  let runs = 0;

  const isSettled = () => wish.isSettled?.() ?? true;
  createEffect(on([wish.filter, wish.sources, () => wish.context?.() ?? 0], () => void select()));
  // A filter that turned out a mistake changes nothing, and the place is waited for all the same.
  createEffect(on(isSettled, (settled) => settled && goal && void select(), { defer: true }));
  createEffect(
    on(
      wish.revision,
      () => {
        setHasGrown(true);
        if (!isStale()) selectAfterGrowth();
      },
      { defer: true },
    ),
  );
  createEffect(on(rowsOptions, () => void reread(), { defer: true }));
  createEffect(on(isWrapped, () => redraw(() => heights.forget()), { defer: true }));
  createEffect(
    on(
      isPretty,
      () =>
        redraw(() => {
          folds.clearShapes();
          heights.forget();
        }),
      { defer: true },
    ),
  );
  onCleanup(() => {
    clearTimeout(growthTimer);
    latest.abort();
    latestRows.abort();
    const last = answer();
    if (last) release(last);
  });

  function layoutOf(view: View | null): ListLayout {
    const { rowHeight, viewHeight } = metrics();
    return {
      count: view?.info.count ?? 0,
      rowHeight,
      viewHeight,
      heightOf(index) {
        const item = itemOf(view, index);
        return item ? heights.heightOf(item.row) : rowHeight;
      },
    };
  }

  /**
   * Growth does not replace a running query, or a fast-growing file would never be answered; and it leaves the engine time
   * to read on between two answers. When nothing grows any more it is answered at once.
   */
  function selectAfterGrowth() {
    clearTimeout(growthTimer);
    const pauseMs = growthPauseMs(wish.filter(), lastTookMs);
    // The first records come as soon as there are any, and the last answer as soon as there are all.
    const isUrgent = !wish.isGrowing() || shown().view?.info.count === 0;
    const waitMs = isUrgent ? 0 : Math.max(0, lastEndMs + pauseMs - performance.now());
    growthTimer = setTimeout(() => void select(), waitMs);
  }

  /** Asks for the selection anew and puts it on screen when its first rows are here. */
  async function select(): Promise<void> {
    clearTimeout(growthTimer);
    runs += 1;
    const run = runs;
    const startMs = performance.now();
    batch(() => {
      setHasGrown(false);
      setIsStale(true);
    });
    try {
      await latest.run((signal) => answerWish(signal));
      setFault(null);
    } catch (error) {
      if (!isFault(error)) throw error;
      if (run === runs && error.code !== 'worker-died') setFault(error);
    }
    if (run !== runs) return;
    lastEndMs = performance.now();
    lastTookMs = lastEndMs - startMs;
    setIsStale(false);
    if (hasGrown()) selectAfterGrowth();
  }

  async function answerWish(signal: AbortSignal): Promise<void> {
    const filter = wish.filter();
    const sources = wish.sources();
    if (sources.length === 0) {
      if (!still) commit(null, () => START, null);
      return;
    }
    const around = wish.context?.() ?? 0;
    const context = { before: around, after: around };
    const info = await engine.select(filter, around === 0 ? { sources, signal } : { sources, signal, context });
    const next: View = {
      info,
      filter,
      sources,
      pages: createRecordPages(engine, info, (index) => itemOf(answer(), index), rowsOptions()),
    };
    try {
      // The person may scroll while this waits: then the place to keep is another one.
      for (;;) {
        const before = shown();
        const aim = goal;
        const found = aim && isSettled() ? await findGoal(next, aim) : null;
        if (!found && still && goal) {
          // The picture stands until the records it shows have been read.
          release(next);
          return;
        }
        const there = found ?? (await findPlace(next, before));
        // What is read tells heights, and heights may lead a little further.
        await loadRange(next, there(layoutOf(next)));
        await loadRange(next, there(layoutOf(next)));
        const choice = await findSelected(next, found ? selectedOf(aim, next) : (selected()?.id ?? null));
        signal.throwIfAborted();
        if (shown().position !== before.position || goal !== aim) continue;
        if (found) goal = null;
        commit(next, there, choice);
        return;
      }
    } catch (error) {
      release(next);
      if (signal.aborted) return;
      throw error;
    }
  }

  /** @returns null when the record has not been read yet; where it is gone, the nearest that is left */
  async function findGoal(next: View, { anchors, selected: choice, isFinal }: Goal): Promise<Place | null> {
    const needed = [...anchors.slice(0, 1).map(({ id }) => id), ...(choice ? [choice] : [])];
    if (!isFinal && needed.some(({ source }) => !next.sources.includes(source))) return null;
    for (const { id, top } of anchors) {
      if (!next.sources.includes(id.source)) continue;
      const index = await engine.positionOf(next.info.handle, id);
      // Also where reading ended while this was asked: what came since is asked for next.
      const isMoreToCome = wish.isGrowing() || hasGrown();
      if (index >= next.info.count && !next.info.isComplete && isMoreToCome) return null;
      return holding(Math.min(index, Math.max(0, next.info.count - 1)), top);
    }
    return () => START;
  }

  const selectedOf = (wanted: Goal | null, next: View) =>
    wanted?.selected && next.sources.includes(wanted.selected.source) ? wanted.selected : null;

  function commit(next: View | null, there: Place, choice: SelectedRecord | null) {
    const old = answer();
    still = null;
    keptInView = null;
    place = there;
    const position = there(layoutOf(next));
    const isSameList = old && next && old.filter === next.filter && String(old.sources) === String(next.sources);
    batch(() => {
      // Positions belong to a list; one that only grew at its end is the same.
      if (!isSameList || next.info.order !== 'file') picks.clear();
      setAnswer(next);
      setWanted(position);
      setShown({ view: next, position });
      setSelected(choice);
    });
    if (old) release(old);
    settle();
  }

  /** Where the new selection has to stand so that what the person looks at stays where it is. */
  async function findPlace(next: View, before: Shown): Promise<Place> {
    const anchor = findAnchor(before);
    if (!anchor) return () => START;
    const index = await engine.positionOf(next.info.handle, anchor.id);
    return holding(Math.min(index, Math.max(0, next.info.count - 1)), anchor.top);
  }

  /**
   * The selected record when it is in view, else the topmost; nothing at the very start, which stays the start. While
   * nothing is on screen (a filter that keeps nothing) it is the one from before.
   */
  function findAnchor({ view, position }: Shown): Anchor | null {
    if (view && view.info.count > 0) lastAnchor = anchorIn(view, position);
    return lastAnchor;
  }

  function anchorIn(view: View, position: Position): Anchor | null {
    const layout = layoutOf(view);
    const { start, end } = visibleRange(position, layout);
    const choice = selected();
    let top = -position.offset;
    for (let index = start; index < end; index += 1) {
      const item = itemOf(view, index);
      if (item && choice && isSameRecord(item.row.id, choice.id)) return { id: choice.id, top };
      top += layout.heightOf(index);
    }
    if (position.index === 0 && position.offset === 0) return null;
    const first = itemOf(view, start);
    return first ? { id: first.row.id, top: -position.offset } : null;
  }

  async function findSelected(next: View, id: RecordId | null): Promise<SelectedRecord | null> {
    if (!id) return null;
    const index = await engine.positionOf(next.info.handle, id);
    if (index >= next.info.count) return { id, index, isKept: false };
    await Promise.all(next.pages.pagesOf(index, index + 1).map((page) => next.pages.load(page)));
    const item = itemOf(next, index);
    return { id, index, isKept: item !== undefined && isSameRecord(item.row.id, id) };
  }

  /** Reads the rows of the selection that stands anew, for they are to bring along something else; the old ones stay until then. */
  async function reread(): Promise<void> {
    const view = answer();
    if (!view) return;
    const pages = createRecordPages(engine, view.info, (index) => itemOf(answer(), index), rowsOptions());
    const next: View = { ...view, pages };
    try {
      await latestRows.run(() => loadRange(next, placeIn(view)));
    } catch (error) {
      if (!isFault(error)) throw error;
      // A newer wish, or another selection: both read their rows themselves.
      return;
    }
    if (view !== answer()) return;
    batch(() => {
      setAnswer(next);
      setShown({ view: next, position: placeIn(next) });
    });
    settle();
  }

  async function loadRange(view: View, position: Position): Promise<void> {
    await Promise.all(pagesAt(view, position).map((page) => view.pages.load(page)));
  }

  function pagesAt(view: View, position: Position): number[] {
    const { start, end } = visibleRange(position, layoutOf(view));
    return view.pages.pagesOf(start, end);
  }

  /** Shows the wanted place if its records are here, else reads them and tries again. */
  function settle() {
    const view = answer();
    if (!view) return;
    const position = placeIn(view);
    const pages = pagesAt(view, position);
    const missing = pages.filter((page) => !view.pages.has(page));
    if (missing.length === 0) {
      batch(() => {
        setWanted(position);
        const { start, end } = visibleRange(position, layoutOf(view));
        const isDrawn = shown().view === view && shown().position === position && visible().length === end - start;
        if (!isDrawn) setShown({ view, position });
      });
      readAhead(view, pages);
      return;
    }
    setWanted(position);
    for (const page of missing) {
      if (view.pages.isLoading(page) || view.pages.loadingCount() < READS_AT_ONCE) void loadThenSettle(view, page);
    }
  }

  /** Where `place` leads now; the position on screen itself when it is that one. */
  function placeIn(view: View): Position {
    const layout = layoutOf(view);
    const there = clampPosition(place(layout), layout);
    const position = keptInView === null ? there : reveal(there, keptInView, layout);
    const current = shown().position;
    return position.index === current.index && position.offset === current.offset ? current : position;
  }

  async function loadThenSettle(view: View, page: number): Promise<void> {
    if (await tryLoad(view, page)) settle();
  }

  /** @returns whether the page is here and its selection still stands; a fault is told, or answered by asking anew */
  async function tryLoad(view: View, page: number): Promise<boolean> {
    try {
      await view.pages.load(page);
      return view === answer();
    } catch (error) {
      if (!isFault(error)) throw error;
      if (view !== answer() || error.code === 'stale' || error.code === 'worker-died') return false;
      if (error.code === 'selection-unknown') void select();
      else setFault(error);
      return false;
    }
  }

  /** One page to each side. */
  function readAhead(view: View, pages: readonly number[]) {
    const [last = 0] = view.pages.pagesOf(view.info.count - 1, view.info.count);
    for (const page of [(pages.at(-1) ?? 0) + 1, (pages[0] ?? 0) - 1]) {
      const isThere = page >= 0 && page <= last;
      if (isThere && !view.pages.has(page) && !view.pages.isLoading(page)) void loadThenSettle(view, page);
    }
  }

  function release(view: View) {
    void engine.release(view.info.handle).catch((error: unknown) => {
      if (!isFault(error)) throw error; // the engine may have forgotten it, or be gone
    });
  }

  function goTo(there: Place) {
    if (!answer()) return;
    goal = null; // the person has gone elsewhere
    keptInView = null;
    place = there;
    settle();
  }

  /** Rows are going to be drawn otherwise: the selected record stays where it is, or the topmost when it is not in view. */
  function redraw(work: () => void) {
    const { view, position } = shown();
    const anchor = view && anchorIn(view, position);
    const index = anchor && view ? indexOf(view, position, anchor.id) : null;
    const before = anchor && index !== null ? layoutOf(view).heightOf(index) : 0;
    batch(work);
    if (anchor && index !== null) {
      // A row that reaches out at the top keeps as much of itself there, as a share.
      const scale = anchor.top < 0 ? layoutOf(view).heightOf(index) / before : 1;
      keptInView = null;
      place = holding(index, Math.round(anchor.top * scale));
    } else place = () => position;
    settle();
  }

  function indexOf(view: View, position: Position, id: RecordId): number | null {
    const { start, end } = visibleRange(position, layoutOf(view));
    return range(start, end).find((index) => isSameRecord(itemOf(view, index)?.row.id ?? NOWHERE, id)) ?? null;
  }

  /** What changes is one record: its first line stays where it is, or comes into view. */
  function redrawAt(id: RecordId, work: () => void) {
    const { view, position } = shown();
    const index = view ? indexOf(view, position, id) : null;
    const item = view && index !== null ? itemOf(view, index) : undefined;
    const isCutAtTop = index === position.index && position.offset > 0;
    const from = view ? placeIn(view) : START;
    batch(() => {
      if (item) heights.forgetOne(item.row);
      work();
    });
    keptInView = null;
    place = isCutAtTop ? () => ({ index, offset: 0 }) : () => from;
    settle();
  }

  function picked(): readonly PickRange[] {
    const choice = selected();
    if (picks.ranges().length > 0) return picks.ranges();
    return choice?.isKept ? [{ start: choice.index, end: choice.index + 1 }] : [];
  }

  async function selectAt(index: number, pick: (at: number) => void): Promise<void> {
    const view = answer();
    if (!view || view.info.count === 0) return;
    const at = Math.max(0, Math.min(view.info.count - 1, index));
    const [page = 0] = view.pages.pagesOf(at, at + 1);
    const isHere = await tryLoad(view, page);
    const item = itemOf(view, at);
    if (!isHere || !item) return;
    batch(() => {
      const from = placeIn(view);
      pick(at);
      setSelected({ id: item.row.id, index: at, isKept: true });
      goTo((layout) => reveal(from, at, layout));
    });
  }

  const visible = createMemo(() => {
    const { view, position } = shown();
    const { start, end } = visibleRange(position, layoutOf(view));
    return range(start, end).flatMap((index) => itemOf(view, index) ?? []);
  });

  return {
    /** The selection that stands; null when no source is shown. */
    answer: answer as () => Answer | null,
    count: () => (answer() ?? shown().view)?.info.count ?? 0,
    /** What is drawn is a picture of how the workspace was left. */
    isStill: () => answer() === null && shown().view !== null,
    /** Shows how the workspace was left, until its records are here. */
    showStill(picture: Still, choice: RecordId | null) {
      still = toStillView(picture);
      const item = choice && picture.items.find(({ row }) => isSameRecord(row.id, choice));
      place = () => picture.position;
      batch(() => {
        setWanted(picture.position);
        setShown({ view: still, position: picture.position });
        if (item) setSelected({ id: item.row.id, index: item.index, isKept: true });
      });
    },
    /** The records of the picture will not come. */
    dropStill() {
      if (still) commit(null, () => START, null);
    },
    /** Goes to a place as soon as its records are read, and not when the person goes elsewhere before. */
    restore(place: Goal) {
      goal = place;
      void select();
    },
    /** No further source will come: the place waited for is gone to with those that are here. */
    settleForGoal() {
      if (!goal) return;
      goal = { ...goal, isFinal: true };
      void select();
    },
    /** The topmost record, px by which it is scrolled out, and the selected one; of a place not reached yet, that. */
    place(): { top: Anchor | null; selected: RecordId | null } {
      const first = visible()[0];
      const choice = selected()?.id ?? null;
      if (goal) return { top: goal.anchors[0] ?? null, selected: goal.selected };
      return { top: first ? { id: first.row.id, top: -shown().position.offset } : null, selected: choice };
    },
    /** What is marked in the rows beside what the filter itself found; null: nothing. */
    hits: () => rowsOptions().hits ?? null,
    /** A newer wish is being answered: the old answer is still on screen. */
    isStale,
    fault,
    dismissFault: () => setFault(null),
    /** Whether what is on screen is the answer to what was asked. */
    isCurrent: () =>
      !isStale() && !hasGrown() && (answer() === null || (shown().view === answer() && shown().position === wanted())),
    visible,
    /** The record at a position, where it is at hand. */
    itemAt: (index: number) => itemOf(shown().view, index),
    /** Pixels by which the first visible row is scrolled out at the top. */
    offset: () => shown().position.offset,
    topIndex: () => shown().position.index,
    metrics,
    /** The selected record stays in view when the view shrinks over it: a note, the dock, a window made smaller. */
    setMetrics(next: RowMetrics) {
      const old = metrics();
      const choice = selected();
      const isInView = choice !== null && visible().some(({ index }) => index === choice.index);
      const hasOtherRows =
        old.rowHeight !== next.rowHeight || old.lineHeight !== next.lineHeight || old.viewWidth !== next.viewWidth;
      if (hasOtherRows) {
        redraw(() => {
          heights.forget();
          setMetrics(next);
        });
      } else setMetrics(next);
      if (isInView && choice) keptInView = choice.index;
      settle();
    },
    /** Takes up heights of rows as the screen shows them, px, in time to put things right before they are painted. */
    noteHeights(list: readonly { readonly row: Row; readonly px: number }[]) {
      if (heights.note(list)) settle();
    },
    /** Rows came to be of another width. */
    forgetHeights: () => redraw(() => heights.forget()),
    /** Whether heights on screen are to be noted. */
    hasUncertainHeights: () => isWrapped() || visible().some(({ row }) => folds.isJsonUnfolded(row)),
    isWrapped,
    scrollBy(px: number) {
      const from = wanted();
      goTo((layout) => moveBy(from, px, layout));
    },
    scrollTo: (index: number) => goTo(() => ({ index, offset: 0 })),
    scrollToEnd: () => goTo(endPosition),
    /** Puts the top of a record's row so many px below the top of the view, as far as the list reaches. */
    bringTo: (index: number, topPx: number) => goTo((layout) => moveBy({ index, offset: 0 }, -topPx, layout)),
    scrollToFraction: (fraction: number) => goTo((layout) => fromFraction(fraction, layout)),
    fraction: () => toFraction(wanted(), layoutOf(answer())),
    heightOf: (index: number) => layoutOf(shown().view).heightOf(index),
    selected,
    isSelected: (id: RecordId) => {
      const choice = selected();
      return choice !== null && isSameRecord(choice.id, id);
    },
    /** Selects the record at a position (clamped to those there are) and brings it into view. */
    select: (index: number) => selectAt(index, (at) => picks.clear(at)),
    /** Selects a record and brings it into view; one that is not here is kept as selected, and nothing moves. */
    async selectRecord(id: RecordId): Promise<void> {
      const view = answer();
      if (!view) return;
      try {
        const choice = await findSelected(view, id);
        if (view !== answer() || !choice) return;
        if (choice.isKept) await selectAt(choice.index, (at) => picks.clear(at));
        else {
          picks.clear();
          setSelected(choice);
        }
      } catch (error) {
        if (!isFault(error)) throw error; // the selection was replaced, and its successor finds the selected record itself
      }
    },
    /** Selects all from where selecting began to a position, which is brought into view. */
    extendTo(index: number): Promise<void> {
      const from = selected()?.index ?? index;
      return selectAt(index, (at) => picks.extendTo(at, from));
    },
    /** Adds a record to the selected ones, or takes it out. */
    togglePick(index: number): Promise<void> {
      const choice = selected();
      return selectAt(index, (at) => picks.toggle(at, choice?.isKept ? choice.index : null));
    },
    pickAll: () => picks.setAll(answer()?.info.count ?? 0),
    /** All that are selected, as ranges of positions in order. */
    picked,
    pickedCount: () => countPicks(picked()),
    isPicked: (index: number) => hasPick(picked(), index),
    deselect() {
      picks.clear();
      setSelected(null);
    },
    isUnfolded: folds.isUnfolded,
    canUnfold: folds.canUnfold,
    underOf: (row: Row) => folds.underOf(row),
    /** Shows or hides the further lines of a record, in place. */
    toggleFold: (id: RecordId) => redrawAt(id, () => folds.toggle(id)),
    /** How the JSON of an unfolded record is shown. */
    setJsonShape: (id: RecordId, shape: JsonShape) => redrawAt(id, () => folds.setShape(id, shape)),
    isAllUnfolded: folds.isAll,
    /** Unfolds all records, or folds them all. */
    toggleAllFolds: () =>
      redraw(() => {
        folds.setAll(!folds.isAll());
        heights.forget();
      }),
    /** Rows that fit on one screen, at least 1. */
    rowsPerScreen: () => Math.max(1, Math.floor(metrics().viewHeight / metrics().rowHeight)),
  };
}

export type RecordsStore = ReturnType<typeof createRecords>;

/** A view of the records at hand alone. */
function toStillView({ items, count, total }: Still): View {
  const info: SelectionInfo = {
    handle: -1,
    count,
    keptCount: count,
    total,
    isComplete: false,
    order: 'file',
    elapsedMs: 0,
  };
  const byIndex = new Map(items.map((item) => [item.index, item]));
  const pages: RecordPages = {
    info,
    itemAt: (index) => byIndex.get(index),
    pagesOf: () => [],
    has: () => true,
    isLoading: () => false,
    loadingCount: () => 0,
    load: () => Promise.resolve(),
  };
  return { info, filter: { kind: 'all' }, sources: [], pages };
}

const isSameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const NOWHERE: RecordId = { source: -1, offset: -1 };

/** The place at which a row's top lies `top` px below the view's. */
function holding(index: number, top: number): Place {
  return (layout) => moveBy({ index, offset: 0 }, -top, layout);
}

function itemOf(view: View | null, index: number): RecordItem | undefined {
  return view?.pages.itemAt(index);
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at);
}
