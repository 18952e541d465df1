/** A selection's records at hand: read a page at a time, the pages used last kept. */

import type { EngineClient } from '../bridge/engine-client';
import type { Row, RowsOptions, SelectionInfo } from '../engine/api';
import type { RecordId } from '../engine/records/record';

/** A record at its place in the selection; the same object for as long as it stands there unchanged. */
export interface RecordItem {
  /** Position in the selection, from 0. */
  readonly index: number;
  readonly row: Row;
}

export interface RecordPages {
  readonly info: SelectionInfo;
  /** The record at a position, where it is at hand. */
  itemAt(index: number): RecordItem | undefined;
  /** Numbers of the pages that hold positions [start, end). */
  pagesOf(start: number, end: number): number[];
  has(page: number): boolean;
  isLoading(page: number): boolean;
  loadingCount(): number;
  /** Reads a page; one that is at hand or under way is not read again. @throws Fault of the engine */
  load(page: number): Promise<void>;
}

// A page is a few screens: one round trip per page, and wheel scrolling stays ahead of it.
const PAGE_ROWS = 128;
const KEPT_PAGES = 48;

/**
 * @param onScreen  the records of the selection on screen now: one that is the same at the same place keeps its object,
 *                  so that its row is not drawn anew
 * @param options   what the rows bring along
 */
export function createRecordPages(
  engine: Pick<EngineClient, 'rows'>,
  info: SelectionInfo,
  onScreen: (index: number) => RecordItem | undefined,
  options: RowsOptions = {},
): RecordPages {
  const pages = new Map<number, readonly RecordItem[]>();
  const loading = new Map<number, Promise<void>>();

  async function read(page: number): Promise<void> {
    const first = page * PAGE_ROWS;
    try {
      const window = await engine.rows(info.handle, first, Math.min(PAGE_ROWS, info.count - first), options);
      pages.set(
        page,
        window.rows.map((row, at) => toItem(window.first + at, row)),
      );
      forgetOld();
    } finally {
      loading.delete(page);
    }
  }

  function toItem(index: number, row: Row): RecordItem {
    const known = onScreen(index);
    return known && isSameRow(known.row, row) ? known : { index, row };
  }

  function forgetOld() {
    for (const page of pages.keys()) {
      if (pages.size <= KEPT_PAGES) return;
      pages.delete(page); // a Map keeps the order of insertion: the oldest goes first
    }
  }

  return {
    info,
    itemAt: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
    pagesOf(start, end) {
      if (end <= start) return [];
      const first = Math.floor(start / PAGE_ROWS);
      return Array.from({ length: Math.floor((end - 1) / PAGE_ROWS) - first + 1 }, (_, at) => first + at);
    },
    has: (page) => pages.has(page),
    isLoading: (page) => loading.has(page),
    loadingCount: () => loading.size,
    load(page) {
      if (pages.has(page)) return Promise.resolve();
      const running = loading.get(page) ?? read(page);
      loading.set(page, running);
      return running;
    },
  };
}

export function isSameRecord(a: RecordId, b: RecordId): boolean {
  return a.source === b.source && a.offset === b.offset;
}

function isSameRow(a: Row, b: Row): boolean {
  return (
    isSameRecord(a.id, b.id) &&
    a.text === b.text &&
    a.lineNumber === b.lineNumber &&
    a.lineCount === b.lineCount &&
    a.level === b.level &&
    a.time === b.time &&
    a.messageStart === b.messageStart &&
    a.isContext === b.isContext &&
    isSameList(a.hits, b.hits) &&
    isSameList(a.highlights, b.highlights) &&
    isSameList(a.keptBy, b.keptBy) &&
    isSameList(a.values, b.values)
  );
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
