/** How the rows are drawn: wrapped, unfolded, JSON, columns. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

export function rowsCommands({ panes, layout }: Workspace): Command[] {
  const group = 'Views';
  const records = () => panes.active().records;
  const hasRecords = () => records().count() > 0;
  return [
    {
      id: 'rows.wrap',
      group,
      keys: ['Alt-Z'],
      title: 'Wrap long lines',
      words: 'soft wrap break',
      isOn: () => layout.layout().isWrapped,
      run: () =>
        layout.change(layout.layout().isWrapped ? 'Lines unwrapped' : 'Lines wrapped', {
          isWrapped: !layout.layout().isWrapped,
        }),
    },
    {
      id: 'rows.unfold',
      group,
      keys: ['Z'],
      title: 'Unfold all records, or fold them',
      words: 'expand collapse stack traces',
      isAvailable: hasRecords,
      isOn: () => records().isAllUnfolded(),
      run: () => records().toggleAllFolds(),
    },
    {
      id: 'rows.pretty',
      group,
      keys: ['p'],
      title: 'Unfolded JSON as fields',
      words: 'pretty print',
      isOn: () => layout.layout().isPretty,
      run: () =>
        layout.change(layout.layout().isPretty ? 'JSON as written' : 'JSON as fields', {
          isPretty: !layout.layout().isPretty,
        }),
    },
    {
      id: 'columns.reset',
      group,
      keys: [],
      title: 'Reset the columns',
      isAvailable: () => layout.layout().columns.some((column) => column.isHidden || column.width !== null),
      run: () => layout.reset(),
    },
  ];
}
