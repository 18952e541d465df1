/**
 * `node scripts/bench.mjs mining`: how long 20,000 and 65,536 different skeletons take to become patterns, in Node, one
 * thread: the first time, and again at other granularities, as a person who moves the slider waits for them.
 */
import { skeletonText } from '../src/engine/kernels/portable/index-skeleton';
import { mine, type Skeleton } from '../src/engine/patterns/mine';
import type { Granularity } from '../src/engine/patterns/pattern';
import { drawCorpora } from '../src/testing/message-corpora';
import { summarize } from './protocol.mjs';

const GRANULARITIES: readonly Granularity[] = [3, 1, 4, 2, 0, 2, 3, 2];
const BAR_MS = 200;

/** Different skeletons of messages of many systems, as many as wanted. */
function drawSkeletons(count: number): Skeleton[] {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const found = new Map<string, Skeleton>();
  for (let seed = 1; found.size < count; seed++) {
    for (const { messages } of drawCorpora(seed)) {
      for (const example of messages) {
        const bytes = encoder.encode(example);
        const text = decoder.decode(skeletonText(bytes, 0, bytes.length));
        if (!found.has(text)) found.set(text, { text, example });
      }
    }
  }
  return [...found.values()].slice(0, count);
}

function timed(skeletons: readonly Skeleton[], granularity: Granularity): { ms: number; groupCount: number } {
  const startMs = performance.now();
  const { groups } = mine(skeletons, granularity);
  return { ms: performance.now() - startMs, groupCount: groups.length };
}

for (const count of [20_000, 65_536]) {
  const skeletons = drawSkeletons(count);
  const first = timed(skeletons, 2);
  const again = GRANULARITIES.map((granularity) => timed(skeletons, granularity).ms);
  const { median, min, max } = summarize(again);
  console.log(
    `${count} skeletons: ${first.groupCount} patterns after ${first.ms.toFixed(0)} ms; grouped differently ` +
      `${median.toFixed(0)} ms (${min.toFixed(0)}–${max.toFixed(0)})`,
  );
  if (count === 20_000)
    console.log(`${median <= BAR_MS ? 'pass' : 'FAIL'}  20,000 grouped differently: bar ${BAR_MS} ms`);
}
