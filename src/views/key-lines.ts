/** Lines of the sheet of keys: commands by group, those that go both ways on one line. */
import type { CommandLine } from './palette/palette-item';

export interface KeyLine {
  readonly title: string;
  readonly keys: readonly string[];
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
  const done = new Set<string>();
  for (const command of commands) {
    if (done.has(command.id)) continue;
    const other = commands.find((one) => !done.has(one.id) && pairTitle(command.title, one.title) !== null);
    const title = other && pairTitle(command.title, other.title);
    if (other && title) {
      done.add(other.id);
      lines.push({ title, keys: interleave(command.keys, other.keys), words: `${wordsOf(command)} ${wordsOf(other)}` });
    } else lines.push({ title: command.title, keys: command.keys, words: wordsOf(command) });
  }
  return lines;
}

const wordsOf = (command: CommandLine) => `${command.title} ${command.words ?? ''} ${command.group}`;

/** One title for two that differ only in the way they go; null for others. */
function pairTitle(first: string, second: string): string | null {
  for (const [forth, back, both] of WAYS) {
    if (!forth.test(first) || !back.test(second)) continue;
    const what = first.replace(forth, '');
    if (what !== second.replace(back, '')) continue;
    return both.startsWith(' ') ? what + both : both + what;
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
