/** What goes wrong with what is kept: no room, deleted in another tab. Each is told, and nothing that was made is lost. */
import { expect, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

test('without room the page says so and goes on; what was made meanwhile is kept once there is room', async ({
  page,
}) => {
  await page.addInitScript(refuseWhenFull);
  const loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open({ name: 'app.log', text: drawLog(100) });
  await page.evaluate(() => Object.assign(window, { isFull: true }));
  await loupe.press('Escape', 'e', 'm');
  await loupe.open({ name: 'b.log', text: drawLog(100, 'more') });
  await expect(page.getByText('The browser has no room left to keep this workspace.')).toBeVisible();
  await page.evaluate(() => Object.assign(window, { isFull: false }));
  await loupe.press('e', 'm');
  await expect(page.getByText('The browser has no room left to keep this workspace.')).toBeHidden();
  await page.reload();
  await expect(page.getByRole('button', { name: '2 sources' })).toBeVisible();
  await loupe.idle();
  expect(await page.evaluate(countMarks)).toBe(2);
  expect(loupe.troubles).toEqual([]);
});

test('what another tab deletes is told here, and not written again', async ({ page, context }) => {
  const loupe = new LoupePage(page);
  await loupe.visit();
  await loupe.open({ name: 'app.log', text: drawLog(100) });
  const second = new LoupePage(await context.newPage());
  await second.visit();
  await second.page.keyboard.press('Control+,');
  await second.page.getByRole('button', { name: 'Delete everything kept' }).click();
  await second.page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('What was kept was deleted in another tab.')).toBeVisible();
  await loupe.press('Escape', 'e', 'm');
  expect(await loupe.counts()).toContain('100');
  await second.startAnew();
  await expect(second.page.getByRole('button', { name: 'app.log' })).toBeHidden();
  expect(loupe.troubles).toEqual([]);
});

/** Runs in the page before the app: a browser that has no room while `isFull` says so. */
function refuseWhenFull() {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the store
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
    if ('isFull' in window && window.isFull) throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, given);
  };
}

/** Runs in the page: how many marks are kept, of all workspaces. */
function countMarks(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('loupe');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const counting = database.transaction('marks').objectStore('marks').count();
      counting.onsuccess = () => {
        database.close();
        resolve(counting.result);
      };
    };
  });
}
