/**
 * Learns which paths through a format's layouts a source's lines take, and spells them out.
 *
 * A general layout ("a level in any clothes, maybe a thread, maybe a logger …") tries dozens of choices on every line. The
 * lines of one source take two or three paths through them. Each path becomes a straight layout that is tried first:
 *
 *   {time}( [{thread}])?( {level}| <{level}>)( {logger}:)? {message}      the format
 *   {time} [{thread}] {level} {logger}: {message}                        71 % of the sample
 *   {time} {level} {message}                                             26 %
 *
 * Longer paths go first, so that a line with a thread is not taken by the path without one. What no path takes goes
 * through the whole format. Beside being quicker, this keeps a header's shape the same down the file: in a log whose
 * lines name no logger, "pool - closed" is a message, not a logger and a message.
 *
 * Times and levels are another matter: those of a line that the sample had none of must not be lost in its message. So a
 * path without a time, or with no way to a level, is none where the format has one; and a path whose time ends early
 * refuses lines in which it goes on:
 *
 *   ({time:HH:mm:ss z}|{time:HH:mm:ss?f}) {message}                      the format
 *   {time:HH:mm:ss}(!{time: z})(!{time:f}) {message}                     the path of lines without zone and fraction
 */

import { FormatMachine } from '../kernels/portable/index-machine';
import { Emitter, emitLayouts } from './emit';
import type { LayoutFormat } from './format';
import { type Item, parsePattern, type TimeElement } from './pattern';
import { assemble } from './program';

/** A path is spelled out when it takes at least this share of the sample. */
const LEAST_SHARE = 0.04;
const MOST_PATHS = 4;
/** Marks that a program has room for, beside its fields. */
const MOST_CHOICES = 200;
const SAMPLE_LINES = 600;

/**
 * @param lines  physical lines without their ends, as sampled for detection
 * @returns straight layouts, to be tried before the format's own; none when the format is simple or matches too little
 */
export function learnLayouts(format: LayoutFormat, lines: readonly Uint8Array[]): Item[][] {
  const step = Math.max(1, Math.floor(lines.length / SAMPLE_LINES));
  let left = lines.filter((_, i) => i % step === 0);
  const layouts = format.layouts.map((text) => parsePattern(text));
  if (layouts.length === 1 && numberGroups(layouts[0] as Item[]).size === 0) return [];
  const matched: { items: Item[]; count: number }[] = [];
  let total = 0;
  // Layout by layout, as the format tries them: a line that one takes never reaches the next.
  for (const layout of layouts) {
    const found = learnPaths(format, layout, left);
    if (found === null) return [];
    left = found.refused;
    total += found.paths.reduce((sum, path) => sum + path.count, 0);
    matched.push(...found.paths);
  }
  const isWhole = (items: readonly Item[]) => [hasTime, hasLevel].every((has) => has(items) || !layouts.some(has));
  return matched
    .filter(({ items, count }) => count >= Math.max(2, total * LEAST_SHARE) && isWhole(items))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_PATHS)
    .map(({ items }) => items)
    .sort((a, b) => b.length - a.length);
}

/** Paths of the lines through one layout, and the lines it refuses; null when it has more choices than can be told apart. */
function learnPaths(
  format: LayoutFormat,
  layout: readonly Item[],
  lines: readonly Uint8Array[],
): { paths: { items: Item[]; count: number }[]; refused: Uint8Array[] } | null {
  const groups = numberGroups(layout);
  let choices = 0;
  for (const group of groups.keys())
    choices += group.kind === 'group' ? (group as Extract<Item, { kind: 'group' }>).alternatives.length : 1;
  if (choices > MOST_CHOICES) return null;
  const out = new Emitter();
  out.traced = groups;
  const program = assemble(out, [format], () => emitLayouts(out, [layout]));
  const machine = new FormatMachine(program.bytes, program.fieldNames);
  const counts = new Map<string, number>();
  const refused: Uint8Array[] = [];
  for (const line of lines) {
    const match = machine.match(line, 0, line.length);
    if (match === null) {
      refused.push(line);
      continue;
    }
    const path = match.fields.flatMap((field) => (field.name.startsWith('#') ? [field.name] : [])).join(' ');
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return { paths: [...counts].map(([path, count]) => ({ items: spellOut(layout, groups, path), count })), refused };
}

/** A number for each place where a line can go one way or another. */
type Ways = Map<Item | TimeElement, number>;

function numberGroups(items: readonly Item[], groups: Ways = new Map()): Ways {
  for (const item of items) {
    if (item.kind === 'time')
      for (const element of item.elements) if (element.isOptional) groups.set(element, groups.size);
    if (item.kind !== 'group') continue;
    groups.set(item, groups.size);
    for (const alternative of item.alternatives) numberGroups(alternative, groups);
  }
  return groups;
}

function hasTime(items: readonly Item[]): boolean {
  return items.some((item) => item.kind === 'time' || (item.kind === 'group' && item.alternatives.some(hasTime)));
}

/** In a column, or by a look through the message. */
function hasLevel(items: readonly Item[]): boolean {
  return items.some(
    (item) =>
      item.kind === 'level' ||
      item.kind === 'scan' ||
      (item.kind === 'field' && item.how === 'status') ||
      (item.kind === 'group' && item.alternatives.some(hasLevel)),
  );
}

type Time = Extract<Item, { kind: 'time' }>;

/** The items of one path: every group replaced by the alternative taken, or by nothing. */
function spellOut(layout: readonly Item[], groups: Ways, path: string): Item[] {
  const taken = new Map<number, number>();
  for (const step of path.split(' ')) {
    const choice = /^#(\d+)\.(\d+)$/.exec(step);
    if (choice !== null) taken.set(Number(choice[1]), Number(choice[2]));
  }
  // Outside of groups a `not` refuses lines, whichever way they would go; inside, it chose the way, and the way is chosen.
  const flat = layout.flatMap((item) => (item.kind === 'not' ? [item] : flatten([item])));
  return join(
    flat.flatMap((item, index) => (item.kind === 'time' ? [item, ...guards(item, flat.slice(index + 1))] : [item])),
  );

  function flatten(items: readonly Item[]): Item[] {
    return items.flatMap((item): Item[] => {
      if (item.kind === 'not') return [];
      if (item.kind === 'time') return [spellOutTime(item)];
      if (item.kind !== 'group') return [item];
      const index = taken.get(groups.get(item) as number);
      if (index === undefined) return [];
      const items = flatten(item.alternatives[index] as readonly Item[]);
      const time = items.find((one) => one.kind === 'time');
      if (time !== undefined)
        tails.set(time, [
          ...(tails.get(time) ?? []),
          ...item.alternatives.slice(0, index).flatMap((other) => tailBehind(time, other)),
        ]);
      return items;
    });
  }

  function spellOutTime(item: Time): Time {
    const isTaken = (element: TimeElement) => !element.isOptional || taken.has(groups.get(element) as number);
    const elements = item.elements.filter(isTaken).map((element) => ({ ...element, isOptional: false }));
    const time: Time = { kind: 'time', elements };
    const last = item.elements.findLastIndex(isTaken);
    tails.set(
      time,
      item.elements.slice(last + 1).map((element) => [{ ...element, isOptional: false }]),
    );
    return time;
  }
}

/** What a time of a path would have gone on with, had the line had it. */
const tails = new WeakMap<Time, TimeElement[][]>();

/** The elements by which another time is longer than a path's; none when it is another from the beginning. */
function tailBehind(time: Time, items: readonly Item[]): TimeElement[][] {
  const other = items.find((item) => item.kind === 'time');
  if (other === undefined) return [];
  let at = 0;
  let index = 0;
  for (; index < other.elements.length && at < time.elements.length; index++) {
    const element = other.elements[index] as TimeElement;
    if (isSame(element, time.elements[at] as TimeElement)) at++;
    else if (!element.isOptional) return [];
  }
  const rest = other.elements.slice(index).filter((element) => !element.isOptional);
  return at < time.elements.length || rest.length === 0 ? [] : [rest];
}

function isSame(a: TimeElement, b: TimeElement): boolean {
  return JSON.stringify({ ...a, isOptional: false }) === JSON.stringify({ ...b, isOptional: false });
}

/** What keeps a path from lines whose time goes on; nothing where the path demands a level there, which no time goes on with. */
function guards(time: Time, behind: readonly Item[]): Item[] {
  const next = behind[0]?.kind === 'blank' ? behind[1] : behind[0];
  if (next?.kind === 'level') return [];
  return (tails.get(time) ?? []).map(
    (elements): Item => ({ kind: 'not', alternatives: [[{ kind: 'time', elements }]] }),
  );
}

/** Two texts in a row are one: the kernel compares them at once. */
function join(items: readonly Item[]): Item[] {
  return items.reduce<Item[]>((joined, item) => {
    const last = joined[joined.length - 1];
    if (item.kind === 'text' && last?.kind === 'text')
      joined[joined.length - 1] = { kind: 'text', text: last.text + item.text };
    else if (!(item.kind === 'blank' && last?.kind === 'blank')) joined.push(item);
    return joined;
  }, []);
}
