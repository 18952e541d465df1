/** A clock repaired by pointing at two records, over a drawn engine. */
import { createRoot } from 'solid-js';
import { afterEach, expect, test } from 'vitest';

import { connectEngine } from '../bridge/engine-client';
import { createDrawnEngine } from '../testing/drawn-engine';
import { createSettings } from './settings';
import { createWorkspace } from './workspace';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const dispose of cleanups.splice(0)) dispose();
});

async function setup(logs: Record<string, string>) {
  const engine = connectEngine(createDrawnEngine(), { died: new Promise(() => {}), end: () => {} });
  const workspace = createRoot((dispose) => {
    cleanups.push(dispose);
    return createWorkspace(engine, createSettings(undefined));
  });
  const idle = async () => {
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (!workspace.isIdle());
  };
  const files = Object.entries(logs).map(([name, text]) => ({ name, blob: new Blob([text]), lastModified: 0 }));
  await workspace.sources.open(files);
  workspace.records.setMetrics({ viewHeight: 480, rowHeight: 24, lineHeight: 20 });
  await idle();
  return {
    ...workspace,
    idle,
    messages: () => workspace.records.visible().map(({ row }) => row.text.split('INFO ')[1]),
    select: async (message: string) => {
      await workspace.records.select(workspace.records.visible().findIndex(({ row }) => row.text.endsWith(message)));
    },
  };
}

const LOGS = {
  'gateway.log': '10:00:00.000 INFO sends 1\n10:00:02.000 INFO gets 1\n',
  'api.log': '10:02:53.250 INFO works on 1\n',
};

test('the offset that makes two records happen at once is proposed, applied, and undone', async () => {
  const { clockRepair, sources, acts, messages, idle, select } = await setup(LOGS);
  const [gateway = -1, api = -1] = sources.ids();
  await select('works on 1');
  expect(clockRepair.begin()).toBe(true);
  expect(clockRepair.propose('first')).toBeNull();
  await select('sends 1');
  expect(clockRepair.propose('first')).toEqual({ source: api, other: gateway, offsetMs: -173_250, byMs: -173_250 });
  expect(clockRepair.propose('second')).toEqual({ source: gateway, other: api, offsetMs: 173_250, byMs: 173_250 });
  clockRepair.apply();
  await idle();
  expect(clockRepair.from()).toBeNull();
  expect(sources.get(api)?.offsetMs).toBe(-173_250);
  expect(messages()).toEqual(['sends 1', 'works on 1', 'gets 1']);
  acts.undo();
  await idle();
  expect(messages()).toEqual(['sends 1', 'gets 1', 'works on 1']);
});

test('a clock that was corrected already is corrected from there', async () => {
  const { clockRepair, sources, idle, select } = await setup(LOGS);
  const [, api = -1] = sources.ids();
  sources.setOffset(api, -60_000);
  await idle();
  await select('works on 1');
  clockRepair.begin();
  await select('gets 1');
  expect(clockRepair.propose('first')).toMatchObject({ offsetMs: -171_250, byMs: -111_250 });
});

test('records of one source propose nothing', async () => {
  const { clockRepair, select } = await setup(LOGS);
  await select('sends 1');
  clockRepair.begin();
  await select('gets 1');
  expect(clockRepair.to()).toBeNull();
  clockRepair.cancel();
  expect(clockRepair.from()).toBeNull();
});

test('a source opens again with its clock as it was corrected', async () => {
  const { sources, acts, idle } = await setup(LOGS);
  const [, api = -1] = sources.ids();
  sources.setOffset(api, 1000);
  await idle();
  await sources.close([api]);
  acts.undo();
  await idle();
  expect(sources.get(api)?.offsetMs).toBe(1000);
});
