/** A workspace over drawn logs, without a page: for tests of stores. */
import { createRoot } from 'solid-js';

import { connectEngine } from '../bridge/engine-client';
import { createSettings } from '../state/settings';
import { createWorkspace, type Workspace } from '../state/workspace';
import { createDrawnEngine, type DrawnEngine } from './drawn-engine';

export interface DrawnWorkspace {
  readonly engine: DrawnEngine;
  readonly workspace: Workspace;
  /** Resolves when nothing is under way any more. */
  readonly idle: () => Promise<void>;
  readonly dispose: () => void;
}

/** @param logs  name → lines as `drawn-engine` reads them */
export async function drawWorkspace(logs: Readonly<Record<string, string>>): Promise<DrawnWorkspace> {
  const engine = createDrawnEngine();
  const client = connectEngine(engine, { died: new Promise(() => {}), end: () => {} });
  const settings = createSettings(undefined);
  settings.change({ firstView: 'lines' }); // the first look asks for more than most stores do
  const { workspace, dispose } = createRoot((end) => ({
    workspace: createWorkspace(client, settings),
    dispose: end,
  }));
  const idle = async () => {
    for (let quiet = 0; quiet < 2; ) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      quiet = workspace.isIdle() ? quiet + 1 : 0;
    }
  };
  workspace.records.setMetrics({ viewHeight: 480, rowHeight: 24, lineHeight: 20 });
  await workspace.sources.open(
    Object.entries(logs).map(([name, text]) => ({ name, blob: new Blob([text]), lastModified: 0 })),
  );
  await idle();
  return { engine, workspace, idle, dispose };
}
