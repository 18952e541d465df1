/** What is shown: typing a filter, the time around a record, clearing. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function filterCommands({ filter, records, timeline }: Workspace, page: PageVerbs): Command[] {
  const group = 'Filter';
  /** Five bins of the timeline to each side of the selected record. */
  const brushAround = () => {
    const all = timeline.counts()?.all;
    const time = records.itemAt(records.selected()?.index ?? records.topIndex())?.row.time;
    if (!all || typeof time !== 'number') return;
    const bin = Math.floor((time - all.startMs) / all.binMs);
    filter.setRange({ start: all.startMs + (bin - 5) * all.binMs, end: all.startMs + (bin + 6) * all.binMs });
  };
  return [
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
    {
      id: 'filter.around',
      group,
      keys: ['r'],
      title: 'Only the time around the selected record',
      isAvailable: () => records.count() > 0,
      run: brushAround,
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
