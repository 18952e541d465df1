/** From a Filter to what a shard runs: column predicates, literals for the kernel, regexes with literals that every match must hold. */

import type { PatternToken } from '../patterns/pattern';
import { LEVEL_COUNT, type RecordId, toLevelCode } from '../records/record';
import type { Filter, WildcardRange } from './filter';
import { requiredLiterals } from './regex-literals';
import { canMatchNewline, checkRegex, isAsciiOnly } from './regex-shape';

/** Needle bytes, UTF-8. Folded needles are ASCII in lower case. */
export interface Needle {
  readonly bytes: Uint8Array;
  readonly isFolded: boolean;
}

export type PlanNode =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** Bit c is set when level code c is kept. */
  | { readonly kind: 'levels'; readonly mask: number }
  /** Half-open, EpochMs; -Infinity and Infinity are open. */
  | { readonly kind: 'time'; readonly start: number; readonly end: number }
  | { readonly kind: 'needle'; readonly needle: Needle }
  /** A record matches when `regex` does; it can only where one needle of each set occurs. */
  | {
      readonly kind: 'regex';
      readonly regex: RegExp;
      readonly sets: readonly (readonly Needle[])[];
      /** May run over many ASCII records at once: it matches no line end, and reads Latin-1 as it reads ASCII. */
      readonly isBulk: boolean;
    }
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly op: FieldOp;
      readonly value: string;
      readonly needle: Needle | null;
    }
  /** By the skeleton column: see `PatternSet`. */
  | { readonly kind: 'skeletons'; readonly skeletons: Uint32Array; readonly coarse: Uint32Array | null }
  /** By the value of a wildcard in the message. */
  | { readonly kind: 'wildcard'; readonly tokens: readonly PatternToken[]; readonly where: WildcardRange }
  /** Byte offsets in the shard of the records it keeps, ascending. */
  | { readonly kind: 'records'; readonly offsets: Uint32Array }
  | { readonly kind: 'and' | 'or'; readonly of: readonly PlanNode[] }
  | { readonly kind: 'not'; readonly of: PlanNode };

export type FieldOp = Extract<Filter, { kind: 'field' }>['op'];

/** Sets that a record must satisfy before its text is decoded: each is one quick pass, and a rare one spares the rest. */
const MAX_SETS = 3;
/** More than this many needles in one set cost more than they save. */
const MAX_NEEDLES = 8;

/** What a plan needs to know of the shard it is for. */
export interface PlanPlace {
  /** Whether a `source` clause of this name keeps the shard's source. */
  keepsSource(name: string): boolean;
  /** Where a record begins in the shard, in bytes; null when it lies elsewhere. */
  offsetOf(record: RecordId): number | null;
  /** The pattern with this text; null where it is not asked for. */
  patternOf(text: string): PlanPattern | null;
}

export interface PlanPattern extends SkeletonSet {
  readonly tokens: readonly PatternToken[];
}

/** Skeletons of a shard, a bit each; `coarse`: classes of those not told apart. */
export interface SkeletonSet {
  readonly skeletons: Uint32Array;
  readonly coarse: Uint32Array | null;
}

/** @throws Fault `regex-syntax` */
export function planFilter(filter: Filter, place: PlanPlace): PlanNode {
  switch (filter.kind) {
    case 'all':
      return { kind: 'constant', value: true };
    case 'text':
      return planText(filter.text, filter.caseSensitive);
    case 'regex':
      return planRegex(filter.pattern, filter.flags);
    case 'level': {
      if (filter.min === null && filter.max === null) return { kind: 'levels', mask: 1 };
      const low = filter.min === null ? 1 : toLevelCode(filter.min);
      const high = filter.max === null ? LEVEL_COUNT - 1 : toLevelCode(filter.max);
      let mask = 0;
      for (let code = low; code <= high; code++) mask |= 1 << code;
      return { kind: 'levels', mask };
    }
    case 'time':
      return { kind: 'time', start: filter.start ?? -Infinity, end: filter.end ?? Infinity };
    case 'source':
      return { kind: 'constant', value: place.keepsSource(filter.name) };
    case 'field':
      return {
        kind: 'field',
        name: filter.name,
        op: filter.op,
        value: filter.value,
        needle: fieldNeedle(filter.op, filter.value),
      };
    case 'records': {
      const offsets = filter.of.flatMap((record) => place.offsetOf(record) ?? []);
      return { kind: 'records', offsets: Uint32Array.from(offsets).sort() };
    }
    case 'pattern': {
      const pattern = place.patternOf(filter.text);
      if (pattern === null) return { kind: 'constant', value: false };
      const { skeletons, coarse, tokens } = pattern;
      const all: PlanNode = { kind: 'skeletons', skeletons, coarse };
      const { where } = filter;
      return where === undefined ? all : { kind: 'and', of: [all, { kind: 'wildcard', tokens, where }] };
    }
    case 'and':
      return {
        kind: 'and',
        of: filter.of.map((part) => planFilter(part, place)).sort((a, b) => costOf(a) - costOf(b)),
      };
    case 'or':
      return { kind: 'or', of: filter.of.map((part) => planFilter(part, place)) };
    case 'not':
      return { kind: 'not', of: planFilter(filter.of, place) };
  }
}

function planText(text: string, isCaseSensitive: boolean): PlanNode {
  if (text === '') return { kind: 'constant', value: true };
  const isAscii = /^[\x00-\x7f]*$/.test(text);
  // The Kelvin sign folds to k and the long s to s: an insensitive ASCII needle does not look for them, as ripgrep -i would.
  if (isCaseSensitive || isAscii) {
    return {
      kind: 'needle',
      needle: {
        bytes: new TextEncoder().encode(isCaseSensitive ? text : text.toLowerCase()),
        isFolded: !isCaseSensitive,
      },
    };
  }
  return planRegex(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'i');
}

function planRegex(pattern: string, flags: string): PlanNode {
  const regex = checkRegex(pattern, flags);
  const sets = requiredLiterals(pattern, flags)
    .filter((set) => set.anyOf.length <= MAX_NEEDLES)
    .map((set) => set.anyOf.map((text) => ({ bytes: new TextEncoder().encode(text), isFolded: set.isFolded })));
  return {
    kind: 'regex',
    regex,
    sets: sets.slice(0, MAX_SETS),
    isBulk: isAsciiOnly(pattern, flags) && !canMatchNewline(pattern, flags),
  };
}

/** What the record's bytes must hold for the field to have this value, where that is certain. */
function fieldNeedle(op: FieldOp, value: string): Needle | null {
  if (op !== '=' && op !== '~') return null;
  // JSON may write these escaped, or numbers in another form; then only reading the field tells.
  if (value === '' || !/^[\w .:@+-]*$/.test(value) || /^[-+.\d]+$/.test(value) || !Number.isNaN(Number(value)))
    return null;
  return { bytes: new TextEncoder().encode(value.toLowerCase()), isFolded: true };
}

/** What is cheap goes first, so that what is dear sees fewer records. */
function costOf(node: PlanNode): number {
  switch (node.kind) {
    case 'constant':
      return 0;
    case 'levels':
    case 'records':
    case 'skeletons':
      return 1;
    case 'time':
      return 2;
    case 'needle':
      // Of several the longest first: it is the rarest, and the others then look only into what it kept.
      return 4 + 1 / node.needle.bytes.length;
    case 'regex':
      return node.sets.length > 0 ? 6 : 9;
    case 'wildcard':
      return 5;
    case 'field':
      return node.needle !== null ? 7 : 8;
    case 'not':
      return costOf(node.of);
    case 'and':
    case 'or':
      return Math.max(...node.of.map(costOf), 0);
  }
}

/** Whether evaluating the node looks at bytes, not only at columns. */
export function needsBytes(node: PlanNode): boolean {
  switch (node.kind) {
    case 'needle':
    case 'regex':
    case 'field':
    case 'wildcard':
      return true;
    case 'and':
    case 'or':
      return node.of.some(needsBytes);
    case 'not':
      return needsBytes(node.of);
    default:
      return false;
  }
}

/**
 * Records to evaluate between two looks at the clock, a multiple of 32: kernels run through a block of 65,536 in a few
 * milliseconds; text that is decoded and matched takes a thousand times as long.
 */
export function sliceRecords(node: PlanNode): number {
  const isSlow = (part: PlanNode): boolean => {
    switch (part.kind) {
      case 'regex':
      case 'field':
      case 'wildcard':
        return true;
      case 'and':
      case 'or':
        return part.of.some(isSlow);
      case 'not':
        return isSlow(part.of);
      default:
        return false;
    }
  };
  return isSlow(node) ? 2048 : Infinity;
}

/** Whether the node runs a pattern of the person's, which may take for ever. */
export function runsRegex(filter: Filter): boolean {
  switch (filter.kind) {
    case 'regex':
      return true;
    case 'and':
    case 'or':
      return filter.of.some(runsRegex);
    case 'not':
      return runsRegex(filter.of);
    default:
      return false;
  }
}
