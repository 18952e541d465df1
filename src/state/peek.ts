/** What a filter would show, without applying it: how many records, and the first few. */
import { isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { FilterContext, Row } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import type { SourceId } from '../engine/records/record';

export interface Peek {
  /** Exact over what has been read. */
  readonly count: number;
  /** The first of them, at most as many as were asked for. */
  readonly rows: readonly Row[];
}

interface PeekOptions {
  /** How many of the first records are wanted. */
  readonly rowCount?: number;
  /** Only records that this one keeps too. */
  readonly within?: Filter;
  readonly signal?: AbortSignal;
}

export function createPeek(
  engine: EngineClient,
  from: { readonly sources: () => readonly SourceId[]; readonly context: () => FilterContext },
) {
  /** @throws Fault `stale` when given up, `regex-timeout`, or what reading the bytes fails with */
  async function peek(filter: Filter, options: PeekOptions = {}): Promise<Peek> {
    const { rowCount = 0, within, signal } = options;
    const wanted: Filter = within && within.kind !== 'all' ? { kind: 'and', of: [within, filter] } : filter;
    const info = await engine.select(wanted, { sources: from.sources(), ...(signal ? { signal } : {}) });
    try {
      const count = Math.min(rowCount, info.count);
      const rows = count === 0 ? [] : (await engine.rows(info.handle, 0, count)).rows;
      return { count: info.count, rows };
    } finally {
      void engine.release(info.handle).catch((error: unknown) => {
        if (!isFault(error)) throw error; // the engine may have forgotten it, or be gone
      });
    }
  }
  return {
    peek,
    /** The same from a filter's text. @throws besides Fault `filter-syntax`, `regex-syntax` */
    peekText: async (text: string, options: PeekOptions = {}) =>
      peek(await engine.parseFilter(text, from.context()), options),
  };
}

export type PeekStore = ReturnType<typeof createPeek>;
