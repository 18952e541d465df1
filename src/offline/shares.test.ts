import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createShares } from './shares';

const SCOPE = 'https://logs.example/loupe/';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function share(entries: readonly (readonly [string, string | File])[]) {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  const shares = createShares(SCOPE);
  const { response, held } = await shares.receive({ formData: async () => form });
  const address = new URL(response.headers.get('location') ?? '');
  return { shares, held, status: response.status, address, id: address.searchParams.get('shared') ?? '' };
}

test('what is shared is handed to the page it sends the browser to, once', async () => {
  const { shares, held, status, address, id } = await share([
    ['title', 'Crash'],
    ['text', 'it broke\nat 10:00'],
    ['url', ''],
    ['files', new File(['a log'], 'app.log')],
    ['files', new File([''], '')],
    ['other', 'not asked for'],
  ]);
  expect(status).toBe(303);
  expect(`${address.origin}${address.pathname}`).toBe(SCOPE);
  const taken = shares.take(id);
  expect(taken?.text).toBe('Crash\nit broke\nat 10:00');
  expect(taken?.files.map(({ name }) => name)).toEqual(['app.log']);
  expect(shares.take(id)).toBeNull();
  await held;
});

test('what nobody comes for is let go', async () => {
  const { shares, held, id } = await share([['text', 'a log']]);
  await vi.advanceTimersByTimeAsync(60_000);
  await held;
  expect(shares.take(id)).toBeNull();
});

test('only what is posted to the address of the manifest is a share', () => {
  const shares = createShares(SCOPE);
  expect(shares.isShare({ method: 'POST', url: `${SCOPE}share` })).toBe(true);
  expect(shares.isShare({ method: 'POST', url: `${SCOPE}share?x=1` })).toBe(true);
  expect(shares.isShare({ method: 'GET', url: `${SCOPE}share` })).toBe(false);
  expect(shares.isShare({ method: 'POST', url: `${SCOPE}shared` })).toBe(false);
  expect(shares.isShare({ method: 'POST', url: 'https://logs.example/share' })).toBe(false);
});
