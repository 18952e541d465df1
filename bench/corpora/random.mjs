/** Reproducible chance: the same seed gives the same corpus on every machine. */

/** Marsaglia's xorshift, 32 bits. @see https://www.jstatsoft.org/article/view/v008i14 */
export class Random {
  #state;

  /** @param {number} seed  not 0 */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** @returns {number} 1 … 2^32 - 1 */
  bits() {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state;
  }

  /** @param {number} limit @returns {number} a whole number in [0, limit) */
  below(limit) {
    return Math.floor((this.bits() / 4294967296) * limit);
  }

  /** @param {number} share  of the cases in which it is true, 0..1 */
  chance(share) {
    return this.bits() < share * 4294967296;
  }

  /** @template T @param {readonly T[]} items @returns {T} */
  pick(items) {
    return /** @type {T} */ (items[this.below(items.length)]);
  }
}

/**
 * A table to pick from with unequal chances: each item stands in it as often as its weight says.
 *
 * @template T
 * @param {readonly (readonly [weight: number, item: T])[]} weighted  whole weights
 * @returns {T[]}
 */
export function weighTable(weighted) {
  return weighted.flatMap(([weight, item]) => Array.from({ length: weight }, () => item));
}
