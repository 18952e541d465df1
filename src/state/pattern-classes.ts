/** What the rules say about the patterns that tell of trouble: asked for behind the table, the old answer stays until then. */
import { createEffect, createSignal, onCleanup } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Classification, ClassRule } from '../engine/patterns/pattern';
import type { PatternAnswer } from './pattern-table';

/** @param wish.rules  in order; the first that holds decides */
export function createPatternClasses(
  engine: EngineClient,
  wish: {
    readonly answer: () => PatternAnswer | null;
    readonly rules: () => readonly ClassRule[];
    readonly isGrowing: () => boolean;
  },
) {
  const [classes, setClasses] = createSignal<ReadonlyMap<string, Classification>>(new Map());
  const [isAsking, setIsAsking] = createSignal(false);
  const latest = createLatest();
  onCleanup(() => latest.abort());

  createEffect(() => {
    const answer = wish.answer();
    const rules = answer === null ? [] : wish.rules(); // they are asked for when they are first wanted
    latest.abort();
    const isAsked = answer !== null && rules.length > 0 && !wish.isGrowing();
    setIsAsking(isAsked);
    if (isAsked) void ask(answer.info.handle, rules);
  });

  async function ask(handle: number, rules: readonly ClassRule[]): Promise<void> {
    try {
      const found = await latest.run((signal) => engine.classify(handle, rules, { signal }));
      setClasses(
        new Map(found.flatMap(({ text, classification }) => (classification ? [[text, classification] as const] : []))),
      );
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // the newer wish tells
      setClasses(new Map()); // what the records cannot be read for is told beside their source
    }
    setIsAsking(false);
  }

  return {
    /** Null: no rule holds, the pattern tells of no trouble, or it is not known yet. */
    of: (text: string): Classification | null => classes().get(text) ?? null,
    isIdle: () => !isAsking(),
  };
}

export type PatternClassesStore = ReturnType<typeof createPatternClasses>;
