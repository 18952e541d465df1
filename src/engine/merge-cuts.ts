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
    const strides = windows.map((window) => strideOf(window));
    const wanted = sources.map((_, source) => {
      const positions: number[] = [];
      windows.forEach((window, i) => {
        if (cuts[i] === undefined) positions.push(...samplesOf(window, source, strides[i] as number));
      });
      return Float64Array.from(new Set(positions)).sort();
    });
    const keys = await Promise.all(wanted.map((positions, source) => keysAt(source, positions)));
    const known = wanted.map((positions, source) => {
      const found = keys[source] as Float64Array;
      return new Map(Array.from(positions, (position, n) => [position, found[n] as number]));
    });
    windows = windows.map((window, i) => {
      if (cuts[i] !== undefined) return window;
      const samples = sources.map((_, source) => {
        const positions = samplesOf(window, source, strides[i] as number);
        return { positions, keys: positions.map((position) => known[source]?.get(position) as number) };
      });
      if (strides[i] !== 1) return narrowed(window, samples);
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

function samplesOf({ low, high }: Window, source: number, stride: number): number[] {
  const positions: number[] = [];
  const end = high[source] as number;
  for (let at = Math.ceil((low[source] as number) / stride) * stride; at < end; at += stride) positions.push(at);
  return positions;
}

/** Keys that are known of one source, at ascending positions. */
interface Samples {
  readonly positions: readonly number[];
  readonly keys: ArrayLike<number>;
}

/** The order of all samples: by key, then source, then position. */
function orderOf(samples: readonly Samples[]): { source: number; n: number; key: number }[] {
  const all = samples.flatMap(({ positions, keys }, source) =>
    positions.map((_, n) => ({ source, n, key: keys[n] as number })),
  );
  // A difference of infinities would be no number.
  return all.sort((a, b) => (a.key === b.key ? a.source - b.source || a.n - b.n : a.key < b.key ? -1 : 1));
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
  for (const { source, n } of orderOf(samples)) {
    const { positions } = samples[source] as Samples;
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
  const cut = [...low];
  let left = target - sumOf(low);
  for (const { source } of orderOf(samples)) {
    if (left-- === 0) break;
    cut[source] = (cut[source] as number) + 1;
  }
  return cut;
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
  for (const { source, n } of orderOf(samples)) {
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
