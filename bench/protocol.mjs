/** How figures are taken: one round to warm up, then rounds in which the contestants take turns. */

/**
 * Contestants take turns, so that a slow moment of the machine meets all of them.
 *
 * @template {string} Name
 * @param {Record<Name, () => Promise<number>>} contestants  each resolves with what it took, ms
 * @param {number} rounds
 * @returns {Promise<Record<Name, number[]>>} one entry a round; the warm-up is left out
 */
export async function takeTurns(contestants, rounds) {
  const names = /** @type {Name[]} */ (Object.keys(contestants));
  const results = /** @type {Record<Name, number[]>} */ ({});
  for (const name of names) results[name] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const tookMs = await contestants[name]();
      if (round > 0) results[name].push(tookMs);
    }
  }
  return results;
}

/** @param {readonly number[]} values  at least one */
export function median(values) {
  const sorted = Float64Array.from(values).sort();
  const at = (/** @type {number} */ i) => sorted[i] ?? Number.NaN;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
}

/** @param {readonly number[]} values */
export function summarize(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values), values };
}

/**
 * @param {readonly number[]} ours   one value a round
 * @param {readonly number[]} peer   of the same rounds
 * @returns {{ ofMedians: number, paired: number }} paired: the median of each round's own ratio
 */
export function ratios(ours, peer) {
  return {
    ofMedians: median(ours) / median(peer),
    paired: median(ours.map((value, i) => value / (peer[i] ?? Number.NaN))),
  };
}

/** @param {readonly number[]} values */
export const geometricMean = (values) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
