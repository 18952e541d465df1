import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { createRoot } from 'solid-js';
import { afterEach, describe, expect, test } from 'vitest';

import { reservedFor } from '../base/key-name';
import { connectEngine } from '../bridge/engine-client';
import { createCommands } from '../commands/all-commands';
import { findClashes } from '../state/key-choices';
import { createSettings } from '../state/settings';
import { createWorkspace } from '../state/workspace';
import { createDrawnEngine } from '../testing/drawn-engine';
import { setupPage } from '../testing/page';
// Fetched when first wanted: here beforehand, so that a slow machine does not run into a test's patience.
import '../views/KeysSheet';
import '../views/settings/SettingsDialog';

afterEach(() => {
  cleanup();
  for (const name of ['theme', 'contrast', 'density', 'motion']) delete document.documentElement.dataset[name];
});

const LOG = `
  10:00:00.000 INFO  service starts
  10:00:01.500 ERROR connection refused
  10:00:02.000 WARN  retry in 5 s
`;

function createStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

/** The page with its settings open. */
async function setupSettings(storage = createStorage()) {
  const page = setupPage({ storage });
  await page.open({ 'payments.log': LOG });
  await page.press(',', { ctrlKey: true });
  // By text where it can be: roles are found out for every element, and there are hundreds.
  const dialog = (await screen.findByText('Settings', { selector: 'h2' })).closest('dialog') as HTMLElement;
  const inside = within(dialog);
  return {
    ...page,
    inside,
    find: (text: string) => fireEvent.input(inside.getByPlaceholderText('Find a setting'), { target: { value: text } }),
    close: () => fireEvent.click(inside.getByLabelText('Close')),
    /** Presses a key while one is recorded. */
    record: (button: string, key: string, modifiers: KeyboardEventInit = {}) => {
      fireEvent.click(inside.getByLabelText(button));
      fireEvent.keyDown(document.body, { key, ...modifiers });
    },
    alert: () => dialog.querySelector('[role=alert]')?.textContent ?? null,
  };
}

test('the keys that commands come with do not clash, and the browser leaves them alone', () => {
  createRoot((dispose) => {
    const engine = connectEngine(createDrawnEngine(), { died: new Promise(() => {}), end: () => {} });
    const page = new Proxy({}, { get: () => () => undefined });
    const commands = createCommands(createWorkspace(engine, createSettings(undefined)), page as never);
    expect(findClashes(commands, {}).map(({ key, commands: [one, two] }) => `${key}: ${one?.id}, ${two?.id}`)).toEqual(
      [],
    );
    const reserved = commands.flatMap(({ id, keys }) =>
      keys.filter((key) => reservedFor(key)).map((key) => `${id} ${key}`),
    );
    expect(reserved).toEqual(['filter.back Escape']);
    const ids = commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z-]+\.[a-z0-9-]+$/);
    dispose();
  });
});

describe('settings', () => {
  test('what is changed holds at once and after a reload', async () => {
    const storage = createStorage();
    const { inside, close, unmount } = await setupSettings(storage);
    fireEvent.click(inside.getByLabelText('Dark'));
    fireEvent.click(inside.getByLabelText('More'));
    fireEvent.click(inside.getByLabelText('Roomy'));
    fireEvent.click(within(inside.getByRole('group', { name: 'Motion' })).getByLabelText('None'));
    fireEvent.click(inside.getByLabelText('Below'));
    const expected = { theme: 'dark', contrast: 'more', density: 'roomy', motion: 'none' };
    expect(document.documentElement.dataset).toMatchObject(expected);
    expect(storage.getItem('loupe.settings.1')).toContain('"detailsPlace":"below"');
    close();
    unmount();
    setupPage({ storage });
    expect(document.documentElement.dataset).toMatchObject(expected);
  });

  test('the budget reaches the engine, and goes back to what the engine found fit', async () => {
    const { inside, engine } = await setupSettings();
    const fit = (await engine.health()).budgetBytes;
    const budget = inside.getByLabelText('Memory for the bytes of files');
    fireEvent.change(budget, { target: { value: '512' } });
    await waitFor(async () => expect((await engine.health()).budgetBytes).toBe(512 * 1024 * 1024));
    fireEvent.change(budget, { target: { value: 'null' } });
    await waitFor(async () => expect((await engine.health()).budgetBytes).toBe(fit));
  });

  test('search leaves what fits', async () => {
    const { inside, find } = await setupSettings();
    find('contrast');
    expect(inside.queryByText('Theme', { selector: 'legend' })).toBeNull();
    expect(inside.getByText('Contrast', { selector: 'legend' })).toBeTruthy();
    find('next warn');
    expect(inside.getByText('Next WARN')).toBeTruthy();
    expect(inside.queryByText('Next record')).toBeNull();
    find('no such thing');
    expect(inside.getByText('No setting goes by that name.')).toBeTruthy();
  });

  test('what is kept is listed; deleting it asks first', async () => {
    const { inside } = await setupSettings();
    expect(await inside.findByText('Workspaces', { selector: 'th' })).toBeTruthy();
    fireEvent.click(inside.getByText('Delete everything kept'));
    expect(inside.getByText(/This cannot be undone/)).toBeTruthy();
    fireEvent.click(inside.getByText('Keep them'));
    expect(inside.queryByText(/This cannot be undone/)).toBeNull();
  });
});

describe('changing keys', () => {
  test('a key is pressed and works at once, and after a reload', async () => {
    const storage = createStorage();
    const page = await setupSettings(storage);
    page.find('next error');
    page.record('Change e of Next ERROR or FATAL', 'q');
    expect(page.inside.getByLabelText('Change q of Next ERROR or FATAL')).toBeTruthy();
    page.close();
    await page.press('e');
    expect(page.selected()).toEqual([]);
    await page.press('q');
    expect(page.selected()).toEqual([expect.stringContaining('connection refused')]);
    page.unmount();
    const again = setupPage({ storage });
    await again.open({ 'payments.log': LOG });
    await again.press('q');
    expect(again.selected()).toEqual([expect.stringContaining('connection refused')]);
  });

  test('one that belongs to another command is told, and can be swapped', async () => {
    const { inside, find, record, alert } = await setupSettings();
    find('next');
    record('Change e of Next ERROR or FATAL', 'w');
    expect(alert()).toContain('w belongs to “Next WARN”');
    expect(inside.getByLabelText('Change e of Next ERROR or FATAL')).toBeTruthy();
    fireEvent.click(inside.getByText('Swap: that gets e'));
    expect(inside.getByLabelText('Change w of Next ERROR or FATAL')).toBeTruthy();
    expect(inside.getByLabelText('Change e of Next WARN')).toBeTruthy();
    expect(alert()).toBeNull();
  });

  test('one of the browser is refused with a sentence, Escape gives up', async () => {
    const { inside, find, record, alert } = await setupSettings();
    find('next warn');
    record('Add a key to Next WARN', 't', { ctrlKey: true });
    expect(alert()).toBe('Ctrl T opens a tab: the browser keeps it.');
    record('Add a key to Next WARN', 'Escape');
    expect(alert()).toBeNull();
    expect(inside.getByLabelText('Add a key to Next WARN')).toBeTruthy();
  });

  test('a command may have several keys or none, and its own again', async () => {
    const { inside, find, record } = await setupSettings();
    find('next warn');
    record('Add a key to Next WARN', 'q');
    fireEvent.click(inside.getByLabelText('Remove w of Next WARN'));
    fireEvent.click(inside.getByLabelText('Remove q of Next WARN'));
    fireEvent.click(inside.getByLabelText('Keys of Next WARN as at first'));
    expect(inside.getByLabelText('Change w of Next WARN')).toBeTruthy();
  });

  test('it can be undone', async () => {
    const page = await setupSettings();
    page.find('next error');
    page.record('Change e of Next ERROR or FATAL', 'q');
    page.close();
    await page.press('z', { ctrlKey: true });
    await page.press('e');
    expect(page.selected()).toEqual([expect.stringContaining('connection refused')]);
  });

  test('a file of keys is read, and says what it left out', async () => {
    const { inside, alert } = await setupSettings();
    const text = JSON.stringify({ loupeKeys: 1, keys: { 'error.next': ['q'], 'no.such': ['x'] } });
    fireEvent.change(inside.getByLabelText('File of keys'), { target: { files: [new File([text], 'mine.json')] } });
    await waitFor(() =>
      expect(alert()).toBe('Keys of mine.json are in use. 1 command of that file is not known here.'),
    );
    expect(inside.getByLabelText('Change q of Next ERROR or FATAL')).toBeTruthy();
  });
});

describe('the sheet of keys', () => {
  const open = async () => {
    const page = setupPage();
    await page.press('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keys' });
    return { page, dialog, inside: within(dialog) };
  };

  test('what goes both ways stands on one line; a key pressed shows what it does', async () => {
    const { dialog, inside } = await open();
    expect(inside.getByText('Next, previous ERROR or FATAL')).toBeTruthy();
    fireEvent.keyDown(inside.getByRole('region', { name: 'All keys' }), { key: 'E' });
    expect(dialog.querySelector('[data-pressed]')?.textContent).toContain('Next, previous ERROR or FATAL');
    expect(inside.getByText('E: Previous ERROR or FATAL.')).toBeTruthy();
    fireEvent.keyDown(inside.getByRole('region', { name: 'All keys' }), { key: 'F9' });
    expect(inside.getByText('F9: no command has this key.')).toBeTruthy();
  });

  test('it is searched, and leads to changing them', async () => {
    const { inside } = await open();
    fireEvent.input(inside.getByRole('searchbox'), { target: { value: 'undo' } });
    expect(inside.getAllByRole('term')).toHaveLength(1);
    fireEvent.click(inside.getByText('Change keys'));
    expect(await screen.findByRole('dialog', { name: 'Settings' })).toBeTruthy();
    expect(screen.queryByRole('dialog', { name: 'Keys' })).toBeNull();
  });
});
