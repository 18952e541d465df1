/** What works anywhere: opening, panels, zone, row height, undo, regions. */
import { DENSITIES } from '../state/settings';
import type { Workspace } from '../state/workspace';
import type { Command } from './command';
import { focusNextRegion } from './keymap';
import type { PageVerbs } from './page-verbs';

export function pageCommands({ settings, acts }: Workspace, page: PageVerbs): Command[] {
  const group = 'Anywhere';
  const changeDensity = (step: 1 | -1) => () => {
    const at = DENSITIES.indexOf(settings.settings().density) + step;
    settings.change({ density: DENSITIES[Math.max(0, Math.min(DENSITIES.length - 1, at))] ?? 'regular' });
  };
  return [
    { id: 'file.open', group, keys: ['Ctrl-O'], title: 'Open files', run: page.openFiles },
    { id: 'folder.open', group, keys: [], title: 'Open a folder', run: page.openFolder },
    { id: 'address.open', group, keys: [], title: 'Open from an address', run: () => page.toggle('address') },
    {
      id: 'sources.toggle',
      group: 'Sources',
      keys: ['\\'],
      title: 'Sources',
      isOn: () => page.isOpen('sources'),
      run: () => page.toggle('sources'),
    },
    {
      id: 'timeline.table',
      group: 'Timeline',
      keys: [],
      title: 'Timeline as a table',
      isOn: () => page.isOpen('table'),
      run: () => page.toggle('table'),
    },
    {
      id: 'zone.choose',
      group: 'Views',
      keys: [],
      title: 'Choose the zone of the times shown',
      words: 'timezone utc local city offset',
      run: () => page.toggle('zone'),
    },
    {
      id: 'zone.toggle',
      group: 'Views',
      keys: ['t'],
      title: 'Times in UTC or in this device’s zone',
      run: () => {
        const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
        settings.change({ zone: settings.settings().zone === 'UTC' ? local : 'UTC' });
      },
    },
    { id: 'rows.higher', group: 'Views', keys: ['Alt-+', 'Alt-='], title: 'Higher rows', run: changeDensity(1) },
    { id: 'rows.lower', group: 'Views', keys: ['Alt--'], title: 'Lower rows', run: changeDensity(-1) },
    {
      id: 'act.undo',
      group,
      keys: ['Ctrl-Z'],
      title: 'Undo',
      isAvailable: () => acts.nextUndo() !== null,
      reason: 'Nothing to undo',
      effect: () => Promise.resolve(acts.nextUndo()),
      run: () => acts.undo(),
    },
    {
      id: 'act.redo',
      group,
      keys: ['Ctrl-Shift-Z', 'Ctrl-Y'],
      title: 'Redo',
      isAvailable: () => acts.nextRedo() !== null,
      reason: 'Nothing to do again',
      effect: () => Promise.resolve(acts.nextRedo()),
      run: () => acts.redo(),
    },
    { id: 'region.next', group, keys: ['F6'], title: 'Next region', run: () => focusNextRegion(1) },
    { id: 'region.previous', group, keys: ['Shift-F6'], title: 'Previous region', run: () => focusNextRegion(-1) },
  ];
}
