/** What a clock is off by, as people write it: `+1 h`, `-3.25 s`, `90 ms`, `+1 h 30 min`, `-00:02:52.5`. */

/** ms in one of each unit; several names for one. Months and years differ in length, so there are none. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
};

/** A clock further off than ten years is another mistake. */
export const MAX_OFFSET_MS = 3652 * 86_400_000;

//                ┌ hours    ┌ minutes      ┌ seconds     ┌ fraction
const CLOCK = /^(\d{1,5}):([0-5]?\d)(?::([0-5]?\d)(?:[.,](\d{1,3}))?)?$/;
//               ┌ number                    ┌ unit
const PART = /^\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*([a-z]+)/;

/**
 * Reads an offset, to the whole millisecond. Without a sign it is ahead; a lone 0 needs no unit, any other number does.
 *
 * @returns ms to add to the times as written; null when the text is not an offset or is over ten years
 */
export function parseClockOffset(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  const sign = /^[-−–]/.test(trimmed) ? -1 : 1;
  const body = trimmed.replace(/^[-−–+]/, '').trim();
  if (body === '0') return 0;
  const size = readClock(body) ?? readParts(body);
  if (size === null || size > MAX_OFFSET_MS) return null;
  return size === 0 ? 0 : sign * Math.round(size);
}

function readClock(body: string): number | null {
  const match = CLOCK.exec(body);
  if (!match) return null;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  return (
    Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'))
  );
}

/** Each unit at most once, from the largest down: `1 h 30 min`, not `30 min 1 h`. */
function readParts(body: string): number | null {
  let rest = body;
  let sum = 0;
  let lastUnit = Number.POSITIVE_INFINITY;
  while (rest !== '') {
    const match = PART.exec(rest);
    const unit = UNITS[match?.[2] ?? ''];
    if (!match || unit === undefined || unit >= lastUnit) return null;
    sum += Number((match[1] ?? '').replace(',', '.')) * unit;
    lastUnit = unit;
    rest = rest.slice(match[0].length).trim();
  }
  return lastUnit === Number.POSITIVE_INFINITY ? null : sum;
}

/** "0", "+90 ms", "−3.25 s", "+1 h 30 min", "+2 d 4 h 0.5 s": what `parseClockOffset` reads, exact to the millisecond. */
export function toClockOffsetText(offsetMs: number): string {
  if (offsetMs === 0) return '0';
  const size = Math.abs(offsetMs);
  const sign = offsetMs < 0 ? '−' : '+';
  if (size < 1000) return `${sign}${size} ms`;
  const parts = [
    [Math.floor(size / 86_400_000), 'd'],
    [Math.floor(size / 3_600_000) % 24, 'h'],
    [Math.floor(size / 60_000) % 60, 'min'],
    [(size % 60_000) / 1000, 's'],
  ] as const;
  return (
    sign +
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(' ')
  );
}
