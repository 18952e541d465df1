/** How often values come: exactly, or not at all. */

import { Fault } from '../base/fault';
import { DISTINCT_LIMIT, DISTINCT_TEXT_LIMIT } from './api';

/** Counts of values, as many as may be kept. */
export class ValueCounts {
  readonly counts = new Map<string, number>();
  /** Of values that were added as whole numbers: they take a fraction of the time of their texts. */
  readonly integers = new Map<number, number>();
  private textLength = 0;

  /** @throws Fault `values-too-many` */
  add(value: string, count: number): void {
    const known = this.counts.get(value);
    this.counts.set(value, (known ?? 0) + count);
    if (known === undefined) this.takeUp(value.length);
  }

  /**
   * Counts the value `String(integer)`, which the caller then never gives to `add`.
   *
   * @throws Fault `values-too-many`
   */
  addInteger(integer: number, count: number): void {
    const known = this.integers.get(integer);
    this.integers.set(integer, (known ?? 0) + count);
    if (known === undefined) this.takeUp(String(integer).length);
  }

  get distinctCount(): number {
    return this.counts.size + this.integers.size;
  }

  private takeUp(length: number): void {
    this.textLength += length;
    if (this.distinctCount > DISTINCT_LIMIT || this.textLength > DISTINCT_TEXT_LIMIT)
      throw new Fault('values-too-many', `more than ${DISTINCT_LIMIT} different values, or too long ones`, {
        details: { limit: DISTINCT_LIMIT },
      });
  }
}
