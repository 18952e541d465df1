/** Scrolling rows whose heights only the screen can tell: here the screen is a function, and it answers as the page does. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';

import type { Row } from '../engine/api';
import { drawWorkspace } from '../testing/drawn-workspace';
import type { RecordsStore } from './records';

const VIEW_PX = 480;
const COUNT = 600;
const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const dispose of cleanups.splice(0)) dispose();
});

const LOG = Array.from({ length: COUNT }, (_, at) => {
  const clock = new Date(Date.UTC(2026, 4, 19, 10) + at * 1000).toISOString().slice(11, 23);
  return `${clock} INFO record ${at}`;
}).join('\n');

/** How high the screen draws a row: some are many lines, most are one. */
function heightOnScreen(row: Row, width: number): number {
  const drawn = (row.id.offset * 2_654_435_761) % 97;
  return drawn < 30 ? 24 + Math.ceil((drawn * 400) / width) * 20 : 24;
}

async function setup() {
  const drawn = await drawWorkspace({ 'app.log': LOG });
  cleanups.push(drawn.dispose);
  const { records, layout } = drawn.workspace;
  let width = 1000;
  /** What the page does before it paints. */
  const paint = () => {
    for (let round = 0; round < 50; round += 1) {
      const before = records.visible();
      records.noteHeights(before.map(({ row }) => ({ row, px: heightOnScreen(row, width) })));
      if (records.visible() === before) return;
    }
    throw new Error('the screen never comes to rest');
  };
  const settle = async () => {
    do {
      await drawn.idle();
      paint();
    } while (!drawn.workspace.isIdle());
  };
  layout.set({ isWrapped: true });
  await settle();
  return {
    records,
    layout,
    settle,
    resize: async (px: number) => {
      width = px;
      records.setMetrics({ ...records.metrics(), viewWidth: px });
      await settle();
    },
    /** Tops of the rows on screen by their position, px below the view's top. */
    tops: () => topsOf(records, (row) => heightOnScreen(row, width)),
  };
}

function topsOf(records: RecordsStore, heightOf: (row: Row) => number) {
  const tops = new Map<number, number>();
  let y = 0 - records.offset();
  for (const { index, row } of records.visible()) {
    tops.set(index, y);
    y += heightOf(row);
  }
  return { tops, bottom: y };
}

type Screen = ReturnType<typeof topsOf>;

function expectWhole(screen: Screen) {
  const indexes = [...screen.tops.keys()];
  expect(indexes).toEqual(indexes.map((_, at) => (indexes[0] ?? 0) + at));
  expect(screen.tops.get(indexes[0] ?? 0)).toBeLessThanOrEqual(0);
  expect(screen.bottom).toBeGreaterThanOrEqual(VIEW_PX);
}

function movement(before: Screen, after: Screen): number | null {
  for (const [index, top] of after.tops) {
    const old = before.tops.get(index);
    if (old !== undefined) return top - old;
  }
  return null;
}

describe('rows whose heights only the screen tells', () => {
  test('no step skips a record or moves by other than its pixels; there and back is where it began', async () => {
    const steps = fc.array(fc.integer({ min: -400, max: 400 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 150, max: 400 }), async (deltas, start) => {
        const { records, settle, tops } = await setup();
        records.scrollTo(start);
        await settle();
        const first = tops();
        for (const delta of [...deltas, ...deltas.map((px) => -px).reverse()]) {
          const before = tops();
          records.scrollBy(delta);
          await settle();
          const after = tops();
          expectWhole(after);
          const px = movement(before, after);
          if (px !== null) expect(px).toBeCloseTo(-delta, 6);
        }
        expect([...tops().tops]).toEqual([...first.tops]);
      }),
      { seed: 17, numRuns: 12 },
    );
  });

  test('the end is the last row at the lower edge, whatever came to be known on the way', async () => {
    const { records, settle, tops, resize } = await setup();
    records.scrollToEnd();
    await settle();
    expect(tops().bottom).toBe(VIEW_PX);
    expect([...tops().tops.keys()].at(-1)).toBe(COUNT - 1);
    await resize(400);
    expectWhole(tops());
    records.scrollTo(0);
    await settle();
    expect(tops().tops.get(0)).toBe(0);
  });

  test('another width keeps the selected record where it is', async () => {
    const { records, settle, tops, resize } = await setup();
    records.scrollTo(300);
    await settle();
    await records.select([...tops().tops.keys()][4] ?? 0);
    await settle();
    const index = records.selected()?.index ?? -1;
    const before = tops().tops.get(index);
    await resize(500);
    expect(tops().tops.get(index)).toBe(before);
    await resize(1400);
    expect(tops().tops.get(index)).toBe(before);
  });

  test('unfolding and folding a record keeps its first line where it is', async () => {
    const { records, layout, settle, tops } = await setup();
    layout.set({ isWrapped: false });
    await settle();
    records.scrollTo(100);
    await settle();
    await records.select(103);
    const choice = records.selected();
    if (!choice) throw new Error('nothing selected');
    const topOf = () => records.visible().findIndex(({ index }) => index === 103) * 24 - records.offset();
    const before = topOf();
    records.toggleFold(choice.id);
    expect(topOf()).toBe(before);
    records.toggleFold(choice.id);
    expect(topOf()).toBe(before);
    expect(tops().tops.size).toBeGreaterThan(0);
  });
});
