import { expect, test } from 'vitest';

import { withHeaders } from './headed';

test('an answer gets the headers, and stays what it is otherwise', async () => {
  const old = new Response('let x', { headers: { 'content-type': 'text/javascript', 'referrer-policy': 'origin' } });
  const answer = withHeaders(old, {
    'Content-Security-Policy': "default-src 'none'",
    'Referrer-Policy': 'no-referrer',
  });
  expect(answer.headers.get('content-type')).toBe('text/javascript');
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('let x');
});
