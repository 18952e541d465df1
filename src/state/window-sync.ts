/**
 * A workspace shown in several windows: sources, what was chosen about them, filter, place, marks and zone are the same in
 * all of them. Each window has an engine of its own; what crosses is files, by reference, and small JSON values.
 *
 * A value that came from outside is put into the stores and compares equal to what is held then, so it is not told again.
 * Only what a person did here is told: nothing goes round in circles.
 */
import { batch, createEffect, createMemo, createSignal, onCleanup, untrack } from 'solid-js';

import type { RecordId } from '../engine/records/record';
import { parseSession, SESSION_VERSION } from '../protocol/session';
import {
  markTopic,
  parseTopic,
  parseWindowMessage,
  type Register,
  type SharedSource,
  sourceTopic,
  type Topic,
  WINDOW_VERSION,
  type WindowMessage,
} from '../protocol/window-message';
import type { Mark } from './marks';
import { createRegisters } from './registers';
import { isZone } from './settings';
import { createSharedPlace } from './shared-place';
import type { OpenRequest } from './sources';
import type { WindowChannel } from './window-channel';
import type { Workspace } from './workspace';
import type { WorkspacesStore } from './workspaces';

export interface WindowSyncOptions {
  /** This window's id, unlike any other's. */
  readonly self: string;
  readonly channel: WindowChannel;
  /** It takes over what the others show, rather than the other way round. */
  readonly isJoining: boolean;
  /** A window that joins shows, and keeps, the workspace of the others. */
  readonly workspaces: Pick<WorkspacesStore, 'current' | 'adopt'>;
}

// A window that nobody welcomes within this time is alone.
const JOIN_MS = 1500;

export function createWindowSync(workspace: Workspace, { self, channel, ...options }: WindowSyncOptions) {
  const { sources, filter, highlights, marks, patterns, settings, layout, moves, panes } = workspace;
  const registers = createRegisters(self);
  const [peers, setPeers] = createSignal<ReadonlySet<string>>(new Set());
  const [isOn, setIsOn] = createSignal(true);
  const [followsFilter, setFollowsFilter] = createSignal(true);
  const [followsPlace, setFollowsPlace] = createSignal(true);
  const [isJoining, setIsJoining] = createSignal(false);
  /** Why another window cannot be understood; null when all can. */
  const [refusal, setRefusal] = createSignal<string | null>(null);
  /** Files of other windows that are being opened here. */
  const [openingCount, setOpeningCount] = createSignal(0);
  const place = createSharedPlace(workspace, () => openingCount() > 0);
  /** Marks of sources that are not open here yet. */
  const waitingMarks = new Map<string, Extract<Topic, { kind: 'mark' }>>();
  const shownKeys = new Set<string>();
  const toldFiles = new Map<string, OpenRequest>();
  const watches = new Map<string, () => void>();
  /** Windows that said hello while this one was joining. */
  const heard = new Set<string>();
  let joinTimer: ReturnType<typeof setTimeout> | undefined;
  /** Moves up to this one were made before the place came from outside. */
  let movesBefore = 0;
  let isClosed = false;

  const isLive = createMemo(() => isOn() && !isJoining() && peers().size > 0);

  const post = (message: WindowMessage) => {
    if (!isClosed) channel.post({ ...message, version: WINDOW_VERSION });
  };

  function tell(values: Iterable<readonly [topic: string, value: unknown]>) {
    const changed = [...values].flatMap(([topic, value]) => registers.write(topic, value) ?? []);
    if (changed.length > 0 && isLive()) post({ kind: 'registers', from: self, registers: changed });
  }

  // ── What this window shows, as values ───────────────────────────────────────────────────────────────────────────────

  const sourceValues = () =>
    sources.ids().map((id) => [sourceTopic(sources.keyOf(id)), sources.settingsOf(id)] as const);

  const markValues = () =>
    marks.list().flatMap(({ id, note, time, text, madeAt }) => {
      const key = sources.ids().includes(id.source) ? sources.keyOf(id.source) : '';
      return key === '' ? [] : [[markTopic(key, id.offset), { note, time, text, madeAt }] as const];
    });

  /** Everything as it is now, for a window that joins. */
  function writeAll() {
    tell([
      ...sourceValues(),
      ...markValues(),
      ['order', sources.settings.order()],
      // Before the filter: it may be by patterns.
      ['patterns', patterns.edits.part.save()],
      ['filter', filter.part.save()],
      ['highlights', highlights.part.save()],
      ['zone', settings.settings().zone],
      ['place', place.of(panes.log.records)],
    ]);
  }

  function shared(key: string, { name, lastModified, blob, handle }: OpenRequest): SharedSource {
    return { key, name, lastModified, blob, ...(handle ? { handle } : {}) };
  }

  const allShared = () =>
    sources.ids().flatMap((id) => {
      const request = sources.requestOf(id);
      return request ? [shared(sources.keyOf(id), request)] : [];
    });

  // ── What changes here is told ───────────────────────────────────────────────────────────────────────────────────────

  createEffect(() => {
    const files = new Map(
      sources.ids().flatMap((id) => {
        const request = sources.requestOf(id);
        return request ? [[sources.keyOf(id), request] as const] : [];
      }),
    );
    const isTelling = isLive();
    const news = [...files].filter(([key, request]) => toldFiles.get(key)?.blob !== request.blob);
    toldFiles.clear();
    for (const [key, request] of files) toldFiles.set(key, request);
    if (isTelling && news.length > 0) {
      post({ kind: 'sources', from: self, sources: news.map(([key, request]) => shared(key, request)) });
    }
  });
  createEffect(() => {
    const values = sourceValues();
    const keys = new Set(sources.ids().map(sources.keyOf));
    const gone = [...shownKeys].filter((key) => !keys.has(key));
    shownKeys.clear();
    for (const key of keys) shownKeys.add(key);
    if (isLive()) tell([...values, ...gone.map((key) => [sourceTopic(key), null] as const)]);
  });
  createEffect(() => {
    const values = new Map<string, unknown>(markValues());
    if (!isLive()) return;
    for (const { topic, value } of registers.all()) {
      const known = parseTopic({ topic, value });
      // Marks of what is not open here are not this window's to take away.
      const isHere = known?.kind === 'mark' && known.value !== null && untrack(() => sources.idOf(known.key)) !== null;
      if (isHere && !values.has(topic) && !waitingMarks.has(topic)) values.set(topic, null);
    }
    tell(values);
  });
  createEffect(() => {
    const order = sources.settings.order();
    if (isLive()) tell([['order', order]]);
  });
  createEffect(() => {
    const { zone } = settings.settings();
    if (isLive()) tell([['zone', zone]]);
  });
  createEffect(() => {
    const value = highlights.part.save();
    if (isLive()) tell([['highlights', value]]);
  });
  createEffect(() => {
    const value = patterns.edits.part.save();
    if (isLive()) tell([['patterns', value]]);
  });
  createEffect(() => {
    const value = filter.part.save();
    if (isLive() && followsFilter()) tell([['filter', value]]);
  });
  createEffect(() => {
    const move = moves.last();
    if (!move || move.number <= movesBefore) return;
    place.forget();
    if (!isLive() || !followsPlace()) return;
    const moved = panes.get(move.pane === 'beside' ? 'beside' : 'log') ?? panes.log;
    tell([['place', place.of(moved.records)]]);
  });

  // ── What came from outside is put in place ──────────────────────────────────────────────────────────────────────────

  function apply(register: Register) {
    const topic = parseTopic(register);
    if (!topic) return; // of a part that this version does not know
    switch (topic.kind) {
      case 'source':
        return applySource(topic);
      case 'mark':
        return applyMark(register.topic, topic);
      case 'order':
        return sources.settings.part.restore({ ...sources.settings.part.save(), order: topic.value });
      case 'zone':
        if (isZone(topic.value)) settings.change({ zone: topic.value });
        return;
      case 'filter':
        if (followsFilter()) filter.part.restore(topic.value);
        return;
      case 'highlights':
        return highlights.part.restore(topic.value);
      case 'patterns':
        return patterns.edits.part.restore(topic.value);
      case 'place':
        if (followsPlace()) {
          movesBefore = moves.last()?.number ?? 0;
          place.goTo(topic.value);
        }
    }
  }

  function applySource({ key, value }: Extract<Topic, { kind: 'source' }>) {
    const id = sources.idOf(key);
    if (value !== null) sources.settings.set([key], () => value);
    else if (id !== null) sources.closeQuietly(id);
  }

  function applyMark(name: string, topic: Extract<Topic, { kind: 'mark' }>) {
    const source = sources.idOf(topic.key);
    if (source === null) {
      if (topic.value === null) waitingMarks.delete(name);
      else waitingMarks.set(name, topic);
      return;
    }
    waitingMarks.delete(name);
    const id: RecordId = { source, offset: topic.offset };
    const others = marks.part.save().filter((mark) => mark.id.source !== source || mark.id.offset !== topic.offset);
    const made: Mark[] = topic.value === null ? [] : [{ id, ...topic.value }];
    marks.part.restore([...others, ...made]);
  }

  createEffect(() => {
    sources.ids();
    untrack(() => {
      for (const [name, topic] of [...waitingMarks]) if (sources.idOf(topic.key) !== null) applyMark(name, topic);
    });
  });

  // ── Windows come and go ─────────────────────────────────────────────────────────────────────────────────────────────

  function addPeer(window: string) {
    if (peers().has(window)) return;
    setPeers((old) => new Set(old).add(window));
    watches.set(
      window,
      channel.watch(window, () => removePeer(window)),
    );
  }

  function removePeer(window: string) {
    watches.get(window)?.();
    watches.delete(window);
    setPeers((old) => new Set([...old].filter((other) => other !== window)));
  }

  function take(message: WindowMessage) {
    if (message.from === self) return;
    if (message.kind === 'bye') removePeer(message.from);
    else if (message.kind === 'hello') hear(message.from);
    else if (message.kind === 'welcome') {
      if (message.to === self) join(message);
    } else if (isOn() && !isJoining()) {
      addPeer(message.from);
      if (message.kind === 'sources') open(message.sources);
      else for (const register of registers.receive(message.registers)) apply(register);
    }
  }

  /** A window that joins has nothing to tell yet, and may have spoken before the other was there: it says hello again. */
  function hear(window: string) {
    if (!isOn()) return;
    addPeer(window);
    if (!isJoining()) welcome(window);
    else if (!heard.has(window)) {
      heard.add(window);
      hello();
    }
  }

  function welcome(window: string) {
    writeAll();
    post({
      kind: 'welcome',
      from: self,
      to: window,
      sources: allShared(),
      registers: registers.all(),
      layout: layout.part.save(),
      workspace: options.workspaces.current(),
    });
  }

  function join(message: Extract<WindowMessage, { kind: 'welcome' }>) {
    const { from, layout: theirs, registers: told, sources: files } = message;
    addPeer(from);
    const isNewcomer = isJoining();
    const news = registers.receive(told);
    if (isNewcomer && sources.ids().length === 0) {
      if (message.workspace && !options.workspaces.current()) options.workspaces.adopt(message.workspace);
      const outcome = parseSession({ version: SESSION_VERSION, layout: theirs });
      if (outcome.kind === 'session' && outcome.session.layout) layout.part.restore(outcome.session.layout);
    }
    for (const register of isNewcomer ? registers.all() : news) apply(register);
    open(files);
    endJoining();
  }

  function open(files: readonly SharedSource[]) {
    for (const { key, handle, ...file } of files) {
      // Closed meanwhile: it is not to come back.
      if (registers.get(sourceTopic(key))?.value === null) continue;
      const request = { ...file, ...(handle ? { handle: handle as FileSystemFileHandle } : {}) };
      toldFiles.set(key, request);
      setOpeningCount((count) => count + 1);
      void sources.openAs(key, request).then(() => setOpeningCount((count) => count - 1));
    }
  }

  function beginJoining() {
    setIsJoining(true);
    clearTimeout(joinTimer);
    joinTimer = setTimeout(giveUpJoining, JOIN_MS);
  }

  /** Nobody was there, or all join at once: of two such the one whose id comes first welcomes the other. */
  function giveUpJoining() {
    endJoining();
    for (const window of heard) if (self < window && peers().has(window)) welcome(window);
    heard.clear();
  }

  function endJoining() {
    clearTimeout(joinTimer);
    setIsJoining(false);
  }

  const stopListening = channel.onMessage((value) => {
    const outcome = parseWindowMessage(value);
    if (outcome.kind === 'message') take(outcome.message);
    else setRefusal(outcome.reason);
  });
  if (options.isJoining) beginJoining();
  const hello = () => void channel.ready.then(() => post({ kind: 'hello', from: self }));
  hello();

  function leave() {
    post({ kind: 'bye', from: self });
  }

  onCleanup(() => {
    leave();
    isClosed = true;
    clearTimeout(joinTimer);
    stopListening();
    for (const stop of watches.values()) stop();
    channel.close();
  });

  return {
    /** Other windows that show this workspace now. */
    peerCount: () => peers().size,
    isJoining,
    isIdle: () => !isJoining() && !place.isGoing(),
    refusal,
    isOn,
    /** Off, this window goes its own way; on again, it takes over what the others show. */
    toggle() {
      // At once, or it would tell what it shows before it takes over the others'.
      batch(() => {
        setIsOn(!isOn());
        if (isOn()) beginJoining();
      });
      if (isOn()) hello();
    },
    followsFilter,
    toggleFilter() {
      const held = registers.get('filter');
      batch(() => {
        setFollowsFilter(!followsFilter());
        if (followsFilter() && held) apply(held);
      });
    },
    followsPlace,
    togglePlace() {
      const held = registers.get('place');
      batch(() => {
        setFollowsPlace(!followsPlace());
        if (followsPlace() && held) apply(held);
      });
    },
    /** The page is hidden for good, or comes back from the browser's own cache. */
    leave,
    comeBack: hello,
  };
}

export type WindowSync = ReturnType<typeof createWindowSync>;
