/** Moving a span of time over a larger one: zoom about a moment, pan, fit. Pure; all times EpochMs, spans half-open. */
import type { TimeRange } from './filter';

// Narrower shows nothing more: bins end at a millisecond.
export const MIN_SPAN_MS = 20;

/** How one step of a key or a wheel's notch changes the span. */
export const ZOOM_STEP = 1.6;
export const PAN_SHARE = 0.2;

export const lengthOf = (span: TimeRange) => span.end - span.start;

/** As near to `span` as bounds and the least length allow, whole milliseconds; null when that is the whole. */
export function fitSpan(span: TimeRange, bounds: TimeRange): TimeRange | null {
  const length = Math.max(MIN_SPAN_MS, Math.round(lengthOf(span)));
  if (length >= lengthOf(bounds)) return null;
  const start = Math.round(Math.max(bounds.start, Math.min(bounds.end - length, span.start)));
  return { start, end: start + length };
}

/**
 * Zooms about a moment, which keeps its share of the width.
 *
 * @param factor  above 1 shows less time, below 1 more
 * @returns null when the whole is shown
 */
export function zoomSpan(span: TimeRange, bounds: TimeRange, about: number, factor: number): TimeRange | null {
  const length = Math.max(MIN_SPAN_MS, lengthOf(span) / factor);
  const share = (about - span.start) / Math.max(1, lengthOf(span));
  const start = about - share * length;
  return fitSpan({ start, end: start + length }, bounds);
}

/** The same length, moved. Stops at the ends of the whole. */
export function panSpan(span: TimeRange, bounds: TimeRange, byMs: number): TimeRange | null {
  return fitSpan({ start: span.start + byMs, end: span.end + byMs }, bounds);
}

/** The span moved, no further than needed, so that a moment lies in it with some time to each side. */
export function revealTime(span: TimeRange, bounds: TimeRange, time: number): TimeRange | null {
  const margin = lengthOf(span) * PAN_SHARE;
  if (time < span.start) return panSpan(span, bounds, time - margin - span.start);
  if (time >= span.end) return panSpan(span, bounds, time + margin - span.end);
  return fitSpan(span, bounds);
}
