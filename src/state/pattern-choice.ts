/** The selected pattern, and those picked for merging. A pattern is known by its text; after regrouping by its first record. */
import { createEffect, createMemo, createSignal, on, untrack } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { RecordId } from '../engine/records/record';
import type { PatternFacts } from './pattern-facts';
import type { PatternAnswer } from './pattern-table';

interface ChoiceWish {
  readonly answer: () => PatternAnswer | null;
  /** Facts of every pattern of the answer. */
  readonly facts: () => readonly PatternFacts[];
  /** Those listed, in their order. */
  readonly listed: () => readonly PatternFacts[];
}

interface Chosen {
  readonly text: string;
  /** By which it is found again when patterns are told apart differently. */
  readonly record: RecordId;
}

export function createPatternChoice(engine: EngineClient, wish: ChoiceWish) {
  const [chosen, setChosen] = createSignal<Chosen | null>(null);
  const [picks, setPicks] = createSignal<ReadonlySet<string>>(new Set());
  const [isFollowing, setIsFollowing] = createSignal(false);
  const latest = createLatest();

  const byText = createMemo(() => new Map(wish.facts().map((facts) => [facts.row.text, facts])));
  const selected = createMemo(() => {
    const choice = chosen();
    return choice ? (byText().get(choice.text) ?? null) : null;
  });
  const index = createMemo(() => {
    const facts = selected();
    return facts ? wish.listed().indexOf(facts) : -1;
  });

  // Another table: the records of the selected pattern stay selected, whatever pattern they belong to now.
  createEffect(
    on(wish.answer, (answer) => {
      setPicks((old) => (old.size === 0 ? old : new Set([...old].filter((text) => untrack(byText).has(text)))));
      const choice = untrack(chosen);
      if (!answer || !choice || untrack(byText).has(choice.text)) return;
      void follow(choice);
    }),
  );

  async function follow(choice: Chosen): Promise<void> {
    setIsFollowing(true);
    try {
      const pattern = await latest.run(() => engine.patternOf(choice.record));
      if (chosen() === choice) setChosen({ ...choice, text: pattern.text });
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // the newer one tells
      if (chosen() === choice) setChosen(null); // its source is closed
    }
    setIsFollowing(false);
  }

  function select(facts: PatternFacts | null) {
    latest.abort();
    setIsFollowing(false);
    setChosen(facts && { text: facts.row.text, record: facts.row.first.record });
  }

  return {
    /** Null: none, or it has no record among those shown. */
    selected,
    /** Its place among those listed; -1: it is not listed. */
    index,
    select,
    selectText(text: string) {
      const facts = byText().get(text);
      if (facts) select(facts);
    },
    /** Goes so many patterns further in the list. */
    move(by: number) {
      const list = wish.listed();
      if (list.length === 0) return;
      const from = index() < 0 ? (by > 0 ? -1 : list.length) : index();
      select(list[Math.max(0, Math.min(list.length - 1, from + by))] ?? null);
    },
    toEnd(end: 'first' | 'last') {
      select((end === 'first' ? wish.listed()[0] : wish.listed().at(-1)) ?? null);
    },
    /** The one to stand on when the selected one goes away. */
    neighbour: (): PatternFacts | null => wish.listed()[index() + 1] ?? wish.listed()[index() - 1] ?? null,
    picks,
    isPicked: (text: string) => picks().has(text),
    togglePick(text: string) {
      const next = new Set(picks());
      if (!next.delete(text)) next.add(text);
      setPicks(next);
    },
    clearPicks: () => setPicks(new Set<string>()),
    isIdle: () => !isFollowing(),
  };
}

export type PatternChoiceStore = ReturnType<typeof createPatternChoice>;
