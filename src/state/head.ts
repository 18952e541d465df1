/** The head of a workspace: a picture of its first screen, taken when it is left and shown before anything is read. */
import { unwrap } from 'solid-js/store';

import type { SourceId } from '../engine/records/record';
import type { Head } from '../storage/stored';
import type { Still } from './records';
import type { Workspace } from './workspace';

// A picture stays far below 1 MB: 200 rows of at most so many UTF-16 units; a row shows 1,000 of its first line.
const MAX_ROWS = 200;
const MAX_UNITS = 2000;

/** @returns null when there is nothing to be seen, or only a picture again */
export function takeHead({ sources, records, timeline }: Workspace): Head | null {
  const answer = records.answer();
  const visible = records.visible().slice(0, MAX_ROWS);
  const [first] = visible;
  if (!answer || !first) return null;
  const list = sources.list();
  const indexes = new Map(list.map(({ id }, at) => [id, at]));
  const counts = timeline.counts();
  return {
    sources: list.map((summary) => ({ key: sources.keyOf(summary.id), summary: plain(summary) })),
    rows: visible.flatMap(({ row }) => {
      const source = indexes.get(row.id.source);
      if (source === undefined) return [];
      const text = row.text.slice(0, MAX_UNITS);
      const hits = row.hits.filter((_, at) => (row.hits[at | 1] ?? 0) <= text.length);
      return [{ ...plain(row), id: { source, offset: row.id.offset }, text, hits }];
    }),
    first: first.index,
    count: answer.info.count,
    total: answer.info.total,
    offsetPx: records.offset(),
    timeline: counts && plain(counts),
  };
}

/** @param idOf  a source by its key; null: it is not of the workspace any more */
export function toStill(head: Head, idOf: (key: string) => SourceId | null): Still | null {
  const ids = head.sources.map(({ key }) => idOf(key));
  const items = head.rows.flatMap((row, at) => {
    const source = ids[row.id.source] ?? null;
    return source === null ? [] : [{ index: head.first + at, row: { ...row, id: { ...row.id, source } } }];
  });
  if (items.length < head.rows.length || items.length === 0) return null;
  return {
    items,
    count: head.count,
    total: head.total,
    position: { index: head.first, offset: head.offsetPx },
  };
}

/** A copy that a database takes: values of stores are proxies. */
function plain<T>(value: T): T {
  return structuredClone(unwrap(value));
}
