/** From skeletons to patterns. */

import { MAX_ATOMS } from './atoms';
import { type CanonicalForm, canonicalOf, plainOf } from './canonical';
import { mergeForms } from './merge-forms';
import { describeTexts, toTokens } from './describe-texts';
import { createTokenMatcher } from './match-tokens';
import { type Granularity, type PatternToken, WILDCARD, WILDCARD_KINDS, type WildcardKind } from './pattern';
import { joinKinds, kindOf } from './wildcard-kind';

/** One kind of message: all records whose messages have this text once the variable parts are masked. */
export interface Skeleton {
  /** The message with SKELETON_MARK (U+0000) for every masked part, its first SKELETON_BYTES; decides by itself how it is grouped. */
  readonly text: string;
  /** The same message unmasked, of the first record that has it; tells what wildcards look like. */
  readonly example: string;
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
export function mine(skeletons: readonly Skeleton[], granularity: Granularity): Mined {
  const clusterOf = clustersOf(skeletons, granularity);
  const members: Skeleton[][] = [];
  for (const [index, cluster] of clusterOf.entries()) {
    members[cluster] ??= [];
    members[cluster].push(skeletons[index] as Skeleton);
  }

  const byText = new Map<string, number>();
  const groups: MinedGroup[] = [];
  const groupOfCluster = members.map((cluster) => {
    const group = skeletons.length <= MOST_KEPT_FORMS ? describeAgain(cluster) : describe(cluster);
    let at = byText.get(group.text);
    if (at === undefined) {
      at = groups.push(group) - 1;
      byText.set(group.text, at);
    }
    return at;
  });
  return { groupOf: clusterOf.map((cluster) => groupOfCluster[cluster] as number), groups };
}

// Atoms of all skeletons together that are looked at, about a second's work on a machine of 2024, and of one at least.
const ALL_ATOMS = 3_000_000;
const MIN_ATOMS = 40;

/** Of so many skeletons the forms are kept: another granularity then takes half the time. They are some 2 kB each. */
const MOST_KEPT_FORMS = 32_768;
/** As long as the skeleton is. */
const keptForms = new WeakMap<Skeleton, { readonly limit: number; readonly form: CanonicalForm }>();

function keptFormOf(skeleton: Skeleton, limit: number): CanonicalForm {
  const known = keptForms.get(skeleton);
  if (known?.limit === limit) return known.form;
  const form = canonicalOf(skeleton.text, limit);
  keptForms.set(skeleton, { limit, form });
  return form;
}

/** By granularity: so many words fewer are enough for them to be names. */
const LENIENCY: Readonly<Record<Exclude<Granularity, 4>, number>> = { 0: 20, 1: 3, 2: 0, 3: -4 };

/** For each skeleton the number of its cluster. */
function clustersOf(skeletons: readonly Skeleton[], granularity: Granularity): Uint32Array {
  // So many skeletons that time and memory matter are mostly of one kind: how they begin tells them apart.
  const limit = Math.min(MAX_ATOMS, Math.max(MIN_ATOMS, Math.floor(ALL_ATOMS / skeletons.length)));
  const isKeeping = skeletons.length <= MOST_KEPT_FORMS;
  const formOf = (index: number): CanonicalForm => {
    const skeleton = skeletons[index] as Skeleton;
    if (granularity === 4) return plainOf(skeleton.text, limit);
    return isKeeping ? keptFormOf(skeleton, limit) : canonicalOf(skeleton.text, limit);
  };
  return mergeForms(skeletons.length, formOf, granularity === 4 ? null : LENIENCY[granularity]);
}

/** One group of these skeletons, whatever they have in common; at least one. */
export function describe(skeletons: readonly Skeleton[]): MinedGroup {
  const members = skeletons.toSorted((a, b) => (a.text < b.text ? -1 : 1));
  const pieces = describeTexts(members.map((skeleton) => skeleton.text));
  const untyped = toTokens(pieces);
  const kinds = kindsOf(untyped, members);
  let wildcard = 0;
  const tokens = untyped.map((token) =>
    token.kind === 'literal' ? token : (WILDCARDS.get(kinds[wildcard++] ?? 'word') ?? token),
  );
  return { text: pieces.map((piece) => piece ?? WILDCARD).join(''), tokens };
}

/** By the first of its skeletons: most groups stay as they are when others are told apart more finely. */
const described = new WeakMap<Skeleton, { readonly members: readonly Skeleton[]; readonly group: MinedGroup }>();

/** The same, looked up where it was asked before. */
function describeAgain(members: readonly Skeleton[]): MinedGroup {
  const first = members[0] as Skeleton;
  const known = described.get(first);
  if (known?.members.length === members.length && known.members.every((member, at) => member === members[at]))
    return known.group;
  const group = describe(members);
  described.set(first, { members, group });
  return group;
}

/** One token a kind: patterns have millions of them. */
const WILDCARDS: ReadonlyMap<WildcardKind, PatternToken> = new Map(
  WILDCARD_KINDS.map((type) => [type, { kind: 'wildcard', type }]),
);

// Members of a pattern whose examples are looked at, in the order of their texts: enough to tell what a wildcard is like.
const TYPED_MEMBERS = 32;

/** What the values of each wildcard look like; undefined where all that were seen are empty. */

function kindsOf(tokens: readonly PatternToken[], skeletons: readonly Skeleton[]): (WildcardKind | undefined)[] {
  const match = createTokenMatcher(tokens);
  const kinds: (WildcardKind | undefined)[] = [];
  for (const { example } of skeletons.slice(0, TYPED_MEMBERS)) {
    match(example)?.forEach(([start, end], at) => {
      if (end <= start) return;
      const kind = kindOf(example.slice(start, end));
      const known = kinds[at];
      kinds[at] = known === undefined ? kind : joinKinds(known, kind);
    });
  }
  return kinds;
}
