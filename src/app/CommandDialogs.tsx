/** What opens over the page by a command: the palette, the keys, the settings, the help. Each is fetched when it is first wanted, or when the page is idle. */
import { type Component, createMemo, Match, onMount, Suspense, Switch } from 'solid-js';

import { COMMAND_GROUPS, type Command } from '../commands/command';
import type { Panel } from '../commands/page-verbs';
import { reasonOf } from '../commands/reason';
import type { OfflineCopy } from '../state/offline-copy';
import type { Workspace } from '../state/workspace';
import type { StoreTrouble } from '../storage/stored';
import { latePart } from '../ui/late-part';
import { toCountText } from '../ui/size-text';
import type { Repair } from '../views/health/health-checks';
import type { CommandLine } from '../views/palette/palette-item';

const loadPalette = async () => ({ default: (await import('../views/palette/Palette')).Palette });
const Palette = latePart(loadPalette);
const loadKeysSheet = async () => ({ default: (await import('../views/KeysSheet')).KeysSheet });
const KeysSheet = latePart(loadKeysSheet);
const HelpDialog = latePart(async () => ({ default: (await import('../views/help/HelpDialog')).HelpDialog }));
const SettingsDialog = latePart(async () => ({
  default: (await import('../views/settings/SettingsDialog')).SettingsDialog,
}));

const HealthDialog = latePart(async () => ({ default: (await import('../views/health/HealthDialog')).HealthDialog }));

interface CommandDialogsProps {
  workspace: Workspace;
  commands: readonly Command[];
  keysOf: (command: Command) => readonly string[];
  open: Panel | null;
  palettePrefix: string;
  settingsPart: string;
  /** Why workspaces are not kept; null: they are. */
  storeTrouble: StoreTrouble | null;
  onUpdate: () => void;
  onRestartEngine: () => void;
  offlineCopy: OfflineCopy;
  onRun: (command: string) => void;
  onTypeFilter: (text: string) => void;
  /** A dialog has closed; another may have opened in its place meanwhile. */
  onClose: (panel: Panel) => void;
}

export const CommandDialogs: Component<CommandDialogsProps> = (props) => {
  /** By group; within one in the order of their files. */
  const inGroups = createMemo(() =>
    COMMAND_GROUPS.flatMap((group) => props.commands.filter((one) => one.group === group)),
  );
  const lines = createMemo((): CommandLine[] =>
    inGroups().map((command) => ({
      ...command,
      keys: props.keysOf(command),
      reason: () => reasonOf(command, props.workspace),
    })),
  );
  const tryFilter = (text: string) => {
    props.onClose('help');
    props.onTypeFilter(text);
  };
  const selfPage = () => (props.open === 'health' || props.open === 'outbound' ? props.open : null);
  /** Each leaves the page of health: what it does is seen elsewhere. */
  const repair = (kind: Repair['kind']) => {
    props.onClose('health');
    if (kind === 'update') props.onUpdate();
    else if (kind === 'restart-engine') props.onRestartEngine();
    else if (kind === 'settings') props.onRun('settings.open');
    else if (kind === 'sources') props.onRun('sources.toggle');
  };
  const engineText = () => {
    const health = props.workspace.health.health();
    if (!health) return '';
    const kernels = health.kernels === 'simd' ? 'WebAssembly with SIMD' : 'portable code, without WebAssembly SIMD';
    return `Its engine runs ${toCountText(health.workers.length, 'worker')}, ${kernels}.`;
  };
  onMount(() => {
    // The first press of their keys should not wait for a file.
    window.requestIdleCallback?.(() => void Promise.all([loadPalette(), loadKeysSheet()]));
  });
  return (
    <Suspense>
      <Switch>
        <Match when={props.open === 'palette'}>
          <Palette
            workspace={props.workspace}
            commands={lines()}
            recent={props.workspace.settings.settings().recentCommands}
            prefix={props.palettePrefix}
            onRun={(id) => {
              props.workspace.settings.noteCommand(id);
              props.onRun(id);
            }}
            onTypeFilter={props.onTypeFilter}
            onClose={() => props.onClose('palette')}
          />
        </Match>
        <Match when={props.open === 'keys'}>
          <KeysSheet
            commands={lines()}
            onChange={() => props.onRun('keys.change')}
            onClose={() => props.onClose('keys')}
          />
        </Match>
        <Match when={props.open === 'help'}>
          <HelpDialog
            formats={() => props.workspace.engine.formats()}
            engineText={engineText()}
            onFilter={props.workspace.sources.list().length > 0 ? tryFilter : undefined}
            onKeys={() => props.onRun('keys.show')}
            onChangeKeys={() => props.onRun('keys.change')}
            onClose={() => props.onClose('help')}
          />
        </Match>
        <Match when={props.open === 'settings'}>
          <SettingsDialog
            workspace={props.workspace}
            commands={inGroups()}
            part={props.settingsPart}
            offlineCopy={props.offlineCopy}
            onDeleted={() => location.reload()}
            onClose={() => props.onClose('settings')}
          />
        </Match>
        <Match when={selfPage()}>
          {(page) => (
            <HealthDialog
              workspace={props.workspace}
              storeTrouble={props.storeTrouble}
              page={page()}
              onPage={(next) => props.onRun(`${next}.show`)}
              onRepair={repair}
              onClose={() => props.onClose(page())}
            />
          )}
        </Match>
      </Switch>
    </Suspense>
  );
};
