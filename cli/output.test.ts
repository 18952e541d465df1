import { describe, expect, test } from 'vitest';

import { createOutput, createPaint, createProgress, wantsColours, type TextStream } from './output';

function createStream(options: { isTTY?: boolean; columns?: number; takes?: number } = {}) {
  let text = '';
  let writes = 0;
  const waiting = new Map<string, Set<() => void>>();
  const stream: TextStream = {
    isTTY: options.isTTY ?? false,
    ...(options.columns === undefined ? {} : { columns: options.columns }),
    write(piece) {
      text += typeof piece === 'string' ? piece : Buffer.from(piece).toString('latin1');
      writes += 1;
      return writes < (options.takes ?? Number.POSITIVE_INFINITY);
    },
    once: (event, listener) => waiting.set(event, (waiting.get(event) ?? new Set()).add(listener)),
    off: (event, listener) => waiting.get(event)?.delete(listener),
  };
  const emit = (event: string) => {
    for (const listener of [...(waiting.get(event) ?? [])]) listener();
  };
  const listenerCount = () => [...waiting.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  return { stream, emit, listenerCount, text: () => text, writes: () => writes };
}

const silent = { show: () => undefined, clear: () => undefined };

describe('the answer', () => {
  test('is gathered, and out when it is awaited', async () => {
    const target = createStream();
    const output = createOutput(target.stream, { hasColours: false, progress: silent });
    for (let index = 0; index < 100; index += 1) output.line(`line ${index}`);
    expect(target.writes()).toBe(0);
    await output.drained();
    expect(target.writes()).toBe(1);
    expect(target.text().split('\n')).toHaveLength(101);
  });

  test('never holds more than a piece', () => {
    const target = createStream();
    const output = createOutput(target.stream, { hasColours: false, progress: silent });
    for (let index = 0; index < 10_000; index += 1) output.line('x'.repeat(99));
    expect(target.text().length).toBeGreaterThan(900_000);
  });

  test('text and bytes come out in the order in which they were written', async () => {
    const target = createStream();
    const output = createOutput(target.stream, { hasColours: false, progress: silent });
    output.write('a');
    output.write(new Uint8Array([0xff, 0x62]));
    output.line('c');
    await output.drained();
    expect(target.text()).toBe('a\u00ffbc\n');
  });

  test.each(['drain', 'close', 'error'])(
    'waits for a slow reader until %s, and then no longer listens',
    async (event) => {
      const target = createStream({ takes: 1 });
      const output = createOutput(target.stream, { hasColours: false, progress: silent });
      output.line('a');
      let isDone = false;
      const waiting = output.drained().then(() => {
        isDone = true;
      });
      await Promise.resolve();
      expect(isDone).toBe(false);
      target.emit(event);
      await waiting;
      expect(target.listenerCount()).toBe(0);
    },
  );

  test.each([0, 1, 3])('a JSON list of %i items is JSON, with the head first', async (count) => {
    const target = createStream();
    const output = createOutput(target.stream, { hasColours: false, progress: silent });
    const list = output.jsonList({ format: 'a "quoted"', reason: null }, 'lines');
    for (let index = 0; index < count; index += 1) list.item({ record: index });
    list.end();
    await output.end();
    const value = JSON.parse(target.text()) as { lines: unknown[] };
    expect(Object.keys(value)).toEqual(['format', 'reason', 'lines']);
    expect(value.lines).toHaveLength(count);
  });

  test('has a width only on a terminal', () => {
    const columnsOf = (options: Parameters<typeof createStream>[0]) =>
      createOutput(createStream(options).stream, { hasColours: false, progress: silent }).columns;
    expect(columnsOf({ columns: 120 })).toBeNull();
    expect(columnsOf({ isTTY: true, columns: 120 })).toBe(120);
    expect(columnsOf({ isTTY: true })).toBe(80);
    expect(columnsOf({ isTTY: true, columns: 0 }), 'a terminal that does not know').toBe(80);
  });
});

describe('colours', () => {
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
  ])('on a terminal: %s, environment %j → %s', (isTTY, environment, wanted) => {
    expect(wantsColours(createStream({ isTTY }).stream, environment)).toBe(wanted);
  });

  test('end where they began, and are left out without colours', () => {
    expect(createPaint(true)('x', 'bad')).toBe('\u001b[31mx\u001b[0m');
    expect(createPaint(true)('x', 'bad', 'good')).toBe('\u001b[31;46mx\u001b[0m');
    expect(createPaint(true)('x', 'plain')).toBe('x');
    expect(createPaint(true)('', 'bad')).toBe('');
    expect(createPaint(false)('x', 'bad', 'good')).toBe('x');
  });
});

describe('progress', () => {
  test('is shown on a terminal only, ten times a second at most, and cut at its width', () => {
    let nowMs = 0;
    const target = createStream({ isTTY: true, columns: 10 });
    const progress = createProgress(target.stream, () => nowMs);
    progress.show('0123456789abc');
    nowMs = 50;
    progress.show('too soon');
    nowMs = 120;
    progress.show('b');
    expect(target.text()).toBe('\r012345678\u001b[K\rb\u001b[K');

    const pipe = createStream();
    createProgress(pipe.stream).show('x');
    expect(pipe.text()).toBe('');
  });

  test('is wiped away before the answer, once', async () => {
    const target = createStream({ isTTY: true });
    const progress = createProgress(target.stream);
    const output = createOutput(target.stream, { hasColours: false, progress });
    output.progress('searching');
    output.line('found');
    await output.drained();
    progress.clear();
    expect(target.text()).toBe('\rsearching\u001b[K\r\u001b[Kfound\n');
  });
});
