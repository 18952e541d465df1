/** A filter that leaves nothing: how much each of its parts keeps alone, and how much the others keep without it. */
import type { Filter } from '../engine/query/filter';

export interface FilterPart {
  /** For people: "level ≥ warn", "time 10:00 – 10:05". */
  readonly label: string;
  readonly filter: Filter;
  readonly drop: () => void;
}

export interface PartCounts {
  readonly part: FilterPart;
  /** Null where it could not be counted. */
  readonly alone: number | null;
  readonly without: number | null;
}

/** What all parts but one ask for. */
export function withoutPart(parts: readonly FilterPart[], at: number): Filter {
  const of = parts.filter((_, other) => other !== at).map((part) => part.filter);
  return of.length === 0 ? { kind: 'all' } : { kind: 'and', of };
}

/**
 * The part to drop first: the one without which most records come back. Where none brings any back, one that keeps nothing
 * even alone; null when several parts only together leave nothing and no single one helps.
 */
export function findCulprit(counts: readonly PartCounts[]): PartCounts | null {
  const best = counts.reduce<PartCounts | null>(
    (found, one) => ((one.without ?? 0) > (found?.without ?? 0) ? one : found),
    null,
  );
  return best ?? counts.find((one) => one.alone === 0) ?? null;
}
