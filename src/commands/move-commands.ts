/** Walking through the records: by row, screen, end; to a line, a time, a share. */
import type { Workspace } from '../state/workspace';
import { onRows, toRows } from './by-view';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function moveCommands(workspace: Workspace, page: PageVerbs): Command[] {
  const { panes } = workspace;
  const group = 'Move';
  const cursor = () => panes.active().cursor;
  const hasRecords = () => panes.active().records.count() > 0;
  const go = (work: () => Promise<void>) => () => void work();
  const walk = (id: string, keys: string[], title: string, work: () => Promise<void>): Command => ({
    id,
    group,
    keys,
    title,
    isShared: true,
    isAvailable: hasRecords,
    run: go(work),
  });
  const walks = [
    walk('record.next', ['j', 'ArrowDown'], 'Next record', () => cursor().move(1)),
    walk('record.previous', ['k', 'ArrowUp'], 'Previous record', () => cursor().move(-1)),
    walk('page.next', ['Space', 'PageDown'], 'A page down', () => cursor().movePages(1)),
    walk('page.previous', ['Shift-Space', 'PageUp'], 'A page up', () => cursor().movePages(-1)),
    { ...walk('page.half-down', ['Ctrl-D'], 'Half a page down', () => cursor().movePages(0.5)), isShared: false },
    { ...walk('page.half-up', ['Ctrl-U'], 'Half a page up', () => cursor().movePages(-0.5)), isShared: false },
    walk('record.first', ['g', 'Home'], 'First record', () => cursor().toStart()),
    walk('record.last', ['G', 'End'], 'Last record', () => cursor().toEnd()),
  ];
  return [
    ...onRows(workspace, walks),
    ...toRows(workspace, [
      {
        id: 'record.go-to',
        group,
        keys: ['Ctrl-G'],
        title: 'Go to a line, a time, a share of the whole',
        isAvailable: hasRecords,
        run: () => page.toggle('go-to'),
      },
    ]),
  ];
}
