/** Lines of the sheet of keys: commands by group, those that go both ways on one line. */
import type { CommandLine } from './palette/palette-item';

export interface KeyLine {
  readonly title: string;
  readonly keys: readonly string[];
  /** What it is found by besides title and keys. */
  readonly words: string;
  /** The region in which alone they work. */
  readonly region?: string;
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
];

/** Commands that have a key, in their order. */
export function toKeyGroups(commands: readonly CommandLine[]): readonly KeyGroup[] {
  const bound = commands.filter((command) => command.keys.length > 0);
  return [...new Set(bound.map((command) => command.group))].map((title) => ({
    title,
    lines: toLines(bound.filter((command) => command.group === title)),
  }));
}

function toLines(commands: readonly CommandLine[]): KeyLine[] {
  const lines: KeyLine[] = [];
  const done = new Set<CommandLine>();
  const add = (title: string, keys: readonly string[], ...said: CommandLine[]) => {
    for (const command of said) done.add(command);
    const region = said[0]?.region;
    lines.push({ title, keys, words: said.map(wordsOf).join(' '), ...(region === undefined ? {} : { region }) });
  };
  for (const command of commands) {
    if (done.has(command)) continue;
    const pair = commands
      .filter((other) => !done.has(other) && other.region === command.region)
      .flatMap((other) => toPair(command, other) ?? [])[0];
    if (pair) add(pair.title, interleave(pair.forth.keys, pair.back.keys), pair.forth, pair.back);
    else add(command.title, command.keys, command);
  }
  return lines;
}

const wordsOf = (command: CommandLine) => `${command.title} ${command.words ?? ''} ${command.group}`;

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
