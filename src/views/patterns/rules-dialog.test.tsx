import { cleanup, fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { DEFAULT_RULES } from '../../engine/patterns/class-rules';
import type { ClassRule } from '../../engine/patterns/pattern';
import { type DrawnWorkspace, drawWorkspace } from '../../testing/drawn-workspace';
import { RulesDialog } from './RulesDialog';

/** Some that came with Loupe, whichever these are now. */
const isAlone = (rule: ClassRule) => DEFAULT_RULES.filter(({ because }) => because === rule.because).length === 1;
const SOME = DEFAULT_RULES.filter((rule) => (rule.message?.length ?? 0) > 1 && isAlone(rule)).slice(1, 3);
const [FIRST, SECOND] = SOME as [ClassRule, ClassRule];

let drawn: DrawnWorkspace;

beforeEach(async () => {
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  drawn = await drawWorkspace({
    'app.log': '10:00:00.000 ERROR card was declined\n10:00:01.000 ERROR the flux is low\n10:00:02.000 INFO fine\n',
  });
});
afterEach(() => {
  cleanup();
  drawn.dispose();
});

async function open(lookedAt: string | null = null) {
  drawn.workspace.classRules.lookAt(lookedAt);
  render(() => <RulesDialog workspace={drawn.workspace} onClose={() => {}} />);
  await waitFor(() => expect(rules().length).toBeGreaterThan(10));
  await drawn.idle();
}

// Roles of a list of two hundred rules take jsdom seconds to work out.
const rules = () => [...document.querySelectorAll<HTMLElement>('[aria-label="Rules in order"] li')];
const ruleOf = (text: string) =>
  rules()
    .filter((one) => one.textContent?.includes(text))
    .at(-1) as HTMLElement;
const field = (name: RegExp) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: RegExp, value: string) => fireEvent.input(field(name), { target: { value } });
const click = (name: string) => fireEvent.click(screen.getByText(name, { selector: 'button' }));

test('opened from what a rule decided, that rule is open and marked in the list', async () => {
  await open(FIRST.id);
  expect(ruleOf(FIRST.because).getAttribute('aria-current')).toBe('true');
  expect(field(/^Message/).value.split('\n')).toEqual(FIRST.message);
});

test('a rule is written: mistakes where they are, what it would reach, then it decides', async () => {
  await open();
  click('New rule');
  type(/^Because/, 'the flux capacitor needs charge');
  type(/^Status/, '999');
  click('Add');
  await waitFor(() => expect(field(/^Status/).getAttribute('aria-invalid')).toBe('true'));
  expect(screen.getByText(/It has in "status" what is "999"/)).toBeTruthy();
  type(/^Status/, '');
  type(/^Message/, 'flux is low');
  click('Try');
  expect(await screen.findByText('As it stands it would class 1 pattern, 1 record.')).toBeTruthy();
  click('Add');
  await waitFor(() => expect(rules()[0]?.textContent).toMatch(/flux capacitor.*yours.*1 pattern/));
  drawn.workspace.acts.undo();
  expect(ruleOf('flux')).toBeUndefined();
});

test('one that came with Loupe is changed as a copy, and switched off', async () => {
  await open(FIRST.id);
  const severity = FIRST.severity === 'critical' ? 'low' : 'critical';
  fireEvent.change(screen.getByLabelText('Severity'), { target: { value: severity } });
  click('Save');
  await waitFor(() => expect(rules()[0]?.textContent).toContain(`${severity}, yours`));
  expect(rules()[0]?.textContent).toContain(FIRST.because);
  expect(ruleOf(FIRST.because).textContent).toMatch(/, off/);
});

test('rules are found, switched off, duplicated, moved, deleted', async () => {
  await open();
  const all = rules().length;
  const find = (value: string) => fireEvent.input(screen.getByLabelText('Find a rule'), { target: { value } });
  find(FIRST.because);
  expect(rules().length).toBeLessThan(5);
  find('');
  fireEvent.click(within(ruleOf(FIRST.because)).getByRole('checkbox'));
  expect(ruleOf(FIRST.because).textContent).toMatch(/, off/);
  for (const { because } of [FIRST, SECOND]) {
    fireEvent.click(within(ruleOf(because)).getByRole('button'));
    click('Duplicate');
  }
  expect(
    rules()
      .slice(0, 3)
      .map((one) => /yours/.test(one.textContent ?? '')),
  ).toEqual([true, true, false]);
  click('Down');
  expect(rules()[1]?.getAttribute('aria-current')).toBe('true');
  click('Delete');
  expect(rules()).toHaveLength(all + 1);
  click('As they came');
  expect(rules()).toHaveLength(all);
  expect(drawn.workspace.classRules.isChanged()).toBe(false);
});
