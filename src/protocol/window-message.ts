/**
 * What windows that show one workspace tell each other, over a BroadcastChannel. What comes in may be of another version of
 * the app: every message is checked, and one of another version is refused with a sentence.
 */
import * as v from 'valibot';

export const WINDOW_VERSION = 1;

const MAX_TEXT = 20_000;
const MAX_NAME = 1000;
const MAX_TOPIC = 2100;
const MAX_MANY = 20_000;
// Latest moment a Date can hold, ms on either side of 1970.
const MAX_TIME = 8.64e15;

const short = (max: number) => v.pipe(v.string(), v.maxLength(max));
const time = v.pipe(v.number(), v.minValue(-MAX_TIME), v.maxValue(MAX_TIME));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const key = v.pipe(short(MAX_NAME), v.minLength(1));

/**
 * Orders the changes of one topic: the higher count wins, of equal ones the greater window. Counts are Lamport's: a window
 * counts on from the highest it has seen.
 *
 * @see https://lamport.azurewebsites.net/pubs/time-clocks.pdf
 */
const StampSchema = v.object({ count, window: short(64) });
export type Stamp = v.InferOutput<typeof StampSchema>;

/** One thing that is the same in every window, and when it became so. What `value` has to be is told by the topic. */
const RegisterSchema = v.object({ topic: short(MAX_TOPIC), value: v.unknown(), stamp: StampSchema });
export type Register = v.InferOutput<typeof RegisterSchema>;

function hasMembers(value: unknown, ...names: string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}

const SharedSourceSchema = v.object({
  key,
  name: short(MAX_NAME),
  lastModified: time,
  blob: v.custom<Blob>((value) => hasMembers(value, 'size', 'slice')),
  /** The file's handle, where the browser gave one. */
  handle: v.optional(v.custom<object>((value) => hasMembers(value, 'getFile'))),
});
export type SharedSource = v.InferOutput<typeof SharedSourceSchema>;

const WorkspaceSchema = v.object({ id: v.pipe(short(64), v.minLength(1)), name: short(MAX_NAME), createdAt: time });

const from = short(64);
const registers = v.pipe(v.array(RegisterSchema), v.maxLength(MAX_MANY));
const sources = v.pipe(v.array(SharedSourceSchema), v.maxLength(MAX_NAME));

const MessageSchema = v.variant('kind', [
  /** A window is there and wants to know what the others show. */
  v.object({ kind: v.literal('hello'), from }),
  /** The answer, to one window. */
  v.object({
    kind: v.literal('welcome'),
    from,
    to: from,
    workspace: v.nullable(WorkspaceSchema),
    sources,
    registers,
    layout: v.unknown(),
  }),
  v.object({ kind: v.literal('registers'), from, registers }),
  v.object({ kind: v.literal('sources'), from, sources }),
  v.object({ kind: v.literal('bye'), from }),
]);
export type WindowMessage = v.InferOutput<typeof MessageSchema>;

export type MessageOutcome =
  | { readonly kind: 'message'; readonly message: WindowMessage }
  /** `reason`: a sentence without its subject, which is the other window. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Never throws, whatever comes in. */
export function parseWindowMessage(value: unknown): MessageOutcome {
  const version: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'version') : undefined;
  if (version !== WINDOW_VERSION) {
    return { kind: 'refused', reason: 'runs another version of Loupe: reload both windows' };
  }
  const outcome = v.safeParse(MessageSchema, value);
  if (!outcome.success) return { kind: 'refused', reason: 'said something that cannot be read' };
  return { kind: 'message', message: outcome.output };
}

const RecordRefSchema = v.object({ source: key, offset: count });

/** Where a person is: a moment, how high it stands, and the record that is selected. */
const PlaceSchema = v.object({
  time: v.nullable(time),
  /** px from the top of the view to the row */
  top: v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000)),
  selected: v.nullable(RecordRefSchema),
  /** The selected record is the one that stands there. */
  isSelectedInView: v.boolean(),
});
export type PlaceValue = v.InferOutput<typeof PlaceSchema>;

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

const FilterSchema = v.object({
  clauses: v.pipe(
    v.array(v.object({ id: count, text: short(MAX_TEXT), isOn: v.boolean(), isNegated: v.boolean() })),
    v.maxLength(MAX_NAME),
  ),
  draft: short(MAX_TEXT),
  range: v.nullable(
    v.pipe(
      v.object({ start: time, end: time }),
      v.check(({ start, end }) => start < end),
    ),
  ),
  levelsOff: v.pipe(v.array(v.nullable(v.picklist(LEVELS))), v.maxLength(LEVELS.length + 1)),
});
export type FilterValue = v.InferOutput<typeof FilterSchema>;

const labelColour = v.picklist([1, 2, 3, 4, 5, 6, 7, 8, 9]);

/** Named filters and labels of colour. */
const HighlightsSchema = v.object({
  named: v.pipe(
    v.array(
      v.object({
        id: count,
        name: short(MAX_NAME),
        text: short(MAX_TEXT),
        colour: labelColour,
        isColouring: v.boolean(),
      }),
    ),
    v.maxLength(MAX_NAME),
  ),
  labels: v.pipe(v.array(v.object({ colour: labelColour, text: short(MAX_TEXT) })), v.maxLength(MAX_NAME)),
});
export type HighlightsValue = v.InferOutput<typeof HighlightsSchema>;

const patternText = short(MAX_TEXT);
const granularity = v.picklist([0, 1, 2, 3, 4]);
/** How messages are grouped to patterns: a filter by them means the same in every window. */
const PatternsSchema = v.object({
  granularity,
  merges: v.pipe(v.array(v.pipe(v.array(patternText), v.maxLength(MAX_NAME))), v.maxLength(MAX_NAME)),
  splits: v.pipe(v.array(v.object({ text: patternText, granularity })), v.maxLength(MAX_NAME)),
  names: v.pipe(v.array(v.object({ text: patternText, name: short(MAX_NAME) })), v.maxLength(MAX_NAME)),
});
export type PatternsValue = v.InferOutput<typeof PatternsSchema>;

/** What was chosen about a source; null: it was closed. */
const SourceSchema = v.nullable(
  v.object({
    title: v.nullable(short(MAX_NAME)),
    colour: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7))),
    isHidden: v.boolean(),
    format: v.nullable(short(64)),
    zone: v.nullable(short(64)),
    offsetMs: time,
  }),
);
export type SourceValue = v.InferOutput<typeof SourceSchema>;

/** A mark and its note; null: it was taken away. */
const MarkSchema = v.nullable(
  v.object({ note: short(1_000_000), time: v.nullable(time), text: short(1000), madeAt: time }),
);
export type MarkValue = v.InferOutput<typeof MarkSchema>;

export type Topic =
  | { readonly kind: 'place'; readonly value: PlaceValue }
  | { readonly kind: 'filter'; readonly value: FilterValue }
  | { readonly kind: 'highlights'; readonly value: HighlightsValue }
  | { readonly kind: 'patterns'; readonly value: PatternsValue }
  | { readonly kind: 'zone'; readonly value: string }
  | { readonly kind: 'order'; readonly value: readonly string[] }
  | { readonly kind: 'source'; readonly key: string; readonly value: SourceValue }
  | { readonly kind: 'mark'; readonly key: string; readonly offset: number; readonly value: MarkValue };

export const sourceTopic = (sourceKey: string) => `source:${sourceKey}`;
export const markTopic = (sourceKey: string, offset: number) => `mark:${offset}:${sourceKey}`;

//                 ┌ offset of the record
const MARK = /^mark:(\d{1,16}):(.+)$/s;

/** What a register says; null when its topic is unknown here or its value makes no sense. */
export function parseTopic({ topic, value }: Pick<Register, 'topic' | 'value'>): Topic | null {
  if (topic === 'place') return read(PlaceSchema, value, (place) => ({ kind: 'place', value: place }));
  if (topic === 'filter') return read(FilterSchema, value, (filter) => ({ kind: 'filter', value: filter }));
  if (topic === 'highlights') return read(HighlightsSchema, value, (made) => ({ kind: 'highlights', value: made }));
  if (topic === 'patterns') return read(PatternsSchema, value, (made) => ({ kind: 'patterns', value: made }));
  if (topic === 'zone') return read(short(64), value, (zone) => ({ kind: 'zone', value: zone }));
  if (topic === 'order') {
    return read(v.pipe(v.array(key), v.maxLength(MAX_NAME)), value, (order) => ({ kind: 'order', value: order }));
  }
  if (topic.startsWith('source:')) {
    const sourceKey = topic.slice('source:'.length);
    return read(SourceSchema, value, (settings) => ({ kind: 'source', key: sourceKey, value: settings }));
  }
  const mark = MARK.exec(topic);
  if (!mark) return null;
  const [, offset = '', sourceKey = ''] = mark;
  return read(MarkSchema, value, (made) => ({ kind: 'mark', key: sourceKey, offset: Number(offset), value: made }));
}

function read<T>(schema: v.GenericSchema<unknown, T>, value: unknown, then: (value: T) => Topic): Topic | null {
  const outcome = v.safeParse(schema, value);
  return outcome.success ? then(outcome.output) : null;
}
