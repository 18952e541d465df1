/** What pointer and wheel do to the timeline: draw, resize and move a brush, pan, zoom, pinch, click. */
import { createSignal } from 'solid-js';

import type { TimeRange } from '../../state/filter';
import { lengthOf, ZOOM_STEP } from '../../state/time-span';
import type { Axis } from './axis';

export interface TimelineVerbs {
  readonly axis: () => Axis | null;
  /** Width of the bins that are drawn, ms. */
  readonly binMs: () => number;
  /** The brush that can be resized and moved: one just drawn, or the filter's time. */
  readonly brush: () => TimeRange | null;
  readonly onBrush: (range: TimeRange) => void;
  readonly onClick: (time: number, target: Element) => void;
  readonly onZoom: (about: number, factor: number) => void;
  readonly onPan: (byMs: number) => void;
  /** The bin at a moment is to fill the width. */
  readonly onZoomTo: (range: TimeRange) => void;
}

interface Drag {
  readonly kind: 'draw' | 'resize' | 'move' | 'pan';
  readonly pointerId: number;
  readonly target: Element;
  readonly x: number;
  /** Moment under the pointer when it went down. */
  readonly time: number;
  /** The edge that stays when another is dragged. */
  readonly fixed: number;
}

// Less than this is a click with an unsteady hand.
const DRAG_PX = 4;
// A wheel's notch is 100 to 120 px in most browsers; a trackpad sends many small ones.
const NOTCH_PX = 100;
const LINE_PX = 33;

export function createGestures(plot: () => SVGSVGElement, verbs: TimelineVerbs) {
  const [draft, setDraft] = createSignal<TimeRange | null>(null);
  const [isPanning, setIsPanning] = createSignal(false);
  let drag: Drag | null = null;
  let lastX = 0;
  /** Fingers on the plot, by pointer: their x. */
  const fingers = new Map<number, number>();

  const shareAt = (clientX: number) => {
    const box = plot().getBoundingClientRect();
    return Math.max(0, Math.min(1, (clientX - box.left) / Math.max(1, box.width)));
  };
  const timeAt = (clientX: number) => verbs.axis()?.timeAt(shareAt(clientX)) ?? 0;

  /** The brush takes whole bins, so that what is drawn is what is counted. */
  const toBins = (a: number, b: number): TimeRange => {
    const bin = Math.max(1, verbs.binMs());
    const first = Math.floor(Math.min(a, b) / bin);
    const last = Math.ceil(Math.max(a, b) / bin);
    return { start: first * bin, end: Math.max(first + 1, last) * bin };
  };

  function beginDrag(event: PointerEvent, target: Element): Drag | null {
    const axis = verbs.axis();
    if (!axis) return null;
    const time = timeAt(event.clientX);
    const start = { pointerId: event.pointerId, target, x: event.clientX, time, fixed: 0 };
    if (event.button === 1) return { ...start, kind: 'pan' };
    if (event.button !== 0) return null;
    const brush = verbs.brush();
    const edge = target.closest('[data-edge]')?.getAttribute('data-edge');
    if (brush && edge) return { ...start, kind: 'resize', fixed: edge === 'start' ? brush.end : brush.start };
    // A brush around everything in view leaves no room beside it: then a drag draws a new one.
    const isAround = brush && brush.start <= axis.span.start && brush.end >= axis.span.end;
    const isInside = brush && !isAround && time >= brush.start && time < brush.end;
    return { ...start, kind: isInside ? 'move' : 'draw' };
  }

  function follow(active: Drag, clientX: number) {
    const axis = verbs.axis();
    const brush = verbs.brush();
    if (!axis) return;
    if (active.kind === 'pan') {
      verbs.onPan(((lastX - clientX) / Math.max(1, axis.width)) * lengthOf(axis.span));
      lastX = clientX;
      return;
    }
    if (Math.abs(clientX - active.x) < DRAG_PX && !draft()) return;
    const time = timeAt(clientX);
    if (active.kind === 'move' && brush) {
      const bin = Math.max(1, verbs.binMs());
      const by = Math.round((time - active.time) / bin) * bin;
      setDraft({ start: brush.start + by, end: brush.end + by });
    } else setDraft(toBins(active.kind === 'resize' ? active.fixed : active.time, time));
  }

  /** Two fingers: what was between them stays between them. */
  function pinch(pointerId: number, clientX: number) {
    const other = [...fingers].find(([id]) => id !== pointerId)?.[1];
    const before = fingers.get(pointerId);
    if (other === undefined || before === undefined) return;
    const gap = Math.max(20, Math.abs(clientX - other));
    const oldGap = Math.max(20, Math.abs(before - other));
    verbs.onZoom(timeAt((clientX + other) / 2), gap / oldGap);
  }

  function cancel() {
    drag = null;
    setDraft(null);
    setIsPanning(false);
  }

  return {
    /** The brush while it is being drawn, resized or moved. */
    draft,
    isPanning,
    cancel,
    /** @returns whether there was a drag to give up */
    escape(): boolean {
      const isDragging = draft() !== null;
      cancel();
      return isDragging;
    },
    timeAt,
    onPointerDown(event: PointerEvent) {
      if (!(event.target instanceof Element)) return;
      if (event.pointerType === 'touch') fingers.set(event.pointerId, event.clientX);
      if (fingers.size > 1) {
        cancel();
        return;
      }
      drag = beginDrag(event, event.target);
      if (!drag) return;
      if (drag.kind === 'pan') {
        event.preventDefault(); // the middle button's own scrolling
        setIsPanning(true);
      }
      lastX = event.clientX;
      plot().setPointerCapture?.(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      if (fingers.size > 1 && fingers.has(event.pointerId)) {
        pinch(event.pointerId, event.clientX);
        fingers.set(event.pointerId, event.clientX);
      } else if (drag?.pointerId === event.pointerId) follow(drag, event.clientX);
    },
    onPointerUp(event: PointerEvent) {
      fingers.delete(event.pointerId);
      const ended = drag?.pointerId === event.pointerId ? drag : null;
      const drawn = draft();
      cancel();
      if (!ended || ended.kind === 'pan') return;
      if (drawn) verbs.onBrush(drawn);
      else if (ended.kind !== 'resize') verbs.onClick(timeAt(event.clientX), ended.target);
    },
    onPointerCancel(event: PointerEvent) {
      fingers.delete(event.pointerId);
      cancel();
    },
    onDblClick(event: MouseEvent) {
      const bin = verbs.binMs();
      const start = Math.floor(timeAt(event.clientX) / bin) * bin;
      verbs.onZoomTo({ start, end: start + bin });
    },
    /** Zooms at the pointer; sideways, or with Shift, it pans. Ctrl is how a pinch on a trackpad arrives. */
    onWheel(event: WheelEvent) {
      const axis = verbs.axis();
      if (!axis) return;
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PX;
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        verbs.onPan(((sideways * unit) / Math.max(1, axis.width)) * lengthOf(axis.span));
        return;
      }
      const notches = Math.max(-3, Math.min(3, (-event.deltaY * unit) / NOTCH_PX));
      verbs.onZoom(timeAt(event.clientX), ZOOM_STEP ** (event.ctrlKey ? notches * 3 : notches));
    },
  };
}

export type Gestures = ReturnType<typeof createGestures>;
