import { expect, test } from 'vitest';

import { closeDoorsAfterEach, DOORS } from '../testing/doors';

closeDoorsAfterEach();

test.each(DOORS)('the rules that come with it can be asked for, and are good by its own check, %s', async (_, open) => {
  const engine = await open({});
  const rules = await engine.classRules();
  expect(rules.length).toBeGreaterThan(20);
  expect(await engine.checkRules(rules)).toEqual({ rules });
});

test.each(DOORS)('what is no list of rules comes back with reasons, whatever it is, %s', async (_, open) => {
  const engine = await open({});
  for (const value of [null, 'rules', [{ id: 'x' }], { own: [] }]) {
    expect(await engine.checkRules(value)).toEqual({ mistakes: expect.arrayContaining([expect.any(String)]) });
  }
});
