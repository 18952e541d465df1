/** Skeletons made into patterns as a person wants them: mined at a granularity, then merged and split by hand. */

import { describe, type Mined, type MinedGroup, mine, type Skeleton } from './mine';
import type { Granularity, PatternGrouping } from './pattern';

const FINEST: Granularity = 4;

/** As `mine` answers, with the hand's merges and splits; those that name no pattern there is change nothing. */
export function groupSkeletons(skeletons: readonly Skeleton[], grouping: PatternGrouping): Mined {
  const mined = mine(skeletons, grouping.granularity);
  if (grouping.merges.length === 0 && grouping.splits.length === 0) return mined;
  const groups = new Map<string, { group: MinedGroup; members: number[] }>();
  for (const group of mined.groups) groups.set(group.text, { group, members: [] });
  mined.groupOf.forEach((group, skeleton) => {
    groups.get((mined.groups[group] as MinedGroup).text)?.members.push(skeleton);
  });
  const membersOf = (members: readonly number[]) => members.map((index) => skeletons[index] as Skeleton);

  /** What has the same text is one pattern, whoever made it. */
  const put = (group: MinedGroup, members: number[]): void => {
    const known = groups.get(group.text);
    if (known === undefined) groups.set(group.text, { group, members });
    else known.members.push(...members);
  };

  for (const texts of grouping.merges) {
    const parts = [...new Set(texts)].flatMap((text) => groups.get(text) ?? []);
    if (parts.length < 2) continue;
    for (const { group } of parts) groups.delete(group.text);
    const members = parts.flatMap((part) => part.members).sort((a, b) => a - b);
    put(describe(membersOf(members)), members);
  }
  for (const { text, granularity } of grouping.splits) {
    const whole = groups.get(text);
    if (whole === undefined || whole.members.length < 2) continue;
    // The first granularity that tells them apart, from the wanted one on.
    for (let finer = granularity; finer <= FINEST; finer = (finer + 1) as Granularity) {
      const parts = mine(membersOf(whole.members), finer);
      if (parts.groups.length < 2) continue;
      groups.delete(text);
      const split = parts.groups.map((group) => ({ group, members: [] as number[] }));
      parts.groupOf.forEach((part, i) => {
        split[part]?.members.push(whole.members[i] as number);
      });
      for (const { group, members } of split) put(group, members);
      break;
    }
  }

  const groupOf = new Uint32Array(skeletons.length);
  const list = [...groups.values()];
  list.forEach(({ members }, index) => {
    for (const skeleton of members) groupOf[skeleton] = index;
  });
  return { groupOf, groups: list.map(({ group }) => group) };
}
