import { expect, test } from 'vitest';

import { toMarkdown } from './MarksPanel';

test('marks as a document: a fence longer than any in the record', () => {
  const mark = {
    id: { source: 1, offset: 17 },
    time: Date.UTC(2026, 4, 19, 14, 6, 31, 207),
    text: 'a ``` b',
    note: '*why*',
    madeAt: 0,
  };
  expect(
    toMarkdown([mark, { ...mark, note: '', time: null, text: 'x' }], { sourceName: () => 'a.log', zone: 'UTC' }),
  ).toBe(
    '### 2026-05-19 14:06:31.207 UTC, a.log, byte 17\n\n````\na ``` b\n````\n\n*why*\n\n### no time, a.log, byte 17\n\n```\nx\n```\n',
  );
});
