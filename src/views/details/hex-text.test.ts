import { expect, test } from 'vitest';

import { toHexLines } from './hex-text';

test('sixteen bytes to a line, a gap in the middle, dots for what is not printable', () => {
  const bytes = new TextEncoder().encode('Hello, Loupe\u0000\n\u00e9z');
  expect(toHexLines(bytes, 0x1f0)).toEqual([
    { offset: '000001f0', hex: '48 65 6c 6c 6f 2c 20 4c  6f 75 70 65 00 0a c3 a9', ascii: 'Hello, Loupe····' },
    { offset: '00000200', hex: '7a', ascii: 'z' },
  ]);
});

test('no bytes, no lines', () => {
  expect(toHexLines(new Uint8Array(0), 0)).toEqual([]);
});
