/** Sums of what shards read: exact, or not at all. */
import { expect, test } from 'vitest';

import { isFault } from '../../base/fault';
import { ERROR_GROUP_LIMIT } from '../shard/error-groups';
import type { ShardErrors } from '../shard/shard-api';
import { fingerprintOf, groupName } from './fingerprint';
import { GroupSums } from './group-sums';
import type { Pattern } from './pattern';

const PATTERN: Pattern = { id: 0, text: 'failed', tokens: [], skeletonCount: 1, isMerged: false };
const LOCAL = { ofSkeleton: Uint32Array.of(0), ofCoarse: null };

/** One FATAL record for each type, from `first` on. */
function shard(first: number, count: number): ShardErrors {
  const each = Array.from({ length: count }, (_, i) => i);
  return {
    keys: [null, ...each.map((i) => ({ type: `acme.E${first + i}Exception`, frames: [] }))],
    parts: Uint32Array.from(each.flatMap((i) => [i + 1, 0])),
    counts: Uint32Array.from(each.flatMap(() => [0, 1])),
    ends: Float64Array.from(each.flatMap((i) => [Number.NaN, i, Number.NaN, i])),
  };
}

test('more different errors than are told are a fault, not a part of them', () => {
  const sums = new GroupSums([PATTERN]);
  sums.add(1, 0, shard(0, ERROR_GROUP_LIMIT), LOCAL);
  sums.add(2, 0, shard(0, ERROR_GROUP_LIMIT), LOCAL);
  expect(sums.recordCount).toBe(2 * ERROR_GROUP_LIMIT);
  expect(() => sums.add(3, 0, shard(ERROR_GROUP_LIMIT, 1), LOCAL)).toThrow(
    expect.toSatisfy((error: unknown) => isFault(error, 'values-too-many')),
  );
});

test('a record with a time stands for its group before those without', () => {
  const one = (time: number): ShardErrors => ({ ...shard(0, 1), ends: Float64Array.of(time, 0, time, 0) });
  const sums = new GroupSums([PATTERN]);
  sums.add(1, 0, one(Number.NaN), LOCAL);
  sums.add(2, 50, one(7), LOCAL);
  sums.add(3, 0, one(Number.NaN), LOCAL);
  sums.add(2, 90, one(7), LOCAL);
  const [group] = sums.groups();
  expect(group?.count).toBe(4);
  expect(group?.first).toEqual({ time: 7, record: { source: 2, offset: 50 } });
  expect(group?.last).toEqual({ time: 7, record: { source: 2, offset: 90 } });
});

test('what a group goes by, and how it is called', () => {
  expect(groupName(null, 'failed')).toMatchObject({ by: 'pattern', title: 'failed', exception: '' });
  expect(groupName({ type: 'java.lang.RuntimeException', frames: [] }, 'failed')).toEqual(groupName(null, 'failed'));
  expect(groupName({ type: 'Shop::Error', frames: [] }, 'x')).toMatchObject({ by: 'exception', title: 'Shop::Error' });
  expect(groupName({ type: 'a.b.CException', frames: ['a.b.D.run', 'a.b.E.go'] }, 'x')).toMatchObject({
    by: 'frames',
    title: 'CException at D.run',
    frames: ['a.b.D.run', 'a.b.E.go'],
  });
  expect(groupName({ type: '', frames: ['github.com/a/b.(*C).D'] }, 'x').title).toBe('b.(*C).D');
});

test('fingerprints are those of other days and machines, and texts do not run into each other', () => {
  expect(fingerprintOf('frames', 'a.BException', 'a.C.d')).toBe('e22bc54379afeefd');
  const names = [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], ['', 'abc'], ['\u{1f600}'], ['']];
  expect(new Set(names.map((texts) => fingerprintOf(...texts))).size).toBe(names.length);
  const many = Array.from({ length: 20_000 }, (_, i) => fingerprintOf('pattern', `connection ${i}`));
  expect(new Set(many.map((one) => one.slice(0, 8))).size).toBeGreaterThan(19_980);
  expect(new Set(many.map((one) => one.slice(8))).size).toBeGreaterThan(19_980);
});
