/** Which value lies under a point of the window: a field's, a level, a source, or a piece of a message. */

import { valueAt } from '../../state/value-at';
import type { Box } from '../../ui/menu-place';

/** What was found, before it is known which field of its record it is. */
export type FoundValue =
  | { readonly kind: 'field'; readonly name: string; readonly value: string; readonly place: Box }
  | { readonly kind: 'level' | 'source'; readonly place: Box }
  | {
      readonly kind: 'text';
      readonly value: string;
      readonly key: string | null;
      readonly place: Box;
      /** The text itself, to be underlined. */
      readonly range: Range;
    };

/** Elements that hold log text as it is written, besides the cells of a grid. */
const TEXTS = '[data-log-text], [role="gridcell"]';

/** @param isPointer  false for a press by key: then the element that has the focus is meant, wherever the pointer is */
export function findValue(target: Element, x: number, y: number, isPointer = true): FoundValue | null {
  const field = target.closest<HTMLElement>('[data-field]');
  if (field) {
    const value = field.dataset.value ?? fromJson(field.textContent ?? '');
    return value === '' ? null : { kind: 'field', name: field.dataset.field ?? '', value, place: boxOf(field) };
  }
  if (!isPointer || target.closest('button, a, input')) return null;
  const cell = target.closest<HTMLElement>('[data-column]');
  const column = cell?.dataset.column ?? '';
  if (cell && (column === 'level' || column === 'source')) {
    return (cell.textContent ?? '') === '' ? null : { kind: column, place: boxOf(cell) };
  }
  if (cell && column.startsWith('field:')) {
    const value = cell.textContent ?? '';
    return value === '' ? null : { kind: 'field', name: column.slice('field:'.length), value, place: boxOf(cell) };
  }
  if (cell && column !== 'message') return null;
  return findText(target, x, y);
}

/** A value as a JSON record writes it: strings stand in quotes. Empty where it is cut short. */
function fromJson(written: string): string {
  if (!written.startsWith('"')) return written;
  try {
    return String(JSON.parse(written));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return '';
  }
}

function findText(target: Element, x: number, y: number): FoundValue | null {
  const cell = target.closest(TEXTS);
  const caret = cell && caretAt(x, y);
  if (!cell || !caret || !cell.contains(caret.node)) return null;
  const whole = wholeText(cell, caret.node);
  const text = whole?.textContent ?? '';
  if (!whole || text === '') return null;
  const index = offsetIn(whole, caret.node, caret.offset);
  // A point in the right half of a character has its caret behind it.
  for (const at of [index, index - 1]) {
    const found = at < 0 ? null : valueAt(text, at);
    const range = found && rangeOf(whole, found.start, found.end);
    const place = range && rectAt(range, x, y);
    if (found && range && place) return { kind: 'text', value: found.value, key: found.key, range, place };
  }
  return null;
}

/** The part of a cell that is one text: a message, a line of an unfolded record. */
function wholeText(cell: Element, node: Node): Element | null {
  if (cell.hasAttribute('data-log-text')) return cell;
  let part: Node | null = node;
  while (part && part.parentNode !== cell) part = part.parentNode;
  return part instanceof Element ? part : null;
}

function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  const page = document as Document & {
    caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null;
    caretRangeFromPoint?: (x: number, y: number) => Range | null;
  };
  const position = page.caretPositionFromPoint?.(x, y);
  if (position) return { node: position.offsetNode, offset: position.offset };
  const range = page.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

function offsetIn(whole: Element, node: Node, offset: number): number {
  const before = document.createRange();
  before.selectNodeContents(whole);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** UTF-16 offsets in the element's text, half-open. */
function rangeOf(whole: Element, start: number, end: number): Range | null {
  const range = document.createRange();
  const walker = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT);
  let at = 0;
  let hasStart = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node.textContent ?? '';
    if (!hasStart && start < at + length) {
      range.setStart(node, start - at);
      hasStart = true;
    }
    if (hasStart && end <= at + length) {
      range.setEnd(node, end - at);
      return range;
    }
    at += length;
  }
  return null;
}

/** The line of the range that holds the point. */
function rectAt(range: Range, x: number, y: number): Box | null {
  const rects = [...range.getClientRects()];
  return rects.find((rect) => x >= rect.left && x <= rect.right && y >= rect.top - 2 && y <= rect.bottom + 2) ?? null;
}

function boxOf(element: Element): Box {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
}
