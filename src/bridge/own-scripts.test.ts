import { afterEach, expect, test, vi } from 'vitest';

import { allowOwnScripts, isOwnScript } from './own-scripts';

const BASE = 'https://logs.example/loupe/assets/index-12345678.js';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['https://logs.example/loupe/assets/engine.worker-12345678.js', true],
  ['../service.js', true],
  ['https://logs.example/loupe/service.js', true],
  ['https://logs.example/other/service.js', false],
  ['https://logs.example/loupe/../other/x.js', false],
  ['https://logs.example.evil.invalid/loupe/x.js', false],
  ['//evil.invalid/loupe/x.js', false],
  ['data:text/javascript,1//.js', false],
  ['blob:https://logs.example/loupe/x.js', false],
  ['javascript:1//.js', false],
  ['https://logs.example/loupe/samples/x.log', false],
  ['https://logs.example/loupe/x.js?y.js', false],
  ['http://[', false],
])('%s belongs to the app: %s', (url, isOwn) => {
  expect(isOwnScript(url, BASE)).toBe(isOwn);
});

test('the default policy has a rule for addresses of scripts and for nothing else', () => {
  const createPolicy = vi.fn();
  vi.stubGlobal('trustedTypes', { createPolicy });
  allowOwnScripts(BASE);
  const [name, rules] = createPolicy.mock.calls[0] as [string, { createScriptURL: (url: string) => string | null }];
  expect(name).toBe('default');
  expect(Object.keys(rules)).toEqual(['createScriptURL']);
  expect(rules.createScriptURL('../service.js')).toBe('../service.js');
  expect(rules.createScriptURL('https://evil.invalid/x.js')).toBeNull();
});
