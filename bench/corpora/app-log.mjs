/**
 * A plain application log, some 110 bytes a line, every line a record:
 *
 *     2025-11-01 00:00:00,020 INFO  [dfs.DataNode$PacketResponder] PacketResponder 4711 for block blk_-12… terminating
 */
import { CORPUS_START_MS, Clock } from './clock.mjs';
import { compileMessage } from './message.mjs';
import { Random, weighTable } from './random.mjs';

export const LEVELS = weighTable([
  [85, Buffer.from(' INFO  [')],
  [8, Buffer.from(' WARN  [')],
  [4, Buffer.from(' ERROR [')],
  [3, Buffer.from(' DEBUG [')],
]);

export const LOGGERS = [
  'dfs.DataNode$PacketResponder',
  'dfs.FSNamesystem',
  'http.Server',
  'db.Pool',
  'auth.Session',
  'scheduler.Worker',
  'cache.Evictor',
].map((name) => Buffer.from(name));

export const MESSAGES = [
  'PacketResponder {id} for block blk_{block} terminating',
  'BLOCK* addStoredBlock: blockMap updated: {ip}:50010 is added to blk_{block} size {size}',
  'GET /api/v1/users/{id}/orders?page={octet} 200 {size} {ms}ms',
  'Connection pool exhausted after {ms} ms, active={octet} idle=0',
  'Session {hex16} expired for user u{id}',
  'Job {hex16} finished in {octet}.{octet}s rows={size}',
  'Timeout waiting for response from {ip}:8443 after {ms}ms',
  'retrying request {uuid} attempt {octet}',
  'Evicted {id} entries ({size} bytes) from region 0x{hex8}',
  'Receiving block blk_{block} src: /{ip}:{id} dest: /{ip}:50010',
].map(compileMessage);

const RARE = compileMessage('ChecksumException: block blk_{block} at offset {size} expected 0x{hex8} got 0x{hex8}');
/** About 95 of the 9.5 million lines of 1 GB. */
const RARE_SHARE = 1e-5;

/**
 * What the search benchmarks look for in this corpus. `absent` occurs nowhere, `rare` in 1 of 100,000 lines, `common` and
 * `phrase` in 1 of 10.
 */
export const NEEDLES = {
  absent: 'OutOfMemoryError',
  rare: 'ChecksumException',
  common: 'terminating',
  phrase: 'Timeout waiting for response',
};

/**
 * @param {import('./byte-writer.mjs').ByteWriter} out
 * @returns {() => void} writes one record
 */
export function createAppLog(out) {
  const random = new Random(7);
  const clock = new Clock(out);
  const afterLogger = Buffer.from('] ');
  let timeMs = CORPUS_START_MS;
  return () => {
    timeMs += random.below(41);
    clock.writeIso(timeMs, 32, 44);
    out.text(random.pick(LEVELS));
    out.text(random.pick(LOGGERS));
    out.text(afterLogger);
    (random.chance(RARE_SHARE) ? RARE : random.pick(MESSAGES))(out, random);
    out.byte(10);
  };
}
