/**
 * Which canonical forms say the same: those that differ in names alone.
 *
 * A word is part of what a message says, or a name that it mentions. What tells them apart is the company that it keeps:
 *
 *   frame    a form without the word at one place      "session opened for user ␣ by ( uid = * )"
 *   company  the words that have the same frame        ann, bob, root
 *
 * Many words in one frame are names, few are not; how many are enough depends on what they look like, on what stands before
 * them and on how much the frame says by itself. All of it is decided for all frames at once, on the forms as they are,
 * and then again on the outcome until nothing changes: no order has a part in it.
 */

import { type CanonicalForm, MARK_ROLE, SOFT_ROLE, STAR_ROLE, TELLING_ROLE, WEAK_ROLE, WORD_ROLE } from './canonical';
import { type Form, FormTable, HashTable, shareOf, Vocabulary } from './form-table';
import { ANSWER_WORDS, NAMING_CAPITALS, NAMING_WORDS } from './log-words';

/** Places of a form whose frames are looked at; what follows is compared only. */
const MAX_PLACES = 96;
const MAX_ROUNDS = 4;
/** Stands for what was left out. */
const GAP = 0x5bd1e995;

/** Places that are to become stars, by form. */
type Places = Map<number, number[]>;

/**
 * @param formOf  asked once for every index below `count`; what it gives may be garbage after it
 * @param leniency  so many words fewer are enough for them to be names; may be negative; null: equal forms only
 * @returns for each form the number of its group; equal forms are in one group
 */
export function mergeForms(
  count: number,
  formOf: (index: number) => CanonicalForm,
  leniency: number | null,
): Uint32Array {
  const words = new Vocabulary();
  let table = new FormTable(words, count);
  const groupOf = new Uint32Array(count);
  for (let index = 0; index < count; index++) groupOf[index] = table.addCanonical(formOf(index));
  const names = new Set<number>();
  const apply = (places: Places): void => {
    const { table: next, movedTo } = table.withStars(places);
    for (const [index, group] of groupOf.entries()) groupOf[index] = movedTo[group] as number;
    table = next;
  };
  if (leniency === null) return groupOf;
  apply(placesOfValues(table.forms, words, leniency));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let places = placesOfNames(table.forms, words, names, leniency);
    if (places.size === 0) places = placesOfStrangers(table.forms, words, leniency);
    if (places.size === 0) break;
    apply(places);
  }
  return groupOf;
}

/**
 * Values: forms that differ only in words behind `key=`, in quotes and the like are looked at together, for they often
 * differ in several of these places at once.
 */
function placesOfValues(forms: readonly Form[], words: Vocabulary, leniency: number): Places {
  const places: Places = new Map();
  eachBucket(
    forms,
    words,
    (role) => role === STAR_ROLE || role >= SOFT_ROLE,
    (bucket, members) => {
      const length = (members[0] as Form).ids.length;
      for (let at = 0; at < length; at++) {
        const company = companyAt(members, at);
        if (company.role < SOFT_ROLE || !areValues(company, words, leniency)) continue;
        for (const index of bucket) addPlace(places, index, at);
      }
    },
  );
  return places;
}

/**
 * Strangers: words that no log is made of, two or more in forms that have enough of the others in common. Forms with several
 * names differ in all of them at once, so that none of their frames is shared.
 */
function placesOfStrangers(forms: readonly Form[], words: Vocabulary, leniency: number): Places {
  const places: Places = new Map();
  const isOpen = (role: number, id: number, at: number): boolean =>
    role === STAR_ROLE || role >= SOFT_ROLE || (role === WORD_ROLE && at > 0 && !words.isLogTerm(id));
  eachBucket(forms, words, isOpen, (bucket, members) => {
    const first = members[0] as Form;
    const varying: number[] = [];
    let said = 0;
    let isValued = true;
    for (let at = 0; at < first.ids.length; at++) {
      const role = first.roles[at] as number;
      const id = first.ids[at] as number;
      if (!isOpen(role, id, at)) {
        if (role === WORD_ROLE) said += words.isGlue(id) ? 0.5 : 1;
        continue;
      }
      const company = companyAt(members, at);
      if (company.ids.length + (company.hasStar ? 1 : 0) < 2) continue;
      // Answers and the like are told apart as values are.
      if (company.role >= SOFT_ROLE && !areValues(company, words, leniency)) return;
      varying.push(at);
      isValued &&= company.hasStar;
    }
    // Where every place has a value by itself in some form, little more is needed.
    const enough = isValued ? { forms: 2, words: 2 } : { forms: 3, words: Math.max(3, varying.length) };
    const isEnough = bucket.length >= enough.forms - leniency && said >= Math.max(1, enough.words - leniency);
    if (varying.length < 2 || !isEnough) return;
    for (const index of bucket) for (const at of varying) addPlace(places, index, at);
  });
  return places;
}

/** Calls `visit` with every two or more forms that are the same but for their open places. */
function eachBucket(
  forms: readonly Form[],
  words: Vocabulary,
  isOpen: (role: number, id: number, at: number) => boolean,
  visit: (bucket: readonly number[], members: readonly Form[]) => void,
): void {
  const table = new HashTable(forms.length);
  const buckets: number[][] = [];
  for (const [index, { ids, roles, low, high }] of forms.entries()) {
    let openLow = low;
    let openHigh = high;
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] as number;
      if (!isOpen(roles[at] as number, id, at)) continue;
      openLow = (openLow + shareOf(GAP, at) - shareOf(words.lowOf(id), at)) | 0;
      openHigh = (openHigh + shareOf(GAP, at) - shareOf(words.highOf(id), at)) | 0;
    }
    const bucket = table.indexOf(openLow, openHigh);
    buckets[bucket] ??= [];
    buckets[bucket].push(index);
  }
  for (const bucket of buckets) {
    if (bucket.length < 2) continue;
    visit(
      bucket,
      bucket.map((index) => forms[index] as Form),
    );
  }
}

function addPlace(places: Places, form: number, at: number): void {
  const known = places.get(form);
  if (known === undefined) places.set(form, [at]);
  else known.push(at);
}

interface Company {
  /** Different words. */
  readonly ids: readonly number[];
  /** Something that is a value by itself has the place, too. */
  readonly hasStar: boolean;
  /** The greatest. */
  readonly role: number;
}

function companyAt(forms: readonly Form[], at: number): Company {
  const ids = new Set<number>();
  let hasStar = false;
  let role = 0;
  for (const form of forms) {
    role = Math.max(role, form.roles[at] as number);
    if (form.roles[at] === STAR_ROLE) hasStar = true;
    else ids.add(form.ids[at] as number);
  }
  return { ids: [...ids], hasStar, role };
}

/** Whether words in the place of a value are values that vary, rather than each saying something of its own. */
function areValues({ ids, hasStar, role }: Company, words: Vocabulary, leniency: number): boolean {
  if (ids.length + (hasStar ? 1 : 0) < 2) return false;
  const areAnswers = ids.every((id) => ANSWER_WORDS.has(words.textOf(id).toLowerCase()));
  if (areAnswers) return hasStar && role !== TELLING_ROLE;
  const areLogTerms = ids.every((id) => words.isLogTerm(id));
  let enough =
    role === SOFT_ROLE ? (areLogTerms ? 5 : 2) : role === WEAK_ROLE ? (areLogTerms ? 7 : 3) : areLogTerms ? 10 : 6;
  if (hasStar) enough -= 2;
  return ids.length >= Math.max(1, enough - leniency);
}

/** Names among the words of the messages. Those found are added to `names`, which tells of the names found before. */
function placesOfNames(forms: readonly Form[], words: Vocabulary, names: Set<number>, leniency: number): Places {
  const best = new Map<number, { size: number; at: number }>();
  const found: number[] = [];
  eachFrame(forms, words, (members, at) => {
    const company = companyAt(
      members.map((index) => forms[index] as Form),
      at,
    );
    if (!areNames(company, forms[members[0] as number] as Form, at, words, names, leniency)) return;
    for (const id of company.ids) if (!words.isLogTerm(id)) found.push(id);
    for (const index of members) {
      // The largest company first: what is left of the others shows in the next round.
      const chosen = best.get(index);
      const isBetter = chosen === undefined || company.ids.length > chosen.size;
      if (isBetter || (company.ids.length === chosen.size && at < chosen.at))
        best.set(index, { size: company.ids.length, at });
    }
  });
  for (const id of found) names.add(id);
  return new Map([...best].map(([index, { at }]) => [index, [at]]));
}

/** Calls `visit` with every two or more forms that have a frame in common, and the place of what they differ in. */
function eachFrame(forms: readonly Form[], words: Vocabulary, visit: (members: number[], at: number) => void): void {
  let placeCount = 0;
  for (const { roles } of forms) placeCount += Math.min(roles.length, MAX_PLACES);
  // Most frames are of one form only: a count of hashes tells most of these, so that the rest fits a small table.
  let size = 1024;
  while (size < placeCount * 2) size *= 2;
  const seen = new Uint8Array(size);
  eachPlace(forms, words, (_index, _at, low, high) => {
    const slot = (low ^ (high >>> 7)) & (size - 1);
    if ((seen[slot] as number) < 2) seen[slot] = (seen[slot] as number) + 1;
  });

  const table = new HashTable(1024);
  const members: number[][] = [];
  const placeOf: number[] = [];
  eachPlace(forms, words, (index, at, low, high) => {
    if (seen[(low ^ (high >>> 7)) & (size - 1)] === 1) return;
    const frame = table.indexOf(low, high);
    const known = members[frame];
    if (known === undefined) {
      members.push([index]);
      placeOf.push(at);
    } else known.push(index);
  });
  for (const [frame, of] of members.entries()) if (of.length > 1) visit(of, placeOf[frame] as number);
}

/** The places of words and stars, with the hashes of the frames around them. */
function eachPlace(
  forms: readonly Form[],
  words: Vocabulary,
  visit: (index: number, at: number, low: number, high: number) => void,
): void {
  const gaps = Int32Array.from({ length: MAX_PLACES }, (_, at) => shareOf(GAP, at));
  for (let index = 0; index < forms.length; index++) {
    const { ids, roles, low, high } = forms[index] as Form;
    const end = Math.min(roles.length, MAX_PLACES);
    for (let at = 0; at < end; at++) {
      if (!isOpenRole(roles[at] as number)) continue;
      const id = ids[at] as number;
      const gap = gaps[at] as number;
      visit(
        index,
        at,
        (low - shareOf(words.lowOf(id), at) + gap) | 0,
        (high - shareOf(words.highOf(id), at) + gap) | 0,
      );
    }
  }
}

function isOpenRole(role: number): boolean {
  return role === WORD_ROLE || role === STAR_ROLE;
}

/** Whether the words of a frame are names that vary, rather than each saying something of its own. */
function areNames(
  { ids, hasStar }: Company,
  frame: Form,
  at: number,
  words: Vocabulary,
  names: ReadonlySet<number>,
  leniency: number,
): boolean {
  if (ids.length + (hasStar ? 1 : 0) < 2) return false;
  const strength = strengthOf(frame, at, words);
  if (strength < 1) return false;
  const logCount = ids.filter((id) => words.isLogTerm(id)).length;
  const logShare = logCount / ids.length;
  if (logCount === 0 && ids.every((id) => names.has(id))) return ids.length + (hasStar ? 1 : 0) >= 2;

  const before = wordBefore(frame, at, words);
  const isNamed = NAMING_WORDS.has(before.toLowerCase()) || NAMING_CAPITALS.has(before);
  let enough = 5;
  if (hasStar) enough -= 4;
  if (isNamed) enough -= 3;
  if (at === 0) enough += 1;
  if (strength < 2) enough += 2;
  else if (strength >= 4) enough -= 1;
  if (logShare >= 0.5) enough += isNamed ? 3 : 6;
  else if (logShare > 0.2) enough += isNamed ? 0 : 2;
  else if (ids.filter((id) => looksLikeName(words.textOf(id))).length * 2 >= ids.length) enough -= 1;
  return ids.length >= Math.max(hasStar ? 1 : 2, enough - leniency);
}

/** How much a frame says by itself: its words, those that only glue counting half. */
function strengthOf({ ids, roles }: Form, without: number, words: Vocabulary): number {
  let strength = 0;
  for (let at = 0; at < ids.length; at++) {
    if (at === without || roles[at] !== WORD_ROLE) continue;
    strength += words.isGlue(ids[at] as number) ? 0.5 : 1;
  }
  return strength;
}

/** The word before a place, maybe with a mark between them; '' for none. */
function wordBefore({ ids, roles }: Form, at: number, words: Vocabulary): string {
  const before = roles[at - 1] === MARK_ROLE ? at - 2 : at - 1;
  return roles[before] === WORD_ROLE ? words.textOf(ids[before] as number) : '';
}

/** "web-a", "eventHandler", "LNKA", "x": not a word of a language. */
function looksLikeName(word: string): boolean {
  return word.length === 1 || /[_.\-/]|[a-z][A-Z]|^[A-Z]{2,}$/.test(word);
}
