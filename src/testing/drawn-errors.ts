/** Error groups of drawn records: each read plainly, as `traceKeyOf` defines it. */

import type { Row } from '../engine/api';
import { type GroupName, groupName } from '../engine/patterns/fingerprint';
import type { ClassRule, ErrorGroup, ErrorGroups, PatternGrouping } from '../engine/patterns/pattern';
import { traceKeyOf } from '../engine/patterns/stack';
import { LEVEL_COUNT, toLevelCode } from '../engine/records/record';
import { drawnClass, drawnPatternOf } from './drawn-patterns';

export function drawnErrorGroups(
  rows: readonly Row[],
  grouping: PatternGrouping,
  rules: readonly ClassRule[],
): ErrorGroups {
  const errors = rows.filter((row) => row.level === 'ERROR' || row.level === 'FATAL');
  const byName = new Map<string, { name: GroupName; members: Row[] }>();
  for (const row of errors) {
    const name = groupName(traceKeyOf(row.text, row.messageStart), drawnPatternOf(row, grouping));
    const known = byName.get(name.fingerprint);
    if (known) known.members.push(row);
    else byName.set(name.fingerprint, { name, members: [row] });
  }
  const groups = Array.from(byName.values(), ({ name, members }): ErrorGroup => {
    const byTime = [...members].sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
    const [first = members[0] as Row] = byTime;
    const last = byTime.at(-1) ?? first;
    return {
      ...name,
      count: members.length,
      levelCounts: Array.from(
        { length: LEVEL_COUNT },
        (_, code) => members.filter((row) => toLevelCode(row.level) === code).length,
      ),
      sources: countsOf(members.map((row) => row.id.source)).map(([source, count]) => ({ source, count })),
      first: { record: first.id, time: first.time },
      last: { record: last.id, time: last.time },
      patterns: countsOf(members.map((row) => drawnPatternOf(row, grouping))).map(([text]) => text),
      classification: drawnClass(first, rules),
    };
  });
  return { recordCount: errors.length, groups: groups.sort((a, b) => b.count - a.count) };
}

function countsOf<T>(values: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
