/**
 * Highlights that cost a worker its life are not run again: rows come without their marks and say so, where a search that
 * a person has just typed would fail. See docs/decisions/0009.
 */

import { isFault } from '../base/fault';
import type { Row, RowsOptions } from './api';
import { type Filter, NOTHING } from './query/filter';
import { runsRegex } from './query/plan';

type ReadRows = (options: RowsOptions) => Promise<readonly Row[]>;

export class StuckMarks {
  private readonly known = new Set<string>();

  /**
   * @param read  reads the rows with what is asked of them
   * @returns the rows, and the indexes of the highlights that were left out
   * @throws Fault `regex-timeout` when it is the hits, or the selection's own filter, that do not come to an end
   */
  async rows(options: RowsOptions, read: ReadRows): Promise<{ rows: readonly Row[]; stuck: readonly number[] }> {
    const highlights = options.highlights ?? [];
    if (highlights.length === 0) return { rows: await read(options), stuck: [] };
    for (let blameless = 0; ; ) {
      const stuck = [...highlights.keys()].filter((index) => this.isStuck(highlights[index] as Filter));
      const left = highlights.map((filter, index) => (stuck.includes(index) ? NOTHING : filter));
      try {
        return { rows: await read({ ...options, highlights: left }), stuck };
      } catch (error) {
        if (!isFault(error, 'regex-timeout')) throw error;
        const isLearned = await this.learn(left.filter(runsRegex), read);
        // A search that was stuck in the same worker may have been the one; if not, it is the hits.
        if (!isLearned && ++blameless === 2) throw error;
      }
    }
  }

  private isStuck(filter: Filter): boolean {
    return this.known.has(JSON.stringify(filter));
  }

  /**
   * Runs each of the suspects alone.
   *
   * @returns whether one of them was stuck
   */
  private async learn(suspects: readonly Filter[], read: ReadRows): Promise<boolean> {
    let isFound = false;
    for (const suspect of suspects) {
      try {
        await read({ hits: NOTHING, highlights: [suspect] });
      } catch (error) {
        if (!isFault(error, 'regex-timeout')) throw error;
        this.known.add(JSON.stringify(suspect));
        isFound = true;
      }
    }
    return isFound;
  }
}
