/** How often values come: exactly, or not at all. */

import { Fault } from '../base/fault';
import { DISTINCT_LIMIT, DISTINCT_TEXT_LIMIT } from './api';

/** Counts of values, as many as may be kept. */
export class ValueCounts {
  readonly counts = new Map<string, number>();
  private textLength = 0;

  /** @throws Fault `values-too-many` */
  add(value: string, count: number): void {
    const known = this.counts.get(value);
    this.counts.set(value, (known ?? 0) + count);
    if (known !== undefined) return;
    this.textLength += value.length;
    if (this.counts.size > DISTINCT_LIMIT || this.textLength > DISTINCT_TEXT_LIMIT)
      throw new Fault('values-too-many', `more than ${DISTINCT_LIMIT} different values, or too long ones`, {
        details: { limit: DISTINCT_LIMIT },
      });
  }
}
