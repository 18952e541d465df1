/** Three records of the selected pattern among those shown: the first, the one in the middle, the last. */
import { createEffect, createSignal, onCleanup } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Row } from '../engine/api';
import { ignoreFault } from './count';
import type { PatternAnswer } from './pattern-table';

// As for the wildcards' values: walking through the list asks for nothing.
const PAUSE_MS = 150;

export interface PatternExamples {
  readonly pattern: string;
  readonly rows: readonly Row[];
}

/** @param target  null: nobody looks */
export function createPatternExamples(
  engine: EngineClient,
  target: () => { readonly answer: PatternAnswer; readonly pattern: string } | null,
) {
  const [examples, setExamples] = createSignal<PatternExamples | null>(null);
  const [isAsking, setIsAsking] = createSignal(false);
  const latest = createLatest();
  onCleanup(() => latest.abort());

  createEffect(() => {
    const wanted = target();
    latest.abort();
    setIsAsking(wanted !== null);
    if (wanted === null) {
      setExamples(null);
      return;
    }
    const timer = setTimeout(() => void ask(wanted.answer, wanted.pattern), PAUSE_MS);
    onCleanup(() => clearTimeout(timer));
  });

  async function ask({ filter, sources }: PatternAnswer, pattern: string): Promise<void> {
    try {
      const rows = await latest.run(async (signal) => {
        const { handle, count } = await engine.select(
          { kind: 'and', of: [filter, { kind: 'pattern', text: pattern }] },
          { sources, signal },
        );
        try {
          const places = [...new Set([0, Math.floor((count - 1) / 2), count - 1])].filter((place) => place >= 0);
          const windows = await Promise.all(places.map((place) => engine.rows(handle, place, 1)));
          return windows.flatMap((window) => window.rows);
        } finally {
          void engine.release(handle).catch(ignoreFault);
        }
      });
      setExamples({ pattern, rows });
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // the newer wish tells
      setExamples(null); // bytes that cannot be read are told beside their source
    }
    setIsAsking(false);
  }

  return {
    /** Null until they are there; of the pattern it names, which may be the one before. */
    examples,
    isIdle: () => !isAsking(),
  };
}

export type PatternExamplesStore = ReturnType<typeof createPatternExamples>;
