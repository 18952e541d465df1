/** Moments as people read and write them, in a zone: "14:06:31.207", "19 May 2026"; and back from "14:06:31". */

const OFFSETS = new Map<string, number>();
const FORMATS = new Map<string, Intl.DateTimeFormat>();
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// No zone has changed its offset off a quarter hour since 1972, so one look-up serves all moments of that quarter.
const QUARTER_MS = 15 * 60_000;

/** What to add to UTC to get wall time, ms. @param zone  IANA name or `UTC` */
export function offsetMs(zone: string, time: number): number {
  if (zone === 'UTC') return 0;
  const quarter = Math.floor(time / QUARTER_MS);
  const key = `${zone} ${quarter}`;
  const known = OFFSETS.get(key);
  if (known !== undefined) return known;
  const offset = readOffset(zone, quarter * QUARTER_MS);
  if (OFFSETS.size > 5000) OFFSETS.clear();
  OFFSETS.set(key, offset);
  return offset;
}

function readOffset(zone: string, time: number): number {
  let format = FORMATS.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    FORMATS.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
  return wall - Math.floor(time / 1000) * 1000;
}

/** A Date whose UTC fields are the wall time of the zone. */
function toWall(time: number, zone: string): Date {
  return new Date(time + offsetMs(zone, time));
}

const two = (value: number) => String(value).padStart(2, '0');

/** "14:06:31" and ".207": apart, since the row shows the second part fainter. */
export function toClockParts(time: number, zone: string): { clock: string; fraction: string } {
  const wall = toWall(time, zone);
  return {
    clock: `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}:${two(wall.getUTCSeconds())}`,
    fraction: `.${String(wall.getUTCMilliseconds()).padStart(3, '0')}`,
  };
}

/** "14:06:31" */
export function toClockText(time: number, zone: string): string {
  return toClockParts(time, zone).clock;
}

/** "19 May 2026" */
export function toDateText(time: number, zone: string): string {
  const wall = toWall(time, zone);
  return `${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()] ?? ''} ${wall.getUTCFullYear()}`;
}

/** "19 May" */
export function toDayText(time: number, zone: string): string {
  const wall = toWall(time, zone);
  return `${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()] ?? ''}`;
}

/** "2026-05-19 14:06:31.207" with the digits below the millisecond as written. */
export function toFullText(time: number, zone: string, fraction = ''): string {
  const wall = toWall(time, zone);
  const { clock, fraction: ms } = toClockParts(time, zone);
  return `${wall.getUTCFullYear()}-${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())} ${clock}${ms}${fraction}`;
}

/** "14:00–14:50", with days when they differ, seconds when it is short. */
export function toRangeText(start: number, end: number, zone: string): string {
  const isSameDay = toDateText(start, zone) === toDateText(end, zone);
  const cut = end - start < 10 * 60_000 ? 8 : 5;
  const from = toClockText(start, zone).slice(0, cut);
  const to = toClockText(end, zone).slice(0, cut);
  return isSameDay ? `${from}–${to}` : `${toDayText(start, zone)} ${from} – ${toDayText(end, zone)} ${to}`;
}

//                   ┌ date                              ┌ hour       ┌ minute    ┌ second    ┌ fraction
const TIME = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+|$))?(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?)?$/;

/**
 * A moment from "14:06", "14:06:31.207", "2026-05-19" or both, read as wall time of the zone.
 *
 * @param aroundMs  gives a bare time of day its date
 * @returns EpochMs, or null when the text is none of these
 */
export function parseMoment(text: string, zone: string, aroundMs: number): number | null {
  const match = TIME.exec(text.trim());
  if (!match || text.trim() === '') return null;
  const around = toWall(aroundMs, zone);
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0'] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const wall = Date.UTC(
    year ? Number(year) : around.getUTCFullYear(),
    month ? Number(month) - 1 : around.getUTCMonth(),
    day ? Number(day) : around.getUTCDate(),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0')),
  );
  // The offset belongs to the moment sought; one correction settles it except inside a skipped hour, where it lies beside it.
  const guess = wall - offsetMs(zone, wall);
  return wall - offsetMs(zone, guess);
}
