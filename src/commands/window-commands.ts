/** Several windows of one workspace. */
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function windowCommands({ windows }: PageVerbs): Command[] {
  const group = 'Workspace';
  const sync = () => windows.sync();
  const isThere = () => sync() !== null;
  return [
    {
      id: 'window.second',
      group,
      keys: ['Alt-N'],
      title: 'Open a second window of this workspace',
      words: 'new window sync screen monitor',
      isAvailable: () => windows.canOpen(),
      run: () => void windows.open(),
    },
    {
      id: 'window.sync',
      group,
      keys: [],
      title: 'Keep this window in step with the others',
      isAvailable: isThere,
      isOn: () => sync()?.isOn() ?? false,
      run: () => sync()?.toggle(),
    },
    {
      id: 'window.filter',
      group,
      keys: [],
      title: 'The same filter in all windows',
      isAvailable: isThere,
      isOn: () => sync()?.followsFilter() ?? false,
      run: () => sync()?.toggleFilter(),
    },
    {
      id: 'window.place',
      group,
      keys: [],
      title: 'The same time and record in all windows',
      isAvailable: isThere,
      isOn: () => sync()?.followsPlace() ?? false,
      run: () => sync()?.togglePlace(),
    },
  ];
}
