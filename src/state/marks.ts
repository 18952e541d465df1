/** Marks and notes on records. A mark belongs to its record by source and offset, whatever is filtered. */
import { createMemo, createSignal } from 'solid-js';

import type { EpochMs, RecordId, SourceId } from '../engine/records/record';
import type { ActsStore, SessionPart } from './acts';

/** One marked record. What is needed to list it without reading the file is kept beside its id. */
export interface Mark {
  readonly id: RecordId;
  /** Markdown as typed; empty: a mark without a note. */
  readonly note: string;
  /** EpochMs of the record; null when it has no time. */
  readonly time: EpochMs | null;
  /** The record's first line, at most 200 UTF-16 units. */
  readonly text: string;
  /** When it was made, EpochMs. */
  readonly madeAt: EpochMs;
}

const TEXT_UNITS = 200;

const keyOf = (id: RecordId) => `${id.source}:${id.offset}`;

/** What of a record a mark needs. */
export interface MarkedRecord {
  readonly id: RecordId;
  readonly time: EpochMs | null;
  readonly text: string;
}

export function createMarks(acts: ActsStore, now: () => EpochMs = Date.now) {
  const [byKey, setByKey] = createSignal<ReadonlyMap<string, Mark>>(new Map());
  const list = createMemo(() => [...byKey().values()].sort((a, b) => (a.time ?? 0) - (b.time ?? 0)));
  const part: SessionPart<readonly Mark[]> = {
    save: () => [...byKey().values()],
    restore: (marks) => setByKey(new Map(marks.map((mark) => [keyOf(mark.id), mark]))),
  };

  function put(mark: Mark | null, key: string) {
    setByKey((old) => {
      const next = new Map(old);
      if (mark) next.set(key, mark);
      else next.delete(key);
      return next;
    });
  }

  /** Puts a mark in place of another as an act that takes back itself alone: another window may have set others meanwhile. */
  function act(title: string, key: string, after: Mark | null) {
    const before = byKey().get(key) ?? null;
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    put(after, key);
    acts.add({ title, undo: () => put(before, key), redo: () => put(after, key) });
  }

  const make = (record: MarkedRecord, note: string): Mark => ({
    id: record.id,
    time: record.time,
    text: (record.text.split('\n', 1)[0] ?? '').slice(0, TEXT_UNITS),
    note,
    madeAt: byKey().get(keyOf(record.id))?.madeAt ?? now(),
  });

  return {
    part,
    /** By time. */
    list,
    get: (id: RecordId) => byKey().get(keyOf(id)) ?? null,
    has: (id: RecordId) => byKey().has(keyOf(id)),
    toggle(record: MarkedRecord) {
      const key = keyOf(record.id);
      const isMarked = byKey().has(key);
      act(isMarked ? 'Mark removed' : 'Mark set', key, isMarked ? null : make(record, ''));
    },
    /** Writes the note of a record, which marks it. An empty note leaves the mark. */
    setNote(record: MarkedRecord, note: string) {
      act(note === '' ? 'Note removed' : 'Note written', keyOf(record.id), make(record, note));
    },
    remove(id: RecordId) {
      act('Mark removed', keyOf(id), null);
    },
    /** Forgets those of a source that was closed for good. Not an act: closing is. */
    forgetSource(source: SourceId) {
      setByKey((old) => new Map([...old].filter(([, mark]) => mark.id.source !== source)));
    },
  };
}

export type MarksStore = ReturnType<typeof createMarks>;
