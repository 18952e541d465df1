import fc from 'fast-check';
import { expect, test } from 'vitest';

import { markTopic, parseTopic, parseWindowMessage, sourceTopic, WINDOW_VERSION } from './window-message';

const message = { version: WINDOW_VERSION, kind: 'hello', from: 'a' };

test('a message of this version is read', () => {
  expect(parseWindowMessage(message)).toEqual({ kind: 'message', message: { kind: 'hello', from: 'a' } });
});

test('one of another version is refused with what to do', () => {
  expect(parseWindowMessage({ ...message, version: WINDOW_VERSION + 1 })).toEqual({
    kind: 'refused',
    reason: 'runs another version of Loupe: reload both windows',
  });
});

test('nothing that comes in throws, and what is read has its shape', () => {
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom('hello', 'welcome', 'registers', 'sources', 'bye'), (value, kind) => {
      const body = typeof value === 'object' && value !== null ? value : { registers: value, sources: value };
      const outcome = parseWindowMessage({ ...body, version: WINDOW_VERSION, kind, from: 'a' });
      if (outcome.kind === 'message') expect(outcome.message.from).toBe('a');
      else expect(outcome.reason).not.toBe('');
    }),
  );
});

test('a source has to bring its bytes', () => {
  const source = { key: 'a.log', name: 'a.log', lastModified: 0, blob: new Blob(['x']) };
  const of = (one: object) => parseWindowMessage({ ...message, kind: 'sources', sources: [one] }).kind;
  expect(of(source)).toBe('message');
  expect(of({ ...source, blob: 'x' })).toBe('refused');
  expect(of({ ...source, key: '' })).toBe('refused');
});

test('topics carry the key of a source whatever is in its name', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 100 }), fc.nat(), (key, offset) => {
      expect(parseTopic({ topic: markTopic(key, offset), value: null })).toEqual({
        kind: 'mark',
        key,
        offset,
        value: null,
      });
      expect(parseTopic({ topic: sourceTopic(key), value: null })).toEqual({ kind: 'source', key, value: null });
    }),
  );
});

test.each([
  ['zone', 7],
  ['filter', { clauses: [], draft: '', range: { start: 2, end: 1 }, levelsOff: [] }],
  ['place', { time: Number.NaN, top: 0, selected: null, isSelectedInView: false }],
  ['mark:1:a', { note: 1 }],
  ['source:a', { colour: 9 }],
  ['of a later version', {}],
])('a value that makes no sense for %s is left out', (topic, value) => {
  expect(parseTopic({ topic, value })).toBeNull();
});
