import { cleanup, fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { type DrawnWorkspace, drawWorkspace } from '../../testing/drawn-workspace';
import { RulesDialog } from './RulesDialog';

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

const rules = () => within(screen.getByRole('region', { name: 'Rules in order' })).queryAllByRole('listitem');
const ruleOf = (text: RegExp) => rules().find((one) => text.test(one.textContent ?? '')) as HTMLElement;
const field = (name: RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name });
const type = (name: RegExp, value: string) => fireEvent.input(field(name), { target: { value } });
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

test('opened from what a rule decided, that rule is open and marked in the list', async () => {
  await open('rate-limit');
  expect(ruleOf(/how often it may be asked/).getAttribute('aria-current')).toBe('true');
  expect(field(/^Message/).value.split('\n')).toContain('too many requests');
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
  expect(ruleOf(/flux/)).toBeUndefined();
});

test('one that came with Loupe is changed as a copy, and switched off', async () => {
  await open('payment-declined');
  fireEvent.change(screen.getByRole('combobox', { name: 'Severity' }), { target: { value: 'critical' } });
  click('Save');
  await waitFor(() => expect(rules()[0]?.textContent).toMatch(/declined a payment.*critical, yours/));
  expect(rules().filter((one) => /declined a payment.*, off/.test(one.textContent ?? ''))).toHaveLength(1);
});

test('rules are found, switched off, duplicated, moved, deleted', async () => {
  await open();
  const all = rules().length;
  fireEvent.input(screen.getByRole('searchbox', { name: 'Find a rule' }), { target: { value: 'too many requests' } });
  expect(rules().length).toBeLessThan(all);
  fireEvent.input(screen.getByRole('searchbox', { name: 'Find a rule' }), { target: { value: '' } });
  fireEvent.click(within(ruleOf(/card a customer gave/)).getByRole('checkbox'));
  expect(ruleOf(/card a customer gave/).textContent).toMatch(/, off/);
  for (const text of [/card a customer gave/, /how often it may be asked/]) {
    fireEvent.click(
      within(
        rules()
          .filter((one) => text.test(one.textContent ?? ''))
          .at(-1) as HTMLElement,
      ).getByRole('button'),
    );
    click('Duplicate');
  }
  expect(
    rules()
      .slice(0, 2)
      .map((one) => /yours/.test(one.textContent ?? '')),
  ).toEqual([true, true]);
  click('Down');
  expect(rules()[1]?.getAttribute('aria-current')).toBe('true');
  click('Delete');
  expect(rules()).toHaveLength(all + 1);
  click('As they came');
  expect(rules()).toHaveLength(all);
  expect(drawn.workspace.classRules.isChanged()).toBe(false);
});
