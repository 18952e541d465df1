/** The coordinator: EngineApi over sources, shard workers, selections and merges. The same in a worker, in Node and in tests. */

import { Fault, isFault } from '../base/fault';
import { createAnswering } from './answering';
import { createAnswers, isMerged } from './answers';
import type { EngineApi, EngineEvent, FilterContext, SelectionInfo, SourceSummary } from './api';
import { Budget } from './budget';
import type { Environment } from './environment';
import { Fleet } from './fleet';
import { createHealthAnswers } from './health';
import { IndexTally } from './index-tally';
import { IndexWriter } from './index-writer';
import { FORMATS } from './formats/registry';
import { DEFAULT_TUNING, type EngineTuning, Opening } from './opening';
import { checkRules } from './patterns/check-rules';
import { DEFAULT_RULES } from './patterns/class-rules';
import { createErrorAnswers } from './patterns/error-groups';
import { createPatternAnswers } from './patterns/pattern-answers';
import { PatternBook } from './patterns/pattern-book';
import { createWildcardAnswers } from './patterns/wildcard-values';
import { splitFilter } from './query/clauses';
import { completions as completeFilter } from './query/complete';
import { parseFilter as parseFilterText, type ParseContext } from './query/parse';
import { LEVELS, type SourceId } from './records/record';
import { zoneMap, zoneOffset } from './records/zone';
import { Selections } from './selections';
import { Residence } from './residence';
import { createShardReader } from './shard-reader';
import { type ShardSlot, SourceEntry } from './source-entry';
import { type BytesRef, type Encoding, isEncoding } from './source/byte-source';
import { readFingerprintInput } from './source/fingerprint';
import { warmUp } from './warm-up';

/** Events about one source come at most this often while it opens. */
const EVENT_EVERY_MS = 80;
/** … and after this long, */
const EVENTS_QUICK_MS = 300;
/** this often. */
const EVENT_CALM_MS = 250;
const MAX_BYTES = 1024 * 1024;

export async function createEngine(environment: Environment, tuning: Partial<EngineTuning> = {}): Promise<EngineApi> {
  const options: EngineTuning = { ...DEFAULT_TUNING, ...tuning };
  const entries = new Map<SourceId, SourceEntry>();
  const openings = new Map<SourceId, { opening: Opening; done: Promise<void> }>();
  const hashing = new Map<number, { aborted: boolean; readonly source: SourceId }>();
  let nextSource = 1;
  let nextKey = 1;
  let send: ((event: EngineEvent) => void) | undefined;

  const fleet = await Fleet.start(environment, {
    onRestart(worker, reason) {
      selections.forgetShards(
        new Set([...fleet.places].filter(([, place]) => place.worker === worker).map(([key]) => key)),
      );
      send?.({ kind: 'worker-restarted', worker: worker.id, reason });
      worker.ready.then(fillMemory, () => undefined); // told to whoever calls the worker next
    },
    onLost(key, fault) {
      for (const entry of entries.values()) {
        if (!entry.shards.some((slot) => slot.key === key)) continue;
        entry.fault = { code: fault.code, message: fault.message };
        if (entry.state === 'open') entry.state = 'partial';
        changed(entry);
      }
    },
  });
  const budget = new Budget(fleet, environment);
  const book: PatternBook = new PatternBook(
    fleet,
    () => entries.values(),
    () => selections.forgetPatterns(),
  );
  const selections: Selections = new Selections(fleet, entryOf, book);
  const residence = new Residence(fleet, budget, {
    isBusy: () => selections.isBusy,
    onFilled(key) {
      for (const entry of entries.values()) if (entry.shards.some((slot) => slot.key === key)) changed(entry);
    },
  });
  /** Only where someone will ask again: a command that runs once reads what it needs. */
  const fillMemory = (): void => {
    if (environment.isInteractive) residence.kick();
  };
  const isOpening = () => [...entries.values()].some((entry) => entry.state === 'opening');
  const indexTally = new IndexTally();
  const indexWriter = new IndexWriter(
    environment,
    fleet,
    options.index,
    indexTally,
    () => selections.isBusy || residence.isBusy || isOpening(),
  );
  const reader = createShardReader(fleet, selections, book, entryOf);
  const answering = createAnswering(fleet, selections);

  function entryOf(source: SourceId): SourceEntry {
    const entry = entries.get(source);
    if (entry === undefined) throw new Fault('source-unknown', `there is no source ${source}`);
    return entry;
  }

  function summaryOf(entry: SourceEntry): SourceSummary {
    let residentBytes = 0;
    let columnBytes = 0;
    for (const slot of entry.shards) {
      const place = fleet.places.get(slot.key);
      if (place?.isResident === true) residentBytes += place.residentBytes;
      columnBytes += place?.columnBytes ?? 0;
    }
    return entry.summary(residentBytes, columnBytes);
  }

  function parseContext({ zone }: FilterContext): ParseContext {
    const all = [...entries.values()].map(summaryOf);
    const starts = all.flatMap((summary) => (summary.firstTime === null ? [] : [summary.firstTime]));
    const ends = all.flatMap((summary) => (summary.lastTime === null ? [] : [summary.lastTime]));
    const known = new Set(fieldNames());
    return {
      now: environment.now(),
      zoneOffsetMinutes: (wallMs) => zoneOffset(zone, wallMs),
      span: starts.length === 0 ? null : { start: Math.min(...starts), end: Math.max(...ends) },
      isField: (name) => known.has(name),
    };
  }

  function fieldNames(): string[] {
    return [
      ...new Set(
        [...entries.values()].flatMap((entry) => [...(entry.program?.fieldNames ?? []), ...entry.knownFields]),
      ),
    ].sort();
  }

  // ── Events ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  const lastSent = new Map<SourceId, number>();
  const scheduled = new Set<SourceId>();

  function tellProgress(callId: number, done: number, total: number): void {
    send?.({ kind: 'progress', callId, done, total });
  }

  /** Quick while a person looks for the first rows, then calm: the page answers every event with work of its own. */
  function eventPause(entry: SourceEntry): number {
    return environment.now() - entry.startedAtMs < EVENTS_QUICK_MS ? EVENT_EVERY_MS : EVENT_CALM_MS;
  }

  /** Tells the listener, soon: what changes many times a second is told a few times. */
  function changed(entry: SourceEntry): void {
    if (send === undefined || entry.isClosed || scheduled.has(entry.id)) return;
    const wait =
      entry.state === 'opening'
        ? Math.max(0, (lastSent.get(entry.id) ?? -Infinity) + eventPause(entry) - environment.now())
        : 0;
    scheduled.add(entry.id);
    setTimeout(() => {
      scheduled.delete(entry.id);
      if (entry.isClosed) return;
      lastSent.set(entry.id, environment.now());
      send?.({ kind: 'source', summary: summaryOf(entry) });
    }, wait);
  }

  // ── Opening ────────────────────────────────────────────────────────────────────────────────────────────────────────

  const context = {
    environment,
    fleet,
    options,
    budget,
    indexTally,
    nextKey: () => nextKey++,
    changed,
    sendClocks,
    release,
  };

  async function sendClocks(entry: SourceEntry): Promise<void> {
    const clocks = entry.clocks();
    let isChanged = false;
    await Promise.all(
      entry.readable().map(async (slot, index) => {
        const clock = clocks[index];
        if (clock === undefined) return;
        const text = [clock.absolute, clock.wall, clock.yearless, clock.dateless]
          .map((map) => `${Array.from(map.breaks).join()}/${Array.from(map.shifts).join()}`)
          .join(' ');
        if (text === slot.sentClock || (slot.sentClock === '' && text === IDENTITY_CLOCK)) return;
        slot.sentClock = text;
        isChanged = true;
        await fleet.setClock(slot.key, clock);
      }),
    );
    if (isChanged) {
      selections.forgetTimes(entry.id);
      entry.generation++;
    }
  }

  function begin(entry: SourceEntry): void {
    const opening = new Opening(entry, context);
    const done = opening.run();
    openings.set(entry.id, { opening, done });
    done.then(
      async () => {
        fillMemory();
        await fingerprint(entry); // nobody waits for it: it comes as an event
        indexWriter.kick(entry);
      },
      () => undefined, // told by whenOpened
    );
    changed(entry);
  }

  /** Changes to one source follow each other: two at once would both take its shards apart. */
  const turns = new Map<SourceId, Promise<unknown>>();

  function inTurn<T>(entry: SourceEntry, change: () => Promise<T>): Promise<T> {
    const turn = (turns.get(entry.id) ?? Promise.resolve()).then(change);
    turns.set(
      entry.id,
      turn.catch(() => undefined), // told to whoever asked for the change
    );
    return turn;
  }

  /** Stops opening, if it goes on, and waits for its end, however it ends. */
  async function settled(source: SourceId): Promise<void> {
    const running = openings.get(source);
    if (running === undefined) return;
    await running.opening.stop();
    await Promise.allSettled([running.done]);
  }

  async function fingerprint(entry: SourceEntry): Promise<void> {
    if (entry.isClosed || entry.fingerprint !== null || entry.fault !== null) return;
    const { bytes } = entry;
    try {
      const found = await fingerprintOf(bytes, bytes.size);
      if (entry.bytes === bytes) entry.fingerprint = found;
    } catch (error) {
      if (!isFault(error)) throw error; // the file changed or went just now: its rows stay, it has no fingerprint
    }
    changed(entry);
  }

  /** XXH3 of the first and the last MiB of the first `sizeBytes`, and of that size. */
  async function fingerprintOf(bytes: BytesRef, sizeBytes: number): Promise<string> {
    const source = environment.openBytes(bytes);
    const read = (start: number, end: number) => source.read(start, end);
    return environment.fingerprint(await readFingerprintInput({ size: sizeBytes, read }));
  }

  async function release(entry: SourceEntry, slots: readonly ShardSlot[]): Promise<void> {
    for (const slot of slots) {
      await fleet.drop(slot.key);
      if (entry.packing === 'none') continue; // its shards share the bytes, and may share one place in the spill
      const spilled = slot.bytes.kind === 'memory' ? await budget.spilledOf(slot.bytes) : slot.bytes;
      if (spilled !== null) await environment.spill?.drop(spilled);
    }
  }

  async function dropShards(entry: SourceEntry): Promise<void> {
    selections.closeSource(entry.id);
    await release(entry, entry.shards.splice(0));
    const spilled = await budget.spilledOf(entry.bytes);
    if (spilled !== null) await environment.spill?.drop(spilled);
    entry.generation++;
  }

  async function reopen(entry: SourceEntry): Promise<void> {
    await settled(entry.id);
    await dropShards(entry);
    entry.state = 'opening';
    entry.startedAtMs = environment.now();
    entry.packedBytes = 0;
    entry.program = null;
    entry.fault = null;
    entry.isFromCache = false;
    entry.notes.clear();
    begin(entry);
  }

  const patternAnswers = createPatternAnswers(fleet, selections, reader, book, answering, entryOf);

  const api: EngineApi = {
    async listen(onEvent) {
      send = onEvent;
      for (const entry of entries.values()) onEvent({ kind: 'source', summary: summaryOf(entry) });
    },

    async configure(wanted) {
      if (wanted.budgetBytes !== undefined) {
        budget.limitBytes = wanted.budgetBytes;
        await budget.trim();
        fillMemory();
      }
      if (wanted.keepSelections !== undefined) selections.keep = wanted.keepSelections;
    },

    async open(input) {
      if (input.zone !== undefined) zoneMap(input.zone, 0, 0); // an unknown zone is told before anything is read
      throwUnlessOffset(input.offsetMs ?? 0);
      const isFree = input.id !== undefined && input.id > 0 && !entries.has(input.id) && !openings.has(input.id);
      const id = isFree ? (input.id ?? nextSource) : nextSource;
      nextSource = Math.max(nextSource, id + 1);
      const entry = new SourceEntry(id, input, environment.now(), toEncoding(input.encoding ?? null));
      entries.set(entry.id, entry);
      begin(entry);
      return entry.id;
    },

    async whenOpened(source) {
      const entry = entryOf(source);
      // A change of format meanwhile opens it anew.
      for (let running = openings.get(source); running !== undefined; ) {
        await running.done;
        await turns.get(source);
        const next = openings.get(source);
        if (next === running) break;
        running = next;
      }
      return summaryOf(entry);
    },

    async stopOpening(source) {
      const entry = entryOf(source);
      if (entry.state === 'opening') await openings.get(source)?.opening.stop();
    },

    async close(source) {
      const entry = entryOf(source);
      entry.isClosed = true;
      entries.delete(source);
      selections.closeSource(source);
      for (const signal of hashing.values()) if (signal.source === source) signal.aborted = true;
      await settled(source);
      await inTurn(entry, () => dropShards(entry));
      openings.delete(source);
      turns.delete(source);
      fillMemory();
      send?.({ kind: 'closed', source });
    },

    async refresh(source, bytes, lastModified) {
      const entry = entryOf(source);
      return inTurn(entry, async () => {
        await Promise.allSettled([openings.get(source)?.done]);
        entryOf(source); // it may have been closed
        await reader.throwUnlessGrown(entry, bytes, environment.openBytes(bytes), fingerprintOf);
        entryOf(source);
        const old = entry.bytes;
        Object.assign(entry, { bytes, lastModified, fingerprint: null, digests: null });
        entry.startedAtMs = environment.now();
        const opening = new Opening(entry, context);
        const done = opening.append(bytes.size);
        openings.set(source, { opening, done });
        await done;
        const spilled = await budget.spilledOf(old);
        if (spilled !== null) await environment.spill?.drop(spilled);
        fillMemory();
        await fingerprint(entry);
        indexWriter.kick(entry);
        return summaryOf(entry);
      });
    },

    async forceFormat(source, format) {
      const entry = entryOf(source);
      if (format !== null && !FORMATS.some((known) => known.id === format))
        throw new Fault('format-unknown', `there is no format ${format}`, { details: { format } });
      await inTurn(entry, () => {
        entryOf(source); // it may have been closed
        entry.forcedFormat = format;
        return reopen(entry);
      });
    },

    async forceEncoding(source, encoding) {
      const entry = entryOf(source);
      const wanted = toEncoding(encoding);
      await inTurn(entry, () => {
        entryOf(source);
        entry.forcedEncoding = wanted;
        return reopen(entry);
      });
    },

    async setZone(source, zone) {
      const entry = entryOf(source);
      zoneMap(zone, 0, 0);
      entry.zone = zone;
      await sendClocks(entry);
      changed(entry);
    },

    async setOffset(source, offsetMs) {
      const entry = entryOf(source);
      throwUnlessOffset(offsetMs);
      entry.offsetMs = offsetMs;
      await sendClocks(entry);
      changed(entry);
    },

    async formats() {
      return FORMATS.map(({ id, title, family }) => ({ id, title, family }));
    },

    async parseFilter(text, context) {
      return parseFilterText(text, parseContext(context)).filter;
    },

    async splitFilter(text, context) {
      return splitFilter(text, parseContext(context));
    },

    async completions(text, caret) {
      const fields = fieldNames().map((name) => ({ name }));
      const found = completeFilter(text, caret, {
        fields,
        sources: [...entries.values()].map((entry) => entry.input.name),
        levels: LEVELS,
        patterns: book.texts,
      });
      return found.slice(0, 12).map((one) => ({ start: one.from, end: one.to, insert: one.insert, title: one.detail }));
    },

    async select(filter, { callId, sources, context }) {
      const started = environment.now();
      const wanted = [...new Set(sources ?? entries.keys())];
      for (const source of wanted) entryOf(source);
      const { handle, selection } = await selections.select(filter, wanted, callId, context);
      const covered = wanted.flatMap((source) => selections.covered(selection, source));
      const info: SelectionInfo = {
        handle,
        count: selections.count(selection),
        keptCount: selections.keptCount(selection),
        total: covered.reduce((sum, slot) => sum + (slot.report?.recordCount ?? 0), 0),
        isComplete: wanted.every(
          (source) => entryOf(source).state === 'open' && selections.isCovering(selection, source),
        ),
        order: isMerged(selection) ? 'time' : 'file',
        elapsedMs: environment.now() - started,
      };
      return info;
    },

    async release(handle) {
      selections.release(handle);
    },

    async cancel(callId) {
      const signal = hashing.get(callId);
      if (signal !== undefined) signal.aborted = true;
      await selections.tickets.cancel(callId);
    },

    ...createAnswers(fleet, selections, reader, entryOf, answering),
    ...patternAnswers,
    ...createWildcardAnswers(fleet, selections, book, answering, tellProgress),

    async classRules() {
      return DEFAULT_RULES;
    },

    async checkRules(value) {
      return checkRules(value);
    },

    ...createErrorAnswers(fleet, selections, book, answering, patternAnswers.patterns, entryOf, tellProgress),

    async details(record) {
      return reader.details(record);
    },

    async bytes(source, start, end) {
      const entry = entryOf(source);
      return reader.bytes(entry, start, Math.min(end, start + MAX_BYTES), environment);
    },

    async lines(source, first, count) {
      return reader.lines(entryOf(source), first, count);
    },

    async digests(source, callId) {
      const entry = entryOf(source);
      if (entry.digests !== null) return entry.digests;
      const { bytes } = entry;
      const signal = { aborted: false, source };
      hashing.set(callId, signal);
      let lastTold = -Infinity;
      const tell = (doneBytes: number): void => {
        if (environment.now() - lastTold < EVENT_EVERY_MS) return;
        lastTold = environment.now();
        send?.({ kind: 'digest', source, doneBytes, totalBytes: bytes.size });
      };
      try {
        const digests = await environment.digest(bytes, tell, signal);
        if (entry.bytes !== bytes) throw new Fault('stale', `${entry.input.name} was read again while it was hashed`);
        entry.digests = digests;
        changed(entry);
        return digests;
      } finally {
        hashing.delete(callId);
      }
    },

    ...createHealthAnswers(fleet, budget, environment, indexTally),

    async shutdown() {
      indexWriter.close();
      for (const { opening } of openings.values()) await Promise.allSettled([opening.stop()]);
      fleet.close();
    },
  };

  if (environment.isInteractive) {
    setTimeout(() => {
      if (entries.size > 0) return;
      warmUp(fleet, () => nextKey++).catch((error: unknown) => {
        if (!isFault(error)) throw error; // a worker died of it: it is started again, and the first file tells
      });
    }, 0);
  }

  return api;
}

const IDENTITY_CLOCK = '/0 /0 /0 /0';

/** Any two times that can be written are less far apart: 200 million days, as far as a Date goes to both sides. */
const MOST_OFFSET_MS = 2 * 8.64e15;

/** A kept session may name anything. */
function toEncoding(encoding: string | null): Encoding | null {
  if (encoding === null || isEncoding(encoding)) return encoding;
  throw new Fault('encoding-unknown', `there is no encoding ${encoding}`, { details: { encoding } });
}

function throwUnlessOffset(offsetMs: number): void {
  if (!Number.isInteger(offsetMs) || Math.abs(offsetMs) > MOST_OFFSET_MS)
    throw new Fault('unsupported', `times cannot be shifted by ${offsetMs} ms`, { details: { offsetMs } });
}
