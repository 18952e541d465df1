/** The values of the wildcard that is open: asked for exactly when it is, with progress, and given up when it is not any more. */
import { createEffect, createSignal, onCleanup } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { WildcardValues } from '../engine/patterns/pattern';

/** A wildcard (0 is the first) of a pattern, over its records in a selection. */
export interface ValuesTarget {
  readonly handle: number;
  readonly pattern: string;
  readonly wildcard: number;
}

const TOP_COUNT = 12;
const MAX_BINS = 32;
// Walking through the list must not begin to read for every pattern on the way.
const PAUSE_MS = 150;
// Answers kept for going back and forth; each holds a dozen values and 32 bins.
const KEPT = 64;

export function createPatternValues(engine: EngineClient, target: () => ValuesTarget | null) {
  const [answers, setAnswers] = createSignal<ReadonlyMap<string, WildcardValues>>(new Map());
  const [isCounting, setIsCounting] = createSignal(false);
  const [progress, setProgress] = createSignal<{ done: number; total: number } | null>(null);
  const [fault, setFault] = createSignal<Fault | null>(null);
  const [isGivenUp, setIsGivenUp] = createSignal(false);
  const [tries, setTries] = createSignal(0);
  const latest = createLatest();
  onCleanup(() => latest.abort());

  createEffect(() => {
    const wanted = target();
    tries();
    latest.abort();
    setProgress(null);
    setFault(null);
    setIsGivenUp(false);
    const isKnown = wanted === null || answers().has(keyOf(wanted));
    setIsCounting(!isKnown);
    if (isKnown) return;
    const timer = setTimeout(() => void ask(wanted), PAUSE_MS);
    onCleanup(() => clearTimeout(timer));
  });

  async function ask(wanted: ValuesTarget): Promise<void> {
    try {
      const { handle, pattern, wildcard } = wanted;
      const values = await latest.run((signal) =>
        engine.wildcardValues(
          handle,
          { pattern, wildcard, topCount: TOP_COUNT, maxBins: MAX_BINS },
          { signal, onProgress: (done, total) => setProgress({ done, total }) },
        ),
      );
      setIsCounting(false);
      setAnswers((old) => new Map([...old, [keyOf(wanted), values] as const].slice(-KEPT)));
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale') return; // the newer wish, or who gave up, tells
      setIsCounting(false);
      setFault(error);
    }
  }

  return {
    /** Of a wildcard, where they are known. */
    of: (wanted: ValuesTarget | null): WildcardValues | null => (wanted && answers().get(keyOf(wanted))) ?? null,
    isCounting,
    /** Records done and in all; null: nothing is told yet. */
    progress,
    fault,
    isGivenUp,
    cancel() {
      latest.abort();
      setIsCounting(false);
      setIsGivenUp(true);
    },
    again: () => setTries((count) => count + 1),
  };
}

export type PatternValuesStore = ReturnType<typeof createPatternValues>;

function keyOf({ handle, pattern, wildcard }: ValuesTarget): string {
  return `${handle} ${wildcard} ${pattern}`;
}
