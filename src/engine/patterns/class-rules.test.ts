import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { type LabelledMessage, scoreOf } from '../../testing/classification-score';
import labelledJson from '../../testing/labelled-messages.json';
import heldOutJson from '../../testing/labelled-messages-held-out.json';
import { DEFAULT_RULES } from './class-rules';
import { compileRules } from './classify';
import { CATEGORIES } from './pattern';

const labelled = labelledJson as readonly LabelledMessage[];
const heldOut = heldOutJson as readonly LabelledMessage[];

function hashOf({ message }: LabelledMessage): string {
  return createHash('sha256').update(message).digest('hex');
}

describe('the labelled messages', () => {
  const all = [...labelled, ...heldOut];

  test('are 300, each once, of every category at least 50, each with the address it was found at', () => {
    expect(new Set(all.map(({ message }) => message)).size).toBe(300);
    for (const category of CATEGORIES) {
      expect(all.filter((one) => one.category === category).length).toBeGreaterThanOrEqual(50);
    }
    for (const { address } of all) expect(address).toMatch(/^https?:\/\/[^/]+\.[^/]+\//);
  });

  test('are set aside by a fixed rule: every third by the SHA-256 of the message', () => {
    const sorted = all.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1));
    expect(new Set(sorted.filter((_, index) => index % 3 === 2))).toEqual(new Set(heldOut));
  });
});

describe('the default rules', () => {
  test('classify the messages they were written with, macro-F1 0.98 or more', () => {
    expect(scoreOf(DEFAULT_RULES, labelled).macroF1).toBeGreaterThanOrEqual(0.98);
  });

  test('classify the messages that were set aside, macro-F1 0.9 or more', () => {
    const { macroF1, confusion } = scoreOf(DEFAULT_RULES, heldOut);
    expect(macroF1, JSON.stringify(confusion)).toBeGreaterThanOrEqual(0.9);
  });

  // A text of a later rule that an earlier rule of another category takes would never be what it says.
  test('do not take each other’s texts', () => {
    const classify = compileRules(DEFAULT_RULES);
    const taken: string[] = [];
    for (const rule of DEFAULT_RULES) {
      if (rule.status || rule.stack) continue;
      for (const exception of rule.exception ?? ['']) {
        for (const part of rule.message ?? ['']) {
          const message = part.replaceAll('*', ' x ').trim();
          const answer = classify({ message, exception: exception.replace('*', 'x'), stack: '', status: null });
          if (answer?.category !== rule.category) taken.push(`${rule.id}: ${part} ${exception} → ${answer?.rule}`);
        }
      }
    }
    expect(taken).toEqual([]);
  });
});
