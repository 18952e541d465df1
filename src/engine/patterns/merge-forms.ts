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
import { ANSWER_WORDS, NAMING_WORDS } from './log-words';

/** Places of a form whose frames are looked at; what follows is compared only. */
const MAX_PLACES = 96;
const MAX_ROUNDS = 5;
/** Stands for what was left out. */
const GAP = 0x5bd1e995;

/** Places of each form that are to become stars. */
type Places = number[][];

/**
 * @param leniency  so many words fewer are enough for them to be names; may be negative; null: equal forms only
 * @returns for each form the number of its group; equal forms are in one group
 */
export function mergeForms(forms: readonly CanonicalForm[], leniency: number | null): Uint32Array {
  const words = new Vocabulary();
  let table = new FormTable(words, forms.length);
  let groupOf = Uint32Array.from(forms, ({ items, roles }) =>
    table.add({ ids: Int32Array.from(items, (item) => words.idOf(item)), roles: Uint8Array.from(roles) }),
  );
  const names = new Set<number>();
  for (let round = 0; leniency !== null && round < MAX_ROUNDS; round++) {
    const places =
      round === 0 ? placesOfValues(table.forms, words, leniency) : placesOfNames(table.forms, words, names, leniency);
    if (places === null && round > 0) break;
    if (places === null) continue;
    const { table: next, movedTo } = table.withStars(places);
    groupOf = groupOf.map((group) => movedTo[group] as number);
    table = next;
  }
  return groupOf;
}

/**
 * Values: forms that differ only in words behind `key=`, in quotes and the like are looked at together, for they often
 * differ in several of these places at once.
 */
function placesOfValues(forms: readonly Form[], words: Vocabulary, leniency: number): Places | null {
  const table = new HashTable(forms.length);
  const buckets: number[][] = [];
  for (const [index, { ids, roles }] of forms.entries()) {
    if (!roles.some((role) => role >= SOFT_ROLE)) {
      if (!roles.includes(STAR_ROLE)) continue;
    }
    let low = ids.length;
    let high = 0;
    for (let at = 0; at < ids.length; at++) {
      const isOpen = roles[at] === STAR_ROLE || (roles[at] as number) >= SOFT_ROLE;
      low = (low + shareOf(isOpen ? GAP : words.lowOf(ids[at] as number), at)) | 0;
      high = (high + shareOf(isOpen ? GAP : words.highOf(ids[at] as number), at)) | 0;
    }
    const bucket = table.indexOf(low, high);
    buckets[bucket] ??= [];
    buckets[bucket].push(index);
  }

  const places: Places = forms.map(() => []);
  let isAny = false;
  for (const bucket of buckets) {
    const first = forms[bucket[0] as number] as Form;
    if (bucket.length < 2) continue;
    for (let at = 0; at < first.ids.length; at++) {
      const company = companyAt(
        bucket.map((index) => forms[index] as Form),
        at,
      );
      if (company.role < SOFT_ROLE || !areValues(company, words, leniency)) continue;
      isAny = true;
      for (const index of bucket) (places[index] as number[]).push(at);
    }
  }
  return isAny ? places : null;
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
function placesOfNames(forms: readonly Form[], words: Vocabulary, names: Set<number>, leniency: number): Places | null {
  const frames = framesOf(forms, words);
  const best = forms.map(() => ({ size: 0, at: -1 }));
  const found: number[] = [];
  let isAny = false;
  for (let start = 0; start < frames.order.length; ) {
    const frame = frames.frameOf[frames.order[start] as number] as number;
    let end = start + 1;
    while (end < frames.order.length && frames.frameOf[frames.order[end] as number] === frame) end += 1;
    if (end - start > 1) {
      const entries = frames.order.subarray(start, end);
      const at = frames.placeOf[entries[0] as number] as number;
      const members = Array.from(entries, (entry) => frames.formOf[entry] as number);
      const company = companyAt(
        members.map((index) => forms[index] as Form),
        at,
      );
      if (areNames(company, forms[members[0] as number] as Form, at, words, names, leniency)) {
        isAny = true;
        for (const id of company.ids) if (!words.isLogTerm(id)) found.push(id);
        for (const index of members) {
          const chosen = best[index] as { size: number; at: number };
          // The largest company first: what is left of the others shows in the next round.
          if (company.ids.length > chosen.size) best[index] = { size: company.ids.length, at };
        }
      }
    }
    start = end;
  }
  for (const id of found) names.add(id);
  return isAny ? best.map(({ at }) => (at < 0 ? [] : [at])) : null;
}

interface Frames {
  /** Of each entry: a form and a place in it. */
  readonly formOf: Uint32Array;
  readonly placeOf: Uint8Array;
  readonly frameOf: Uint32Array;
  /** Entries by frame, ascending. */
  readonly order: Uint32Array;
}

function framesOf(forms: readonly Form[], words: Vocabulary): Frames {
  let entryCount = 0;
  for (const { roles } of forms) {
    const end = Math.min(roles.length, MAX_PLACES);
    for (let at = 0; at < end; at++) if (isOpenRole(roles[at] as number)) entryCount += 1;
  }
  const formOf = new Uint32Array(entryCount);
  const placeOf = new Uint8Array(entryCount);
  const frameOf = new Uint32Array(entryCount);
  const table = new HashTable(entryCount);
  let entry = 0;
  for (const [index, { ids, roles }] of forms.entries()) {
    let low = ids.length;
    let high = 0;
    for (let at = 0; at < ids.length; at++) {
      low = (low + shareOf(words.lowOf(ids[at] as number), at)) | 0;
      high = (high + shareOf(words.highOf(ids[at] as number), at)) | 0;
    }
    const end = Math.min(roles.length, MAX_PLACES);
    for (let at = 0; at < end; at++) {
      if (!isOpenRole(roles[at] as number)) continue;
      const id = ids[at] as number;
      const frameLow = (low - shareOf(words.lowOf(id), at) + shareOf(GAP, at)) | 0;
      const frameHigh = (high - shareOf(words.highOf(id), at) + shareOf(GAP, at)) | 0;
      formOf[entry] = index;
      placeOf[entry] = at;
      frameOf[entry] = table.indexOf(frameLow, frameHigh);
      entry += 1;
    }
  }
  return { formOf, placeOf, frameOf, order: orderBy(frameOf, table.count) };
}

function isOpenRole(role: number): boolean {
  return role === WORD_ROLE || role === STAR_ROLE;
}

/** Indexes ordered by their keys, which are below `count`. */
function orderBy(keys: Uint32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (const key of keys) starts[key + 1] = (starts[key + 1] as number) + 1;
  for (let key = 0; key < count; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  const order = new Uint32Array(keys.length);
  keys.forEach((key, index) => {
    const place = starts[key] as number;
    order[place] = index;
    starts[key] = place + 1;
  });
  return order;
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
  if (logCount === 0 && strength >= 2 && ids.every((id) => names.has(id))) return ids.length + (hasStar ? 1 : 0) >= 2;

  const isNamed = NAMING_WORDS.has(wordBefore(frame, at, words));
  let enough = 5;
  if (hasStar) enough -= 3;
  if (isNamed) enough -= 3;
  if (at === 0) enough += 1;
  if (strength < 2) enough += 2;
  else if (strength >= 4) enough -= 1;
  if (logShare >= 0.5) enough += isNamed ? 3 : 6;
  else if (logShare > 0.2) enough += 2;
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
  return roles[before] === WORD_ROLE ? words.textOf(ids[before] as number).toLowerCase() : '';
}

/** "web-a", "eventHandler", "LNKA", "x": not a word of a language. */
function looksLikeName(word: string): boolean {
  return word.length === 1 || /[_.\-/]|[a-z][A-Z]|^[A-Z]{2,}$/.test(word);
}
