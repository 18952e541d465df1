/** Which records are unfolded, and what stands below the row of a record: its trace in a line, its lines, its JSON. */
import { createSignal } from 'solid-js';

import type { Row } from '../engine/api';
import type { RecordId } from '../engine/records/record';
import { type JsonField, type JsonNode, readJson, toJsonFields, toJsonLines } from './json-text';
import { type TraceSummary, traceOf } from './trace-summary';

/** How an unfolded JSON record is shown. */
export type JsonShape = 'fields' | 'json' | 'raw';

/** What stands below a record's row. */
export type Under =
  | { readonly kind: 'none' }
  | { readonly kind: 'trace'; readonly trace: TraceSummary }
  | { readonly kind: 'lines'; readonly lines: readonly string[]; readonly leftOutCount: number }
  | {
      readonly kind: 'json';
      readonly shape: JsonShape;
      /** As many as are shown; empty in the other shapes. */
      readonly fields: readonly JsonField[];
      readonly lines: readonly string[];
      /** All fields of the record. */
      readonly fieldCount: number;
      /** Fields or lines that are not shown. */
      readonly leftOutCount: number;
    };

export interface UnfoldedLines {
  readonly lines: readonly string[];
  /** Lines of the record that are not among them. */
  readonly leftOutCount: number;
}

// An unfolded record shows so many lines in its place; the details hold the rest, and the row says so.
const UNFOLDED_LINES = 200;
const UNFOLDED_FIELDS = 120;
const NOTHING: Under = { kind: 'none' };

const linesOf = new WeakMap<Row, UnfoldedLines>();
const jsonOf = new WeakMap<Row, JsonNode | null>();

/** What follows the first line of a record. */
export function unfoldedLines(row: Pick<Row, 'text' | 'lineCount'>): UnfoldedLines {
  const lines = row.text.split('\n').slice(1, 1 + UNFOLDED_LINES);
  return { lines, leftOutCount: Math.max(0, row.lineCount - 1 - lines.length) };
}

/** The part of a record's text that may be JSON: all of it, or its message. Empty when neither looks so. */
function jsonPart({ text, messageStart, isCut }: Row): string {
  const start = text.startsWith('{') ? 0 : messageStart;
  const opening = text[start];
  if (isCut || (opening !== '{' && opening !== '[')) return '';
  const part = text.slice(start).trimEnd();
  return part.endsWith(opening === '{' ? '}' : ']') ? part : '';
}

/** A record's JSON; null when it holds none. Kept with the row. */
function jsonIn(row: Row): JsonNode | null {
  const known = jsonOf.get(row);
  if (known !== undefined) return known;
  const part = jsonPart(row);
  const read = part === '' ? null : readJson(part);
  const node = read && toSize(read) > 0 ? read : null;
  jsonOf.set(row, node);
  return node;
}

const toSize = (node: JsonNode) =>
  node.kind === 'object' ? node.members.length : node.kind === 'array' ? node.items.length : 0;

function linesIn(row: Row): UnfoldedLines {
  const known = linesOf.get(row);
  if (known) return known;
  const lines = unfoldedLines(row);
  linesOf.set(row, lines);
  return lines;
}

/** @param isPretty  whether JSON is shown as fields where nothing else was chosen for a record */
export function createFolds(isPretty: () => boolean) {
  // All are folded but these; or, in the mode that unfolds all, all are unfolded but these.
  const [isAll, setIsAll] = createSignal(false);
  const [turned, setTurned] = createSignal<ReadonlySet<string>>(new Set());
  const [shapes, setShapes] = createSignal<ReadonlyMap<string, JsonShape>>(new Map());
  const isUnfolded = (id: RecordId) => isAll() !== turned().has(keyOf(id));
  const canUnfold = (row: Row) => row.lineCount > 1 || jsonIn(row) !== null;
  const shapeOf = (id: RecordId): JsonShape => shapes().get(keyOf(id)) ?? (isPretty() ? 'fields' : 'raw');

  function jsonUnder(row: Row, node: JsonNode): Under {
    const shape = shapeOf(row.id);
    const fields = toJsonFields(node);
    const all = shape === 'json' ? toJsonLines(node) : shape === 'raw' ? row.text.split('\n') : [];
    const lines = all.slice(0, UNFOLDED_LINES);
    const shownFields = shape === 'fields' ? fields.slice(0, UNFOLDED_FIELDS) : [];
    return {
      kind: 'json',
      shape,
      fields: shownFields,
      lines,
      fieldCount: fields.length,
      leftOutCount: shape === 'fields' ? fields.length - shownFields.length : all.length - lines.length,
    };
  }

  return {
    isUnfolded,
    canUnfold,
    /** Whether what is below a row has to be looked at to know its height. */
    isJsonUnfolded: (row: Row) => isUnfolded(row.id) && jsonIn(row) !== null,
    underOf(row: Row): Under {
      if (!isUnfolded(row.id)) {
        const trace = traceOf(row);
        return trace ? { kind: 'trace', trace } : NOTHING;
      }
      const node = jsonIn(row);
      if (node) return jsonUnder(row, node);
      return row.lineCount > 1 ? { kind: 'lines', ...linesIn(row) } : NOTHING;
    },
    /** Lines below the record's row, as far as they can be told without looking; one more when some are left out. */
    lineCountOf(row: Row): number {
      if (!isUnfolded(row.id)) return traceOf(row) ? 1 : 0;
      if (jsonIn(row)) return 1;
      if (row.lineCount < 2) return 0;
      const { lines, leftOutCount } = linesIn(row);
      return lines.length + (leftOutCount > 0 ? 1 : 0);
    },
    toggle(id: RecordId) {
      setTurned((old) => {
        const next = new Set(old);
        if (!next.delete(keyOf(id))) next.add(keyOf(id));
        return next;
      });
    },
    setShape: (id: RecordId, shape: JsonShape) => setShapes((old) => new Map(old).set(keyOf(id), shape)),
    /** Forgets what was chosen for single records. */
    clearShapes: () => setShapes(new Map()),
    /** Every record is unfolded. */
    isAll,
    setAll(isOn: boolean) {
      setIsAll(isOn);
      setTurned(new Set<string>());
    },
  };
}

/** A record's identity as a string. */
export function keyOf(id: RecordId): string {
  return `${id.source}:${id.offset}`;
}
