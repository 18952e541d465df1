/** Scrolling a hundred million records: what the page's main thread does for a frame, out of Chromium's own trace: its time on the processor. */
import { syntheticLog, useSyntheticEngine } from '../../e2e/synthetic-engine.mjs';
import { toShort } from '../report.mjs';

const RECORDS = 100_000_000;
// 60 frames a second.
const FRAME_BAR_MS = 16;
const FRAMES = 300;
const WARM_UP_FRAMES = 60;
const READY_WITHIN_MS = 30_000;

/** @type {readonly { name: string, shape: 'plain' | 'mixed', keys: string[], deltaPx: number }[]} */
const WAYS = [
  { name: 'one line each, by hand', shape: 'plain', keys: [], deltaPx: 100 },
  { name: 'one line each, a screen a frame', shape: 'plain', keys: [], deltaPx: 600 },
  { name: 'traces below their rows, by hand', shape: 'mixed', keys: [], deltaPx: 100 },
  { name: 'wrapped, by hand', shape: 'mixed', keys: ['Alt+z'], deltaPx: 100 },
  { name: 'wrapped, upwards', shape: 'mixed', keys: ['Alt+z'], deltaPx: -100 },
  { name: 'wrapped and unfolded, by hand', shape: 'mixed', keys: ['Alt+z', 'Shift+Z'], deltaPx: 100 },
  { name: 'the bar, dragged', shape: 'plain', keys: [], deltaPx: 0 },
];

export const scroll = {
  name: 'scroll',
  usesApp: true,
  title: 'Scrolling a hundred million records: main thread, ms a frame',
  /** @param {import('../main.mjs').Bench} bench */
  async run({ report, browser, appUrl }) {
    const figures = [];
    for (const way of WAYS) {
      const frames = await browser.withPage('about:blank', (page) => measure(page, appUrl, way));
      figures.push({ ...way, ...summarize(frames) });
    }
    report.table(
      ['way', 'frames', 'p50', 'p95', 'max'],
      figures.map(({ name, count, p50, p95, max }) => [name, count, toShort(p50), toShort(p95), toShort(max)]),
    );
    for (const { name, p95 } of figures) report.bar(`${name}: 95 of 100 frames`, p95, FRAME_BAR_MS, ' ms');
    report.keep('scroll', figures);
  },
};

/**
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<number[]>} ms of main-thread work for each frame
 */
async function measure(page, appUrl, { shape, keys, deltaPx }) {
  await useSyntheticEngine(page);
  await page.goto(appUrl);
  const { name, text } = syntheticLog(RECORDS, shape);
  await page.getByLabel('Files to open').setInputFiles([{ name, mimeType: 'text/plain', buffer: Buffer.from(text) }]);
  await page.locator('#log [data-index][id]').first().waitFor({ timeout: READY_WITHIN_MS });
  const idle = () => page.evaluate(() => globalThis.whenIdle());
  await idle();
  await page.getByRole('scrollbar').focus();
  // From the middle there is as much to scroll in both directions.
  const box = await page.getByRole('scrollbar').boundingBox();
  await page.mouse.click(box.x + 10, box.y + box.height / 2);
  await page.locator('#log').focus();
  for (const key of keys) await page.keyboard.press(key);
  await idle();
  await turn(page, deltaPx, WARM_UP_FRAMES);

  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: [
        'toplevel',
        'blink.user_timing',
        'devtools.timeline',
        'disabled-by-default-devtools.timeline',
      ],
    },
  });
  await turn(page, deltaPx, FRAMES);
  await session.send('Tracing.end');
  await ended;
  return workPerFrame(events);
}

/** Turns the wheel, or drags the bar, once in each frame. */
function turn(page, deltaPx, frames) {
  return page.evaluate(
    async ({ deltaPx, frames }) => {
      const area = document.querySelector('#log [role=rowgroup]').parentElement;
      const bar = document.querySelector('[role=scrollbar]');
      const box = bar.getBoundingClientRect();
      const pointer = (type, y) =>
        bar.dispatchEvent(
          new PointerEvent(type, { pointerId: 1, button: 0, clientX: box.left + 10, clientY: y, bubbles: true }),
        );
      // A pointer made by a script cannot be captured.
      bar.setPointerCapture = () => {};
      if (deltaPx === 0) pointer('pointerdown', box.top + box.height / 2);
      for (let frame = 0; frame < frames; frame += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        performance.mark('bench-frame');
        if (deltaPx === 0) pointer('pointermove', box.top + box.height * (0.5 + 0.4 * Math.sin(frame / 20)));
        else area.dispatchEvent(new WheelEvent('wheel', { deltaY: deltaPx, bubbles: true, cancelable: true }));
      }
      if (deltaPx === 0) pointer('pointerup', box.top);
    },
    { deltaPx, frames },
  );
}

/** Sums the tasks of the page's main thread between the frames' marks. */
function workPerFrame(events) {
  const marks = events.filter((event) => event.name === 'bench-frame');
  const [first] = marks;
  if (!first) throw new Error('the trace holds no frame');
  const tasks = events.filter(
    (event) => event.name === 'RunTask' && event.ph === 'X' && event.pid === first.pid && event.tid === first.tid,
  );
  // A frame's mark lies inside its task: the frame begins with the task.
  const starts = marks
    .map(({ ts }) => tasks.find((task) => task.ts <= ts && ts <= task.ts + task.dur)?.ts ?? ts)
    .sort((a, b) => a - b);
  return starts.slice(0, -1).map((start, at) => {
    const end = starts[at + 1];
    const inside = tasks.filter((task) => task.ts >= start && task.ts < end);
    // The thread's own time: what a busy neighbour takes from it is no work of the page.
    return inside.reduce((sum, task) => sum + (task.tdur ?? task.dur), 0) / 1000;
  });
}

function summarize(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 };
}
