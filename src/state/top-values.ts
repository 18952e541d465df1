/** The values of a field that most records have, over what the filter keeps: counted exactly, again when that changes. */
import { createEffect, createSignal, on, onCleanup } from 'solid-js';

import { type Fault, isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { TopValues } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import type { SourceId } from '../engine/records/record';
import { ignoreFault } from './count';

export interface TopValuesAnswer extends TopValues {
  readonly field: string;
  /** What they were counted over. */
  readonly filter: Filter;
}

// More rows than anyone reads; what is left out is told with its count.
const LIMIT = 200;

interface TopValuesWish {
  /** The field; null: nothing is asked. */
  readonly field: () => string | null;
  readonly filter: () => Filter;
  readonly sources: () => readonly SourceId[];
  readonly revision: () => number;
}

export function createTopValues(engine: EngineClient, wish: TopValuesWish) {
  const [answer, setAnswer] = createSignal<TopValuesAnswer | null>(null);
  const [fault, setFault] = createSignal<Fault | null>(null);
  const [isCounting, setIsCounting] = createSignal(false);
  const latest = createLatest();
  onCleanup(() => latest.abort());

  createEffect(on([wish.field, wish.filter, wish.sources, wish.revision], () => void count()));

  async function count(): Promise<void> {
    const field = wish.field();
    if (field === null) {
      latest.abort();
      setAnswer(null);
      setIsCounting(false);
      return;
    }
    if (answer()?.field !== field) setAnswer(null); // the numbers of another field say nothing about this one
    setIsCounting(true);
    setFault(null);
    try {
      setAnswer(await latest.run((signal) => read(field, wish.filter(), signal)));
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'stale' && wish.field() !== null && !isGivenUp) return; // the newer run tells
      if (error.code !== 'stale' && error.code !== 'worker-died') setFault(error);
    }
    isGivenUp = false;
    setIsCounting(false);
  }

  let isGivenUp = false;

  async function read(field: string, filter: Filter, signal: AbortSignal): Promise<TopValuesAnswer> {
    const { handle } = await engine.select(filter, { sources: wish.sources(), signal });
    try {
      return { ...(await engine.topValues(handle, field, LIMIT, signal)), field, filter };
    } finally {
      void engine.release(handle).catch(ignoreFault);
    }
  }

  return {
    answer,
    fault,
    /** The numbers on screen, if any, are of an older filter. */
    isCounting,
    /** Gives up counting; what was known stays. */
    cancel() {
      isGivenUp = true;
      latest.abort();
    },
  };
}

export type TopValuesStore = ReturnType<typeof createTopValues>;
