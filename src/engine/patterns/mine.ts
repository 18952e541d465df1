/** From skeletons to patterns. */

import { type Granularity, type PatternToken, WILDCARD } from './pattern';

/** One kind of message: all records whose messages have this text once the variable parts are masked. */
export interface Skeleton {
  /** The message with SKELETON_MARK (U+0000) for every masked part, its first SKELETON_BYTES; decides by itself how it is grouped. */
  readonly text: string;
  /** The same message unmasked, of the first record that has it; tells what wildcards look like. */
  readonly example: string;
  /** Records. */
  readonly count: number;
}

export interface MinedGroup {
  readonly text: string;
  readonly tokens: readonly PatternToken[];
}

export interface Mined {
  /** Index of each skeleton's group. */
  readonly groupOf: Uint32Array;
  /** With texts that differ. */
  readonly groups: readonly MinedGroup[];
}

/** The same for any order of the skeletons, but for the order of the groups. */
export function mine(skeletons: readonly Skeleton[], _granularity: Granularity): Mined {
  const byText = new Map<string, number>();
  const groups: MinedGroup[] = [];
  const groupOf = Uint32Array.from(skeletons, (skeleton) => {
    const group = describe([skeleton]);
    let at = byText.get(group.text);
    if (at === undefined) {
      at = groups.push(group) - 1;
      byText.set(group.text, at);
    }
    return at;
  });
  return { groupOf, groups };
}

/** One group of these skeletons, whatever they have in common; at least one. */
export function describe(skeletons: readonly Skeleton[]): MinedGroup {
  const text = (skeletons[0] as Skeleton).text.replace(/\0/g, WILDCARD).replace(/\s+/g, ' ').trim();
  return { text, tokens: tokensOf(text) };
}

function tokensOf(text: string): PatternToken[] {
  return text.split(/(<\*>)/).flatMap((part): PatternToken[] => {
    if (part === '') return [];
    return [part === WILDCARD ? { kind: 'wildcard', type: 'word' } : { kind: 'literal', text: part }];
  });
}
