/**
 * What was found in a log at some moment, as one JSON value that stands without the log: patterns with their classes and
 * error groups, or a first look. Kept with a workspace, written to and read from files. What comes in is anybody's: sizes
 * and shapes are checked, and a value that makes no sense is refused in words, never mended.
 */
import * as v from 'valibot';

import { FilterPartSchema } from './session';

export const ANALYSIS_VERSION = 1;

const WILDCARD_KINDS = [
  'number',
  'duration',
  'bytes',
  'hex',
  'uuid',
  'ip',
  'path',
  'url',
  'email',
  'quoted',
  'time',
  'word',
  'text',
] as const;
const CATEGORIES = ['Code', 'Infrastructure', 'Configuration', 'External'] as const;
const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
const LEVEL_COUNT = 7;

// Bounds are far beyond what the engine makes and people write, and near enough that nothing here can fill a page's memory.
export const MAX_PATTERNS = 1_000_000;
const MAX_GROUPS = 1_000_000;
const MAX_ITEMS = 1000;
const MAX_SOURCES = 1000;
const MAX_TOKENS = 100_000;
const MAX_BINS = 65_536;
const MAX_TEXT = 1_000_000;
const MAX_NAME = 1000;
export const MAX_FILTER_TEXT = 20_000;
// Latest moment a Date can hold, ms on either side of 1970.
const MAX_TIME = 8.64e15;

const short = (max: number) => v.pipe(v.string(), v.maxLength(max));
const filled = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const count = v.custom<number>(isCount);
const positive = v.custom<number>((value) => isCount(value) && value > 0);
const time = v.pipe(v.number(), v.minValue(-MAX_TIME), v.maxValue(MAX_TIME));
const listOf = <TSchema extends v.GenericSchema>(item: TSchema, max: number) => v.pipe(v.array(item), v.maxLength(max));
/** Numbers in a row are looked at as one value: there are millions of them in a large analysis. */
const counts = (max: number) =>
  v.custom<number[]>((value) => Array.isArray(value) && value.length <= max && value.every(isCount));
const levelCounts = v.custom<number[]>(
  (value) => Array.isArray(value) && value.length === LEVEL_COUNT && value.every(isCount),
);

const SpanSchema = v.pipe(
  v.object({ start: time, end: time }),
  v.check(({ start, end }) => start <= end),
);

const SourceSchema = v.object({
  /** The key it had in its workspace. */
  key: filled(MAX_NAME),
  name: short(MAX_NAME),
  fingerprint: v.nullable(short(128)),
  recordCount: count,
  sizeBytes: count,
  /** From its first record with a time to its last; null without times. */
  span: v.nullable(SpanSchema),
});

const GroupingSchema = v.object({
  granularity: v.picklist([0, 1, 2, 3, 4]),
  merges: listOf(listOf(short(MAX_TEXT), MAX_PATTERNS), MAX_PATTERNS),
  splits: listOf(v.object({ text: short(MAX_TEXT), granularity: v.picklist([0, 1, 2, 3, 4]) }), MAX_PATTERNS),
});

/** A record of a source of the analysis, by the source's index and the offset of the record's first byte. */
const SeenSchema = v.object({ source: count, offset: count, time: v.nullable(time) });
const ClassSchema = v.object({
  category: v.picklist(CATEGORIES),
  severity: v.picklist(SEVERITIES),
  rule: short(MAX_NAME),
  because: short(MAX_NAME),
});
/** Index of the source, and its records. */
const SourceCountSchema = v.custom<[number, number]>(
  (value) => Array.isArray(value) && value.length === 2 && isCount(value[0]) && isCount(value[1]),
);

/** A literal as its text, a wildcard as what its values look like. */
const TokenSchema = v.union([short(MAX_TEXT), v.object({ wildcard: v.picklist(WILDCARD_KINDS) })]);

const PatternSchema = v.object({
  text: short(MAX_TEXT),
  /** Given by hand. */
  name: v.nullable(short(MAX_NAME)),
  tokens: listOf(TokenSchema, MAX_TOKENS),
  skeletonCount: count,
  isMerged: v.boolean(),
  count: positive,
  levelCounts,
  sources: listOf(SourceCountSchema, MAX_SOURCES),
  first: SeenSchema,
  last: SeenSchema,
  /** Null: of no trouble, or no rule holds. */
  classification: v.nullable(ClassSchema),
  /** Bins with records, ascending, and how many records each has. */
  at: counts(MAX_BINS),
  counts: counts(MAX_BINS),
});

const ErrorGroupSchema = v.object({
  fingerprint: filled(64),
  by: v.picklist(['frames', 'exception', 'pattern']),
  title: short(MAX_TEXT),
  exception: short(MAX_TEXT),
  frames: listOf(short(MAX_TEXT), 100),
  count: positive,
  levelCounts,
  sources: listOf(SourceCountSchema, MAX_SOURCES),
  first: SeenSchema,
  last: SeenSchema,
  patterns: listOf(short(MAX_TEXT), 100),
  classification: v.nullable(ClassSchema),
});

const PatternsBodySchema = v.object({
  kind: v.literal('patterns'),
  skeletonCount: count,
  /** Not null: so many skeletons were too many to be told apart. */
  merged: v.nullable(v.object({ skeletonCount: count, patternCount: count })),
  /** Bin i covers `binMs` from `startMs + i × binMs`; no bins without times. */
  bins: v.object({
    startMs: time,
    binMs: v.pipe(v.number(), v.minValue(0)),
    binCount: v.pipe(count, v.maxValue(MAX_BINS)),
  }),
  /** Most records first. */
  patterns: listOf(PatternSchema, MAX_PATTERNS),
  /** Null: they were not asked for. */
  groups: v.nullable(listOf(ErrorGroupSchema, MAX_GROUPS)),
});

const FirstLookBodySchema = v.object({
  kind: v.literal('first-look'),
  headline: short(MAX_TEXT),
  /** What to look at first, in order. */
  items: listOf(
    v.object({
      /** What kind of thing it is: `new-error`, `burst`, … as the first look names them. */
      kind: short(64),
      title: short(MAX_TEXT),
      detail: short(MAX_TEXT),
      count: v.nullable(count),
      time: v.nullable(time),
      /** Counts over the whole span, for a sparkline; empty: it has none. */
      bins: counts(MAX_BINS),
    }),
    MAX_ITEMS,
  ),
  /** Each by its name: "Span", "Levels". */
  facts: listOf(v.object({ name: short(MAX_NAME), value: short(MAX_TEXT) }), MAX_ITEMS),
});

const HeadSchema = v.object({
  version: v.literal(ANALYSIS_VERSION),
  id: filled(64),
  kind: v.picklist(['patterns', 'first-look']),
  title: filled(MAX_NAME),
  madeAt: time,
  /** Kept by Loupe itself, which may replace it; false: by a person. */
  isAutomatic: v.boolean(),
  engineVersion: positive,
  /** Of Loupe: "0.1.0". */
  appVersion: short(64),
  /** Zone in which its times were shown. */
  zone: short(64),
  filter: v.object({ text: short(MAX_FILTER_TEXT), part: FilterPartSchema }),
  sources: listOf(SourceSchema, MAX_SOURCES),
  /** Records that it is over: those of the sources that the filter kept. */
  recordCount: count,
  /** Patterns, or things to look at. */
  itemCount: count,
  /** False: made while a source was still being read. */
  isComplete: v.boolean(),
  /** How its patterns were told apart; null: it has none. */
  grouping: v.nullable(GroupingSchema),
});

export type AnalysisHead = v.InferOutput<typeof HeadSchema>;
export type AnalysisSource = AnalysisHead['sources'][number];
export type KeptGrouping = NonNullable<AnalysisHead['grouping']>;
export type PatternsBody = v.InferOutput<typeof PatternsBodySchema>;
export type FirstLookBody = v.InferOutput<typeof FirstLookBodySchema>;
export type AnalysisBody = PatternsBody | FirstLookBody;
export type KeptPattern = PatternsBody['patterns'][number];
export type KeptToken = KeptPattern['tokens'][number];
export type KeptClass = NonNullable<KeptPattern['classification']>;
export type KeptErrorGroup = NonNullable<PatternsBody['groups']>[number];
export type KeptSeen = v.InferOutput<typeof SeenSchema>;

export interface Analysis {
  readonly head: AnalysisHead;
  readonly body: AnalysisBody;
}

/** `reason` is a sentence without its subject: "was made by a newer Loupe (analysis version 3)". */
export type Parsed<T> = { readonly kind: 'parsed'; readonly value: T } | Refused;
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

/** Reads what claims to be the head of an analysis: all but what is large in it. Never throws, whatever comes in. */
export function parseAnalysisHead(value: unknown): Parsed<AnalysisHead> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused('holds no analysis');
  const { version } = value as { version?: unknown };
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return refused('names no version');
  if (version > ANALYSIS_VERSION) return refused(`was made by a newer Loupe (analysis version ${version})`);
  const outcome = v.safeParse(HeadSchema, value, { abortEarly: true });
  if (!outcome.success) return refused(`cannot be read${placeOf(outcome.issues)}`);
  const head = outcome.output;
  if (new Set(head.sources.map(({ key }) => key)).size < head.sources.length) return refused('names a source twice');
  if ((head.grouping === null) === (head.kind === 'patterns')) return refused('does not fit its kind');
  return { kind: 'parsed', value: head };
}

/**
 * Reads what claims to be the body of an analysis. Never throws, whatever comes in.
 *
 * @param head  what it has to agree with: kind, sources, counts
 */
export function parseAnalysisBody(value: unknown, head: AnalysisHead): Parsed<AnalysisBody> {
  const schema = head.kind === 'patterns' ? PatternsBodySchema : FirstLookBodySchema;
  const outcome = v.safeParse(schema, value, { abortEarly: true });
  if (!outcome.success) return refused(`cannot be read${placeOf(outcome.issues)}`);
  const body = outcome.output;
  const fault = body.kind === 'patterns' ? findMistake(body, head) : null;
  if (fault !== null) return refused(fault);
  const length = body.kind === 'patterns' ? body.patterns.length : body.items.length;
  return length === head.itemCount ? { kind: 'parsed', value: body } : refused('is cut off');
}

/** What the shapes alone do not tell; null: all of it agrees. */
function findMistake(body: PatternsBody, head: AnalysisHead): string | null {
  const { binCount } = body.bins;
  const isPlace = (seen: KeptSeen) => seen.source < head.sources.length;
  const areSources = (list: readonly [number, number][], total: number) =>
    list.every(([source]) => source < head.sources.length) && sumOf(list.map(([, one]) => one)) === total;
  const texts = new Set<string>();
  let total = 0;
  for (const pattern of body.patterns) {
    const { text, at, counts: binned, first, last, sources } = pattern;
    if (texts.has(text)) return 'names a pattern twice';
    texts.add(text);
    total += pattern.count;
    if (sumOf(pattern.levelCounts) !== pattern.count || !areSources(sources, pattern.count)) return UNEQUAL;
    if (!isPlace(first) || !isPlace(last)) return 'names a source that it does not have';
    const isAscending = at.every((bin, index) => bin < binCount && bin > (at[index - 1] ?? -1));
    if (at.length !== binned.length || !isAscending || sumOf(binned) > pattern.count) return UNEQUAL;
  }
  if (total !== head.recordCount) return UNEQUAL;
  for (const group of body.groups ?? []) {
    if (sumOf(group.levelCounts) !== group.count || !areSources(group.sources, group.count)) return UNEQUAL;
    if (!isPlace(group.first) || !isPlace(group.last)) return 'names a source that it does not have';
  }
  return null;
}

const UNEQUAL = 'holds counts that do not add up';

function sumOf(list: readonly number[]): number {
  let sum = 0;
  for (const one of list) sum += one;
  return sum;
}

function refused(reason: string): Refused {
  return { kind: 'refused', reason };
}

/** " at patterns.3.count": where the first mistake is. */
function placeOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [first] = issues;
  const path = first && v.getDotPath(first);
  return path ? ` at ${path.slice(0, 100)}` : '';
}
