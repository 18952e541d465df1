/** Which key does what: the page's verbs in the order the keys sheet shows them. */

import type { Workspace } from '../state/workspace';
import { focusNextRegion, type KeyBinding } from './keymap';

/** What keys do outside the workspace's stores. */
export interface PageVerbs {
  focusFilter: () => void;
  goTo: () => void;
  openFiles: () => void;
  showKeys: () => void;
  copyRecord: () => void;
  toggleDetails: () => void;
  toggleDock: () => void;
  toggleZone: () => void;
  /** One step back: a dialog, the dock, reading, the selection, the brush. */
  stepBack: () => void;
  changeDensity: (step: 1 | -1) => void;
  clearFilter: () => void;
  brushAround: () => void;
}

export function createKeyBindings(workspace: Workspace, verbs: PageVerbs): readonly KeyBinding[] {
  const { cursor, records } = workspace;
  const go = (work: () => Promise<void>) => () => void work();
  const fold = () => {
    const choice = records.selected();
    if (choice?.isKept) records.toggleFold(choice.id);
  };
  return [
    { group: 'Move', keys: ['j', 'ArrowDown'], title: 'Next record', isShared: true, run: go(() => cursor.move(1)) },
    { group: 'Move', keys: ['k', 'ArrowUp'], title: 'Previous record', isShared: true, run: go(() => cursor.move(-1)) },
    {
      group: 'Move',
      keys: ['Space', 'PageDown'],
      title: 'A page down',
      isShared: true,
      run: go(() => cursor.movePages(1)),
    },
    {
      group: 'Move',
      keys: ['Shift-Space', 'PageUp'],
      title: 'A page up',
      isShared: true,
      run: go(() => cursor.movePages(-1)),
    },
    { group: 'Move', keys: ['Ctrl-D'], title: 'Half a page down', run: go(() => cursor.movePages(0.5)) },
    { group: 'Move', keys: ['Ctrl-U'], title: 'Half a page up', run: go(() => cursor.movePages(-0.5)) },
    { group: 'Move', keys: ['g', 'Home'], title: 'First record', isShared: true, run: go(cursor.toStart) },
    { group: 'Move', keys: ['G', 'End'], title: 'Last record', isShared: true, run: go(cursor.toEnd) },
    { group: 'Move', keys: ['Ctrl-G'], title: 'Go to a line, a time, a share of the whole', run: verbs.goTo },
    { group: 'Trouble', keys: ['e'], title: 'Next ERROR or FATAL', run: go(() => cursor.nextError(1)) },
    { group: 'Trouble', keys: ['E'], title: 'Previous ERROR or FATAL', run: go(() => cursor.nextError(-1)) },
    { group: 'Trouble', keys: ['w'], title: 'Next WARN', run: go(() => cursor.nextWarning(1)) },
    { group: 'Trouble', keys: ['W'], title: 'Previous WARN', run: go(() => cursor.nextWarning(-1)) },
    { group: 'Trouble', keys: ['n'], title: 'Next match of the filter', run: go(() => cursor.nextHit(1)) },
    { group: 'Trouble', keys: ['N'], title: 'Previous match of the filter', run: go(() => cursor.nextHit(-1)) },
    { group: 'Filter', keys: ['/'], title: 'Type a filter', run: verbs.focusFilter },
    { group: 'Filter', keys: ['r'], title: 'Only the time around the selected record', run: verbs.brushAround },
    { group: 'Filter', keys: ['Alt-Backspace'], title: 'Clear the filter', run: verbs.clearFilter },
    {
      group: 'Filter',
      keys: ['Escape'],
      title: 'Close; then stop reading, deselect, clear the brush',
      run: verbs.stepBack,
    },
    { group: 'Record', keys: ['Enter'], title: 'Details', isShared: true, run: verbs.toggleDetails },
    { group: 'Record', keys: ['z'], title: 'Unfold or fold the lines of a record', run: fold },
    { group: 'Record', keys: ['y'], title: 'Copy the raw text', run: verbs.copyRecord },
    { group: 'Anywhere', keys: ['Ctrl-O'], title: 'Open files', run: verbs.openFiles },
    { group: 'Anywhere', keys: ['\\'], title: 'Sources', run: verbs.toggleDock },
    { group: 'Anywhere', keys: ['t'], title: 'Times in UTC or in this device’s zone', run: verbs.toggleZone },
    { group: 'Anywhere', keys: ['Alt-+', 'Alt-='], title: 'Higher rows', run: () => verbs.changeDensity(1) },
    { group: 'Anywhere', keys: ['Alt--'], title: 'Lower rows', run: () => verbs.changeDensity(-1) },
    { group: 'Anywhere', keys: ['F6'], title: 'Next region', run: () => focusNextRegion(1) },
    { group: 'Anywhere', keys: ['Shift-F6'], title: 'Previous region', run: () => focusNextRegion(-1) },
    { group: 'Anywhere', keys: ['?'], title: 'These keys', run: verbs.showKeys },
  ];
}
