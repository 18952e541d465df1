/** Time stamps of generated records. */

const DAY_MS = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name) =>
  Buffer.from(name),
);

/** All corpora begin here, UTC. */
export const CORPUS_START_MS = Date.UTC(2025, 10, 1);

/** A time of day as numbers, renewed only when the day or second changes. */
export class Clock {
  #dayMs = Number.NaN;
  year = 0;
  month = 0;
  day = 0;

  /** @param {import('./byte-writer.mjs').ByteWriter} out */
  constructor(out) {
    this.out = out;
  }

  /**
   * `2025-11-01T00:00:00,020`
   *
   * @param {number} epochMs
   * @param {number} between   the byte between date and clock
   * @param {number} beforeMs  the byte before the milliseconds
   */
  writeIso(epochMs, between, beforeMs) {
    const { out } = this;
    const msOfDay = this.#setDay(epochMs);
    out.digits(this.year, 4);
    out.byte(45);
    out.digits(this.month, 2);
    out.byte(45);
    out.digits(this.day, 2);
    out.byte(between);
    this.#writeTimeOfDay(msOfDay);
    out.byte(beforeMs);
    out.digits(msOfDay % 1000, 3);
  }

  /** `01/Nov/2025:00:00:00` @param {number} epochMs */
  writeAccess(epochMs) {
    const { out } = this;
    const msOfDay = this.#setDay(epochMs);
    out.digits(this.day, 2);
    out.byte(47);
    out.text(/** @type {Buffer} */ (MONTHS[this.month - 1]));
    out.byte(47);
    out.digits(this.year, 4);
    out.byte(58);
    this.#writeTimeOfDay(msOfDay);
  }

  /** @param {number} epochMs */
  #setDay(epochMs) {
    const dayMs = epochMs - (epochMs % DAY_MS);
    if (dayMs !== this.#dayMs) {
      const date = new Date(dayMs);
      this.#dayMs = dayMs;
      this.year = date.getUTCFullYear();
      this.month = date.getUTCMonth() + 1;
      this.day = date.getUTCDate();
    }
    return epochMs - dayMs;
  }

  /** @param {number} msOfDay */
  #writeTimeOfDay(msOfDay) {
    const { out } = this;
    const seconds = Math.floor(msOfDay / 1000);
    out.digits(Math.floor(seconds / 3600), 2);
    out.byte(58);
    out.digits(Math.floor(seconds / 60) % 60, 2);
    out.byte(58);
    out.digits(seconds % 60, 2);
  }
}
