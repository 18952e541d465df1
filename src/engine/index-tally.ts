/** How often the kept indexes were of use, since the engine started. */

export interface IndexCounts {
  /** Sources whose index was there and fitted their bytes. */
  readonly found: number;
  /** Sources large enough for an index that had none. */
  readonly missed: number;
  /** Indexes written. */
  readonly written: number;
  /** Indexes begun, or wanted, and given up: no room, or the source changed or was closed meanwhile. */
  readonly givenUp: number;
}

export class IndexTally {
  found = 0;
  missed = 0;
  written = 0;
  givenUp = 0;

  counts(): IndexCounts {
    const { found, missed, written, givenUp } = this;
    return { found, missed, written, givenUp };
  }
}
