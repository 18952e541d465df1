/** The app as a program: installing it, a newer version, its files for offline use. */
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function appCommands({ app }: PageVerbs): Command[] {
  const group = 'Anywhere';
  return [
    {
      id: 'app.install',
      group,
      keys: [],
      title: 'Install Loupe',
      words: 'app pwa desktop program home screen',
      isAvailable: () => app.canInstall(),
      reason: 'It is installed, or this browser installs apps by its own menu',
      run: () => app.install(),
    },
    {
      id: 'app.update',
      group,
      keys: [],
      title: 'Look for a newer Loupe',
      words: 'update version reload release',
      run: () => app.update(),
    },
    {
      id: 'app.keep-offline',
      group,
      keys: [],
      title: 'Make all of Loupe available offline',
      words: 'download keep network cache',
      isAvailable: () => app.canKeepOffline(),
      reason: 'All of it is kept, or this browser keeps nothing',
      run: () => app.keepOffline(),
    },
  ];
}
