/**
 * Pointing at values, wherever they stand below an element: a dotted line under the one the pointer is on; a click opens its
 * menu, with Ctrl it is included at once, with Alt excluded.
 */
import { onCleanup } from 'solid-js';

import type { RecordId } from '../../engine/records/record';
import { ignoreFault } from '../../state/count';
import { toTarget, type ValueTarget } from '../../state/value-target';
import type { Workspace } from '../../state/workspace';
import { findValue, type FoundValue } from './value-under';

// Named in value-pointer's style sheet; the browser draws it without touching the rows.
const POINTED = 'pointed-value';

type Parts = Pick<Workspace, 'values' | 'panes' | 'sources'>;

/** To be called in the `ref` of the element. */
export function bindValuePointer(root: HTMLElement, { values, panes, sources }: Parts) {
  let frame = 0;

  /** The record whose row or details the element belongs to. */
  function recordOf(element: Element): RecordId | null {
    const pane = panes.list().find(({ id }) => element.closest('[role="grid"]')?.id === id) ?? null;
    const index = element.closest<HTMLElement>('[data-index]')?.dataset.index;
    if (pane && index !== undefined) return pane.records.itemAt(Number(index))?.row.id ?? null;
    return panes.active().records.selected()?.id ?? null;
  }

  async function resolve(found: FoundValue, element: Element): Promise<ValueTarget | null> {
    if (found.kind === 'field') return { kind: 'field', name: found.name, value: found.value };
    const record = recordOf(element);
    if (found.kind === 'source') {
      const source = record && sources.get(record.source);
      return source ? { kind: 'source', source: source.id, value: source.name } : null;
    }
    const read = record ? await values.read(record) : null;
    if (found.kind !== 'text') return read && { kind: 'level', level: read.row.level };
    return toTarget(found, read?.fields ?? []);
  }

  async function act(found: FoundValue, element: Element, event: MouseEvent): Promise<void> {
    try {
      const target = await resolve(found, element);
      if (!target) return;
      if (event.ctrlKey || event.metaKey) values.include(target);
      else if (event.altKey) values.exclude(target);
      else values.openMenu(target, found.place);
    } catch (error) {
      ignoreFault(error); // a newer click, or the file is gone, which is told elsewhere
    }
  }

  // Before the rows hear of it: Ctrl-click on a value is not Ctrl-click on its record.
  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.button !== 0 || event.shiftKey) return;
    if (event.detail > 1) {
      values.closeMenu(); // a double click is for the record
      return;
    }
    if (window.getSelection()?.isCollapsed === false) return; // text was selected
    const found = findValue(event.target, event.clientX, event.clientY, event.detail > 0);
    if (!found) return;
    if (event.ctrlKey || event.metaKey || event.altKey) {
      event.stopPropagation();
      event.preventDefault();
    }
    void act(found, event.target, event);
  };

  const onMove = (event: PointerEvent) => {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      const { target } = event;
      const isBusy = event.buttons !== 0 || !(target instanceof Element) || !target.isConnected;
      const found = isBusy ? null : findValue(target, event.clientX, event.clientY);
      underline(found?.kind === 'text' ? found.range : null);
    });
  };
  const onLeave = () => underline(null);

  const onFocusIn = (event: FocusEvent) => {
    const field = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-field]') : null;
    const name = field?.dataset.field;
    const value = field?.dataset.value;
    values.setFocused(name !== undefined && value !== undefined ? { kind: 'field', name, value } : null);
  };
  const onFocusOut = () => values.setFocused(null);

  root.addEventListener('click', onClick, true);
  root.addEventListener('pointermove', onMove);
  root.addEventListener('pointerleave', onLeave);
  root.addEventListener('focusin', onFocusIn);
  root.addEventListener('focusout', onFocusOut);
  onCleanup(() => {
    cancelAnimationFrame(frame);
    underline(null);
    values.setFocused(null);
  });
}

function underline(range: Range | null) {
  if (typeof Highlight === 'undefined' || !('highlights' in CSS)) return; // then the pointer alone tells
  if (range) CSS.highlights.set(POINTED, new Highlight(range));
  else CSS.highlights.delete(POINTED);
}
