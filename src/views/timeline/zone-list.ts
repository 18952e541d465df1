/** Zones to choose from: the usual ones first, all others by name, found by words, cities and offsets. Pure. */
import { offsetMs } from '../time-text';

export interface ZoneChoice {
  /** IANA name or `UTC`. */
  readonly name: string;
  /** What it is besides its name: "this device"; empty: nothing. */
  readonly about: string;
  /** "+05:45" at the moment asked about. */
  readonly offset: string;
}

/**
 * @param names  all zones the browser knows
 * @param own    this device's zone
 * @param chosen the zone in use: offered even where the browser does not list it
 * @param at     EpochMs: offsets change over the year
 */
export function listZones(names: readonly string[], own: string, chosen: string, at: number): ZoneChoice[] {
  const usual = [...new Set(['UTC', own, chosen])];
  const about = (name: string) => (name === own ? 'this device' : '');
  return [...usual, ...names.filter((name) => !usual.includes(name))].map((name) => ({
    name,
    about: about(name),
    offset: toOffsetText(offsetMs(name, at)),
  }));
}

/**
 * Those that hold every word, in any case: "new york", "berlin", "+05:30", "device". Where a part of the name begins with
 * what was typed comes before where it merely holds it: "tok" is Tokyo, then Vostok.
 */
export function findZones(zones: readonly ZoneChoice[], text: string): readonly ZoneChoice[] {
  const words = text
    .toLowerCase()
    .split(/[\s_/]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return zones;
  const found = zones.flatMap((zone) => {
    const told = ` ${zone.name} ${zone.about} ${zone.offset}`.toLowerCase().replaceAll(/[_/]/g, ' ');
    const isHeld = words.every((word) => told.includes(word));
    return isHeld ? [{ zone, isBegun: words.every((word) => told.includes(` ${word}`)) }] : [];
  });
  return [...found.filter((one) => one.isBegun), ...found.filter((one) => !one.isBegun)].map((one) => one.zone);
}

/** "+02:00", "−03:30" */
export function toOffsetText(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${ms < 0 ? '−' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
