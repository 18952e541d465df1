import { expect, test } from 'vitest';

import { type AskPage, tidyReleases } from './tidy';

const page =
  (version: unknown): AskPage =>
  (_, port) =>
    port.postMessage(version);
const silent: AskPage = () => {};
const QUIET = { installing: null, waiting: null };

async function forgotten(pages: readonly AskPage[], registration: { installing: unknown; waiting: unknown } = QUIET) {
  const calls: (readonly string[])[] = [];
  const files = { forgetOthers: async (inUse: readonly string[]) => void calls.push(inUse) };
  await tidyReleases(files, registration as ServiceWorkerRegistration, async () => pages, 20);
  return calls;
}

test('releases of open pages stay', async () => {
  expect(await forgotten([page('a'), page('b'), page('a')])).toEqual([['a', 'b', 'a']]);
  expect(await forgotten([])).toEqual([[]]);
});

test.each([
  ['does not answer', silent],
  ['is of a release that cannot say', page(undefined)],
])('nothing is forgotten while a page %s', async (_, one) => {
  expect(await forgotten([page('a'), one])).toEqual([]);
});

test('nothing is forgotten while another release is coming', async () => {
  expect(await forgotten([page('a')], { installing: {}, waiting: null })).toEqual([]);
  expect(await forgotten([page('a')], { installing: null, waiting: {} })).toEqual([]);
});
