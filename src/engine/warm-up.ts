/**
 * Runs detection, the kernels and a search once on a text made up here, while nobody waits: engines compile code when it
 * is first used and optimise it when it is used much, and a person's first file should not pay for that.
 */

import type { Fleet } from './fleet';
import { detectFormats } from './formats/detect';
import { learnAll } from './formats/learn-all';
import { compileProgram } from './formats/program';
import { INDEX_WINDOW_BYTES } from './shard/byte-window';
import { SKELETON_LIMIT } from './shard/skeletons';
import type { ShardKey } from './shard/shard-api';

const TEXT_BYTES = 512 * 1024;
/** The text is indexed this often: enough for the optimising compiler to take notice, and done in some 30 ms. */
const ROUNDS = 6;

function madeUpLog(): Uint8Array {
  const lines: string[] = [];
  for (let i = 0, size = 0; size < TEXT_BYTES; i++) {
    const clock = new Date(Date.UTC(2025, 0, 1) + i * 137).toISOString();
    const line =
      i % 3 === 0
        ? `${clock.replace('T', ' ').slice(0, 23)} ${i % 7 === 0 ? 'ERROR' : 'INFO '} [worker-${i % 4}] com.example.Pool - request ${i} of user-${i % 97} took ${i % 250} ms`
        : i % 3 === 1
          ? `{"time":"${clock}","level":"warn","msg":"upstream answered ${500 + (i % 4)}","attempt":${i % 5}}`
          : `10.0.0.${i % 250} - - [01/Jan/2025:00:00:00 +0000] "GET /items/${i} HTTP/1.1" ${i % 9 === 0 ? 503 : 200} ${i} "-" "probe/1.0"`;
    lines.push(line);
    size += line.length + 1;
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

/** Leaves nothing behind; `nextKey` names the shards it makes and drops. */
export async function warmUp(fleet: Fleet, nextKey: () => ShardKey): Promise<void> {
  const bytes = madeUpLog();
  const { set } = detectFormats([bytes.subarray(0, 64 * 1024)]);
  const program = compileProgram(set, learnAll(set, [bytes.subarray(0, 64 * 1024)]));
  await Promise.all(
    fleet.workers.map((worker) =>
      fleet.call(worker, async (api) => {
        const key = nextKey();
        for (let round = 0; round < ROUNDS; round++)
          await api.load(
            {
              key,
              bytes: { kind: 'memory', bytes, size: bytes.length },
              start: 0,
              end: bytes.length,
              encoding: 'utf-8',
              isCr: false,
              program: program.bytes,
              fieldNames: program.fieldNames,
              formatKinds: program.formats.map((format) => format.kind),
              isPiece: false,
              keepsBytes: false,
              windowBytes: INDEX_WINDOW_BYTES,
              chunkBytes: 0,
              skeletonLimit: SKELETON_LIMIT,
            },
            fleet.ticket(),
          );
        await api.rows(
          { key, source: -1, sourceName: '', decodedStart: 0, patterns: [] },
          { selection: 0, core: 0, first: 0, count: 50, hits: null, isOwnFilter: true, highlights: [], fields: [] },
        );
        await api.drop(key);
      }),
    ),
  );
}
