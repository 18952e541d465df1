/** The list of verbs. Adding one is a file and a line here. */

import { grep } from './grep';
import { parse } from './parse';
import { patterns } from './patterns';
import { triage } from './triage';
import type { Verb } from './verb';

export const VERBS: readonly Verb[] = [triage, patterns, grep, parse];

export function findVerb(name: string): Verb | undefined {
  return VERBS.find((verb) => verb.name === name);
}
