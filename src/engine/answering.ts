/** What every answer from a selection begins with: bits that are right, and the span of its times. */

import { isFault } from '../base/fault';
import type { Fleet } from './fleet';
import type { Selection } from './selection';
import type { Selections } from './selections';

/** Times that an answer is begun again because the ground moved under it. */
const MAX_ANSWERS = 4;

export type Answering = ReturnType<typeof createAnswering>;

export function createAnswering(fleet: Fleet, selections: Selections) {
  /**
   * An answer from a selection's bits. Bits that were lost (a worker's death, new times, shards indexed again) are made again
   * first; those lost under the answer are made again and the answer with them.
   */
  async function answer<T>(handle: number, give: (selection: Selection) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const selection = selections.get(handle);
      let { losses } = selection;
      await selections.completeShared(selection);
      while (selection.losses !== losses) {
        losses = selection.losses;
        await selections.completeShared(selection); // bits were lost, or made anew, while others were made
      }
      try {
        const given = await give(selection);
        if (selection.losses === losses || attempt === MAX_ANSWERS) return given;
      } catch (error) {
        const isLoss = isFault(error, 'selection-unknown') || isFault(error, 'source-unknown');
        if (!isLoss || attempt === MAX_ANSWERS) throw error;
      }
    }
  }

  /** Least and greatest time of the selection's records; null when none has one. */
  async function spanOf(selection: Selection): Promise<{ min: number; max: number } | null> {
    const spans = await Promise.all(
      selection.sources.flatMap((source) =>
        selections
          .covered(selection, source)
          .map((slot) => fleet.onShard(slot.key, (api) => api.span(slot.key, selection.bits))),
      ),
    );
    let found: { min: number; max: number } | null = null;
    for (const span of spans)
      if (span !== null)
        found = found === null ? span : { min: Math.min(found.min, span.min), max: Math.max(found.max, span.max) };
    return found;
  }

  return { answer, spanOf };
}
