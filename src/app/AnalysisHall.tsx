/** The front hall's part in analyses: the store of those kept with the workspace, their verbs, their dialog, the rules' dialog. */
import { type JSX, Show, Suspense } from 'solid-js';

import type { Panel, PageVerbs } from '../commands/page-verbs';
import { createAnalyses } from '../state/analyses';
import type { Found, FoundFirstLook } from '../state/analysis-body';
import { createFoundPatterns } from '../state/found-patterns';
import type { Workspace } from '../state/workspace';
import type { WorkspacesStore } from '../state/workspaces';
import { latePart } from '../ui/late-part';

const RulesDialog = latePart(async () => ({ default: (await import('../views/patterns/RulesDialog')).RulesDialog }));
const AnalysesPanel = latePart(async () => ({
  default: (await import('../views/analyses/AnalysesPanel')).AnalysesPanel,
}));

interface AnalysisParts {
  readonly workspace: Workspace;
  readonly workspaces: WorkspacesStore;
  /** The first look in words; null: there is none yet. Tracked. */
  readonly firstLook: () => FoundFirstLook | null;
  readonly isOpen: (panel: Panel) => boolean;
  readonly close: (panel: Panel) => void;
}

export function createAnalysisHall({ workspace, workspaces, firstLook, isOpen, close }: AnalysisParts) {
  const store = createAnalyses(workspace, { workspaces, patterns: createFoundPatterns(workspace), firstLook });
  const { acts, settings, panes } = workspace;

  async function keep(find: () => Found | null): Promise<void> {
    const found = find();
    if (!found || (await store.keep(found)) !== null) return;
    panes.active().cursor.say('There is no workspace to keep it with');
  }
  const keepPatterns = () => void keep(store.patterns);
  const keepFirstLook = () => void keep(store.firstLook);
  const verbs: PageVerbs['analyses'] = {
    isOpen: () => workspaces.current() !== null,
    hasPatterns: () => store.patterns() !== null,
    hasFirstLook: () => store.firstLook() !== null,
    keepPatterns,
    keepFirstLook,
  };

  return {
    verbs,
    isIdle: store.isIdle,
    hurry: () => store.hurry(),
    dialogs: (): JSX.Element => (
      <Suspense>
        <Show when={isOpen('analyses')}>
          <AnalysesPanel
            store={store}
            zone={settings.settings().zone}
            onKeepPatterns={keepPatterns}
            onKeepFirstLook={keepFirstLook}
            onUndo={() => acts.undo()}
            onRedo={() => acts.redo()}
            onClose={() => close('analyses')}
          />
        </Show>
        <Show when={isOpen('rules')}>
          <RulesDialog workspace={workspace} onClose={() => close('rules')} />
        </Show>
      </Suspense>
    ),
  };
}
