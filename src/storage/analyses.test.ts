import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { arbitraryAnalysis, drawAnalysis, drawPattern } from '../testing/random-analyses';
import { readAnalysisFile, readStoredBody, toAnalysisFile, toStoredAnalysis } from './analyses';

const SEED = 20261120;

afterEach(() => {
  vi.unstubAllGlobals();
});

test('what is stored comes back as it was, and so does what is written to a file', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryAnalysis, async (analysis) => {
      const stored = await toStoredAnalysis('w', analysis);
      expect(stored).toMatchObject({ workspace: 'w', id: analysis.head.id, head: analysis.head });
      expect(await readStoredBody(stored, analysis.head)).toEqual({ kind: 'parsed', value: analysis.body });
      expect(await readAnalysisFile(toAnalysisFile(analysis))).toEqual({ kind: 'parsed', value: analysis });
    }),
    { seed: SEED, numRuns: 50 },
  );
});

test('where the browser cannot pack, it is kept as it is', async () => {
  vi.stubGlobal('CompressionStream', undefined);
  const analysis = drawAnalysis({ 'a <*>': 3 });
  const stored = await toStoredAnalysis('w', analysis);
  expect(JSON.parse(await stored.body.text())).toEqual(analysis.body);
  expect(await readStoredBody(stored, analysis.head)).toEqual({ kind: 'parsed', value: analysis.body });
});

test('a table of 65,536 patterns is kept whole, in a few megabytes', async () => {
  const analysis = drawAnalysis({});
  const patterns = Array.from({ length: 65_536 }, (_, at) => drawPattern(`worker ${at} took <*> of ${at % 97}`, 1));
  const whole = {
    head: { ...analysis.head, recordCount: patterns.length, itemCount: patterns.length },
    body: {
      ...analysis.body,
      kind: 'patterns' as const,
      patterns,
      skeletonCount: 0,
      merged: null,
      groups: null,
      bins: NO_BINS,
    },
  };
  const stored = await toStoredAnalysis('w', whole);
  expect(stored.body.size).toBeLessThan(4_000_000);
  expect(await readStoredBody(stored, whole.head)).toEqual({ kind: 'parsed', value: whole.body });
}, 60_000);
const NO_BINS = { startMs: 0, binMs: 0, binCount: 0 };

describe('refused', () => {
  const analysis = drawAnalysis({ a: 1 });
  const bodyOf = (text: string, type: string) => ({
    workspace: 'w',
    id: 'a1',
    head: analysis.head,
    body: new Blob([text], { type }),
  });

  test.each([
    ['is no gzip', bodyOf('not packed', 'application/gzip'), 'is damaged'],
    ['is no JSON', bodyOf('{"kind":', 'application/json'), 'is damaged'],
    ['is something else', bodyOf('[]', 'application/json'), 'cannot be read at kind'],
  ])('a stored body that %s', async (_, stored, reason) => {
    expect(await readStoredBody(stored, analysis.head)).toEqual({ kind: 'refused', reason });
  });

  test('a packed body that is cut off', async () => {
    const stored = await toStoredAnalysis('w', analysis);
    const cut = { ...stored, body: stored.body.slice(0, stored.body.size - 9, stored.body.type) };
    expect(await readStoredBody(cut, analysis.head)).toEqual({ kind: 'refused', reason: 'is damaged' });
  });

  test.each([
    ['a log', '10:00 INFO not an analysis', 'is no JSON'],
    ['other JSON', '{"a":1}', 'names no version'],
    ['a head without its body', JSON.stringify(analysis.head), 'cannot be read'],
  ])('a file that is %s', async (_, text, reason) => {
    expect(await readAnalysisFile(new Blob([text]))).toEqual({ kind: 'refused', reason });
  });
});
