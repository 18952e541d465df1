/** The page as a person uses it. Waits are for what is seen, or for `window.whenIdle()`; never for time. */
import { gzipSync } from 'node:zlib';

import { expect, type Locator, type Page } from '@playwright/test';

export interface LogFile {
  readonly name: string;
  readonly text?: string;
  readonly bytes?: Buffer;
}

export class LoupePage {
  readonly log: Locator;
  /** The table of patterns. */
  readonly patterns: Locator;
  readonly filterField: Locator;
  readonly status: Locator;
  readonly timeline: Locator;
  /** What went wrong in the page besides what is shown: errors, refused by the policy. */
  readonly troubles: string[] = [];

  /** @param firstView  what a newly opened log shows: its lines, which most specs are about; `default` leaves it to the app */
  constructor(
    readonly page: Page,
    private readonly firstView: 'lines' | 'default' = 'lines',
  ) {
    this.log = page.locator('#log');
    this.patterns = page.locator('#pattern-table');
    this.filterField = page.getByRole('combobox', { name: 'Filter the records' });
    this.status = page.getByRole('contentinfo');
    this.timeline = page.getByRole('img', { name: /^Records per/ });
    page.on('pageerror', (error) => this.troubles.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.troubles.push(message.text());
    });
    page.on('dialog', (dialog) => {
      this.troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** @param origin  of another host than the one of the tests */
  async visit(search = '', origin = '') {
    if (this.firstView === 'lines') await this.page.addInitScript(chooseLines);
    await this.page.goto(`${origin}/${search}`);
    await expect(this.page.getByRole('heading', { name: 'Drop a log anywhere on this page' })).toBeVisible();
  }

  /** The page as in a new tab: with no workspace. */
  async startAnew(search = '') {
    await this.page.evaluate(() => sessionStorage.clear());
    await this.page.goto('about:blank');
    await this.visit(search);
  }

  /** Opens files through the picker, from memory. */
  async open(...files: LogFile[]) {
    await this.pick(...files);
    await this.idle();
  }

  /** The same without waiting for the end. */
  async pick(...files: LogFile[]) {
    const chosen = files.map((file) => ({
      name: file.name,
      mimeType: 'text/plain',
      buffer: file.bytes ?? Buffer.from(file.text ?? ''),
    }));
    await this.page.getByLabel('Files to open').setInputFiles(chosen);
    await expect(this.filterField).toBeVisible();
  }

  /** Opens files of any size from the disk, without waiting. */
  async pickPaths(...paths: string[]) {
    await this.page.getByLabel('Files to open').setInputFiles(paths);
    await expect(this.filterField).toBeVisible();
  }

  async drop(...files: LogFile[]) {
    const transfer = await this.page.evaluateHandle(
      (list) => {
        const data = new DataTransfer();
        for (const { name, text } of list) data.items.add(new File([text], name));
        return data;
      },
      files.map((file) => ({ name: file.name, text: file.text ?? '' })),
    );
    await this.page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
    await expect(this.page.getByText('Drop to')).toBeVisible();
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    await expect(this.filterField).toBeVisible();
    await this.idle();
  }

  async paste(text: string) {
    await this.page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
    await expect(this.filterField).toBeVisible();
    await this.idle();
  }

  idle() {
    return this.page.evaluate(async () => {
      const page = window as unknown as { whenIdle?(): Promise<void> };
      // A page that was loaded just now has not begun yet.
      while (!page.whenIdle) await new Promise(requestAnimationFrame);
      await page.whenIdle();
    });
  }

  /** Puts a text in place of the whole filter. */
  async filter(text: string) {
    await this.filterField.press('Alt+/');
    await this.filterField.fill(text);
    await this.filterField.press('Enter');
    await this.idle();
  }

  async press(...keys: string[]) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.idle();
    }
  }

  /** Presses a key inside the page as soon as there are rows: nothing of a round trip lies between. Call it before picking. */
  async pressAtFirstRows(key: string) {
    await this.page.evaluate((pressed) => {
      const watch = new MutationObserver(() => {
        if (!document.querySelector('#log [data-index]')) return;
        watch.disconnect();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
      });
      watch.observe(document.body, { childList: true, subtree: true });
    }, key);
  }

  /** Leaves the engine no memory for bytes, so that every answer reads the files again. The page was visited with `?bench`. */
  async forgetBytes() {
    await this.page.evaluate(() =>
      (
        window as unknown as { loupeBench: { engine: { configure(options: { budgetBytes: number }): Promise<void> } } }
      ).loupeBench.engine.configure({ budgetBytes: 1 }),
    );
  }

  /** Opens the table of the sources. */
  async showSources() {
    await this.page.getByRole('button', { name: /^[\d,]+ sources?$/ }).click();
    await expect(this.page.getByRole('region', { name: 'Sources', exact: true })).toBeVisible();
  }

  /** A digest of the source whose digests are shown. */
  digest(name: 'BLAKE3' | 'SHA-256' | 'Fingerprint') {
    return this.page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]');
  }

  rows() {
    return this.log.locator('[data-index][id]');
  }

  /** Messages of the records on screen. */
  messages() {
    return this.rows().evaluateAll((rows) =>
      rows.map((row) => row.querySelector('[role=gridcell]:last-child > span')?.textContent ?? ''),
    );
  }

  selected() {
    return this.log.locator('[data-index][id][aria-selected=true]');
  }

  selectedPattern() {
    return this.page.locator('xpath=//*[@id=//*[@id="pattern-table"]/@aria-activedescendant]');
  }

  /** Every pattern in the table and its records, in order, scrolled through from the top: only those on screen exist. */
  async patternRows(): Promise<{ text: string; count: number }[]> {
    const top = await this.patterns.evaluate((table) => table.scrollTop);
    await this.patterns.evaluate((table) => table.scrollTo(0, 0));
    await this.idle();
    const total = Number(await this.patterns.getAttribute('aria-rowcount')) - 1;
    const found = new Map<number, { text: string; count: number }>();
    for (let before = -1; found.size < total && found.size !== before; ) {
      before = found.size;
      const rows = await this.patterns.locator('[data-place]').evaluateAll((list) =>
        list.map((row) => ({
          place: Number((row as HTMLElement).dataset.place),
          text: row.querySelector('[role=rowheader]')?.textContent ?? '',
          count: Number(row.querySelectorAll('[role=gridcell]')[2]?.firstChild?.textContent?.replace(/\D/g, '')),
        })),
      );
      for (const { place, ...row } of rows) found.set(place, row);
      await this.patterns.evaluate((table) => table.scrollBy(0, table.clientHeight / 2));
      await this.idle();
    }
    await this.patterns.evaluate((table, px) => table.scrollTo(0, px), top);
    await this.idle();
    return [...found].sort(([a], [b]) => a - b).map(([, row]) => row);
  }

  async patternTexts() {
    return (await this.patternRows()).map(({ text }) => text);
  }

  /** "6 of 12 records" and the like, as the status line says it. */
  async counts() {
    return (await this.status.textContent()) ?? '';
  }

  /** Drags over a part of the timeline, 0..1 of its width, and filters by it. */
  async brush(from: number, to: number) {
    await this.drawBrush(from, to);
    await this.press('Enter');
  }

  /** Drags over a part of the timeline, 0..1 of its width. */
  async drawBrush(from: number, to: number) {
    const box = await this.timeline.boundingBox();
    if (!box) throw new Error('no timeline');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + from * box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + to * box.width, y, { steps: 4 });
    await this.page.mouse.up();
    await this.idle();
  }
}

/** Runs in the page before the app, once in a tab: what the app keeps or deletes later stays so. */
function chooseLines() {
  if (window.name === 'lines chosen' || location.protocol === 'about:') return;
  window.name = 'lines chosen';
  const kept = JSON.parse(localStorage.getItem('loupe.settings.1') ?? '{}');
  localStorage.setItem('loupe.settings.1', JSON.stringify({ firstView: 'lines', ...kept }));
}

/** A log of `count` records, one a second from 10:00:00 on 19 May 2026: INFO, every 10th WARN, every 50th ERROR with a trace. */
export function drawLog(count: number, word = 'record'): string {
  const lines: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const time = new Date(Date.UTC(2026, 4, 19, 10) + at * 1000).toISOString().replace('T', ' ').replace('Z', '');
    if (at % 50 === 49) lines.push(`${time} ERROR ${word} ${at} failed`, '    at pool.ts:41', '    at main.ts:7');
    else lines.push(`${time} ${at % 10 === 9 ? 'WARN ' : 'INFO '} ${word} ${at}`);
  }
  return `${lines.join('\n')}\n`;
}

export const gzip = (text: string) => gzipSync(text);

/** UTF-16, little endian, with its mark. */
export const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
