/** Gathers what is known of how Loupe is, twice a second, for as long as someone looks. Nothing of it leaves the device. */
import { createSignal, onCleanup } from 'solid-js';

import { isFault } from '../base/fault';
import type { EngineHealth } from '../engine/api';
import { askToPersist, readGrant } from '../storage/grant';
import { deleteIndexes, measureKeptData } from '../storage/kept-data';
import { findLocalStorage } from '../storage/local-storage';
import type { StoreTrouble } from '../storage/stored';
import { type HealthFacts, loadsBetween, type StorageFacts } from './health-facts';
import { readServiceWorker } from './service-worker-state';
import type { Workspace } from './workspace';

const EVERY_MS = 500;
/** Measuring storage walks its folders: once in so many rounds. */
const STORAGE_EVERY = 20;

interface SelfKnowledgeOptions {
  readonly version: string;
  readonly storeTrouble: () => StoreTrouble | null;
  readonly now?: () => number;
}

/** To be made by what shows it: it asks until it is cleaned up. */
export function createSelfKnowledge(
  workspace: Workspace,
  { version, storeTrouble, now = Date.now }: SelfKnowledgeOptions,
) {
  const { engine, sources, health, death, requests } = workspace;
  const [told, setTold] = createSignal<EngineHealth | null>(null);
  const [loads, setLoads] = createSignal<readonly number[]>([]);
  const [storage, setStorage] = createSignal<StorageFacts | null>(null);
  const [serviceWorker, setServiceWorker] = createSignal<HealthFacts['serviceWorker']>(null);
  const [at, setAt] = createSignal(now());
  let round = 0;
  let isEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function askEngine(): Promise<void> {
    try {
      const answer = await engine.health();
      setLoads(loadsBetween(told(), answer));
      setTold(answer);
    } catch (error) {
      if (!isFault(error)) throw error;
      setTold(null); // the engine is gone: `death` tells
    }
  }

  async function measure(): Promise<void> {
    const [kept, grant] = await Promise.all([measureKeptData(findLocalStorage()), readGrant()]);
    setStorage({ ...kept, ...grant });
  }

  /** One after the other: a round that takes long is not overtaken. */
  async function look(): Promise<void> {
    const isTurnOfStorage = round % STORAGE_EVERY === 0;
    round++;
    await Promise.all([askEngine(), isTurnOfStorage ? measure() : undefined]);
    setServiceWorker(await readServiceWorker());
    setAt(now());
    if (!isEnded) timer = setTimeout(() => void look(), EVERY_MS);
  }
  void look();
  onCleanup(() => {
    isEnded = true;
    clearTimeout(timer);
  });

  const facts = (): HealthFacts => ({
    at: at(),
    version,
    engine: death() ? null : told(),
    isEngineDead: death() !== null,
    loads: loads(),
    restartReasons: health.restarts(),
    timings: told() ? engine.timings() : [],
    sources: sources.list().map((source) => ({
      state: source.state,
      sizeBytes: source.sizeBytes,
      recordCount: source.recordCount,
      isFromCache: source.isFromCache,
      fault: source.fault?.code ?? null,
      problems: source.problems.map(({ code, count }) => ({ code, count })),
    })),
    storage: storage(),
    storeTrouble: storeTrouble(),
    serviceWorker: serviceWorker(),
    askedRequests: requests().length,
  });

  return {
    /** Tracked: changes when something new is known. */
    facts,
    async restartWorker(worker: number): Promise<void> {
      try {
        await engine.restartWorker(worker);
      } catch (error) {
        if (!isFault(error)) throw error; // it could not be started: the check goes on telling
      }
    },
    /** @returns false when another tab holds on to them until it is closed */
    async clearIndexes(): Promise<boolean> {
      const isDone = await deleteIndexes();
      await measure();
      return isDone;
    },
    /** @returns whether the browser has promised */
    async persist(): Promise<boolean> {
      const isGranted = await askToPersist();
      await measure();
      return isGranted;
    },
  };
}

export type SelfKnowledge = ReturnType<typeof createSelfKnowledge>;
