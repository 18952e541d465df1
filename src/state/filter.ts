/**
 * What is shown: clauses as chips, the text that is being typed, the brushed time, the levels switched off; together one
 * Filter. The texts are the truth and what is saved; what they mean is read by the engine. A text that cannot be read leaves
 * the last good filter on screen.
 */
import { batch, createMemo, createSignal, onCleanup } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { FilterContext } from '../engine/api';
import type { FilterClause } from '../engine/query/clauses';
import type { Filter } from '../engine/query/filter';
import type { SourceId } from '../engine/records/record';
import type { ActsStore, SessionPart } from './acts';
import { joinClauses, levelClause, type MadeClause, partText, timeText } from './clause-text';
import { createCount } from './count';
import {
  ALL,
  type Clause,
  combine,
  hasRegex,
  type FilterSession,
  isSameRange,
  isSameSet,
  isSameValue,
  joinMeanings,
  type LevelKey,
  type Meaning,
  NO_LEVELS,
  type TimeRange,
  toFilter,
} from './filter-parts';

// A pause in typing after which the view follows (UX: filter bar).
const PAUSE_MS = 120;

export interface FilterWish {
  readonly context: () => FilterContext;
  /** What counts are over. */
  readonly sources: () => readonly SourceId[];
}

export function createFilter(engine: EngineClient, acts: ActsStore, wish: FilterWish) {
  const [clauses, setClauses] = createSignal<readonly Clause[]>([]);
  const [draft, setDraft] = createSignal('');
  const [range, setRange] = createSignal<TimeRange | null>(null, { equals: isSameRange });
  const [levelsOff, setLevelsOff] = createSignal<ReadonlySet<LevelKey>>(new Set(), { equals: isSameSet });
  const [meanings, setMeanings] = createSignal<ReadonlyMap<string, Meaning>>(new Map());
  /** The clauses' and the draft's filter as it was last read without a mistake. */
  const [texts, setTexts] = createSignal<readonly Filter[]>([], { equals: isSameValue });
  const [mistake, setMistake] = createSignal<Fault | null>(null);
  const [isWaiting, setIsWaiting] = createSignal(false);
  /** What is typed now, read ahead of the pause, and how many records pass with it; null: nothing is ahead. */
  const [preview, setPreview] = createSignal<{
    text: string;
    texts: readonly Filter[];
    count: number | null;
  } | null>(null);
  const latest = createLatest();
  const latestPreview = createLatest();
  const count = createCount(engine, wish.sources);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastId = 0;
  let typings = 0;
  /** What was typed, as it was last read without a mistake. */
  let goodDraft: readonly Filter[] = [];

  onCleanup(() => {
    clearTimeout(timer);
    latest.abort();
    latestPreview.abort();
  });

  const part: SessionPart<FilterSession> = {
    save: () => ({ clauses: clauses(), draft: draft(), range: range(), levelsOff: [...levelsOff()] }),
    restore(saved) {
      lastId = Math.max(lastId, ...saved.clauses.map((clause) => clause.id));
      batch(() => {
        setClauses(saved.clauses);
        setDraft(saved.draft);
        setRange(saved.range);
        setLevelsOff(new Set(saved.levelsOff));
      });
      void apply();
    },
  };

  /** One act: `work` changes the signals, and what they mean follows. */
  function change(title: string, work: () => void, mergeKey?: string): Promise<void> {
    acts.change(title, part, () => batch(work), mergeKey);
    return apply();
  }

  /** Time and levels: nothing is to be read for them. */
  function changePlain(title: string, work: () => void, mergeKey?: string) {
    forgetPreview();
    acts.change(title, part, work, mergeKey);
  }

  /** The counting of what is typed; it never rejects with a Fault. */
  let counting: Promise<void> = Promise.resolve();
  /** What it counts. */
  let countedText = '';

  /** Reads the texts as they stand now. Resolves when the filter stands, or the mistake is told. */
  async function apply(): Promise<void> {
    clearTimeout(timer);
    const typed = draft();
    const isCounted = countedText === typed && preview()?.texts.some(hasRegex) !== true;
    // Of another text, or an expression that may never end: the view's own answer counts too.
    if (!isCounted) latestPreview.abort();
    if (typed.trim() === '' && clauses().every((clause) => meanings().has(clause.text))) {
      latestPreview.abort();
      latest.abort();
      stand([]);
      return;
    }
    if (isCounted) {
      // What is counted just now is what the view will ask for: the engine keeps the answer, and gives it again at once.
      await counting;
      if (draft() !== typed) return; // typed on meanwhile: that is applied by itself
    }
    const read = await readNow();
    if (read) stand(read);
  }

  /** What is typed as clauses; null when it is a mistake, which is told, or a newer wish came. */
  async function readNow(): Promise<readonly FilterClause[] | null> {
    setIsWaiting(true);
    try {
      return await latest.run(async () => {
        await readMeanings();
        return readDraft(draft());
      });
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return null; // the newer run tells
      batch(() => {
        if (error.code !== 'worker-died') setMistake(error); // that is told for the whole page
        setIsWaiting(false);
        setTexts([...clauses().flatMap(toFilters), ...goodDraft]);
        setPreview(null);
      });
      return null;
    }
  }

  function stand(read: readonly FilterClause[]) {
    goodDraft = read.map(toFilter);
    const next = [...clauses().flatMap(toFilters), ...goodDraft];
    batch(() => {
      setTexts(next);
      setMistake(null);
      setIsWaiting(false);
      setPreview((ahead) => (ahead && isSameValue(ahead.texts, next) ? ahead : null));
    });
  }

  function readDraft(text: string): Promise<readonly FilterClause[]> {
    return text.trim() === '' ? Promise.resolve([]) : engine.splitFilter(text, wish.context());
  }

  /** Those of clauses that were saved as text alone. */
  async function readMeanings(): Promise<void> {
    const missing = new Set(clauses().flatMap(({ text }) => (meanings().has(text) ? [] : text)));
    for (const text of missing) {
      try {
        learn(text, joinMeanings(text, await readDraft(text)));
      } catch (error) {
        if (!isFault(error, 'filter-syntax') && !isFault(error, 'regex-syntax')) throw error;
        learn(text, { filter: ALL, isJoined: false, label: text, fault: error });
      }
    }
  }

  function learn(text: string, meaning: Meaning) {
    setMeanings((old) => new Map(old).set(text, meaning));
  }

  /** What a clause asks for; nothing when it is off or cannot be read. */
  function toFilters(clause: Clause): Filter[] {
    const meaning = meanings().get(clause.text);
    if (!clause.isOn || !meaning || meaning.fault) return [];
    return [clause.isNegated ? { kind: 'not', of: meaning.filter } : meaning.filter];
  }

  function toClause({ text, isNegated, ...meaning }: FilterClause): Clause {
    learn(text, { ...meaning, fault: null });
    lastId += 1;
    return { id: lastId, text, isNegated, isOn: true };
  }

  /** Adds a clause, or switches the one that says the same on; one that says the opposite turns round. */
  function withClause(list: readonly Clause[], added: Clause): readonly Clause[] {
    const same = list.find((clause) => clause.text === added.text);
    if (!same) return [...list, added];
    return list.map((clause) => (clause === same ? { ...same, isOn: true, isNegated: added.isNegated } : clause));
  }

  function forgetPreview() {
    latestPreview.abort();
    setPreview(null);
  }

  /** What is typed is read and counted at once; the view follows later. */
  async function lookAhead(): Promise<void> {
    const text = draft();
    try {
      await latestPreview.run(async (signal) => {
        await readMeanings();
        const read = await readDraft(text);
        if (signal.aborted) return;
        const ahead = [...clauses().flatMap(toFilters), ...read.map(toFilter)];
        setPreview({ text, texts: ahead, count: null });
        const found = await count(combine(ahead, range(), levelsOff()), signal);
        if (!signal.aborted) setPreview({ text, texts: ahead, count: found });
      });
    } catch (error) {
      if (!isFault(error)) throw error; // a mistake is told when the typing pauses
    }
  }

  const filter = createMemo(() => combine(texts(), range(), levelsOff()));
  const base = createMemo(() => combine([], range(), levelsOff()));
  const parsed = createMemo(() => combine(texts(), null, NO_LEVELS));

  /** Letters of one text, and the Enter behind them, are one act. */
  const typingKey = () => `filter typing ${typings}`;
  const parsedAhead = createMemo(
    () => {
      const ahead = preview();
      return ahead && combine(ahead.texts, null, NO_LEVELS);
    },
    null,
    { equals: isSameValue },
  );
  const clauseOf = (id: number) => clauses().find((clause) => clause.id === id);
  const without = (id: number) => clauses().filter((clause) => clause.id !== id);
  const replace = (id: number, next: Partial<Clause>) =>
    clauses().map((clause) => (clause.id === id ? { ...clause, ...next } : clause));
  const textOf = (clause: Clause, isAlone = false) =>
    partText({ ...clause, isJoined: meanings().get(clause.text)?.isJoined ?? true }, isAlone);

  return {
    clauses,
    /** What is typed and not finished yet. */
    text: draft,
    range,
    levelsOff,
    /** What the engine is asked for. */
    filter,
    /** What time and levels alone leave: the log beside a list of results. */
    base,
    /** The texts' part alone, for walking from hit to hit. */
    parsed,
    /** The same with what is typed just now, for marking it in the rows ahead of the view; null: nothing is ahead. */
    parsedAhead,
    /** Why the text as it stands is not a filter; null when it is. */
    mistake,
    /** A text has changed and is not read yet. */
    isWaiting,
    /** How many records pass with what is typed just now; null while it is counted; undefined when nothing is ahead. */
    previewCount: (): number | null | undefined => {
      const ahead = preview();
      return isWaiting() && ahead?.text !== draft() ? null : ahead?.count;
    },
    isFiltered: () => filter().kind !== 'all',
    /** Nothing is there to be cleared. */
    isEmpty: () => clauses().length === 0 && draft() === '' && range() === null && levelsOff().size === 0,
    meaningOf: (clause: Clause): Meaning | null => meanings().get(clause.text) ?? null,
    part,
    type(value: string) {
      if (value === draft()) return;
      acts.change('Filter typed', part, () => setDraft(value), typingKey());
      setIsWaiting(true);
      clearTimeout(timer);
      timer = setTimeout(() => void apply(), PAUSE_MS);
      countedText = value;
      counting = lookAhead();
    },
    apply,
    /** What is typed becomes clauses; a mistake keeps it as it is. */
    async finish(): Promise<void> {
      clearTimeout(timer);
      latestPreview.abort();
      const read = await readNow();
      if (!read) return;
      if (read.length === 0) {
        stand(read);
        return;
      }
      const added = read.map(toClause);
      const key = typingKey();
      typings += 1;
      await change(
        'Filter changed',
        () => {
          setClauses((old) => added.reduce(withClause, old));
          setDraft('');
        },
        key,
      );
    },
    /** What is typed, as it counts now; null when nothing is. */
    typed: (): Filter | null =>
      draft().trim() === '' || goodDraft.length === 0 ? null : combine(goodDraft, null, NO_LEVELS),
    /** Puts another text in place of what is typed, at once. */
    setText: (text: string) => void change('Filter changed', () => setDraft(text)),
    /** Adds a clause made from a value. */
    add(clause: MadeClause, isNegated: boolean) {
      const { label } = clause;
      const added = toClause({ ...clause, isNegated });
      void change(`${isNegated ? 'Excluded' : 'Included'} ${label}`, () => setClauses((old) => withClause(old, added)));
    },
    /** Nothing but this clause, or this time, or both: whatever else narrowed what is shown is taken away. */
    only(clause: MadeClause | null, within: TimeRange | null = null) {
      const added = clause ? [toClause({ ...clause, isNegated: false })] : [];
      void change(clause ? `Searched ${clause.label}` : 'Time filtered', () => {
        setClauses(added);
        setDraft('');
        setRange(within);
        setLevelsOff(new Set<LevelKey>());
      });
    },
    /** Adds what a text says: a pattern, a saved filter. @throws Fault `filter-syntax`, `regex-syntax` */
    async addText(text: string): Promise<void> {
      const added = (await readDraft(text)).map(toClause);
      await change('Filter changed', () => setClauses((old) => added.reduce(withClause, old)));
    },
    /** Puts a text in place of all clauses and of what is typed. @throws Fault `filter-syntax`, `regex-syntax` */
    async replaceText(text: string): Promise<void> {
      const added = (await readDraft(text)).map(toClause);
      await change('Filter changed', () => {
        setClauses(added.reduce(withClause, []));
        setDraft('');
      });
    },
    /** Whether a whole filter is one of the clauses, and on. */
    hasWhole: (text: string) => clauses().some((clause) => clause.text === text && clause.isOn && !clause.isNegated),
    /** Adds a whole filter as one clause, or takes it away. */
    toggleWhole(text: string, name: string) {
      const isIn = clauses().some((clause) => clause.text === text && clause.isOn && !clause.isNegated);
      lastId += 1;
      const added: Clause = { id: lastId, text, isOn: true, isNegated: false };
      void change(isIn ? `${name} taken out` : `${name} added`, () =>
        setClauses((old) => (isIn ? old.filter((clause) => clause.text !== text) : withClause(old, added))),
      );
    },
    /** Opens a clause as text, before what is typed. @returns how long its text is: where the caret stands */
    open(id: number): number {
      const clause = clauseOf(id);
      if (!clause) return 0;
      const text = textOf(clause, draft().trim() === '');
      goodDraft = [...toFilters({ ...clause, isOn: true }), ...goodDraft]; // what it means is known
      void change('Clause opened', () => {
        setClauses(without(id));
        setDraft(draft().trim() === '' ? text : `${text} ${draft()}`);
      });
      return text.length;
    },
    /** Opens all clauses that are on as text. */
    openAll() {
      const opened = clauses().filter((clause) => clause.isOn);
      if (opened.length === 0) return;
      goodDraft = [...opened.flatMap(toFilters), ...goodDraft];
      void change('Filter opened as text', () => {
        setDraft(toTexts());
        setClauses((old) => old.filter((clause) => !clause.isOn));
      });
    },
    remove: (id: number) => void change('Clause removed', () => setClauses(without(id))),
    toggle(id: number) {
      const isOn = clauseOf(id)?.isOn === true;
      void change(isOn ? 'Clause switched off' : 'Clause switched on', () => setClauses(replace(id, { isOn: !isOn })));
    },
    negate: (id: number) =>
      void change('Clause negated', () => setClauses(replace(id, { isNegated: clauseOf(id)?.isNegated !== true }))),
    setRange: (next: TimeRange | null) =>
      changePlain(next ? 'Time filtered' : 'Time filter removed', () => setRange(next), 'filter time'),
    toggleLevel(level: LevelKey) {
      const next = new Set(levelsOff());
      if (!next.delete(level)) next.add(level);
      changePlain('Levels changed', () => setLevelsOff(next));
    },
    showAllLevels: () => changePlain('Levels changed', () => setLevelsOff(new Set<LevelKey>())),
    /** Shows only one level of those given, or all again when it was the only one. */
    showOnlyLevel(level: LevelKey, all: readonly LevelKey[]) {
      const others = all.filter((other) => other !== level);
      const isOnly = !levelsOff().has(level) && others.every((other) => levelsOff().has(other));
      changePlain('Levels changed', () => setLevelsOff(new Set(isOnly ? [] : others)));
    },
    /** Shows a level and those before it in the list, worst first; or all again when that is what is shown. */
    showLevelAndWorse(level: LevelKey, all: readonly LevelKey[]) {
      const milder = all.slice(all.indexOf(level) + 1);
      const isSo = isSameSet(levelsOff(), new Set(milder));
      changePlain('Levels changed', () => setLevelsOff(new Set(isSo ? [] : milder)));
    },
    clear: () =>
      change('Filter cleared', () => {
        setClauses([]);
        setDraft('');
        setRange(null);
        setLevelsOff(new Set<LevelKey>());
      }),
    /** All of it as one text that the command line understands. */
    toText: () => [toTexts(), ...toOthers()].filter(Boolean).join(' '),
    /** How many records of the shown sources a filter keeps. */
    count,
    /** What one clause alone keeps; null when it cannot be read. */
    filterOf(clause: Clause): Filter | null {
      return toFilters({ ...clause, isOn: true })[0] ?? null;
    },
    completions: (caret: number) => engine.completions(draft(), caret, wish.context()),
  };

  /** The clauses that are on and what is typed. */
  function toTexts(): string {
    const on = clauses().filter((clause) => clause.isOn);
    const typed = draft().trim();
    if (typed === '') return joinClauses(on.map((clause) => ({ ...clause, isJoined: isJoined(clause) })));
    const isTypedJoined = on.length > 0 && typed.includes('OR');
    return [...on.map((clause) => textOf(clause)), isTypedJoined ? `(${typed})` : typed].join(' ');
  }

  function isJoined(clause: Clause): boolean {
    return meanings().get(clause.text)?.isJoined ?? true;
  }

  function toOthers(): string[] {
    const levels = [...levelsOff()].map((level) => `-${levelClause(level).text}`);
    const span = range();
    return span ? [...levels, timeText(span.start, span.end)] : levels;
  }
}

export type { Clause, LevelKey, TimeRange } from './filter-parts';
export type FilterStore = ReturnType<typeof createFilter>;
