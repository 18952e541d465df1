/** The records just before and after one in its own source, whatever the filter leaves out. */
import { isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { Row } from '../engine/api';
import type { RecordId } from '../engine/records/record';

export interface Surroundings {
  readonly before: readonly Row[];
  readonly after: readonly Row[];
}

/**
 * @param reach  records to each side
 * @throws Fault of the engine: the source was closed, its file cannot be read any more
 */
export async function readSurroundings(
  engine: Pick<EngineClient, 'select' | 'positionOf' | 'rows' | 'release'>,
  record: RecordId,
  reach: number,
): Promise<Surroundings> {
  const { handle, count } = await engine.select({ kind: 'all' }, { sources: [record.source] });
  try {
    const at = await engine.positionOf(handle, record);
    const first = Math.max(0, at - reach);
    const { rows } = await engine.rows(handle, first, Math.min(count, at + 1 + reach) - first);
    return { before: rows.slice(0, at - first), after: rows.slice(at - first + 1) };
  } finally {
    void engine.release(handle).catch((error: unknown) => {
      if (!isFault(error)) throw error; // forgotten already, or the engine is gone
    });
  }
}
