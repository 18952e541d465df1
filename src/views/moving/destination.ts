/** Where a person wants to go, from what was typed: a line, a time, a step, a share. */
import type { SourceId } from '../../engine/records/record';
import type { Destination } from '../../state/cursor';
import { parseMoment } from '../time-text';

export interface DestinationContext {
  readonly zone: string;
  /** A moment near which a bare time of day is meant, and from which steps in time count; null: the log has no times. */
  readonly around: number | null;
  /** The source whose lines are counted. */
  readonly source: SourceId;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

//             ┌ sign    ┌ parts: 1h30m, 250ms
const SPAN = /^([+\-−])((?:\d+(?:\.\d+)?\s*(?:ms|s|min|m|h|d)\s*)+)$/i;
const SPAN_PART = /(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)/gi;

/** "12,345", "14:06:31", "2026-05-19 14:06", "+5m", "-1h30m", "+500", "54%"; null when it is none of these. */
export function parseDestination(text: string, context: DestinationContext): Destination | null {
  const trimmed = text.trim();
  const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(trimmed);
  if (share) return { kind: 'share', share: Math.min(1, Number(share[1]) / 100) };
  const line = /^\d[\d,._\s']*$/.test(trimmed) ? Number(trimmed.replace(/\D/g, '')) : 0;
  if (line > 0) return { kind: 'line', source: context.source, lineNumber: line };
  const steps = /^([+\-−])(\d[\d,]*)$/.exec(trimmed);
  if (steps) {
    const count = Number((steps[2] ?? '').replaceAll(',', ''));
    return { kind: 'records', count: steps[1] === '+' ? count : -count };
  }
  if (context.around === null) return null;
  const span = parseSpan(trimmed);
  if (span !== null) return { kind: 'time', time: context.around + span };
  const time = parseMoment(trimmed, context.zone, context.around);
  return time === null ? null : { kind: 'time', time };
}

/** "+5m", "-1h30m", "+250ms" in ms; null when it is no step in time. */
export function parseSpan(text: string): number | null {
  const match = SPAN.exec(text.trim());
  if (!match) return null;
  let ms = 0;
  for (const [, size, unit = ''] of (match[2] ?? '').matchAll(SPAN_PART)) {
    ms += Number(size) * (UNIT_MS[unit.toLowerCase()] ?? 0);
  }
  return match[1] === '+' ? ms : -ms;
}
