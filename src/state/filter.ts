/** What is shown: the filter's text, the brushed time, the levels switched off; together one Filter. Keeps the last good one. */
import { batch, createMemo, createSignal, onCleanup } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { FilterContext } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import type { EpochMs, Level } from '../engine/records/record';

export interface TimeRange {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** A level as the legend counts it; null: records without one. */
export type LevelKey = Level | null;

// A pause in typing after which the view follows (UX: filter bar).
const PAUSE_MS = 120;

const ALL: Filter = { kind: 'all' };

export function createFilter(engine: EngineClient, context: () => FilterContext) {
  const [text, setText] = createSignal('');
  const [range, setRange] = createSignal<TimeRange | null>(null, { equals: isSameRange });
  const [levelsOff, setLevelsOff] = createSignal<ReadonlySet<LevelKey>>(new Set());
  const [parsed, setParsed] = createSignal<Filter>(ALL);
  const [mistake, setMistake] = createSignal<Fault | null>(null);
  const [isWaiting, setIsWaiting] = createSignal(false);
  const latest = createLatest();
  let timer: ReturnType<typeof setTimeout> | undefined;

  onCleanup(() => {
    clearTimeout(timer);
    latest.abort();
  });

  /** Reads the text now. Resolves when the filter stands, or the mistake is told. */
  async function apply(): Promise<void> {
    clearTimeout(timer);
    setIsWaiting(true);
    try {
      const wanted = text().trim();
      const filter = await latest.run(() =>
        wanted === '' ? Promise.resolve(ALL) : engine.parseFilter(text(), context()),
      );
      batch(() => {
        setParsed(filter);
        setMistake(null);
        setIsWaiting(false);
      });
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // the newer run tells
      batch(() => {
        if (error.code !== 'worker-died') setMistake(error); // that is told for the whole page
        setIsWaiting(false);
      });
    }
  }

  const filter = createMemo(() => combine(parsed(), range(), levelsOff()));

  return {
    text,
    range,
    levelsOff,
    /** What the engine is asked for. */
    filter,
    /** The text's part alone, for walking from hit to hit. */
    parsed,
    /** Why the text as it stands is not a filter; null when it is. */
    mistake,
    /** The text has changed and is not read yet. */
    isWaiting,
    isFiltered: () => filter().kind !== 'all',
    type(value: string) {
      setText(value);
      setIsWaiting(true);
      clearTimeout(timer);
      timer = setTimeout(() => void apply(), PAUSE_MS);
    },
    apply,
    setRange,
    toggleLevel(level: LevelKey) {
      setLevelsOff((old) => {
        const next = new Set(old);
        if (!next.delete(level)) next.add(level);
        return next;
      });
    },
    /** Shows only one level of those given, or all again when it was the only one. */
    showOnlyLevel(level: LevelKey, all: readonly LevelKey[]) {
      const others = all.filter((other) => other !== level);
      const isOnly = !levelsOff().has(level) && others.every((other) => levelsOff().has(other));
      setLevelsOff(new Set(isOnly ? [] : others));
    },
    async clear() {
      setText('');
      setRange(null);
      setLevelsOff(new Set<LevelKey>());
      await apply();
    },
    completions: (caret: number) => engine.completions(text(), caret, context()),
  };
}

export type FilterStore = ReturnType<typeof createFilter>;

/** The AND of the three parts that are not trivial. */
function combine(text: Filter, range: TimeRange | null, levelsOff: ReadonlySet<LevelKey>): Filter {
  const parts: Filter[] = [];
  if (text.kind !== 'all') parts.push(text);
  for (const level of levelsOff) parts.push({ kind: 'not', of: { kind: 'level', min: level, max: level } });
  if (range) parts.push({ kind: 'time', start: range.start, end: range.end });
  const [only] = parts;
  if (!only) return ALL;
  return parts.length === 1 ? only : { kind: 'and', of: parts };
}

function isSameRange(a: TimeRange | null, b: TimeRange | null): boolean {
  return a === b || (a !== null && b !== null && a.start === b.start && a.end === b.end);
}
