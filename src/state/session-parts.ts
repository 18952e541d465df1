/** The stores of a workspace as one Session, and a Session back into them. */
import { batch } from 'solid-js';

import type { SourceSummary } from '../engine/api';
import type { RecordId } from '../engine/records/record';
import {
  type BesidePart,
  type FilterPart,
  type HighlightsPart,
  type LayoutPart,
  type PatternLookPart,
  type PatternsPart,
  type RecordRef,
  type ResultsPart,
  type Session,
  SESSION_VERSION,
  type SourcePart,
  type TimelinePart,
} from '../protocol/session';
import type { BesideLayout } from './beside';
import type { FilterSession } from './filter-parts';
import type { HighlightsSession } from './highlights';
import type { Layout } from './layout';
import type { PatternEdits } from './pattern-edits';
import type { PatternLook } from './pattern-look';
import type { Goal } from './records';
import type { ResultsLayout } from './results';
import { isZone } from './settings';
import type { SourceSettings } from './source-settings';
import type { TimelineState } from './timeline';
import type { Workspace } from './workspace';

// What a store keeps and the schema does not name would be lost at the next reload: it is named in `protocol/session.ts`.
interface Unnamed {
  filter: Exclude<keyof FilterSession, keyof FilterPart>;
  layout: Exclude<keyof Layout, keyof LayoutPart>;
  timeline: Exclude<keyof TimelineState, keyof TimelinePart>;
  beside: Exclude<keyof BesideLayout, keyof BesidePart>;
  results: Exclude<keyof ResultsLayout, keyof ResultsPart>;
  highlights: Exclude<keyof HighlightsSession, keyof HighlightsPart>;
  patterns: Exclude<keyof PatternEdits, keyof PatternsPart>;
  patternLook: Exclude<keyof PatternLook, keyof PatternLookPart>;
  sources: Exclude<keyof SourceSettings, keyof SourcePart>;
}
const NAMES_EVERYTHING: [Unnamed[keyof Unnamed]] extends [never] ? true : Unnamed[keyof Unnamed] = true;

/** What is kept of the workspace now. Tracks everything it reads. */
export function saveSession(workspace: Workspace): Session {
  const { sources, filter, layout, timeline, besideLayout, results, highlights, patterns, records, view, settings } =
    workspace;
  const refOf = (id: RecordId): RecordRef => ({ source: sources.keyOf(id.source), offset: id.offset });
  const { top, selected } = records.place();
  return {
    version: NAMES_EVERYTHING && SESSION_VERSION,
    sources: sources.list().map(({ id, name, sizeBytes, fingerprint }) => ({
      ...sources.settingsOf(id),
      key: sources.keyOf(id),
      name,
      sizeBytes,
      fingerprint,
    })),
    filter: copy(filter.part.save()),
    layout: copy(layout.part.save()),
    timeline: copy(timeline.part.save()),
    beside: copy(besideLayout.part.save()),
    results: copy(results.part.save()),
    highlights: copy(highlights.part.save()),
    patterns: copy(patterns.edits.part.save()),
    patternLook: copy(patterns.look.part.save()),
    place: {
      view: view.part.save(),
      top: top && refOf(top.id),
      offsetPx: top ? Math.max(0, -top.top) : 0,
      selected: selected && refOf(selected),
    },
    zone: settings.settings().zone,
  };
}

/** What was chosen about the sources, before they are there. Not an act. */
export function restoreSourceSettings({ sources }: Workspace, saved: readonly SourcePart[]) {
  sources.settings.part.restore({
    byKey: Object.fromEntries(
      saved.map(({ key, title, colour, isHidden, format, encoding, zone, offsetMs }) => [
        key,
        { title, colour, isHidden, format, encoding, zone, offsetMs },
      ]),
    ),
    order: saved.map(({ key }) => key),
  });
}

/**
 * Filter, layout and place; the place as soon as its records are read. Not an act.
 *
 * @param isFinal  false: sources are still to come; `records.settleForGoal` tells when no more will
 */
export function restoreView(workspace: Workspace, session: Session, isFinal = true) {
  const { filter, layout, timeline, besideLayout, results, highlights, patterns, settings, records, view } = workspace;
  batch(() => {
    // The filter's times are read in the zone it was written in.
    if (session.zone !== null && isZone(session.zone)) settings.change({ zone: session.zone });
    if (session.layout) layout.part.restore(session.layout);
    if (session.beside) besideLayout.part.restore(session.beside);
    timeline.part.restore(session.timeline);
    results.part.restore(session.results);
    highlights.part.restore(session.highlights);
    // Before the filter: it may be by patterns.
    patterns.edits.part.restore(session.patterns);
    patterns.look.part.restore(session.patternLook);
    filter.part.restore(session.filter);
    view.part.restore(session.place.view);
  });
  const goal = toGoal(workspace, session.place);
  if (goal) records.restore({ ...goal, isFinal });
}

/** @returns null when the place is the start, or names no source that is here */
function toGoal({ sources }: Workspace, place: Session['place']): Omit<Goal, 'isFinal'> | null {
  const idOf = (ref: RecordRef | null): RecordId | null => {
    const source = ref && sources.idOf(ref.source);
    return source === null ? null : { source, offset: ref?.offset ?? 0 };
  };
  const top = idOf(place.top);
  const selected = idOf(place.selected);
  if (!top && !selected) return null;
  const anchors = [
    ...(top ? [{ id: top, top: -place.offsetPx }] : []),
    ...(selected ? [{ id: selected, top: 0 }] : []),
  ];
  return { anchors, selected };
}

/** A source of which nothing is known yet but what the session says. */
export function toDetachedSummary({ name, sizeBytes, fingerprint, zone, offsetMs }: SourcePart): SourceSummary {
  return {
    id: 0,
    name,
    sizeBytes,
    fingerprint,
    zone: zone ?? 'UTC',
    offsetMs,
    state: 'detached',
    decodedBytes: 0,
    indexedBytes: 0,
    startedAtMs: 0,
    elapsedMs: 0,
    kind: 'text',
    encoding: 'utf-8',
    encodingReason: 'ASCII',
    isEncodingForced: false,
    packing: 'none',
    lineEnding: 'LF',
    format: { id: '', title: '', score: 0, reason: '', isForced: false, others: [] },
    formatsSeen: [],
    timeKind: 'none',
    lineCount: 0,
    recordCount: 0,
    levelCounts: [0, 0, 0, 0, 0, 0, 0],
    firstTime: null,
    lastTime: null,
    firstError: null,
    lastError: null,
    skeletonCount: 0,
    residentBytes: 0,
    columnBytes: 0,
    problems: [],
    timings: { readMs: 0, copyMs: 0, kernelMs: 0, jsMs: 0, waitMs: 0 },
    digests: null,
    isFromCache: false,
    fault: null,
  };
}

/** Stores hold theirs readonly. */
function copy<T>(value: T): Writable<T> {
  return structuredClone(value) as Writable<T>;
}

type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Writable<T[Key]> }
    : T;
