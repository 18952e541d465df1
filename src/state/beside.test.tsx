/** Two logs side by side over a drawn engine: what each shows, and how the one that is not moved follows the other. */
import { createRoot } from 'solid-js';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';

import { connectEngine } from '../bridge/engine-client';
import { createDrawnEngine } from '../testing/drawn-engine';
import { momentOf } from './follow';
import type { RecordsStore } from './records';
import { createSettings } from './settings';
import { createWorkspace } from './workspace';

const DAY = Date.UTC(2026, 4, 19);
const ROW_PX = 24;
const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const dispose of cleanups.splice(0)) dispose();
});

/** A line for each of `seconds` after ten o'clock. */
const draw = (seconds: readonly number[], word: string) =>
  seconds
    .map((second) => {
      const clock = new Date(DAY + 36_000_000 + second * 1000).toISOString().slice(11, 23);
      return `${clock} INFO ${word} ${second}\n`;
    })
    .join('');

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
  const measure = (records: RecordsStore) =>
    records.setMetrics({ viewHeight: 10 * ROW_PX, rowHeight: ROW_PX, lineHeight: 20 });
  await workspace.sources.open(
    Object.entries(logs).map(([name, text]) => ({ name, blob: new Blob([text]), lastModified: 0 })),
  );
  measure(workspace.panes.log.records);
  await idle();
  const { beside, panes, acts, sources, filter, whole, timeline } = workspace;
  return {
    beside,
    acts,
    sources,
    filter,
    whole,
    timeline,
    idle,
    left: () => panes.log.records,
    right: () => panes.get('beside')?.records as RecordsStore,
    hasRight: () => panes.get('beside') !== null,
    async open() {
      beside.toggle();
      await idle();
      measure(panes.get('beside')?.records as RecordsStore);
      await idle();
    },
    words: (records: RecordsStore) => records.visible().map(({ row }) => row.text.split('INFO ')[1]),
  };
}

/** What stands at the height of the other side's moment. */
function secondAt(records: RecordsStore, top: number): number | null {
  let y = -records.offset();
  for (const { index, row } of records.visible()) {
    if (Math.abs(y - top) < ROW_PX / 2) return ((row.time ?? 0) - DAY - 36_000_000) / 1000;
    y += records.heightOf(index);
  }
  return null;
}

const hundred = Array.from({ length: 100 }, (_, at) => at);
const LOGS = { 'a.log': draw(hundred, 'a'), 'b.log': draw(hundred, 'b') };

test('a second log takes the other sources; closing it and undo give back what was', async () => {
  const page = await setup({ ...LOGS, 'c.log': draw([5], 'c') });
  expect(page.left().count()).toBe(201);
  await page.open();
  expect(page.left().count()).toBe(100);
  expect(page.right().count()).toBe(101);
  page.beside.toggle();
  await page.idle();
  expect(page.hasRight()).toBe(false);
  expect(page.left().count()).toBe(201);
  page.acts.undo();
  await page.idle();
  expect(page.right().count()).toBe(101);
});

test('the side that is not moved comes to the same time at the same height', async () => {
  const page = await setup(LOGS);
  await page.open();
  page.left().scrollTo(40);
  await page.idle();
  expect(page.words(page.right())[0]).toBe('b 40');
  page.right().scrollTo(70);
  await page.idle();
  expect(page.words(page.left())[0]).toBe('a 70');
  await page.left().select(73);
  page.left().scrollBy(-2 * ROW_PX);
  await page.idle();
  expect(page.words(page.right())[5]).toBe('b 73');
});

test('unlocked, each side stays; locked again, the last moved leads', async () => {
  const page = await setup(LOGS);
  await page.open();
  page.beside.toggleLock();
  page.left().scrollTo(50);
  await page.idle();
  expect(page.words(page.right())[0]).toBe('b 0');
  page.beside.toggleLock();
  await page.idle();
  expect(page.words(page.right())[0]).toBe('b 50');
});

test('two moments that were aligned stay side by side', async () => {
  const page = await setup({
    'a.log': draw(hundred, 'a'),
    'b.log': draw(
      hundred.map((at) => at + 3600),
      'b',
    ),
  });
  await page.open();
  page.beside.toggleLock();
  await page.left().select(10);
  await page.right().select(40);
  expect(await page.beside.align()).toBe(true);
  expect(page.beside.layout().aheadMs).toBe(3_630_000);
  page.left().scrollTo(20);
  await page.idle();
  expect(page.words(page.right())[0]).toBe(`b ${3600 + 50}`);
  page.acts.undo();
  expect(page.beside.layout().aheadMs).toBe(0);
});

test('the filter holds on both sides, and a new answer is brought to the moment again', async () => {
  const page = await setup(LOGS);
  await page.open();
  page.left().scrollTo(60);
  await page.idle();
  page.filter.type('7');
  await page.filter.apply();
  await page.idle();
  const first = momentOf(page.left());
  expect(first).not.toBeNull();
  expect(secondAt(page.right(), first?.top ?? 0)).toBe(((first?.time ?? 0) - DAY - 36_000_000) / 1000);
});

test('a source is switched on each side by itself, and hiding it hides it on both', async () => {
  const page = await setup(LOGS);
  await page.open();
  const [a = -1] = page.sources.ids();
  page.beside.toggleSource('right', a);
  await page.idle();
  expect(page.right().count()).toBe(200);
  page.sources.toggle(a);
  await page.idle();
  expect(page.left().count()).toBe(0);
  expect(page.right().count()).toBe(100);
});

test('whatever is moved on either side, the other follows and the moved one stays', async () => {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 30, maxLength: 60 });
  const move = fc.record({
    side: fc.constantFrom('left' as const, 'right' as const),
    to: fc.integer({ min: 0, max: 59 }),
  });
  await fc.assert(
    fc.asyncProperty(times, times, fc.array(move, { minLength: 1, maxLength: 5 }), async (a, b, moves) => {
      const byTime = (list: number[]) => list.toSorted((x, y) => x - y);
      const page = await setup({ 'a.log': draw(byTime(a), 'a'), 'b.log': draw(byTime(b), 'b') });
      await page.open();
      for (const { side, to } of moves) {
        const [leader, follower] = side === 'left' ? [page.left(), page.right()] : [page.right(), page.left()];
        leader.scrollTo(to);
        await page.idle();
        const here = leader.topIndex();
        const moment = momentOf(leader);
        const wanted = ((moment?.time ?? 0) - DAY - 36_000_000) / 1000;
        const seconds = byTime(side === 'left' ? b : a);
        const index = seconds.findIndex((second) => second >= wanted);
        // At the ends of the list there is nothing to scroll to: the record is in view all the same.
        const isInReach = index >= 0 && index <= seconds.length - 10;
        const shown = follower.visible().map((item) => item.index);
        if (isInReach) expect(follower.topIndex()).toBe(index);
        else expect(shown).toContain(index < 0 ? seconds.length - 1 : index);
        await page.idle();
        expect(leader.topIndex()).toBe(here);
      }
    }),
    { numRuns: 25 },
  );
});

test('counts and timeline are of all visible sources, whichever side shows them', async () => {
  const page = await setup({ ...LOGS, 'c.log': draw([5], 'c') });
  await page.open();
  expect(page.left().count()).toBe(100);
  expect(page.whole.count()).toBe(201);
  page.filter.type('7');
  await page.filter.apply();
  await page.idle();
  const kept = page.left().count() + page.right().count();
  expect(page.whole.count()).toBe(kept);
  const bins = page.timeline.counts()?.kept?.counts ?? [];
  expect(bins.reduce((sum, level) => sum + level.reduce((a, b) => a + b, 0), 0)).toBe(kept);
  page.beside.toggle();
  await page.idle();
  expect(page.whole.count()).toBe(page.left().count());
});
