/** Where the facts of the first look lead: what each says, with the records it is about. */
import type { EpochMs, Level, RecordId, SourceId } from '../../engine/records/record';
import type { TimeRange } from '../../state/filter';

export type LookTarget =
  | { readonly kind: 'record'; readonly record: RecordId }
  | { readonly kind: 'time'; readonly time: EpochMs }
  /** The records of a span, and no others. */
  | { readonly kind: 'span'; readonly span: TimeRange }
  /** A span without records: it is brushed, and the record that ends it shown. */
  | { readonly kind: 'gap'; readonly span: TimeRange; readonly record: RecordId | null }
  /** The records of a pattern, in a span where one is given. */
  | {
      readonly kind: 'pattern';
      readonly text: string;
      readonly span: TimeRange | null;
      /** The first one. */
      readonly record: RecordId;
    }
  /** Null: without a level. */
  | { readonly kind: 'level'; readonly level: Level | null }
  /** ERROR and FATAL. */
  | { readonly kind: 'errors' }
  /** All records of all that is shown. */
  | { readonly kind: 'everything' }
  /** Records far from all others, on the chart or off it. */
  | { readonly kind: 'far' }
  | { readonly kind: 'patterns' }
  /** The table of the sources: formats, problems. */
  | { readonly kind: 'sources' }
  | { readonly kind: 'source'; readonly source: SourceId };

/** A part of a sentence; with `to` it leads there. */
export interface Piece {
  readonly text: string;
  readonly to?: LookTarget;
}
