/** `window.loupeBench`, loaded with `?bench` in the address: what a person waits for, measured from the page. */
import { createEffect, createRoot } from 'solid-js';

import type { EngineApi, EngineHealth, SourceSummary } from '../engine/api';
import type { SourceId } from '../engine/records/record';
import type { Workspace } from '../state/workspace';
import { toRequests } from './read-drop';

type Files = File | FileList | readonly File[];

export interface LoupeBench {
  /** The engine's calls as they cross the wire. */
  readonly engine: EngineApi;
  /** Finds the rows on screen. */
  readonly rowSelector: string;
  /** Opens as a drop would; resolves with the first source's id before its bytes are read. */
  open(files: Files): Promise<SourceId>;
  /** @returns times from the call: first rows on screen, everything indexed */
  measureOpen(files: Files): Promise<{ firstRowsMs: number; openMs: number; summary: SourceSummary }>;
  /** @returns time from the text to the new rows on screen */
  search(filterText: string): Promise<{ ms: number; count: number }>;
  /** @returns time to the last rows on screen */
  jumpToEnd(): Promise<{ ms: number }>;
  health(): Promise<EngineHealth>;
}

declare global {
  interface Window {
    loupeBench: LoupeBench;
  }
}

export function installBench(workspace: () => Workspace) {
  async function open(files: Files): Promise<SourceId> {
    const [id] = await workspace().sources.open(toRequests(files instanceof File ? [files] : files));
    if (id === undefined) throw new Error('nothing could be opened');
    return id;
  }

  window.loupeBench = {
    engine: workspace().engine.api,
    rowSelector: '#log [data-index]',
    open,
    async measureOpen(files) {
      const { sources, records } = workspace();
      const startMs = performance.now();
      const firstRows = when(() => records.visible().length > 0).then(() => performance.now() - startMs);
      const summary = await sources.whenOpened(await open(files));
      const openMs = performance.now() - startMs;
      return { firstRowsMs: await firstRows, openMs, summary };
    },
    async search(filterText) {
      const { filter, records } = workspace();
      await when(records.isCurrent);
      const startMs = performance.now();
      filter.type(filterText);
      await filter.apply();
      await when(records.isCurrent);
      const fault = filter.mistake() ?? records.fault();
      if (fault) throw fault;
      return { ms: performance.now() - startMs, count: records.count() };
    },
    async jumpToEnd() {
      const { records } = workspace();
      const startMs = performance.now();
      // The end may move on while the page hears of the last records.
      do {
        records.scrollToEnd();
        await when(records.isCurrent);
      } while (records.visible().at(-1)?.index !== records.count() - 1);
      return { ms: performance.now() - startMs };
    },
    health: () => workspace().engine.health(),
  };
}

/** Resolves as soon as a reactive condition holds. */
function when(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    createRoot((dispose) => {
      createEffect(() => {
        if (!condition()) return;
        queueMicrotask(dispose);
        resolve();
      });
    });
  });
}
