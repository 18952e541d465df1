import fc from 'fast-check';
import { expect, test } from 'vitest';

import { decodeLink, encodeLink, LINK_LIMIT } from './link';
import { EMPTY_SESSION, type Session } from '../protocol/session';

const sourceOf = (key: string): Session['sources'][number] => ({
  key,
  name: `${key}.log`,
  sizeBytes: 124_000_000,
  fingerprint: 'f00d',
  title: null,
  colour: null,
  isHidden: false,
  format: null,
  encoding: null,
  zone: null,
  offsetMs: 0,
});

const SESSION: Session = {
  ...EMPTY_SESSION,
  sources: [sourceOf('payments'), { ...sourceOf('gateway'), isHidden: true, offsetMs: -3 }],
  filter: { clauses: [], draft: 'level>=WARN "ünï"', range: { start: 1, end: 2 }, levelsOff: [null, 'INFO'] },
  timeline: { view: { start: 0, end: 9 }, isLogScale: false, pin: null, areAllTimesShown: false },
  place: { view: 'lines', top: { source: 'payments', offset: 12 }, offsetPx: 0, selected: null },
  zone: 'Europe/Berlin',
};

/** Text that deflate makes little of. */
let state = 1;
const noise = (length: number) => {
  return Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
};

test('a session comes back from its link', async () => {
  const { hash, leftOut } = await encodeLink(SESSION);
  expect(hash).toMatch(/^#s=[\w-]+$/);
  expect(hash.length).toBeLessThan(500);
  expect(leftOut).toEqual([]);
  expect(await decodeLink(hash)).toEqual({ kind: 'session', session: SESSION });
});

test('the layout stays with whoever made the link', async () => {
  const layout = {
    columns: [{ id: 'message' as const, width: null, isHidden: false }],
    isWrapped: true,
    isPretty: true,
    areDetailsOpen: true,
    detailsWidth: 360,
    dockShare: 0.3,
  };
  const { hash } = await encodeLink({ ...SESSION, layout });
  expect(await decodeLink(hash)).toEqual({ kind: 'session', session: SESSION });
});

test('a link too long gives up zoom, then sources the place does not need, then the filter, and says so', async () => {
  const sources = Array.from({ length: 900 }, (_, at) => sourceOf(`${at}-${noise(12)}`));
  const place = { ...SESSION.place, top: { source: sources[700]?.key ?? '', offset: 1 } };
  const many = await encodeLink({ ...SESSION, sources, place });
  expect(many.leftOut).toEqual(['the zoom of the timeline', 'all but 20 sources']);
  expect(many.hash.length).toBeLessThanOrEqual(LINK_LIMIT);
  const read = await decodeLink(many.hash);
  expect(read.kind === 'session' && read.session.sources).toHaveLength(20);
  expect(read.kind === 'session' && read.session.sources.at(-1)?.key).toBe(sources[700]?.key);

  const long = await encodeLink({ ...SESSION, filter: { ...SESSION.filter, draft: noise(15_000) } });
  expect(long.leftOut.at(-1)).toBe('the filter');
  expect(long.hash.length).toBeLessThanOrEqual(LINK_LIMIT);
});

test('what is cut off, damaged, or none at all is refused', async () => {
  const { hash } = await encodeLink(SESSION);
  for (const bad of ['', '#s=', '#s=%%%', '#other', hash.slice(0, -9), `#s=${'A'.repeat(200_000)}`, '#s=AAAAA']) {
    expect((await decodeLink(bad)).kind).toBe('refused');
  }
});

test('a small link that grows beyond measure is refused before it has', async () => {
  const stream = new Blob([`{"version":1,"zone":"${'x'.repeat(30_000_000)}"}`]).stream();
  const bytes = await new Response(stream.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  const hash = `#s=${Buffer.from(bytes).toString('base64url')}`;
  expect(hash.length).toBeLessThan(100_000);
  expect((await decodeLink(hash)).kind).toBe('refused');
});

test('a newer version is named', async () => {
  const stream = new Blob(['{"version":3}']).stream();
  const bytes = await new Response(stream.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  expect(await decodeLink(`#s=${Buffer.from(bytes).toString('base64url')}`)).toEqual({
    kind: 'refused',
    reason: 'was made by a newer Loupe (session version 3)',
  });
});

test('whatever stands in the address, nothing is thrown', async () => {
  const anything = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.uint8Array().map((a) => Buffer.from(a).toString('base64url')),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (text) => {
      await decodeLink(`#s=${text}`);
      await decodeLink(text);
    }),
    { numRuns: 200 },
  );
});
