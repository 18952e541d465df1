/** The page's own furniture: palette, keys, settings, help, how it looks. */
import { CONTRASTS, DENSITIES, THEMES } from '../state/settings';
import type { Workspace } from '../state/workspace';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

const THEME_TITLES = { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' } as const;
const CONTRAST_TITLES = { system: 'Contrast: as the system', more: 'Contrast: more' } as const;
const DENSITY_TITLES = { compact: 'Rows: compact', regular: 'Rows: regular', roomy: 'Rows: roomy' } as const;

export function chromeCommands({ settings }: Workspace, page: PageVerbs): Command[] {
  const group = 'Anywhere';
  const views = 'Views';
  return [
    {
      id: 'palette.open',
      group,
      keys: ['Ctrl-K'],
      title: 'Search or run a command',
      words: 'palette find anything',
      run: () => page.openPalette(''),
    },
    {
      id: 'palette.commands',
      group,
      keys: ['Ctrl-Shift-P'],
      title: 'Run a command',
      words: 'palette',
      run: () => page.openPalette('>'),
    },
    { id: 'keys.show', group, keys: ['?'], title: 'These keys', words: 'shortcuts', run: () => page.toggle('keys') },
    {
      id: 'keys.change',
      group,
      keys: [],
      title: 'Change the keys',
      words: 'rebind',
      run: () => page.openSettings('keys'),
    },
    {
      id: 'settings.open',
      group,
      keys: ['Ctrl-,'],
      title: 'Settings',
      words: 'preferences options',
      run: () => page.openSettings(''),
    },
    {
      id: 'help.open',
      group,
      keys: ['F1'],
      title: 'Help',
      words: 'manual documentation filter language formats limits version about',
      run: () => page.toggle('help'),
    },
    {
      id: 'health.show',
      group,
      keys: [],
      title: 'Health of Loupe',
      words: 'self knowledge workers memory storage cache timings checks diagnostics prometheus',
      isOn: () => page.isOpen('health'),
      run: () => page.toggle('health'),
    },
    {
      id: 'outbound.show',
      group,
      keys: [],
      title: 'What leaves this device',
      words: 'outbound network privacy requests firewall policy sent upload',
      isOn: () => page.isOpen('outbound'),
      run: () => page.toggle('outbound'),
    },
    ...THEMES.map(
      (theme): Command => ({
        id: `theme.${theme}`,
        group: views,
        keys: [],
        title: THEME_TITLES[theme],
        words: 'colours appearance',
        isOn: () => settings.settings().theme === theme,
        run: () => settings.change({ theme }),
      }),
    ),
    ...CONTRASTS.map(
      (contrast): Command => ({
        id: `contrast.${contrast}`,
        group: views,
        keys: [],
        title: CONTRAST_TITLES[contrast],
        words: 'high contrast accessibility',
        isOn: () => settings.settings().contrast === contrast,
        run: () => settings.change({ contrast }),
      }),
    ),
    ...DENSITIES.map(
      (density): Command => ({
        id: `density.${density}`,
        group: views,
        keys: [],
        title: DENSITY_TITLES[density],
        words: 'density height comfortable',
        isOn: () => settings.settings().density === density,
        run: () => settings.change({ density }),
      }),
    ),
  ];
}
