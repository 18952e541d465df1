/** What is done with the selected record: details, folding, copying. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function recordCommands({ panes, layout }: Workspace, page: PageVerbs): Command[] {
  const group = 'Record';
  const records = () => panes.active().records;
  const choice = () => {
    const selected = records().selected();
    return selected?.isKept ? selected : null;
  };
  const isChosen = () => choice() !== null;
  return [
    {
      id: 'record.details',
      group,
      keys: ['Enter'],
      title: 'Details',
      isShared: true,
      isOn: () => layout.layout().areDetailsOpen,
      run: () => {
        const isOpen = layout.layout().areDetailsOpen;
        if (!isOpen && !records().selected()) void records().select(records().topIndex());
        layout.set({ areDetailsOpen: !isOpen });
      },
    },
    {
      id: 'record.fold',
      group,
      keys: ['z'],
      title: 'Unfold or fold the lines of a record',
      isAvailable: isChosen,
      run: () => {
        const chosen = choice();
        if (chosen) records().toggleFold(chosen.id);
      },
    },
    {
      id: 'record.copy',
      group,
      keys: ['y'],
      title: 'Copy the raw text',
      isAvailable: isChosen,
      run: () => {
        const row = records().itemAt(choice()?.index ?? -1)?.row;
        if (row) page.copy(row.text);
      },
    },
  ];
}
