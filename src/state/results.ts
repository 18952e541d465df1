/**
 * In place, what does not match is hidden. Split, the log stays whole (all that time, levels and sources leave) and what the
 * texts match is listed in a pane of its own, with the marks beside it if wanted; a search inside narrows the list further.
 * Both share the selected record.
 */
import { createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { FilterContext, RowsOptions } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import type { RecordId } from '../engine/records/record';
import type { ActsStore, SessionPart } from './acts';
import { createCount } from './count';
import { createCursor } from './cursor';
import type { FilterStore } from './filter';
import type { MarksStore } from './marks';
import type { PaneId, PanesStore } from './panes';
import { isSameRecord } from './record-pages';
import { type Answer, createRecords, type RecordsStore, type RecordsWish } from './records';

/** What is listed. */
export type ResultsList = 'hits' | 'marks' | 'both';

export const CONTEXT_CHOICES = [0, 1, 3, 5, 10] as const;
export type ContextChoice = (typeof CONTEXT_CHOICES)[number];

export interface ResultsLayout {
  readonly isSplit: boolean;
  readonly list: ResultsList;
  /** Records before and after each one that are listed too. */
  readonly context: ContextChoice;
}

const IN_PLACE: ResultsLayout = { isSplit: false, list: 'hits', context: 0 };
const NOTHING: Filter = { kind: 'not', of: { kind: 'all' } };
// A pause in typing after which the list follows.
const PAUSE_MS = 120;

/** The layout alone: the log asks it whether it stays whole, before there are results. */
export function createResultsLayout(acts: ActsStore) {
  const [layout, setLayout] = createSignal<ResultsLayout>(IN_PLACE);
  const part: SessionPart<ResultsLayout> = { save: layout, restore: (value) => setLayout(value) };
  return {
    layout,
    part,
    isSplit: createMemo(() => layout().isSplit),
    change(title: string, next: Partial<ResultsLayout>) {
      acts.change(title, part, () => setLayout((old) => ({ ...old, ...next })));
    },
  };
}

export type ResultsLayoutStore = ReturnType<typeof createResultsLayout>;

interface ResultsDeps {
  readonly layout: ResultsLayoutStore;
  readonly filter: FilterStore;
  readonly marks: MarksStore;
  readonly panes: PanesStore;
  readonly context: () => FilterContext;
  /** As the log has it: sources, growth, what rows bring along and how they are drawn. */
  readonly wish: Omit<RecordsWish, 'filter' | 'context'>;
}

export function createResults(engine: EngineClient, deps: ResultsDeps) {
  const { layout: store, filter, marks, panes, wish } = deps;
  const { layout, isSplit } = store;
  const [find, setFind] = createSignal('');
  /** What is searched inside, as it was last read without a mistake. */
  const [found, setFound] = createSignal<Filter>({ kind: 'all' });
  const [findFault, setFindFault] = createSignal<Fault | null>(null);
  const [isFinding, setIsFinding] = createSignal(false);
  const [hitCount, setHitCount] = createSignal<number | null>(null);
  const [isCounting, setIsCounting] = createSignal(false);
  const latestFind = createLatest();
  const latestCount = createLatest();
  const count = createCount(engine, wish.sources);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => {
    clearTimeout(timer);
    latestFind.abort();
    latestCount.abort();
  });

  const hasTexts = () => filter.parsed().kind !== 'all';
  const marked = createMemo((): Filter => ({ kind: 'records', of: marks.list().map((mark) => mark.id) }));
  /** Without a text there are no matches: everything is in the log already. */
  const hits = (): Filter => (hasTexts() ? filter.filter() : NOTHING);
  const listed = createMemo(() => {
    const { list } = layout();
    const base: Filter =
      list === 'hits' ? hits() : list === 'marks' ? marked() : { kind: 'or', of: [hits(), marked()] };
    return found().kind === 'all' ? base : ({ kind: 'and', of: [base, found()] } satisfies Filter);
  });

  /** What is searched inside is marked too. */
  const rows = createMemo((): RowsOptions => {
    const common = wish.rows?.() ?? {};
    if (found().kind === 'all') return common;
    return { ...common, hits: hasTexts() ? { kind: 'or', of: [filter.parsed(), found()] } : found() };
  });

  createEffect(
    on(isSplit, (isWanted) => {
      if (!isWanted) return;
      const records = createRecords(engine, { ...wish, filter: listed, context: () => layout().context, rows });
      panes.add({ id: 'results', records, cursor: createCursor(engine, records, filter.parsed) });
      onCleanup(() => panes.remove('results'));
    }),
  );

  // The number beside the filter is of the filter, whatever is listed.
  createEffect(() => {
    if (!isSplit() || !hasTexts()) {
      latestCount.abort();
      setHitCount(null);
      setIsCounting(false);
      return;
    }
    const wanted = filter.filter();
    wish.sources();
    wish.revision();
    setIsCounting(true);
    void latestCount
      .run((signal) => count(wanted, signal))
      .then(setHitCount)
      .then(() => setIsCounting(false))
      .catch((error: unknown) => {
        if (!isFault(error)) throw error;
        if (error.code !== 'stale') setIsCounting(false); // the list tells why
      });
  });

  shareSelection('log', 'results');
  shareSelection('results', 'log');

  /** What is selected in one pane by a person is selected in the other. */
  function shareSelection(from: PaneId, to: PaneId) {
    const chosen = createMemo(() => panes.get(from)?.records.selected()?.id ?? null, null, { equals: isSameId });
    createEffect(
      on(chosen, (id) => {
        if (!id || !isSplit() || panes.active().id === to) return;
        const other = panes.get(to)?.records;
        if (other && !other.isSelected(id)) void other.selectRecord(id);
      }),
    );
  }

  // A list that comes to be while a record is selected begins there.
  createEffect(() => {
    const records = panes.get('results')?.records;
    if (!records?.answer() || untrack(records.selected)) return;
    const id = untrack(() => panes.log.records.selected()?.id);
    if (id) void records.selectRecord(id);
  });

  async function readFind(): Promise<void> {
    clearTimeout(timer);
    const text = find().trim();
    try {
      const next = await latestFind.run(() =>
        text === '' ? Promise.resolve<Filter>({ kind: 'all' }) : engine.parseFilter(text, deps.context()),
      );
      setFound(next);
      setFindFault(null);
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return;
      setFindFault(error);
    }
    setIsFinding(false);
  }

  const records = (): RecordsStore | null => panes.get('results')?.records ?? null;

  return {
    layout,
    part: store.part,
    isSplit,
    toggle() {
      if (isSplit()) {
        setFind('');
        void readFind();
      }
      store.change(isSplit() ? 'Filtered in place' : 'Filtered in a pane', { isSplit: !isSplit() });
    },
    setList: (list: ResultsList) => store.change('Results listed', { list }),
    setContext: (context: ContextChoice) => store.change('Context of results', { context }),
    /** The list's records; null in place. */
    records,
    /** What is searched inside the list. */
    find,
    findFault,
    setFind(text: string) {
      setFind(text);
      setIsFinding(true);
      clearTimeout(timer);
      timer = setTimeout(() => void readFind(), PAUSE_MS);
    },
    /** How many records the filter keeps; null while it was never counted, or nothing is typed. */
    hitCount,
    isCounting,
    /** The list where it is the filter's own selection: what the timeline sets apart from all. Null otherwise. */
    distribution(): Answer | null {
      const { list, context } = layout();
      return isSplit() && hasTexts() && list === 'hits' && context === 0 ? (records()?.answer() ?? null) : null;
    },
    /** Whether there is something that could match. */
    hasTexts,
    /** Where the selected record stands in the list, from 1; null when it is not in it. */
    place(): number | null {
      const choice = records()?.selected();
      return choice?.isKept ? choice.index + 1 : null;
    },
    isIdle: () => !isFinding() && !isCounting(),
    /** The next record of the list, or the one before, from the one selected. */
    async walk(step: 1 | -1): Promise<void> {
      const pane = panes.get('results');
      if (!pane || pane.records.count() === 0) return;
      const choice = pane.records.selected();
      const from = choice ? choice.index : step === 1 ? -1 : pane.records.count();
      const next = choice && !choice.isKept && step === 1 ? from : from + step;
      if (next < 0 || next >= pane.records.count()) {
        panes.active().cursor.say(`No result further ${step === 1 ? 'down' : 'up'}`);
        return;
      }
      await pane.records.select(next);
      const id = pane.records.selected()?.id;
      if (id) await panes.log.records.selectRecord(id);
    },
  };
}

export type ResultsStore = ReturnType<typeof createResults>;

function isSameId(a: RecordId | null, b: RecordId | null): boolean {
  return a === b || (a !== null && b !== null && isSameRecord(a, b));
}
