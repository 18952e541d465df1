/**
 * What a person wants, as one JSON value: filter, layout, place, sources. Kept with a workspace, carried by a link.
 * What comes in is anybody's: sizes and shapes are checked, and a part that makes no sense is left at its default.
 */
import * as v from 'valibot';

export const SESSION_VERSION = 1;

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
const PLAIN_COLUMNS = ['time', 'delta', 'level', 'source', 'message'] as const;

// Bounds are far beyond what people make, and near enough that nothing here can fill a page's memory.
const MAX_TEXT = 20_000;
const MAX_NAME = 1000;
const MAX_CLAUSES = 200;
const MAX_SOURCES = 1000;
const MAX_COLUMNS = 200;
const MAX_PATTERNS = 1000;
// A pattern's text is of the first bytes of a message.
const MAX_PATTERN_TEXT = 4096;
// Latest moment a Date can hold, ms on either side of 1970.
const MAX_TIME = 8.64e15;

const short = (max: number) => v.pipe(v.string(), v.maxLength(max));
const time = v.pipe(v.number(), v.minValue(-MAX_TIME), v.maxValue(MAX_TIME));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const between = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));
const level = v.nullable(v.picklist(LEVELS));

/** The items that make sense, at most `max` of them. */
function listOf<TSchema extends v.GenericSchema<unknown, unknown>>(item: TSchema, max: number) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((list): v.InferOutput<TSchema>[] =>
      list.slice(0, max).flatMap((one) => {
        const outcome = v.safeParse(item, one);
        return outcome.success ? [outcome.output] : [];
      }),
    ),
  );
}

/** A record, by the key of its source in this session and the offset of its first byte. */
const RecordRefSchema = v.object({ source: short(MAX_NAME), offset: count });

const RangeSchema = v.pipe(
  v.object({ start: time, end: time }),
  v.check(({ start, end }) => start < end),
);

const ClauseSchema = v.object({
  id: count,
  text: v.pipe(short(MAX_TEXT), v.minLength(1)),
  isNegated: v.fallback(v.boolean(), false),
  isOn: v.fallback(v.boolean(), true),
});

export const FilterPartSchema = v.object({
  /** Finished clauses, as chips. */
  clauses: v.fallback(v.pipe(listOf(ClauseSchema, MAX_CLAUSES), v.transform(withUniqueIds)), []),
  /** What is typed and not finished. */
  draft: v.fallback(short(MAX_TEXT), ''),
  range: v.fallback(v.nullable(RangeSchema), null),
  levelsOff: v.fallback(listOf(level, LEVELS.length + 1), []),
});

type PlainColumn = (typeof PLAIN_COLUMNS)[number];
const columnId = v.custom<PlainColumn | `field:${string}`>(
  (id) =>
    typeof id === 'string' &&
    (PLAIN_COLUMNS.some((plain) => plain === id) || (/^field:./s.test(id) && id.length <= MAX_NAME)),
);

const ColumnSchema = v.object({
  id: columnId,
  width: v.fallback(v.nullable(between(1, 10_000)), null),
  isHidden: v.fallback(v.boolean(), false),
});

const LayoutPartSchema = v.object({
  columns: v.pipe(
    listOf(ColumnSchema, MAX_COLUMNS),
    // The log cannot be drawn without its message, nor with a column twice.
    v.check((columns) => columns.some(({ id, isHidden }) => id === 'message' && !isHidden)),
    v.check((columns) => new Set(columns.map(({ id }) => id)).size === columns.length),
  ),
  isWrapped: v.fallback(v.boolean(), false),
  isPretty: v.fallback(v.boolean(), true),
  areDetailsOpen: v.fallback(v.boolean(), false),
  detailsWidth: v.fallback(between(100, 4000), 360),
  dockShare: v.fallback(between(0.05, 0.95), 0.28),
});

const SourcePartSchema = v.object({
  /** Names the source within the session; marks and places refer to it. */
  key: v.pipe(short(MAX_NAME), v.minLength(1)),
  name: short(MAX_NAME),
  sizeBytes: count,
  fingerprint: v.fallback(v.nullable(short(128)), null),
  /** What a person called it; null: the file's name. */
  title: v.fallback(v.nullable(short(MAX_NAME)), null),
  /** Index of the colour a person gave it; null: by order. */
  colour: v.fallback(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7))), null),
  isHidden: v.fallback(v.boolean(), false),
  /** Forced format; null: detected. */
  format: v.fallback(v.nullable(short(64)), null),
  /** Forced encoding; null: detected. */
  encoding: v.fallback(v.nullable(short(64)), null),
  /** Zone of its zone-less times; null: as the engine has it. */
  zone: v.fallback(v.nullable(short(64)), null),
  /** Correction of its clock, ms. */
  offsetMs: v.fallback(time, 0),
});

const TimelinePartSchema = v.object({
  /** The span that is zoomed to; null: all. */
  view: v.fallback(v.nullable(RangeSchema), null),
  isLogScale: v.fallback(v.boolean(), false),
  /** The moment drawn through every chart. */
  pin: v.fallback(v.nullable(time), null),
  areAllTimesShown: v.fallback(v.boolean(), false),
});

const keys = v.fallback(listOf(short(MAX_NAME), MAX_SOURCES), []);
const BesidePartSchema = v.object({
  isOpen: v.fallback(v.boolean(), false),
  /** Keys of sources. */
  leftOut: v.fallback(v.object({ left: keys, right: keys }), { left: [], right: [] }),
  isLocked: v.fallback(v.boolean(), true),
  aheadMs: v.fallback(time, 0),
  share: v.fallback(between(0.05, 0.95), 0.5),
});

const CONTEXTS = [0, 1, 3, 5, 10] as const;
const ResultsPartSchema = v.object({
  /** Matches are listed below the whole log, rather than the log narrowed to them. */
  isSplit: v.fallback(v.boolean(), false),
  list: v.fallback(v.picklist(['hits', 'marks', 'both']), 'hits'),
  /** Records listed before and after each. */
  context: v.fallback(v.picklist(CONTEXTS), 0),
});

const labelColour = v.picklist([1, 2, 3, 4, 5, 6, 7, 8, 9]);
const NamedFilterSchema = v.object({
  id: count,
  name: v.pipe(short(MAX_NAME), v.minLength(1)),
  text: v.pipe(short(MAX_TEXT), v.minLength(1)),
  colour: labelColour,
  isColouring: v.fallback(v.boolean(), true),
});
const HighlightsPartSchema = v.object({
  /** Saved filters, the first before the others where both colour a record. */
  named: v.fallback(v.pipe(listOf(NamedFilterSchema, MAX_CLAUSES), v.transform(withUniqueIds)), []),
  /** Quick colours on values. */
  labels: v.fallback(listOf(v.object({ colour: labelColour, text: v.pipe(short(MAX_TEXT), v.minLength(1)) }), 9), []),
});

const patternText = short(MAX_PATTERN_TEXT);
const granularity = v.picklist([0, 1, 2, 3, 4]);
const PatternsPartSchema = v.object({
  granularity: v.fallback(granularity, 2),
  /** Texts of patterns that are one, in order. */
  merges: v.fallback(listOf(v.pipe(v.array(patternText), v.minLength(2), v.maxLength(MAX_PATTERNS)), MAX_CLAUSES), []),
  splits: v.fallback(listOf(v.object({ text: patternText, granularity }), MAX_PATTERNS), []),
  /** What a person called them. */
  names: v.fallback(
    listOf(v.object({ text: patternText, name: v.pipe(short(MAX_NAME), v.minLength(1)) }), MAX_PATTERNS),
    [],
  ),
});

const PatternLookPartSchema = v.object({
  chips: v.fallback(listOf(v.picklist(['new', 'errors', 'rare', 'denoise']), 4), []),
  /** Patterns with more than this share of the records are hidden where that is wanted. */
  denoiseShare: v.fallback(between(0, 1), 0.1),
  sort: v.fallback(
    v.picklist(['relevance', 'count', 'errors', 'first', 'last', 'burst', 'rising', 'name']),
    'relevance',
  ),
  groups: v.fallback(v.picklist(['none', 'level', 'source', 'category']), 'none'),
});

const PlacePartSchema = v.object({
  view: v.fallback(short(32), 'lines'),
  top: v.fallback(v.nullable(RecordRefSchema), null),
  /** px by which the topmost record is scrolled out; 0 <= offsetPx */
  offsetPx: v.fallback(between(0, 1e6), 0),
  selected: v.fallback(v.nullable(RecordRefSchema), null),
});

const START_PLACE = { view: 'lines', top: null, offsetPx: 0, selected: null };
const WHOLE_TIMELINE = { view: null, isLogScale: false, pin: null, areAllTimesShown: false };
const IN_PLACE = { isSplit: false, list: 'hits', context: 0 } as const;
const NO_FILTER = { clauses: [], draft: '', range: null, levelsOff: [] };

const AS_FOUND = { granularity: 2, merges: [], splits: [], names: [] } as const;
const PLAIN_PATTERNS = { chips: [], denoiseShare: 0.1, sort: 'relevance', groups: 'none' } as const;

const SessionSchema = v.object({
  version: v.literal(SESSION_VERSION),
  sources: v.fallback(listOf(SourcePartSchema, MAX_SOURCES), []),
  filter: v.fallback(FilterPartSchema, NO_FILTER),
  /** Null: as every workspace begins. */
  layout: v.fallback(v.nullable(LayoutPartSchema), null),
  timeline: v.fallback(TimelinePartSchema, WHOLE_TIMELINE),
  /** The second log; null: there has been none. */
  beside: v.fallback(v.nullable(BesidePartSchema), null),
  results: v.fallback(ResultsPartSchema, IN_PLACE),
  highlights: v.fallback(HighlightsPartSchema, { named: [], labels: [] }),
  /** How messages are grouped to patterns. */
  patterns: v.fallback(PatternsPartSchema, () => ({ ...AS_FOUND, merges: [], splits: [], names: [] })),
  /** How their table is looked at. */
  patternLook: v.fallback(PatternLookPartSchema, () => ({ ...PLAIN_PATTERNS, chips: [] })),
  place: v.fallback(PlacePartSchema, START_PLACE),
  /** Zone in which times are shown and the filter's times are read; null: as this device has it. */
  zone: v.fallback(v.nullable(short(64)), null),
});

export type Session = v.InferOutput<typeof SessionSchema>;
export type FilterPart = Session['filter'];
export type LayoutPart = NonNullable<Session['layout']>;
export type SourcePart = Session['sources'][number];
export type BesidePart = NonNullable<Session['beside']>;
export type TimelinePart = Session['timeline'];
export type ResultsPart = Session['results'];
export type HighlightsPart = Session['highlights'];
export type PatternsPart = Session['patterns'];
export type PatternLookPart = Session['patternLook'];
export type PlacePart = Session['place'];
export type RecordRef = v.InferOutput<typeof RecordRefSchema>;

export const EMPTY_SESSION: Session = {
  version: SESSION_VERSION,
  sources: [],
  filter: NO_FILTER,
  layout: null,
  timeline: WHOLE_TIMELINE,
  beside: null,
  results: IN_PLACE,
  highlights: { named: [], labels: [] },
  patterns: { ...AS_FOUND, merges: [], splits: [], names: [] },
  patternLook: { ...PLAIN_PATTERNS, chips: [] },
  place: START_PLACE,
  zone: null,
};

export type SessionOutcome =
  | { readonly kind: 'session'; readonly session: Session }
  /** It cannot be used; `reason` is a sentence without its subject: "was made by a newer Loupe (session version 3)". */
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads what claims to be a session. Never throws, whatever comes in. Keys of sources are unique in the outcome. */
export function parseSession(value: unknown): SessionOutcome {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused('holds no session');
  const { version } = value as { version?: unknown };
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return refused('names no version');
  if (version > SESSION_VERSION) return refused(`was made by a newer Loupe (session version ${version})`);
  const outcome = v.safeParse(SessionSchema, value);
  if (!outcome.success) return refused('cannot be read');
  return { kind: 'session', session: { ...outcome.output, sources: withUniqueKeys(outcome.output.sources) } };
}

function refused(reason: string): SessionOutcome {
  return { kind: 'refused', reason };
}

function withUniqueKeys(sources: readonly SourcePart[]): SourcePart[] {
  const seen = new Set<string>();
  return sources.filter(({ key }) => !seen.has(key) && seen.add(key));
}

function withUniqueIds<T extends { readonly id: number }>(list: readonly T[]): T[] {
  const seen = new Set<number>();
  return list.filter(({ id }) => !seen.has(id) && seen.add(id));
}
