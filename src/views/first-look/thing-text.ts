/** What there is to look at, in words: what it is, and what it rests on. Pure. */
import type { EpochMs } from '../../engine/records/record';
import type { TimeRange } from '../../state/filter';
import type { Thing, ThingKind } from '../../state/things-to-look-at';
import { toCountText, toDurationText, toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS } from '../levels';
import { toBinText } from '../timeline/shapes';
import type { LookTarget } from './look-target';
import { toMomentText } from './moment-text';
import { toShareText } from '../patterns/pattern-words';

export interface ThingWords {
  /** A short sentence of fact: "A new error". */
  readonly title: string;
  /** When it came: "Began at 14:06:31, last seen at 14:48:52". */
  readonly say: string;
  readonly facts: readonly string[];
}

export interface WordsContext {
  readonly zone: string;
  /** Of the log; null: it has no times. */
  readonly span: TimeRange | null;
  readonly sourceName: (source: number) => string;
  readonly sourceCount: number;
}

const WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five'] as const;

/** "Five things to look at first" */
export function toCountTitle(count: number): string {
  return `${WORDS[count] ?? toNumberText(count)} ${count === 1 ? 'thing' : 'things'} to look at first`;
}

export function toThingWords(thing: Thing, context: WordsContext): ThingWords {
  const { row, range } = thing;
  const at = (time: EpochMs) => toMomentText(time, context.span, context.zone);
  if (row === null && range) {
    return thing.kind === 'gap' ? gapWords(thing, at(range.start)) : surgeWords(thing, at(range.start));
  }
  const records = toCountText(thing.count, 'record');
  const sources = context.sourceCount > 1 ? [sourcesText(thing, context)] : [];
  const along = thing.alongCount > 0 ? [`${toCountText(thing.alongCount, 'other pattern')} always along with it`] : [];
  const worse = thing.level >= 5 ? 'ERROR or FATAL' : 'WARN or worse';
  const share = thing.troubleShare < 1 ? [`${toShareText(thing.troubleShare)} are ${worse}`] : [];
  return { title: titleOf(thing), say: sayOf(thing, context), facts: [records, ...share, ...sources, ...along] };
}

const NEW: Partial<Record<ThingKind, string>> = {
  'new-error': 'error',
  'new-warning': 'warning',
  'first-seen': 'message',
};

function titleOf({ kind, level, count, troubleShare }: Thing): string {
  const word = level === 6 ? 'fatal error' : level === 5 ? 'error' : level === 4 ? 'warning' : 'message';
  if (NEW[kind] !== undefined && troubleShare < 0.5) return `A new message with ${word}s`;
  if (NEW[kind] !== undefined) return `A new ${kind === 'first-seen' ? 'kind of message' : word}`;
  switch (kind) {
    case 'burst':
      return level >= 4 ? `A burst of ${word}s` : 'A burst of one message';
    case 'rare':
      return count === 1 ? `A single ${word}` : `A rare ${word}`;
    default:
      return troubleShare < 0.5 ? `A message with ${word}s` : `A frequent ${word}`;
  }
}

function sayOf({ kind, row, range, peak, usual, binMs }: Thing, context: WordsContext): string {
  const first = row?.first.time ?? null;
  const last = row?.last.time ?? null;
  if (kind === 'burst' && range) {
    const pace = `${toNumberText(peak)} per ${toBinText(binMs)}`;
    const before = usual > 0 ? `, ${toNumberText(Math.round(peak / usual))} times what is usual` : '';
    return `${pace} at ${toMomentText(range.start, context.span, context.zone)}${before}`;
  }
  if (first === null || last === null) return 'Without a time';
  if (first === last) return `At ${toMomentText(first, context.span, context.zone)}`;
  const isNew = NEW[kind] !== undefined;
  const from = toMomentText(first, context.span, context.zone);
  const to = toMomentText(last, context.span, context.zone);
  return isNew ? `Began at ${from}, last seen at ${to}` : `From ${from} to ${to}`;
}

function gapWords({ range, count }: Thing, at: string): ThingWords {
  const length = range ? toDurationText(range.end - range.start) : '';
  return {
    title: 'A gap',
    say: `No records for ${length} from ${at} on`,
    facts: [`About ${toCountText(count, 'record')} would have come`],
  };
}

function surgeWords({ count, peak, usual, binMs }: Thing, at: string): ThingWords {
  const before = usual >= 1 ? ` where ${toNumberText(Math.round(usual))} are usual` : '';
  return {
    title: 'A burst of records',
    say: `${toNumberText(peak)} per ${toBinText(binMs)} at ${at}${before}, of many kinds`,
    facts: [toCountText(count, 'record')],
  };
}

/** The one it comes from, or how many. */
function sourcesText({ row }: Thing, { sourceName }: WordsContext): string {
  const [only, ...others] = row?.sources ?? [];
  if (!only) return '';
  return others.length === 0 ? sourceName(only.source) : `${toNumberText(others.length + 1)} sources`;
}

/** The evidence of a thing. */
export function toTarget({ kind, row, range, record }: Thing): LookTarget {
  if (row !== null) return { kind: 'pattern', text: row.text, span: range, record: row.first.record };
  const span = range ?? { start: 0, end: 0 };
  return kind === 'gap' ? { kind: 'gap', span, record } : { kind: 'span', span };
}

/** What the level of a thing is called, for its glyph; null: it has none. */
export function levelOf({ row, level }: Thing) {
  return row === null ? null : (LEVEL_LOOKS.find(({ code }) => code === level) ?? null);
}
