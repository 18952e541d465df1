/** Error groups on the page: what is told of each, and the way to its records. */
import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';

import { Fault } from '../../base/fault';
import { drawWorkspace, type DrawnWorkspace } from '../../testing/drawn-workspace';
import { ErrorGroups } from './ErrorGroups';

let drawn: DrawnWorkspace;
afterEach(() => {
  cleanup();
  drawn.dispose();
});

const LOG = [
  ...[1, 2, 3].flatMap((n) => [
    `10:0${n}:00.000 ERROR posting ${n} failed`,
    '    com.acme.LedgerException: closed',
    `        at com.acme.Ledger.append(Ledger.java:${n})`,
    '        at java.lang.Thread.run(Thread.java:840)',
  ]),
  '10:04:00.000 FATAL connection 1 refused',
  '10:05:00.000 ERROR connection 2 refused',
  '10:06:00.000 ERROR no: java.net.ConnectException: <b>refused</b>',
  '10:07:00.000 INFO all is well',
].join('\n');

async function setup(log = LOG) {
  drawn = await drawWorkspace({ 'app.log': `${log}\n` });
  const view = render(() => <ErrorGroups workspace={drawn.workspace} zone="UTC" focusView={() => {}} />);
  await drawn.idle();
  return { ...drawn, ...view, ...drawn.workspace, titles: () => screen.getAllByRole('button', { expanded: false }) };
}

test('every error is in a group, the biggest first', async () => {
  const { titles } = await setup();
  expect(screen.getByRole('status').textContent).toContain('3 groups of 6 records at ERROR or FATAL');
  expect(titles().map((button) => button.textContent)).toEqual([
    'LedgerException at Ledger.append',
    'connection <*> refused',
    'ConnectException',
  ]);
  const row = screen.getByRole('row', { name: /LedgerException/ });
  expect(
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent?.trim()),
  ).toEqual(['3 50 %', '', 'app.log', '10:01:00', '10:03:00']);
});

test('a group opens to its frames and patterns, and leads to its records', async () => {
  const { titles, filter, records, idle, view } = await setup();
  view.show('patterns');
  fireEvent.click(titles()[0] as HTMLElement);
  screen.getByText('com.acme.Ledger.append');
  screen.getByText('posting <*> failed');
  screen.getByText(/own frames and the exception, com\.acme\.LedgerException/);
  fireEvent.click(screen.getByRole('button', { name: 'Show records' }));
  await idle();
  expect(filter.clauses().map(({ text }) => text)).toEqual([
    'level>=error',
    'LedgerException',
    'pattern:"posting <*> failed"',
  ]);
  expect(records.count()).toBe(3);
  expect(view.shown()).toBe('lines');
  expect(screen.getByRole('status').textContent).toContain('1 group of 3 records');
});

test('goes to the last record of a group', async () => {
  const { titles, idle, panes } = await setup();
  fireEvent.click(titles()[1] as HTMLElement);
  screen.getByText(/1 FATAL/);
  fireEvent.click(screen.getByRole('button', { name: 'Go to the last' }));
  await idle();
  expect(panes.active().records.selected()?.index).toBe(4);
});

test('nothing is asked before anyone looks, a fault is told, and asked again', async () => {
  drawn = await drawWorkspace({ 'app.log': `${LOG}\n` });
  const { engine, workspace, idle } = drawn;
  expect(engine.calls).not.toContain('errorGroups');
  engine.failNext('errorGroups', new Fault('values-too-many', 'too many', { details: { limit: 100_000 } }));
  render(() => <ErrorGroups workspace={workspace} zone="UTC" focusView={() => {}} />);
  await idle();
  expect(screen.getByRole('alert').textContent).toContain('There are more than 100,000 different ones.');
  fireEvent.click(screen.getByRole('button', { name: 'Count again' }));
  await idle();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('status').textContent).toContain('3 groups');
});

test('a log without errors says so', async () => {
  await setup('10:00:00.000 INFO well');
  screen.getByText('No record at ERROR or FATAL.');
});

test('no more rows than can be read are drawn at once', async () => {
  const types = Array.from({ length: 130 }, (_, n) => {
    const letters = String.fromCharCode(65 + (n % 26), 97 + Math.floor(n / 26));
    return `10:00:00.000 ERROR failed: com.acme.${letters}Exception`;
  });
  const { titles } = await setup(types.join('\n'));
  expect(titles()).toHaveLength(100);
  fireEvent.click(screen.getByRole('button', { name: 'Show 30 more' }));
  expect(titles()).toHaveLength(130);
});
