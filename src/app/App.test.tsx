import { cleanup, fireEvent, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, describe, expect, test } from 'vitest';

import { Fault } from '../base/fault';
import { setupPage } from '../testing/page';

afterEach(cleanup);

const PAYMENTS = `
  10:00:00.000 INFO  service starts
  10:00:01.500 ERROR connection refused
                     at pool.ts:41
                     at main.ts:7
  10:00:02.000 WARN  retry in 5 s
  10:00:07.000 INFO  GET / 200
`;

const manyLines = (count: number) =>
  Array.from(
    { length: count },
    (_, at) =>
      `10:${String(Math.floor(at / 60) % 60).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}.000 INFO  record ${at}`,
  ).join('\n');

describe('opening', () => {
  test('a file’s records are on screen, multi-line ones folded to their first line', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    expect(page.rows()).toEqual([
      'INFO payments.log service starts',
      'ERROR payments.log connection refused',
      'WARN payments.log retry in 5 s',
      'INFO payments.log GET / 200',
    ]);
    expect(page.status().textContent).toContain('4 records');
    expect(page.status().textContent).toContain('Nothing sent');
  });

  test('the first records are there, and can be filtered, long before the end', async () => {
    const page = setupPage({ recordsPerStep: 2 });
    await page.open({ 'payments.log': PAYMENTS }, { settle: false });
    await waitFor(() => expect(page.rows()).toHaveLength(2));
    expect(page.log().getAttribute('aria-busy')).toBe('true');
    expect(page.status().textContent).toMatch(/Partial, \d+ %/);
    page.engine.step();
    await page.idle();
    expect(page.rows()).toHaveLength(4);
    expect(page.status().textContent).toContain('Exact');
  });

  test('cancel keeps what was read and says so', async () => {
    const page = setupPage({ recordsPerStep: 2 });
    await page.open({ 'payments.log': PAYMENTS }, { settle: false });
    await waitFor(() => expect(page.rows()).toHaveLength(2));
    fireEvent.click(await screen.findByRole('button', { name: /Cancel/ }));
    await page.idle();
    expect(page.rows()).toHaveLength(2);
    expect(page.status().textContent).toMatch(/Partial/);
  });

  test('two sources are merged by time and told apart', async () => {
    const page = setupPage();
    await page.open({
      'a.log': '10:00:01.000 INFO one\n10:00:03.000 INFO three\n',
      'b.log': '10:00:02.000 WARN two\n',
    });
    expect(page.rows()).toEqual(['INFO a.log one', 'WARN b.log two', 'INFO a.log three']);
    fireEvent.click(screen.getByRole('button', { name: 'b.log' }));
    await page.idle();
    expect(page.rows()).toEqual(['INFO a.log one', 'INFO a.log three']);
  });

  test('a pasted text becomes a source', async () => {
    const page = setupPage();
    const data = { files: [], getData: () => '10:00:00.000 INFO from the clipboard\n' };
    fireEvent.paste(document.body, { clipboardData: data });
    await screen.findByRole('grid');
    await page.idle();
    expect(page.rows().join()).toContain('from the clipboard');
  });

  test('an empty file is a sentence, a binary one its bytes', async () => {
    const page = setupPage();
    await page.open({ 'none.log': '' });
    expect(await screen.findByText(/none\.log is empty/)).toBeTruthy();
    cleanup();
    const other = setupPage();
    await other.open({ 'core.bin': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]) });
    expect(await screen.findByText(/core\.bin is not text/)).toBeTruthy();
    expect(await screen.findByText(/7f 45 4c 46 00 01 02 03/)).toBeTruthy();
  });

  test('a file that cannot be opened is told with its next step', async () => {
    const page = setupPage();
    page.engine.failNext('open', new Fault('file-unreadable', 'gone'));
    fireEvent.change(screen.getByLabelText('Files to open'), { target: { files: [new File(['x'], 'gone.log')] } });
    const note = await screen.findByRole('alert');
    expect(note.textContent).toContain('gone.log can no longer be read.');
    expect(note.textContent).toContain('Drop the file again');
  });
});

describe('the filter', () => {
  test('keeps what matches, counts it, and marks it', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    await page.type('refused OR level:warn');
    expect(page.rows()).toEqual(['ERROR payments.log connection refused', 'WARN payments.log retry in 5 s']);
    expect(screen.getByText('refused').tagName).toBe('MARK');
    expect(page.status().textContent).toContain('2 of 4 records');
  });

  test('a mistake says where and what is expected, and keeps the last good answer', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    await page.type('refused');
    await page.type('refused AND level>=bad');
    expect(page.rows()).toHaveLength(1);
    expect(page.filterField().getAttribute('aria-invalid')).toBe('true');
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('At position 20 expected');
    expect(alert.textContent).toContain('The last good filter is still applied.');
    await page.type('retry');
    expect(page.rows()).toEqual(['WARN payments.log retry in 5 s']);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('an expression that never ends is told, the last answer stays', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    page.engine.failNext('select', new Fault('regex-timeout', 'too long'));
    await page.type('/(a+)+b/');
    expect(page.rows()).toHaveLength(4);
    expect(screen.getByRole('alert').textContent).toContain('took too long');
  });

  test('nothing left: the page says so and clears it on a click', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    await page.type('nowhere');
    expect(await screen.findByText('No record passes the filter.')).toBeTruthy();
    const [, clear] = await screen.findAllByRole('button', { name: 'Clear the filter' });
    fireEvent.click(clear as HTMLElement);
    await page.idle();
    expect(page.rows()).toHaveLength(4);
    expect(page.filterField().value).toBe('');
  });

  test('a level is switched off and on again', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    fireEvent.click(screen.getByRole('button', { name: /INFO/ }));
    await page.idle();
    expect(page.rows()).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: /INFO/ }));
    await page.idle();
    expect(page.rows()).toHaveLength(4);
  });
});

describe('walking', () => {
  test('j and k select, e finds the next error, g and G the ends', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    await page.press('j');
    await page.press('j');
    expect(page.selected()).toEqual([expect.stringContaining('connection refused')]);
    await page.press('k');
    expect(page.selected()).toEqual([expect.stringContaining('service starts')]);
    await page.press('w');
    expect(page.selected()).toEqual([expect.stringContaining('retry')]);
    await page.press('E');
    expect(page.selected()).toEqual([expect.stringContaining('connection refused')]);
    await page.press('E');
    expect(page.status().textContent).toContain('No ERROR or FATAL further up');
    await page.press('G');
    expect(page.selected()).toEqual([expect.stringContaining('GET /')]);
    await page.press('g');
    expect(page.selected()).toEqual([expect.stringContaining('service starts')]);
  });

  test('only the rows in view exist, and their place in the whole is told', async () => {
    const page = setupPage();
    await page.open({ 'long.log': manyLines(3000) });
    expect(page.rows().length).toBeLessThan(25);
    expect(page.log().getAttribute('aria-rowcount')).toBe('3001');
    await page.press('G');
    const last = screen.getByRole('row', { selected: true });
    expect(last.getAttribute('aria-rowindex')).toBe('3001');
    expect(last.textContent).toContain('record 2999');
    expect(page.log().getAttribute('aria-activedescendant')).toBe(last.id);
  });

  test('the record in view stays when the filter changes around it', async () => {
    const page = setupPage();
    await page.open({ 'long.log': manyLines(3000) });
    fireEvent.wheel(page.log().querySelector('[role="presentation"]') as Element, { deltaY: 24 * 1500 });
    await page.idle();
    expect(page.rows()[0]).toContain('record 1500');
    await page.type('record AND NOT 15');
    await page.type('record');
    expect(page.rows()[0]).toMatch(/record 1600/);
  });

  test('z unfolds the lines of a record', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    await page.press('e');
    await page.press('z');
    expect(screen.getByText(/at pool\.ts:41/)).toBeTruthy();
    await page.press('z');
    expect(screen.queryByText(/at pool\.ts:41/)).toBeNull();
  });

  test('Enter shows the selected record’s text, fields and bytes', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    await page.press('e');
    await page.press('Enter');
    const drawer = await screen.findByRole('complementary', { name: 'Details of the selected record' });
    await waitFor(() => expect(drawer.textContent).toContain('at main.ts:7'));
    expect(drawer.textContent).toContain('2026-05-19 10:00:01.500 UTC');
    expect(drawer.textContent).toContain('31 30 3a 30 30 3a 30 31');
  });

  test('? shows every key', async () => {
    const page = setupPage();
    await page.press('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keys' });
    expect(dialog.textContent).toContain('Next, previous ERROR or FATAL');
  });
});

describe('safety', () => {
  test('log text is text: no element comes from it, control and bidi characters are visible', async () => {
    const page = setupPage();
    await page.open({ 'evil.log': '10:00:00.000 INFO <img src=x onerror=alert(1)> \u001b[31m user=\u202enimda\n' });
    expect(page.log().querySelector('img')).toBeNull();
    expect(page.rows()).toEqual(['INFO evil.log <img src=x onerror=alert(1)>  user=RLOnimda']);
  });

  test('when the engine dies the page says so, keeps what it shows, and starts it again with the same files', async () => {
    const page = setupPage();
    await page.open({ 'payments.log': PAYMENTS });
    page.killEngine('out of memory');
    expect((await screen.findByRole('alert')).textContent).toContain('The engine stopped. The files are untouched.');
    expect(page.rows()).toHaveLength(4);
    fireEvent.click(screen.getByRole('button', { name: 'Start it again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    await waitFor(() => expect(page.rows()).toHaveLength(4));
  });

  test('settings of another hand are ignored, good ones are taken up', () => {
    const storage = { getItem: () => '{"theme":"dark","density":"tiny","zone":"Nowhere/Land"}', setItem: () => {} };
    setupPage({ storage });
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(document.documentElement.dataset.density).toBe('regular');
    expect(screen.getByRole('button', { name: 'UTC' })).toBeTruthy();
  });
});
