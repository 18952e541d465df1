import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';

import { setupPage } from '../testing/page';
// Fetched when first wanted: here beforehand, so that a slow machine does not run into a test's patience.
import '../views/health/HealthDialog';
import '../views/palette/Palette';

afterEach(cleanup);

const LOG = `
  10:00:00.000 INFO  service starts
  10:00:01.500 ERROR connection refused
`;

async function setupHealth() {
  const page = setupPage();
  await page.open({ 'payments.log': LOG });
  fireEvent.click(screen.getByText('Nothing sent').closest('button') as HTMLElement);
  const dialog = (await screen.findByText('Outbound', { selector: 'h2' })).closest('dialog') as HTMLElement;
  return { ...page, dialog, inside: within(dialog) };
}

test('from the status line to what leaves the device, and on to health', async () => {
  const { inside, dialog } = await setupHealth();
  expect(inside.getByText('Nothing of a log has left this device.')).toBeTruthy();
  expect(inside.getAllByText(/served without its policy/).length).toBeGreaterThan(0); // jsdom has none
  fireEvent.click(inside.getByLabelText('Health'));
  await inside.findByText('Health', { selector: 'h2' });
  await waitFor(() => expect(dialog.querySelector('[data-check=sources]')?.textContent).toContain('1 source'));
  expect(await inside.findByText('Answers of the engine')).toBeTruthy();
});

test('a repair outside the page closes it', async () => {
  const { inside, killEngine } = await setupHealth();
  fireEvent.click(inside.getByLabelText('Health'));
  killEngine('out of memory');
  fireEvent.click(await inside.findByText('Restart the engine'));
  expect(document.querySelector('dialog')).toBeNull();
});
