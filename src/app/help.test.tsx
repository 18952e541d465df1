import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';

import { parseFilter } from '../engine/query/parse';
import { setupPage } from '../testing/page';
import { HELP_PAGES } from '../views/help/help-pages';
// Fetched when first wanted: here beforehand, so that a slow machine does not run into a test's patience.
import '../views/help/HelpDialog';

afterEach(cleanup);

const LOG = `
  10:00:00.000 INFO  service starts
  10:00:01.500 ERROR connection refused
`;

async function setupHelp() {
  const page = setupPage();
  await page.open({ 'payments.log': LOG });
  await page.press('F1');
  const inside = within((await screen.findByText('Help', { selector: 'h2' })).closest('dialog') as HTMLElement);
  return {
    ...page,
    inside,
    find: (text: string) =>
      fireEvent.input(inside.getByPlaceholderText('Find in the help'), { target: { value: text } }),
  };
}

test('an example of a filter is put into the filter by a click', async () => {
  const page = await setupHelp();
  fireEvent.click(page.inside.getByText('The filter', { selector: 'button' }));
  fireEvent.click(page.inside.getByText('level>=warn'));
  expect(document.querySelector('dialog')).toBeNull();
  await page.idle();
  expect(page.rows()).toHaveLength(1);
});

test('pages are found by their words, the formats among them', async () => {
  const { inside, find } = await setupHelp();
  find('indexed kernel regular expression');
  expect(inside.getByText('No page holds these words.')).toBeTruthy();
  find('regular expression');
  expect(inside.getByText('The filter', { selector: 'h3' })).toBeTruthy();
  find('16 mib');
  expect(inside.getByText('Limits', { selector: 'h3' })).toBeTruthy();
});

test('every example of the help is a filter', () => {
  const examples = HELP_PAGES.flatMap((page) =>
    page.blocks.flatMap((block) => (block.kind === 'filters' ? block.rows.flatMap((row) => row.examples) : [])),
  );
  expect(examples.length).toBeGreaterThan(20);
  for (const example of examples) {
    expect(() => parseFilter(example, { now: Date.UTC(2026, 4, 19) }), example).not.toThrow();
  }
});
