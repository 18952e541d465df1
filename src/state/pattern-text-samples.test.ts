/** The texts made from patterns of real logs: what the engine mines, they match. */
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { parsePattern } from '../engine/formats/pattern';
import { inProcessEngine, textInput } from '../testing/in-process';
import { toLayoutText, toRegexText, valuesIn } from './pattern-text';

test.each(['payments-api.log', 'gateway.jsonl', 'postgres.log'])('patterns of %s', async (name) => {
  const engine = await inProcessEngine();
  try {
    const source = await engine.open(textInput(readFileSync(`public/samples/${name}`, 'utf8'), { name }));
    await engine.whenOpened(source);
    const { handle } = await engine.select({ kind: 'all' }, { callId: 1 });
    const { rows } = await engine.patterns(handle, { maxBins: 10 }, 2);
    expect(rows.length).toBeGreaterThan(3);
    for (const { tokens, example, text, count } of rows) {
      const regex = toRegexText(tokens, example);
      expect(new RegExp(regex, 'u').test(example), `${regex} on ${example}`).toBe(true);
      expect(valuesIn(tokens, example), text).toHaveLength(tokens.filter((token) => token.kind === 'wildcard').length);
      expect(() => parsePattern(toLayoutText(tokens))).not.toThrow();
      const own = await engine.select(
        {
          kind: 'and',
          of: [
            { kind: 'pattern', text },
            { kind: 'regex', pattern: regex, flags: '' },
          ],
        },
        { callId: 3 },
      );
      expect(own.count, `${regex} on records of ${text}`).toBe(count);
      await engine.release(own.handle);
    }
  } finally {
    await engine.shutdown();
  }
});
