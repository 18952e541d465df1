/** A second log beside the first, and the lock between them. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

export function paneCommands({ beside, panes, cursor, records }: Workspace): Command[] {
  const group = 'Views';
  const isOpen = () => beside.layout().isOpen;
  return [
    {
      id: 'panes.beside',
      group,
      keys: ['Alt-\\'],
      title: 'A second log beside the first',
      words: 'split side by side compare two panes',
      isOn: isOpen,
      isAvailable: () => isOpen() || records.answer() !== null,
      run: () => beside.toggle(),
    },
    {
      id: 'panes.lock',
      group,
      keys: ['Alt-|', 'Alt-Shift-\\'],
      title: 'Keep both logs at the same time',
      words: 'lock sync panes',
      isOn: () => beside.layout().isLocked,
      isAvailable: isOpen,
      run: () => beside.toggleLock(),
    },
    {
      id: 'panes.align',
      group,
      keys: [],
      title: 'Put the selected records of both logs side by side',
      words: 'align relative lock',
      isAvailable: () => isOpen() && beside.canAlign(),
      run: () =>
        void beside.align().then((isAligned) => {
          if (!isAligned) cursor.say('A record without a time cannot be aligned');
        }),
    },
    {
      id: 'panes.same-time',
      group,
      keys: [],
      title: 'Keep both logs at the very same time again',
      isAvailable: () => isOpen() && beside.layout().aheadMs !== 0,
      run: () => beside.resetAhead(),
    },
    {
      id: 'panes.switch',
      group,
      keys: ['Alt-J'],
      title: 'To the other log',
      isAvailable: isOpen,
      run: () => document.getElementById(panes.active().id === 'beside' ? 'log' : 'beside')?.focus(),
    },
  ];
}
