/** How much memory the engine may use for the bytes of files: what it finds fit, or what a person chose. */
import { createEffect, createSignal, on } from 'solid-js';

import { isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';

const MIB = 1024 * 1024;

/** @param chosenMib  null: what the engine finds fit */
export function createBudget(engine: EngineClient, chosenMib: () => number | null) {
  const [fitBytes, setFitBytes] = createSignal<number | null>(null);

  async function apply(mib: number | null): Promise<void> {
    try {
      // Asked before the first change: afterwards the engine tells what it was given.
      if (fitBytes() === null) {
        if (mib === null) return;
        setFitBytes((await engine.health()).budgetBytes);
      }
      const wanted = chosenMib(); // may have changed while the engine answered
      const budgetBytes = wanted === null ? fitBytes() : wanted * MIB;
      if (budgetBytes !== null) await engine.configure({ budgetBytes });
    } catch (error) {
      if (!isFault(error)) throw error; // the engine is gone, which is told elsewhere
    }
  }
  createEffect(on(chosenMib, (mib) => void apply(mib)));

  return {
    /** What the engine found fit, once something else was chosen; null: it uses that. */
    fitBytes,
  };
}

export type BudgetStore = ReturnType<typeof createBudget>;
