/** What a plan needs to know of the shard it is for. */

import type { PlanPlace } from '../query/plan';
import { matchesSourceName } from '../query/source-name';
import type { LoadedShard } from './loaded-shard';
import type { SelectedShard } from './shard-api';

export function planPlaceOf(
  shard: LoadedShard,
  { source, sourceName, decodedStart, patterns }: SelectedShard,
): PlanPlace {
  return {
    keepsSource: (name) => matchesSourceName(name, sourceName),
    offsetOf: (record) => {
      const offset = record.offset - decodedStart;
      return record.source === source && offset >= 0 && offset < shard.decodedBytes ? offset : null;
    },
    patternOf: (text) => patterns.find((set) => set.text === text) ?? null,
  };
}
