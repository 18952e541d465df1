/** Lines of the sheet of keys: commands by group, those that go both ways and those that are numbered on one line. */
import type { CommandLine } from './palette/palette-item';
import { toRegionText } from './region-words';

export interface KeyLine {
  readonly title: string;
  /** As they are shown; those of a series are one: `Ctrl-Shift-1–9`. */
  readonly keys: readonly string[];
  /** As they are pressed. */
  readonly pressed: readonly string[];
  /** What it is found by besides title and keys. */
  readonly words: string;
}

export interface KeyGroup {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

/** "Next ERROR" and "Previous ERROR" are one line, as are "A page down" and "A page up". */
const WAYS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^Next (?=\S)/, /^Previous (?=\S)/, 'Next, previous '],
  [/^First (?=\S)/, /^Last (?=\S)/, 'First, last '],
  [/ down$/, / up$/, ' down, up'],
  [/^Zoom in$/, /^Zoom out$/, 'Zoom in, out'],
];

/** Commands that have a key, in their order; those whose keys work in one region alone stand under its name. */
export function toKeyGroups(commands: readonly CommandLine[]): readonly KeyGroup[] {
  const bound = commands.filter((command) => command.keys.length > 0);
  const titleOf = ({ group, region }: CommandLine) => {
    if (region === undefined) return group;
    const text = toRegionText(region);
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  return [...new Set(bound.map(titleOf))].map((title) => ({
    title,
    lines: toLines(bound.filter((command) => titleOf(command) === title)),
  }));
}

function toLines(commands: readonly CommandLine[]): KeyLine[] {
  const lines: KeyLine[] = [];
  const done = new Set<CommandLine>();
  const add = (title: string, keys: readonly string[], ...said: CommandLine[]) => {
    for (const command of said) done.add(command);
    lines.push({
      title,
      keys,
      pressed: said.flatMap((command) => command.keys),
      words: said.map(wordsOf).join(' '),
    });
  };
  for (const command of commands) {
    if (done.has(command)) continue;
    const left = commands.filter((other) => !done.has(other));
    const series = toSeries(command, left);
    const pair = left.flatMap((other) => toPair(command, other) ?? [])[0];
    if (series) add(series.title, series.keys, ...series.members);
    else if (pair) add(pair.title, interleave(pair.forth.keys, pair.back.keys), pair.forth, pair.back);
    else add(command.title, command.keys, command);
  }
  return lines;
}

const wordsOf = (command: CommandLine) => `${command.title} ${command.words ?? ''} ${command.group}`;

interface Series {
  readonly title: string;
  readonly keys: readonly string[];
  readonly members: readonly CommandLine[];
}

const NUMBER = /\b\d\b/;

/** "Colour 1", "Colour 2" … with keys that end in the same digit; null when there are not at least three of them. */
function toSeries(command: CommandLine, commands: readonly CommandLine[]): Series | null {
  const stem = command.title.replace(NUMBER, '#');
  if (stem === command.title) return null;
  const members = commands.filter((other) => {
    const digit = NUMBER.exec(other.title)?.[0];
    return (
      other.title.replace(NUMBER, '#') === stem && other.keys.length === 1 && other.keys[0]?.endsWith(digit ?? ' ')
    );
  });
  const first = members[0]?.keys[0];
  const last = members.at(-1)?.keys[0];
  if (!members.includes(command) || members.length < 3 || first === undefined || last === undefined) return null;
  const numbers = `${first.slice(-1)}–${last.slice(-1)}`;
  return { title: stem.replace('#', numbers), keys: [first.slice(0, -1) + numbers], members };
}

interface Pair {
  readonly title: string;
  readonly forth: CommandLine;
  readonly back: CommandLine;
}

/** Two commands that differ only in the way they go, whichever stands first; null for others. */
function toPair(one: CommandLine, other: CommandLine): Pair | null {
  for (const [forth, back] of [
    [one, other],
    [other, one],
  ] as const) {
    for (const [forthWord, backWord, both] of WAYS) {
      if (!forthWord.test(forth.title) || !backWord.test(back.title)) continue;
      if (one === other) continue;
      const what = forth.title.replace(forthWord, '');
      if (what !== back.title.replace(backWord, '')) continue;
      return { title: both.startsWith(' ') ? what + both : both + what, forth, back };
    }
  }
  return null;
}

/** j k ↓ ↑ rather than j ↓ k ↑: what belongs together stands together. */
function interleave(forth: readonly string[], back: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < Math.max(forth.length, back.length); at += 1) {
    out.push(...[forth[at], back[at]].filter((key) => key !== undefined));
  }
  return out;
}

/** The keyboard's layout by where its letters lie; null where the browser does not tell or it is another. */
export async function readKeyboardLayout(): Promise<string | null> {
  const { keyboard } = navigator as { keyboard?: { getLayoutMap?: () => Promise<ReadonlyMap<string, string>> } };
  try {
    const map = await keyboard?.getLayoutMap?.();
    if (!map || map.size === 0) return null;
    const row = ['KeyQ', 'KeyW', 'KeyE', 'KeyR', 'KeyT', 'KeyY'].map((code) => map.get(code) ?? '').join('');
    return ['qwerty', 'qwertz', 'azerty'].includes(row) ? row.toUpperCase() : row === `',.pyf` ? 'Dvorak' : null;
  } catch (error) {
    if (error instanceof DOMException) return null; // not allowed in a frame
    throw error;
  }
}
