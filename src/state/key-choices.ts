/** Which keys a command has: its own, or those a person gave it; and what happens when two commands want the same. */
import { isHalfKey, reservedFor } from '../base/key-name';
import type { Settings } from './settings';

/** What of a command matters here. */
export interface Bindable {
  readonly id: string;
  readonly title: string;
  /** Default keys. */
  readonly keys: readonly string[];
  /** The region in which alone its keys work; two commands of different regions may share a key. */
  readonly region?: string;
}

export type KeyChoices = Settings['keys'];

export function chosenKeys(command: Bindable, choices: KeyChoices): readonly string[] {
  return choices[command.id] ?? command.keys;
}

/** Commands that answer to `key` in the same region as `command`, itself left out. */
export function rivalsFor<T extends Bindable>(
  commands: readonly T[],
  choices: KeyChoices,
  command: Bindable,
  key: string,
): readonly T[] {
  return commands.filter(
    (other) => other.id !== command.id && other.region === command.region && chosenKeys(other, choices).includes(key),
  );
}

/** Keys that several commands of one region answer to: only the first of them would run. */
export function findClashes<T extends Bindable>(
  commands: readonly T[],
  choices: KeyChoices,
): readonly { readonly key: string; readonly commands: readonly T[] }[] {
  const byKey = new Map<string, T[]>();
  for (const command of commands) {
    for (const key of new Set(chosenKeys(command, choices))) {
      const place = `${command.region ?? ''} ${key}`;
      byKey.set(place, [...(byKey.get(place) ?? []), command]);
    }
  }
  return [...byKey]
    .filter(([, list]) => list.length > 1)
    .map(([place, list]) => ({ key: place.slice(place.indexOf(' ') + 1), commands: list }));
}

/** The choices with other keys for a command; its own keys again are no choice. */
export function withKeys(choices: KeyChoices, command: Bindable, keys: readonly string[]): KeyChoices {
  const wanted = [...new Set(keys)];
  const { [command.id]: _, ...rest } = choices;
  return isSame(wanted, command.keys) ? rest : { ...rest, [command.id]: wanted };
}

export interface KeyWish {
  readonly command: Bindable;
  /** The key to be replaced; null: one more. */
  readonly old: string | null;
  readonly key: string;
}

/**
 * Gives a command a key.
 *
 * @param rivals  commands that have the key now: they lose it, or get the replaced one for it
 * @param isSwap  whether rivals get the replaced key; without one to give they only lose theirs
 */
export function giveKey(choices: KeyChoices, wish: KeyWish, rivals: readonly Bindable[], isSwap: boolean): KeyChoices {
  const { command, old, key } = wish;
  const keys = chosenKeys(command, choices);
  const given = old === null ? [...keys, key] : keys.map((one) => (one === old ? key : one));
  let next = withKeys(choices, command, given);
  for (const rival of rivals) {
    const theirs = chosenKeys(rival, choices);
    const left =
      isSwap && old !== null ? theirs.map((one) => (one === key ? old : one)) : theirs.filter((one) => one !== key);
    next = withKeys(next, rival, left);
  }
  return next;
}

/** Why no command can have a key, as a sentence; null when one can. */
export function refusalOf(key: string): string | null {
  const use = reservedFor(key);
  return use === null ? null : `${key.replace(/-(?=.)/g, ' ')} ${use}: the browser keeps it.`;
}

const FILE_VERSION = 1;

/** The choices as a file: JSON that `readKeyFile` takes. */
export function toKeyFile(choices: KeyChoices): string {
  return `${JSON.stringify({ loupeKeys: FILE_VERSION, keys: choices }, null, 2)}\n`;
}

export interface KeyFile {
  readonly choices: KeyChoices;
  /** What of the file was left out, as sentences. */
  readonly left: readonly string[];
}

/**
 * Reads what `toKeyFile` wrote, or somebody's hand.
 *
 * @returns a sentence when it is no such file
 */
export function readKeyFile(text: string, commands: readonly Bindable[]): KeyFile | string {
  const value = parseJson(text);
  if (!isObject(value) || !isObject(value.keys) || typeof value.loupeKeys !== 'number')
    return 'This file holds no keys: expected { "loupeKeys": 1, "keys": { … } }.';
  if (value.loupeKeys > FILE_VERSION)
    return `This file is of version ${value.loupeKeys}; this Loupe reads version ${FILE_VERSION}.`;
  let choices: KeyChoices = {};
  let unknownCount = 0;
  const left: string[] = [];
  for (const [id, names] of Object.entries(value.keys)) {
    const command = commands.find((one) => one.id === id);
    if (!command || !Array.isArray(names)) {
      unknownCount += 1;
      continue;
    }
    const keys = names.filter((name): name is string => typeof name === 'string' && isKeyName(name));
    for (const key of keys) {
      const refusal = command.keys.includes(key) ? null : refusalOf(key);
      if (refusal !== null) left.push(`${command.title}: ${refusal}`);
    }
    choices = withKeys(
      choices,
      command,
      keys.filter((key) => command.keys.includes(key) || refusalOf(key) === null),
    );
  }
  if (unknownCount === 1) left.push('1 command of that file is not known here.');
  if (unknownCount > 1) left.push(`${unknownCount} commands of that file are not known here.`);
  return { choices, left };
}

/** A name as `toKeyName` could write it. */
function isKeyName(name: string): boolean {
  const key = name.replace(/^(?:Ctrl-)?(?:Alt-)?(?:Shift-)?(?=.)/, '');
  return (key.length === 1 || /^[A-Z][A-Za-z0-9]+$/.test(key)) && !isHalfKey({ key });
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
