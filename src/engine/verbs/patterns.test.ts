/** The verb over the engine in process: what it counts is what the log says. */
import { describe, expect, test } from 'vitest';

import { inProcessEngine, textInput } from '../../testing/in-process';
import type { JsonList, Sink, VerbRequest, VerbResult } from './verb';
import { patterns } from './patterns';

const LOG = `2025-01-31 10:00:00 INFO user 7 logged in
2025-01-31 10:00:01 ERROR connection to 10.0.0.7 refused
  at pool.ts:41
  at main.ts:7
2025-01-31 10:00:02 INFO user 12 logged in
2025-01-31 10:00:03 WARN user 13 logged in
2025-01-31 10:00:04 INFO shutting down
`;

async function runPatterns(
  options: VerbRequest['options'] = {},
  { text = LOG, columns = null }: { text?: string; columns?: number | null } = {},
): Promise<{ text: string; result: VerbResult }> {
  const engine = await inProcessEngine();
  try {
    const source = await engine.open(textInput(text, { name: 'app.log' }));
    let written = '';
    const sink: Sink = {
      columns,
      hasColours: false,
      paint: (words) => words,
      write: (piece) => {
        written += String(piece);
      },
      line: (line) => {
        written += `${line}\n`;
      },
      json: (value) => {
        written += JSON.stringify(value);
      },
      jsonList(head, key): JsonList {
        const items: unknown[] = [];
        return {
          item: (value) => void items.push(value),
          end: () => {
            written += JSON.stringify({ ...head, [key]: items });
          },
        };
      },
      progress: () => undefined,
      drained: async () => undefined,
    };
    let lastCallId = 0;
    const result = await patterns.run(
      engine,
      { sources: [source], operands: {}, options, zone: 'UTC', nextCallId: () => (lastCallId += 1) },
      sink,
    );
    return { text: written, result };
  } finally {
    await engine.shutdown();
  }
}

describe('patterns', () => {
  test('--json tells the templates, and that of every line', async () => {
    const { text, result } = await runPatterns({ json: true });
    const told = JSON.parse(text) as {
      templates: { id: number; template: string; count: number; level: string | null; category: string | null }[];
      lines: number[];
    };
    expect(result).toBe('found');
    expect(told.templates.map(({ template, count, level }) => [template, count, level])).toEqual([
      ['user <*> logged in', 3, 'INFO'],
      ['connection to <*> refused', 1, 'ERROR'],
      ['shutting down', 1, 'INFO'],
    ]);
    const [users, refused, end] = told.templates.map(({ id }) => id);
    expect(told.lines).toEqual([users, refused, -1, -1, users, users, end]);
  });

  test('a filter leaves the lines out', async () => {
    const told = JSON.parse((await runPatterns({ json: true, filter: 'level>=warn' })).text) as object;
    expect(told).toMatchObject({ templates: [{ count: 1 }, { count: 1 }] });
    expect(told).not.toHaveProperty('lines');
    const some = JSON.parse((await runPatterns({ json: true, since: '10:00:03' })).text) as { templates: object[] };
    expect(some.templates).toHaveLength(2);
  });

  test('the table has a line a pattern, and says what it leaves out', async () => {
    const { text } = await runPatterns({ limit: 1 });
    expect(text).toContain('app.log  5 records, 3 patterns\n');
    expect(text).toMatch(/^ *3 +60\.0% +INFO +user <\*> logged in$/m);
    expect(text).toContain('and 2 patterns more with 2 records: --limit 3 shows all');
    expect(text).not.toContain('shutting down');
    const narrow = await runPatterns({}, { columns: 40 });
    for (const line of narrow.text.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(60);
  });

  test('--granularity tells messages apart more finely, and takes steps only', async () => {
    const text = 'user ann logged in\nuser bob logged in\nuser 7 logged in\n';
    const count = async (granularity: string) =>
      (JSON.parse((await runPatterns({ json: true, granularity }, { text })).text) as { templates: object[] }).templates
        .length;
    expect(await count('4')).toBe(3);
    expect(await count('2')).toBe(1);
    await expect(runPatterns({ granularity: '5' })).rejects.toMatchObject({ details: { option: 'granularity' } });
  });

  test('an empty file has none', async () => {
    expect(await runPatterns({ json: true }, { text: '' })).toEqual({
      text: '{"templates":[],"lines":[]}',
      result: 'nothing',
    });
  });
});
