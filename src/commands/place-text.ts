/** Where a command leads, told before it runs: "14:06:31.209, 2 ms ahead". */
import { formatDuration } from '../base/units';

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/**
 * @param time      EpochMs of the place; null: it has no time, which leaves nothing to tell
 * @param fromTime  EpochMs of where one stands; null: unknown
 * @param zone      IANA name or `UTC`
 */
export function toPlaceText(time: number | null, fromTime: number | null, zone: string): string | null {
  if (time === null) return null;
  const clock = clockOf(time, zone);
  if (fromTime === null) return clock;
  const distance = time - fromTime;
  if (distance === 0) return `${clock}, the same moment`;
  return `${clock}, ${formatDuration(Math.abs(distance))} ${distance > 0 ? 'ahead' : 'back'}`;
}

function clockOf(time: number, zone: string): string {
  let format = FORMATS.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
    });
    FORMATS.set(zone, format);
  }
  return format.format(time);
}
