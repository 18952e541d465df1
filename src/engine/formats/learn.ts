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
  const matched: { items: Item[]; count: number }[] = [];
  let total = 0;
  // Layout by layout, as the format tries them: a line that one takes never reaches the next.
  for (const text of format.layouts) {
    const layout = parsePattern(text);
    const found = learnPaths(format, layout, left);
    if (found === null) return [];
    left = found.refused;
    total += found.paths.reduce((sum, path) => sum + path.count, 0);
    matched.push(...found.paths);
  }
  if (matched.length === 1 && format.layouts.length === 1 && matched[0]?.items.length === parsePattern(format.layouts[0] as string).length) return [];
  return matched
    .filter(({ count }) => count >= Math.max(2, total * LEAST_SHARE))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_PATHS)
    .map(({ items }) => items)
    .sort((a, b) => b.length - a.length);
}

/** Paths of the lines through one layout, and the lines it refuses; null when it has more choices than can be told apart. */
function learnPaths(format: LayoutFormat, layout: readonly Item[], lines: readonly Uint8Array[]): { paths: { items: Item[]; count: number }[]; refused: Uint8Array[] } | null {
  const groups: Ways = new Map();
  numberGroups(layout, groups);
  let choices = 0;
  for (const group of groups.keys()) choices += group.kind === 'group' ? (group as Extract<Item, { kind: 'group' }>).alternatives.length : 1;
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

function numberGroups(items: readonly Item[], groups: Ways): void {
  for (const item of items) {
    if (item.kind === 'time') for (const element of item.elements) if (element.isOptional) groups.set(element, groups.size);
    if (item.kind !== 'group') continue;
    groups.set(item, groups.size);
    for (const alternative of item.alternatives) numberGroups(alternative, groups);
  }
}

/** The items of one path: every group replaced by the alternative taken, or by nothing. */
function spellOut(layout: readonly Item[], groups: Ways, path: string): Item[] {
  const taken = new Map<number, number>();
  for (const step of path.split(' ')) {
    const choice = /^#(\d+)\.(\d+)$/.exec(step);
    if (choice !== null) taken.set(Number(choice[1]), Number(choice[2]));
  }
  return flatten(layout);

  function flatten(items: readonly Item[]): Item[] {
    const flat: Item[] = [];
    for (const item of items) {
      if (item.kind === 'not') continue; // it chose the way, and the way is chosen
      if (item.kind === 'time') flat.push({ kind: 'time', elements: item.elements.filter((one) => !one.isOptional || taken.has(groups.get(one) as number)).map((one) => ({ ...one, isOptional: false })) });
      else if (item.kind !== 'group') flat.push(item);
      else {
        const alternative = taken.get(groups.get(item) as number);
        if (alternative !== undefined) flat.push(...flatten(item.alternatives[alternative] as readonly Item[]));
      }
    }
    // Two texts in a row are one: the kernel compares them at once.
    return flat.reduce<Item[]>((joined, item) => {
      const last = joined[joined.length - 1];
      if (item.kind === 'text' && last?.kind === 'text') joined[joined.length - 1] = { kind: 'text', text: last.text + item.text };
      else if (!(item.kind === 'blank' && last?.kind === 'blank')) joined.push(item);
      return joined;
    }, []);
  }
}
