/** What is shown: typing a filter, the time around a record, clearing. */
import type { Filter } from '../engine/query/filter';
import type { Workspace } from '../state/workspace';
import { onRows, toRows } from './by-view';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function filterCommands(workspace: Workspace, page: PageVerbs): Command[] {
  const { filter, records, timeline, results, highlights, marks, panes } = workspace;
  const group = 'Filter';
  /** Five bins of the timeline to each side of the selected record. */
  const brushAround = () => {
    const all = timeline.counts()?.all;
    const time = records.itemAt(records.selected()?.index ?? records.topIndex())?.row.time;
    if (!all || typeof time !== 'number') return;
    const bin = Math.floor((time - all.startMs) / all.binMs);
    filter.setRange({ start: all.startMs + (bin - 5) * all.binMs, end: all.startMs + (bin + 6) * all.binMs });
  };
  const hitOrMark = (): Filter => ({
    kind: 'or',
    of: [
      ...(filter.parsed().kind === 'all' ? [] : [filter.parsed()]),
      { kind: 'records', of: marks.list().map((mark) => mark.id) },
    ],
  });
  const walk = (id: string, key: string, title: string, direction: 1 | -1): Command => ({
    id,
    group: 'Trouble',
    keys: [key],
    title,
    isAvailable: () =>
      panes.active().records.count() > 0 && (filter.parsed().kind !== 'all' || marks.list().length > 0),
    run: () => void panes.active().cursor.nextOf(direction, hitOrMark(), 'hit or mark'),
  });
  return [
    ...toRows(workspace, [
      walk('hitmark.next', ']', 'Next hit or mark', 1),
      walk('hitmark.previous', '[', 'Previous hit or mark', -1),
    ]),
    { id: 'filter.type', group, keys: ['/'], title: 'Type a filter', run: page.focusFilter },
    {
      id: 'filter.edit',
      group,
      keys: ['Alt-/'],
      title: 'Edit the whole filter as text',
      isAvailable: () => filter.clauses().some((clause) => clause.isOn),
      run: () => {
        filter.openAll();
        page.focusFilter();
      },
    },
    {
      id: 'filter.copy',
      group,
      keys: [],
      title: 'Copy the filter as text',
      words: 'command line cli',
      isAvailable: () => filter.isFiltered(),
      run: () => page.copy(filter.toText()),
    },
    ...onRows(workspace, [
      {
        id: 'filter.around',
        group,
        keys: ['r'],
        title: 'Only the time around the selected record',
        isAvailable: () => records.count() > 0,
        run: brushAround,
      },
    ]),
    ...toRows(workspace, [
      {
        id: 'filter.split',
        group,
        keys: ['x'],
        title: 'Matches in place, or listed below the whole log',
        words: 'results split pane',
        isOn: results.isSplit,
        run: () => results.toggle(),
      },
      {
        id: 'result.next',
        group,
        keys: ['F4'],
        title: 'Next result',
        isAvailable: results.isSplit,
        run: () => void results.walk(1),
      },
      {
        id: 'result.previous',
        group,
        keys: ['Shift-F4'],
        title: 'Previous result',
        isAvailable: results.isSplit,
        run: () => void results.walk(-1),
      },
    ]),
    {
      id: 'filter.save',
      group,
      keys: ['Ctrl-S'],
      title: 'Save the filter under a name',
      words: 'named star highlight',
      isAvailable: filter.isFiltered,
      run: () => {
        const text = filter.toText();
        highlights.edit(highlights.save(text, text));
        if (!page.isOpen('filters')) page.toggle('filters');
      },
    },
    {
      id: 'filters.show',
      group,
      keys: ['Alt-S'],
      title: 'Saved filters and colours',
      words: 'named highlights labels',
      isOn: () => page.isOpen('filters'),
      run: () => page.toggle('filters'),
    },
    {
      id: 'filter.clear',
      group,
      keys: ['Alt-Backspace'],
      title: 'Clear the filter',
      isAvailable: () => !filter.isEmpty(),
      reason: 'Nothing is filtered',
      run: () => void filter.clear(),
    },
    {
      id: 'filter.back',
      group,
      keys: ['Escape'],
      title: 'Close; then stop reading, deselect, clear the brush',
      run: page.stepBack,
    },
  ];
}
