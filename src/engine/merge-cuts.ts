/**
 * Where each source stands at many positions of a merged selection, in a few rounds. Every record has its place in one
 * order, by key, then source, then file order, so that runs of equal keys are no harder than others. Of each source some
 * keys are known, a stride apart; what they say of a wanted position is a window per source, and the next round asks for
 * keys in the windows alone, closer together.
 *
 *   source a   k . . . k . .[. k . .]. k       known keys, and the windows that the cut lies in
 *   source b   k . . .[k . . . k]. . . k
 */

/** One source's position each. */
export type Cut = readonly number[];

export interface KeyedSource {
  readonly count: number;
  /** Merge keys at positions 0, stride, 2 stride, … */
  readonly keys: Float64Array;
}

/** Samples per source and round that a window is looked at with; each round makes windows about ten times as narrow (2026-11). */
const SAMPLES = 32;

interface Window {
  readonly target: number;
  /** Per source: the cut lies in [low, high]. */
  readonly low: number[];
  readonly high: number[];
}

/**
 * @param sources  in merging order
 * @param stride  of their `keys`
 * @param targets  merged positions, ascending, in [0, records]
 * @param keysAt  merge keys of a source at ascending positions
 */
export async function cutsAt(
  sources: readonly KeyedSource[],
  stride: number,
  targets: readonly number[],
  keysAt: (source: number, positions: Float64Array) => Promise<Float64Array>,
): Promise<Cut[]> {
  const total = sources.reduce((sum, { count }) => sum + count, 0);
  let windows = coarseWindows(sources, stride, targets);
  const cuts: (Cut | undefined)[] = windows.map((window) => cutIn(window, total));
  while (cuts.includes(undefined)) {
    const open = windows.map((window, i) => (cuts[i] === undefined ? strideOf(window) : 0));
    const wanted = sources.map((_, source) => positionsIn(windows, open, source));
    const keys = await Promise.all(wanted.map((positions, source) => keysAt(source, positions)));
    windows = windows.map((window, i) => {
      const step = open[i] as number;
      if (step === 0) return window;
      const samples = wanted.map((positions, source) =>
        samplesOf(window, source, step, positions, keys[source] as Float64Array),
      );
      if (step > 1) return narrowed(window, samples);
      cuts[i] = walked(window, samples);
      return window;
    });
    windows.forEach((window, i) => {
      cuts[i] ??= cutIn(window, total);
    });
  }
  return cuts as Cut[];
}

/** The cut, where the window says it all. */
function cutIn({ target, low, high }: Window, total: number): Cut | undefined {
  const atLeast = sumOf(low);
  if (atLeast === target) return low;
  return target === total || sumOf(high) === target ? high : undefined;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** A power of two, so that windows that overlap ask for the same keys. */
function strideOf({ low, high }: Window): number {
  const width = sumOf(high) - sumOf(low);
  return 2 ** Math.max(0, Math.floor(Math.log2(width / (SAMPLES * low.length))));
}

/** First position of a window that is looked at, `stride` apart. */
function firstOf(window: Window, source: number, stride: number): number {
  return Math.ceil((window.low[source] as number) / stride) * stride;
}

/** All positions of a source that its windows want to know, ascending, each once. */
function positionsIn(windows: readonly Window[], strides: readonly number[], source: number): Float64Array {
  const all: number[] = [];
  windows.forEach((window, i) => {
    const stride = strides[i] as number;
    if (stride === 0) return;
    const end = window.high[source] as number;
    for (let at = firstOf(window, source, stride); at < end; at += stride) all.push(at);
  });
  const sorted = Float64Array.from(all).sort();
  let count = 0;
  for (const position of sorted) if (count === 0 || sorted[count - 1] !== position) sorted[count++] = position;
  return sorted.subarray(0, count);
}

/** Keys that are known of one source, at ascending positions. */
interface Samples {
  readonly positions: ArrayLike<number>;
  readonly keys: ArrayLike<number>;
}

/** Of what is known of a source, what lies in a window, `stride` apart. */
function samplesOf(window: Window, source: number, stride: number, known: Float64Array, keys: Float64Array): Samples {
  const first = firstOf(window, source, stride);
  const end = window.high[source] as number;
  const positions: number[] = [];
  const found: number[] = [];
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle] as number) < first) low = middle + 1;
    else high = middle;
  }
  let wanted = first;
  for (let at = low; wanted < end; at++) {
    if (known[at] !== wanted) continue; // another window's
    positions.push(wanted);
    found.push(keys[at] as number);
    wanted += stride;
  }
  return { positions, keys: found };
}

/** The source whose next sample comes first: by key, then source. -1 when all are passed. */
function firstNext(samples: readonly Samples[], passed: readonly number[]): number {
  let best = -1;
  let least = Infinity;
  for (let source = 0; source < samples.length; source++) {
    const { keys } = samples[source] as Samples;
    const n = passed[source] as number;
    if (n >= keys.length) continue;
    const key = keys[n] as number;
    if (best >= 0 && key >= least) continue;
    best = source;
    least = key;
  }
  return best;
}

/**
 * What samples within a window say of its target. Before a sample lie, in its own source, as many records as its position
 * says; in another, those up to the last sample that comes before it at least, and none behind the next one.
 */
function narrowed({ target, low, high }: Window, samples: readonly Samples[]): Window {
  const passed = samples.map(() => 0);
  const least = [...low];
  const most = samples.map(({ positions }, source) => positions[0] ?? (high[source] as number));
  let atLeast = sumOf(least);
  let atMost = sumOf(most);
  let newLow = low;
  for (let source = firstNext(samples, passed); source >= 0; source = firstNext(samples, passed)) {
    const { positions } = samples[source] as Samples;
    const n = passed[source] as number;
    const position = positions[n] as number;
    const isBefore = atMost <= target;
    const isBehind = atLeast - (least[source] as number) + position >= target;
    if (isBefore) {
      newLow = [...least];
      newLow[source] = position;
    }
    if (isBehind) return { target, low: newLow, high: [...most] };
    passed[source] = n + 1;
    atLeast += position + 1 - (least[source] as number);
    least[source] = position + 1;
    const next = positions[n + 1] ?? (high[source] as number);
    atMost += next - (most[source] as number);
    most[source] = next;
  }
  return { target, low: newLow, high: [...high] };
}

/** The cut, when every key of the window is known. */
function walked({ target, low }: Window, samples: readonly Samples[]): Cut {
  const passed = samples.map(() => 0);
  for (let left = target - sumOf(low); left > 0; left--) {
    const source = firstNext(samples, passed);
    passed[source] = (passed[source] as number) + 1;
  }
  return low.map((position, source) => position + (passed[source] as number));
}

/** The windows that the coarse keys leave: as `narrowed`, for all targets in one go. */
function coarseWindows(sources: readonly KeyedSource[], stride: number, targets: readonly number[]): Window[] {
  const samples = sources.map(({ keys }) => ({ positions: Array.from(keys, (_, n) => n * stride), keys }));
  const least = sources.map(() => 0);
  const most = sources.map(({ count }, source) => Math.min(count, samples[source]?.positions[0] ?? count));
  let atLeast = 0;
  let atMost = sumOf(most);
  const windows: Window[] = [];
  /** The cut at the sample last seen that lies before whatever comes next. */
  const lows: number[][] = targets.map(() => sources.map(() => 0));
  let firstLow = 0;
  let low: number[] | undefined;
  const passed = sources.map(() => 0);
  for (let source = firstNext(samples, passed); source >= 0; source = firstNext(samples, passed)) {
    const n = passed[source] as number;
    passed[source] = n + 1;
    const position = n * stride;
    // Targets below what lies at most before this sample keep the sample before it as theirs.
    while (firstLow < targets.length && (targets[firstLow] as number) < atMost) {
      if (low !== undefined) lows[firstLow] = low;
      firstLow++;
    }
    low = [...least];
    low[source] = position;
    const before = atLeast - (least[source] as number) + position;
    while (windows.length < targets.length && (targets[windows.length] as number) <= before)
      windows.push({ target: targets[windows.length] as number, low: [], high: [...most] });
    atLeast += position + 1 - (least[source] as number);
    least[source] = position + 1;
    const next = Math.min((sources[source] as KeyedSource).count, position + stride);
    atMost += next - (most[source] as number);
    most[source] = next;
  }
  for (; firstLow < targets.length; firstLow++) if (low !== undefined) lows[firstLow] = low;
  while (windows.length < targets.length)
    windows.push({ target: targets[windows.length] as number, low: [], high: sources.map(({ count }) => count) });
  return windows.map(({ target, high }, i) => ({ target, low: lows[i] as number[], high }));
}
