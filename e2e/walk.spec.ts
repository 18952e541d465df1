/** What a screen reader meets: two hundred records walked by key, each looked up in Chromium's own accessibility tree. */
import { type CDPSession, expect, type Page, test } from '@playwright/test';

import { drawLog, LoupePage } from './loupe-page';

interface AxNode {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
  readonly childIds?: readonly string[];
  readonly backendDOMNodeId?: number;
}

/** The accessibility tree as it is now. */
class AxTree {
  private constructor(private readonly byId: ReadonlyMap<string, AxNode>) {}

  static async read(session: CDPSession): Promise<AxTree> {
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: AxNode[] };
    return new AxTree(new Map(nodes.map((node) => [node.nodeId, node])));
  }

  /** Nodes of a role; those that are ignored are nobody's. */
  all(role: string): AxNode[] {
    return [...this.byId.values()].filter((node) => !node.ignored && node.role?.value === role);
  }

  /** What a node holds of a role, at any depth. */
  within(node: AxNode, role: string): AxNode[] {
    return (node.childIds ?? []).flatMap((id) => {
      const child = this.byId.get(id);
      if (!child) return [];
      return child.role?.value === role && !child.ignored ? [child] : this.within(child, role);
    });
  }
}

const property = (node: AxNode | undefined, name: string) =>
  node?.properties?.find((one) => one.name === name)?.value.value;

const nameOf = (node: AxNode | undefined) => (node?.name?.value ?? '').replace(/\s+/g, ' ').trim();

let loupe: LoupePage;

test.beforeEach(async ({ page }) => {
  loupe = new LoupePage(page);
  await loupe.visit();
});

test.afterEach(() => {
  expect(loupe.troubles).toEqual([]);
});

/** The row that the grid calls active, by its DOM node. */
async function activeRow(page: Page, session: CDPSession, tree: AxTree): Promise<AxNode | undefined> {
  const id = await page.locator('#log').getAttribute('aria-activedescendant');
  const { result } = await session.send('Runtime.evaluate', {
    expression: `document.getElementById(${JSON.stringify(id)})`,
  });
  const { node } = await session.send('DOM.describeNode', { objectId: result.objectId ?? '' });
  return tree.all('row').find((row) => row.backendDOMNodeId === node.backendNodeId);
}

test('two hundred records, one after the other: each is read with its time, level, message, place and state', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await loupe.open({ name: 'app.log', text: drawLog(1000) }, { name: 'b.log', text: drawLog(3, 'other') });
  const session = await page.context().newCDPSession(page);
  await session.send('Accessibility.enable');
  await session.send('DOM.enable');
  await page.locator('#log').focus();
  const total = 1003;
  await expect(page.locator('#log')).toHaveAttribute('aria-rowcount', String(total + 1));

  const messages: string[] = [];
  for (let step = 0; step < 200; step += 1) {
    await loupe.press('ArrowDown');
    const tree = await AxTree.read(session);
    const [grid] = tree.all('grid');
    expect(nameOf(grid)).toBe('Log, 1,003 records');
    expect(property(grid, 'focused')).toBe(true);

    const row = await activeRow(page, session, tree);
    expect(property(row, 'selected')).toBe(true);
    const cells = row ? tree.within(row, 'gridcell').map(nameOf) : [];
    // Gutter, time, delta, level, source, message.
    expect(cells).toHaveLength(6);
    expect(cells[1]).toMatch(/^10:0\d:\d\d ?\.000$/);
    expect(cells[4]).toMatch(/^(app|b)\.log$/);
    const message = cells[5] ?? '';
    const level = / failed/.test(message)
      ? 'ERROR'
      : message.endsWith('9') && !message.startsWith('other')
        ? 'WARN'
        : 'INFO';
    expect(cells[3]).toBe(level);
    expect(nameOf(row)).toContain(message);
    messages.push(`${cells[4]} ${message}`);

    const selected = tree.all('row').filter((other) => property(other, 'selected') === true);
    expect(selected).toHaveLength(1);
    const place = page.locator('#log [role=row][aria-selected=true][id]');
    await expect(place).toHaveAttribute('aria-rowindex', String(step + 2));
  }
  // Not one was left out, and none was read twice.
  expect(new Set(messages).size).toBe(200);
  const own = messages.filter((message) => message.startsWith('app.log')).map((message) => message.split(' ')[2]);
  expect(own).toEqual(own.map((_, at) => String(at)));
});

test('heads, cells and what is unfolded are told as such', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(100) }, { name: 'b.log', text: drawLog(3, 'other') });
  const session = await page.context().newCDPSession(page);
  await session.send('Accessibility.enable');
  await session.send('DOM.enable');
  await page.locator('#log').focus();
  await loupe.press('e');
  let tree = await AxTree.read(session);
  expect(tree.all('columnheader').map(nameOf)).toEqual([
    'Mark and fold',
    expect.stringMatching(/^Time/),
    'Delta',
    'Level',
    'Source',
    'Message',
  ]);
  await expect(page.getByRole('columnheader', { name: /^Time/ })).toHaveAttribute('aria-sort', 'ascending');

  // The folded trace is a row of one cell that spans the columns; so are its lines.
  const under = page.locator('#log [role=row]:not([id])').filter({ hasText: 'frames' }).first();
  await expect(under.getByRole('gridcell')).toHaveCount(1);
  await loupe.press('z');
  tree = await AxTree.read(session);
  const lines = tree
    .all('row')
    .map((row) => tree.within(row, 'gridcell').map(nameOf))
    .find((cells) => cells.length === 1 && (cells[0] ?? '').includes('at main.ts:7'));
  expect(lines).toBeDefined();

  // The arrows go from cell to cell; the grid tells which.
  await loupe.press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  const active = await page.locator('#log').getAttribute('aria-activedescendant');
  expect(active).toMatch(/^log-record-\d+-level$/);
  await expect(page.locator(`[id="${active}"]`)).toHaveText('ERROR');
  await loupe.press('ArrowDown');
  expect(await page.locator('#log').getAttribute('aria-activedescendant')).toMatch(/-level$/);
});

test('the scroll bar says where one is, and its keys move', async ({ page }) => {
  await loupe.open({ name: 'app.log', text: drawLog(1000) });
  const bar = page.getByRole('scrollbar', { name: 'Place in the log' });
  await expect(bar).toHaveAttribute('aria-valuetext', 'Record 1 of 1,000, 10:00:00');
  await bar.focus();
  await loupe.press('ArrowDown');
  await expect(bar).toHaveAttribute('aria-valuetext', 'Record 2 of 1,000, 10:00:01');
  await loupe.press('End');
  await expect(bar).toHaveAttribute('aria-valuenow', '100');
});
