/** Marks and notes on records, and walking between them. */
import type { Filter } from '../engine/query/filter';
import type { Workspace } from '../state/workspace';
import { onRows, toRows } from './by-view';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function markCommands(workspace: Workspace, page: PageVerbs): Command[] {
  const { panes, marks } = workspace;
  const group = 'Marks';
  const pane = () => panes.active();
  /** The selected record, or the one at the top where none is. */
  const row = () => {
    const { records } = pane();
    const choice = records.selected();
    return records.itemAt(choice?.isKept ? choice.index : records.topIndex())?.row ?? null;
  };
  const hasMarks = () => marks.list().length > 0;
  const marked = (): Filter => ({ kind: 'records', of: marks.list().map((mark) => mark.id) });
  const walk = (id: string, keys: string[], title: string, direction: 1 | -1): Command => ({
    id,
    group,
    keys,
    title,
    isAvailable: hasMarks,
    run: () => void pane().cursor.nextOf(direction, marked(), 'mark'),
  });
  const onRow: Command[] = [
    {
      id: 'mark.toggle',
      group,
      keys: ['m'],
      title: 'Mark the record, or take its mark away',
      words: 'bookmark',
      isAvailable: () => row() !== null,
      run: () => {
        const record = row();
        if (!record) return;
        if (!pane().records.selected()) void pane().records.select(pane().records.topIndex());
        marks.toggle(record);
      },
    },
    {
      id: 'note.write',
      group,
      keys: ['M'],
      title: 'Write a note on the record',
      words: 'comment annotate markdown',
      isAvailable: () => row() !== null,
      run: () => {
        const { records } = pane();
        if (!records.selected()) void records.select(records.topIndex());
        page.toggle('note');
      },
    },
  ];
  return [
    ...onRows(workspace, onRow),
    ...toRows(workspace, [walk('mark.next', ["'"], 'Next mark', 1), walk('mark.previous', ['"'], 'Previous mark', -1)]),
    {
      id: 'marks.show',
      group,
      keys: ['Ctrl-M'],
      title: 'All marks and notes',
      words: 'bookmarks list',
      isOn: () => page.isOpen('marks'),
      run: () => page.toggle('marks'),
    },
  ];
}
