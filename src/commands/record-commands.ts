/** What is done with the selected records: details, folding, selecting more, copying. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

export function recordCommands({ panes, layout, copying }: Workspace): Command[] {
  const group = 'Record';
  const records = () => panes.active().records;
  const choice = () => {
    const selected = records().selected();
    return selected?.isKept ? selected : null;
  };
  const isChosen = () => records().pickedCount() > 0;
  const selectedText = () => {
    const count = copying.count();
    return Promise.resolve(count > 1 ? `${count.toLocaleString()} records` : null);
  };
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
      isAvailable: () => choice() !== null,
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
      words: 'clipboard yank lines',
      isAvailable: isChosen,
      effect: selectedText,
      run: () => void copying.copyRaw(),
    },
    {
      id: 'record.copy-columns',
      group,
      keys: ['Alt-Shift-C'],
      title: 'Copy the shown columns, tab-separated',
      words: 'clipboard table tsv spreadsheet',
      isAvailable: isChosen,
      effect: selectedText,
      run: () => void copying.copyTable(),
    },
    {
      id: 'record.save',
      group,
      keys: [],
      title: 'Save the selected records as a file',
      words: 'download export',
      isAvailable: isChosen,
      effect: selectedText,
      run: () => void copying.saveRaw(),
    },
    {
      id: 'record.extend-next',
      group,
      keys: ['J', 'Shift-ArrowDown'],
      title: 'Select the next record too',
      isShared: true,
      isAvailable: isChosen,
      run: () => void records().extendTo((choice()?.index ?? 0) + 1),
    },
    {
      id: 'record.extend-previous',
      group,
      keys: ['K', 'Shift-ArrowUp'],
      title: 'Select the record before too',
      isShared: true,
      isAvailable: isChosen,
      run: () => void records().extendTo((choice()?.index ?? 0) - 1),
    },
    {
      id: 'record.extend-last',
      group,
      keys: ['Shift-End'],
      title: 'Select all to the end',
      isShared: true,
      isAvailable: isChosen,
      run: () => void records().extendTo(records().count() - 1),
    },
    {
      id: 'record.extend-first',
      group,
      keys: ['Shift-Home'],
      title: 'Select all to the start',
      isShared: true,
      isAvailable: isChosen,
      run: () => void records().extendTo(0),
    },
    {
      id: 'record.select-all',
      group,
      keys: [],
      title: 'Select all records',
      isShared: true,
      isAvailable: () => records().count() > 0,
      run: () => records().pickAll(),
    },
  ];
}
