/** Everything a workspace knows, built in order: each store gets what it needs as an argument. */
import { createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';

import type { Fault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { RowsOptions } from '../engine/api';
import type { SourceId } from '../engine/records/record';
import { createActs } from './acts';
import { createBeside, createBesideLayout } from './beside';
import { createClassRules } from './class-rules';
import { createClockRepair } from './clock-repair';
import { createBudget } from './budget';
import { createCopying } from './copying';
import { createCursor } from './cursor';
import { createDigests } from './digests';
import { isFileFault } from './file-faults';
import { createErrorGroups } from './error-groups';
import { createFilter } from './filter';
import { hasPattern } from './filter-parts';
import { createFirstLook } from './first-look';
import { createHealth } from './health';
import { createHighlights } from './highlights';
import { createLayout } from './layout';
import { createMarks } from './marks';
import { createMoves } from './moves';
import { createPanes } from './panes';
import { createPatterns } from './patterns';
import { createPeek } from './peek';
import { createRecords } from './records';
import type { SettingsStore } from './settings';
import { createResults, createResultsLayout } from './results';
import { isSameList } from './source-reading';
import { createSources } from './sources';
import { createThings } from './things';
import { createTimeline } from './timeline';
import { createTopValues } from './top-values';
import { createValues } from './values';
import { createView } from './view';
import { createWhole } from './whole';

export function createWorkspace(engine: EngineClient, settings: SettingsStore) {
  const acts = createActs();
  const classRules = createClassRules(engine, settings, acts);
  const layout = createLayout(acts);
  const marks = createMarks(acts);
  const sources = createSources(engine, acts);
  const isReading = () => sources.opening().length > 0;
  const context = () => ({ zone: settings.settings().zone });
  const filter = createFilter(engine, acts, { context, sources: sources.visibleIds });
  const highlights = createHighlights(engine, acts, context);
  const moves = createMoves();
  const view = createView({
    isEmpty: () => sources.list().length === 0,
    first: () => settings.settings().firstView,
    moves,
  });
  const besideLayout = createBesideLayout(acts, sources);
  const left = createMemo(() => besideLayout.sourcesOf('left'), [], { equals: isSameList });
  const resultsLayout = createResultsLayout(acts);
  /** The log's own filter marks its hits by itself; beside results, and ahead of the typing, it is told what to mark. */
  const hits = () => filter.parsedAhead() ?? (resultsLayout.isSplit() ? filter.parsed() : null);
  const rowsOptions = createMemo((): RowsOptions => {
    const wanted = hits();
    const common = { fields: layout.shownFields(), highlights: highlights.filters() };
    return wanted === null ? common : { ...common, hits: wanted };
  });
  // Records that are told apart differently are others to a filter by patterns.
  const [regroupings, setRegroupings] = createSignal(0);
  const revision = () => sources.revision() + regroupings();
  const logFilter = () => (resultsLayout.isSplit() ? filter.base() : filter.filter());
  const records = moves.watch(
    'log',
    createRecords(engine, {
      filter: logFilter,
      sources: left,
      revision,
      isGrowing: isReading,
      isSettled: () => !filter.isWaiting(),
      look: layout.layout,
      rows: rowsOptions,
    }),
  );
  const digests = createDigests(engine, sources, isReading);
  const whole = createWhole(
    engine,
    {
      isParted: () => left().length < sources.visibleIds().length,
      filter: logFilter,
      sources: sources.visibleIds,
      revision,
      isGrowing: isReading,
    },
    records,
  );
  const cursor = createCursor(engine, records, filter.parsed);
  const panes = createPanes({ id: 'log', records, cursor });
  const copying = createCopying(engine, { panes, layout, sources });
  const results = createResults(engine, {
    layout: resultsLayout,
    filter,
    marks,
    panes,
    context,
    wish: {
      sources: sources.visibleIds,
      revision,
      isGrowing: isReading,
      look: layout.layout,
      rows: rowsOptions,
    },
  });
  const timeline = createTimeline(
    engine,
    () => results.distribution() ?? whole.answer(),
    { revision, isGrowing: isReading },
    acts,
  );
  const firstLook = createFirstLook(engine, sources, timeline, isReading);
  const patterns = createPatterns(engine, {
    acts,
    filter,
    sources,
    timeline,
    firstLook,
    isGrowing: isReading,
    rules: classRules.rules,
    say: (text) => panes.active().cursor.say(text),
  });
  const errorGroups = createErrorGroups(engine, {
    filter: filter.filter,
    sources: sources.visibleIds,
    revision: sources.revision,
    regroupings: patterns.table.applied,
    rules: classRules.rules,
    isGrowing: isReading,
    addText: (text) => filter.addText(text),
  });
  const things = createThings(engine, {
    filter,
    timeline,
    firstLook,
    patterns,
    isGrowing: isReading,
    isWanted: () => view.is('first-look') && firstLook.look() !== null,
  });
  createEffect(
    on(
      patterns.table.applied,
      () => {
        if (hasPattern(untrack(filter.filter))) setRegroupings((count) => count + 1);
      },
      { defer: true },
    ),
  );
  const beside = createBeside(engine, {
    panes,
    moves,
    sources,
    filter: logFilter,
    hits: filter.parsed,
    isGrowing: isReading,
    look: layout.layout,
    rows: rowsOptions,
    layout: besideLayout,
  });
  const clockRepair = createClockRepair(panes, sources);
  const peek = createPeek(engine, {
    sources: sources.visibleIds,
    context,
  });
  const budget = createBudget(engine, () => settings.settings().budgetMib);
  const values = createValues(engine, { filter, sources, panes });
  const topValues = createTopValues(engine, {
    field: values.topField,
    filter: filter.filter,
    sources: sources.visibleIds,
    revision,
  });
  const health = createHealth(engine, () => isReading() || records.isStale(), sources.revision);
  // The records cannot tell which of their sources it was.
  createEffect(() => {
    const fault = records.fault();
    if (fault && isFileFault(fault)) void sources.checkFiles();
  });
  const [death, setDeath] = createSignal<Fault | null>(null);
  onCleanup(engine.onDeath(setDeath));
  // The source whose bytes are on screen in place of the records; null: the records are.
  const [bytesOf, setBytesOf] = createSignal<SourceId | null>(null);
  // Hosts asked on the person's wish, so that "nothing sent" is a fact.
  const [requests, setRequests] = createSignal<readonly string[]>([]);

  return {
    engine,
    settings,
    acts,
    layout,
    marks,
    sources,
    filter,
    highlights,
    classRules,
    values,
    topValues,
    results,
    records,
    timeline,
    firstLook,
    patterns,
    errorGroups,
    things,
    digests,
    cursor,
    panes,
    copying,
    /** The selection over all visible sources, whichever log shows them. */
    whole,
    moves,
    view,
    beside,
    besideLayout,
    clockRepair,
    peek,
    logFilter,
    budget,
    health,
    death,
    isReading,
    bytesOf,
    setBytesOf(source: SourceId | null) {
      setBytesOf(source);
      if (source !== null) view.show('lines'); // they are shown in its place
    },
    requests,
    noteRequest: (host: string) => setRequests((old) => [...old, host]),
    /** Nothing is under way: what is on screen answers what was asked. */
    isIdle: () =>
      engine.pendingCount() === 0 &&
      !isReading() &&
      !filter.isWaiting() &&
      results.isIdle() &&
      panes.list().every((pane) => pane.records.isCurrent()) &&
      whole.isCurrent() &&
      !timeline.isStale() &&
      !firstLook.isStale() &&
      !things.isStale() &&
      patterns.isIdle() &&
      errorGroups.isIdle(),
  };
}

export type Workspace = ReturnType<typeof createWorkspace>;
