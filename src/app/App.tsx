/** The front hall: one engine and its workspace at a time, the page around it, and what happens when either breaks. */
import {
  type Component,
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { EngineClient } from '../bridge/engine-client';
import { createCommands } from '../commands/all-commands';
import type { Command } from '../commands/command';
import { dispatchKey, isTyping } from '../commands/keymap';
import type { Panel } from '../commands/page-verbs';
import { createSettings, type SettingsStorage } from '../state/settings';
import type { RecordId } from '../engine/records/record';
import type { OpeningFlags } from '../state/restoring';
import { createSecondWindow, takeGroup } from '../state/second-window';
import { VIEWS, type ViewId } from '../state/view';
import { createWorkspace } from '../state/workspace';
import { createWorkspaces, type TabStorage, type WorkspacesStore } from '../state/workspaces';
import { createMemoryStore } from '../storage/memory-store';
import { askToPersistOnce } from '../storage/grant';
import type { StoreTrouble, WorkspaceStore } from '../storage/stored';
import { Sprite } from '../ui/Icon';
import { CommandContext, type OfferedCommand } from '../ui/command-context';
import { KeysContext } from '../ui/keys';
import { areLatePartsHere, latePart } from '../ui/late-part';
import { LiveRegion } from '../ui/LiveRegion';
import { toCountText, toPercentText } from '../ui/size-text';
import type { Dock } from '../views/BottomDock';
import { Note } from '../views/FaultNote';
import { DeathNote, FaultNotes } from '../views/SourceNotes';
import { SAMPLES } from '../views/start/samples';
import { StartView } from '../views/start/StartView';
import { StatusBar } from '../views/StatusBar';
import { UpdateOffer } from '../views/UpdateOffer';
import type { Workbench } from '../views/Workbench';
import { createAnalysisHall } from './AnalysisHall';
import styles from './App.module.css';
import { createAppVerbs } from './app-verbs';
import { BugPage } from './BugPage';
import { CommandDialogs } from './CommandDialogs';
import { DropTarget } from './DropTarget';
import { focusView } from './focus-view';
import { createBadge } from './badge';
import { installWhenIdle, waitUntilIdle } from './idle';
import type { OfflineControls, OfflineOptions } from './offline';
import { createOpeningWays } from './opening-ways';
import { createPlans, type Plan, type Plans } from './plans';
import { createProgram, type Program } from './program';
import { toRequests } from './read-drop';
import { RecordDialogs } from './RecordDialogs';
import { TopBar } from './TopBar';
import { createWorkspaceHall } from './WorkspaceHall';
import { createWorkspaceLife } from './workspace-life';

// Most of the page's code is in the view of a log: it comes beside the start instead of before it. Until it is here, and
// there is something to show, the start stays.
const [workbench, setWorkbench] = createSignal<typeof Workbench | null>(null);
void import('../views/Workbench').then((view) => setWorkbench(() => view.Workbench));

const AddressDialog = latePart(async () => ({ default: (await import('../views/Dialogs')).AddressDialog }));

interface AppProps {
  createEngine: () => EngineClient;
  storage: SettingsStorage;
  /** Keeps workspaces; absent: they live as long as the page. */
  openStore?: (onTrouble: (trouble: StoreTrouble | null) => void) => WorkspaceStore;
  /** The tab's own storage. */
  tab?: TabStorage;
  /** Remembers what was being opened when the page went down. */
  flags?: OpeningFlags;
  /** Registers for offline use; absent where there is none. */
  registerOffline?: (options: OfflineOptions) => OfflineControls;
}

export const App: Component<AppProps> = (props) => {
  const settings = createSettings(props.storage);
  const workspaces = createWorkspaces(props.openStore ?? createMemoryStore, props.tab);
  // A new plan is a new engine and a new workspace.
  const plans = createPlans(workspaces, props.tab);
  const [bug, setBug] = createSignal<Error | null>(null);
  const program = createProgram(props.registerOffline);

  createEffect(() => {
    const { theme, contrast, density, motion } = settings.settings();
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    if (contrast === 'system') delete root.dataset.contrast;
    else root.dataset.contrast = contrast;
    root.dataset.density = density;
    root.dataset.motion = motion;
  });

  // Asked when there is something to lose, and not before.
  createEffect(() => {
    if (workspaces.current() && workspaces.trouble() === null) void askToPersistOnce(props.flags);
  });

  onMount(() => {
    const onError = (event: ErrorEvent) => {
      if (event.error instanceof Error) setBug(event.error); // the browser's own notices carry no error
    };
    const onRejection = (event: PromiseRejectionEvent) => {
      setBug(event.reason instanceof Error ? event.reason : new Error(String(event.reason)));
    };
    window.addEventListener('error', onError);
    window.addEventListener('unhandledrejection', onRejection);
    onCleanup(() => {
      window.removeEventListener('error', onError);
      window.removeEventListener('unhandledrejection', onRejection);
    });
  });

  return (
    <>
      <Sprite />
      <ErrorBoundary fallback={(error) => <BugPage error={error} />}>
        <Show when={plans.plan()} keyed>
          {(current) => (
            <Hall
              createEngine={props.createEngine}
              settings={settings}
              plan={current}
              plans={plans}
              workspaces={workspaces}
              tab={props.tab}
              flags={props.flags}
              bug={bug()}
              onDismissBug={() => setBug(null)}
              program={program}
            />
          )}
        </Show>
      </ErrorBoundary>
    </>
  );
};

interface HallProps {
  createEngine: () => EngineClient;
  settings: ReturnType<typeof createSettings>;
  plan: Plan;
  plans: Plans;
  workspaces: WorkspacesStore;
  tab: TabStorage;
  flags: OpeningFlags;
  bug: Error | null;
  onDismissBug: () => void;
  program: Program;
}

const Hall: Component<HallProps> = (props) => {
  const engine = props.createEngine();
  onCleanup(() => engine.end());
  const workspace = createWorkspace(engine, props.settings);
  const { sources, filter, records, cursor, settings, layout, view } = workspace;
  const { plans, workspaces, program } = props;
  const life = createWorkspaceLife(workspace, props);
  plans.onLeave(() => life.keeper.end());
  const [dock, setDock] = createSignal<Dock>(null);
  const [dialog, setDialog] = createSignal<Exclude<Panel, NonNullable<Dock>> | null>(null);
  const [palettePrefix, setPalettePrefix] = createSignal('');
  const [settingsPart, setSettingsPart] = createSignal('');
  let filePicker!: HTMLInputElement;
  let folderPicker!: HTMLInputElement;
  let filterField: HTMLInputElement | undefined;

  const hasSources = () => sources.list().length > 0;
  const ways = createOpeningWays(workspace);
  const { open } = ways;
  const focusShown = () => focusView(view.shown());
  const showView = (id: ViewId) => {
    view.show(id);
    focusShown();
  };
  if (props.plan.files.length > 0) void open(props.plan.files);
  const chooseFiles = () => void ways.pickFiles(() => filePicker.click());
  const chooseFolder = () => void ways.pickFolder(() => folderPicker.click());

  const copy = async (text: string, said = 'Copied') => {
    try {
      await navigator.clipboard.writeText(text);
      cursor.say(said);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      cursor.say('The browser refused to copy: select the text and press Ctrl C');
    }
  };

  const stepBack = () => {
    if (dock() !== null) setDock(null);
    else if (view.is('patterns') && workspace.patterns.back()) focusShown();
    else if (workspace.bytesOf() !== null) workspace.setBytesOf(null);
    else if (workspace.timeline.brush()) workspace.timeline.setBrush(null);
    else if (workspace.isReading()) void sources.stopAll();
    else if (view.is('lines') && records.selected()) records.deselect();
    else filter.setRange(null);
    focusShown();
  };
  const isDock = (panel: Panel): panel is NonNullable<Dock> =>
    ['sources', 'table', 'marks', 'filters', 'top'].includes(panel);
  const isPanelOpen = (panel: Panel) => dock() === panel || dialog() === panel;
  const toggle = (panel: Panel) => {
    if (isDock(panel)) setDock(isPanelOpen(panel) ? null : panel);
    else setDialog(isPanelOpen(panel) ? null : panel);
  };
  const openPalette = (prefix: string) => {
    setPalettePrefix(prefix);
    setDialog('palette');
  };
  const openSettings = (part: string) => {
    setSettingsPart(part);
    setDialog('settings');
  };
  /** A dialog tells that it closed after another may have opened in its place. */
  const closeDialog = (panel: Panel) => setDialog((now) => (now === panel ? null : now));
  const typeFilter = (text: string) => {
    filter.type(text);
    filterField?.focus();
  };
  const hall = createWorkspaceHall({
    workspace,
    life,
    plans,
    workspaces,
    copy: (text, said) => void copy(text, said),
    isListOpen: () => dialog() === 'workspaces',
    openList: () => setDialog('workspaces'),
    openAnalyses: () => setDialog('analyses'),
    closeList: () => closeDialog('workspaces'),
    keysOf: (id) => keysOfId(id),
  });
  const windows = createSecondWindow(workspace, {
    workspaces,
    keptId: props.plan.whole?.workspace.id ?? null,
    given: takeGroup(),
    tab: props.tab,
  });
  const analyses = createAnalysisHall({
    workspace,
    workspaces,
    firstLook: workspace.things.told,
    isOpen: (panel) => dialog() === panel,
    close: closeDialog,
  });
  const commands = createCommands(workspace, {
    windows,
    analyses: analyses.verbs,
    focusFilter: () => filterField?.focus(),
    focusView: focusShown,
    openFiles: chooseFiles,
    openFolder: chooseFolder,
    workspaces: hall.verbs,
    places: life.walk,
    app: createAppVerbs(program, cursor.say, () => void takeUpdate()),
    toggle,
    isOpen: isPanelOpen,
    openPalette,
    openSettings,
    copy: (text) => void copy(text),
    stepBack,
  });
  const keysOf = (command: Command) => settings.settings().keys[command.id] ?? command.keys;
  const find = (id: string) => commands.find((command) => command.id === id);
  const keysOfId = (id: string) => {
    const command = find(id);
    return command ? keysOf(command) : [];
  };
  const run = (id: string) => find(id)?.run();
  const offer = (id: string): OfferedCommand | null => {
    const command = find(id);
    if (!command) return null;
    return {
      title: command.title,
      keys: keysOf(command),
      isAvailable: command.isAvailable?.() ?? true,
      run: command.run,
    };
  };

  const isIdle = () =>
    workspace.isIdle() &&
    life.isIdle() &&
    windows.isIdle() &&
    analyses.isIdle() &&
    areLatePartsHere() &&
    (workbench() !== null || !hasSources());
  const hurry = () => {
    if (!workspace.isIdle()) return;
    analyses.hurry();
    life.hurry();
  };
  const isUnkept = () => hasSources() && workspaces.trouble() !== null;
  /** A newer version waits for what is under way: reading, keeping, a dialog in which something is being written. */
  const takeUpdate = () =>
    program.update.take((signal) => waitUntilIdle(() => isIdle() && dialog() === null && !isUnkept(), hurry, signal));
  createBadge(() => sources.opening().length > 0);
  createEffect(
    on(program.launch, (launched) => {
      if (!launched) return;
      const { files, text, command, trouble } = program.takeLaunch() ?? launched;
      void open(files);
      if (text !== '') void ways.openText(text, 'Shared');
      if (command !== null) run(command);
      if (trouble !== '') cursor.say(trouble);
    }),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (dialog() === null) dispatchKey(commands, keysOf, event);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (isTyping(event.target) || !event.clipboardData) return;
    event.preventDefault();
    const files = toRequests(event.clipboardData.files);
    const text = event.clipboardData.getData('text/plain');
    if (files.length > 0) void open(files);
    else if (text !== '') void ways.openText(text);
    else cursor.say('The clipboard holds no text and no file');
  };

  onMount(() => {
    window.addEventListener('keydown', onKeyDown);
    document.addEventListener('paste', onPaste);
    installWhenIdle(isIdle, hurry);
    window.addEventListener('pagehide', windows.leave);
    const onPageShow = (event: PageTransitionEvent) => event.persisted && windows.comeBack();
    window.addEventListener('pageshow', onPageShow);
    if (new URLSearchParams(location.search).has('bench')) {
      void import('./bench-hook').then((hook) => hook.installBench(() => workspace));
    }
    onCleanup(() => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('pagehide', windows.leave);
      window.removeEventListener('pageshow', onPageShow);
      document.removeEventListener('paste', onPaste);
    });
  });

  // The view that had the focus is gone with what was in it.
  createEffect(
    on(view.shown, () => queueMicrotask(() => document.activeElement === document.body && focusShown()), {
      defer: true,
    }),
  );
  createEffect(() => {
    const name = workspaces.current()?.name;
    document.title = name === undefined ? 'Loupe' : `${name} · Loupe`;
  });
  /** Of the patterns, where they were counted for what is shown now. */
  const counts = () => {
    const answer = workspace.patterns.table.answer();
    return answer && answer.filter === filter.filter() ? { patterns: answer.table.rows.length } : {};
  };
  const progress = createMemo(() => {
    const list = sources.opening();
    const size = list.reduce((sum, source) => sum + source.sizeBytes, 0);
    return list.length === 0
      ? null
      : size === 0
        ? 1
        : list.reduce((sum, source) => sum + source.indexedBytes, 0) / size;
  });
  /** Read out when it has settled: progress by quarters, then the count. */
  const spoken = createMemo(() => {
    const share = progress();
    if (share !== null) return share < 0.25 ? 'Reading' : `Reading, ${toPercentText(Math.floor(share * 4) / 4)}`;
    const notice = workspace.panes.active().cursor.notice() || cursor.notice();
    if (notice !== '') return notice;
    const { patterns, results } = workspace;
    const table = view.is('patterns') && !patterns.table.isStale() ? patterns.table.answer()?.table : null;
    if (table)
      return `${toCountText(patterns.look.listed().length, 'pattern')}, ${toCountText(table.recordCount, 'record')}`;
    // Beside the whole log, the number is of what is listed.
    const hits = results.isSplit() && results.hasTexts() ? results.hitCount() : null;
    if (hits !== null) return results.isCounting() ? '' : `${toCountText(hits, 'record')} match`;
    return records.answer() && !records.isStale()
      ? `${toCountText(records.count(), 'record')}${filter.isFiltered() ? ' match' : ''}`
      : '';
  });
  /** The record whose note is written: chosen by a button; null: the selected one. */
  const [noteOf, setNoteOf] = createSignal<RecordId | null>(null);
  const writeNote = (record: RecordId) => {
    setNoteOf(record);
    setDialog('note');
  };

  return (
    <KeysContext.Provider value={keysOfId}>
      <CommandContext.Provider value={offer}>
        <div class={styles.app}>
          <button type="button" class={styles.skip} onClick={focusShown}>
            Skip to {view.is('lines') ? 'the log' : VIEWS.find(({ id }) => view.is(id))?.title}
          </button>
          <TopBar
            hasHeading={hall.isTitled()}
            heading={hall.heading()}
            theme={settings.settings().theme}
            progress={progress()}
            hasSources={hasSources()}
            view={view.shown()}
            counts={counts()}
            areDetailsOpen={layout.layout().areDetailsOpen}
            onTheme={(theme) => settings.change({ theme })}
            onOpen={chooseFiles}
            onPalette={() => openPalette('')}
            onKeys={() => setDialog('keys')}
            onHelp={() => setDialog('help')}
            onView={showView}
            onDetails={() => run('record.details')}
            offer={
              <UpdateOffer
                state={program.update.state()}
                isUnkept={isUnkept()}
                onTake={() => void takeUpdate()}
                onTakeNow={() => program.update.takeNow()}
                onLater={() => program.update.later()}
              />
            }
          />
          <Show when={workspace.death()}>
            <DeathNote onRestart={() => void plans.restart(sources.requestsByKey())} />
          </Show>
          <Show when={props.bug}>
            {(error) => (
              <Note
                what={`Something in Loupe broke: ${error().message}`}
                next="What is on screen is kept. Reload if it stays odd."
                action={{ label: 'Reload', onClick: () => location.reload() }}
                onDismiss={props.onDismissBug}
              />
            )}
          </Show>
          {hall.notes()}
          <Show
            when={hasSources()}
            fallback={
              <>
                <FaultNotes sources={sources} />
                <StartView
                  samples={SAMPLES}
                  recents={hall.recents()}
                  onInstall={program.installing.isOffered() ? () => program.installing.install() : undefined}
                  verbs={{
                    openFiles: chooseFiles,
                    openFolder: chooseFolder,
                    paste: () => void ways.paste(),
                    openAddress: () => setDialog('address'),
                    openSample: (sample) => void ways.openSample(sample),
                  }}
                />
              </>
            }
          >
            <Dynamic
              component={workbench() ?? undefined}
              workspace={workspace}
              dock={dock()}
              onDock={setDock}
              onCopy={(text) => void copy(text)}
              onNote={writeNote}
              filterRef={(input) => (filterField = input)}
              focusView={focusShown}
            />
          </Show>
          <StatusBar
            workspace={workspace}
            windows={windows}
            isOfflineReady={program.isOfflineReady()}
            isForgetful={workspaces.trouble() === 'unavailable'}
            onZone={() => run('zone.choose')}
            onOutbound={() => run('outbound.show')}
            onProblems={() => setDock('sources')}
          />

          <input
            ref={(element) => {
              filePicker = element;
            }}
            type="file"
            multiple
            hidden
            aria-label="Files to open"
            onChange={(event) => void ways.takePicked(event.currentTarget)}
          />
          <input
            ref={(element) => {
              folderPicker = element;
              element.webkitdirectory = true;
            }}
            type="file"
            multiple
            hidden
            aria-label="Folder to open"
            onChange={(event) => void ways.takePicked(event.currentTarget)}
          />
          <DropTarget
            workspace={hasSources() ? (workspaces.current()?.name ?? null) : null}
            onFiles={(files, isNew) => void (isNew && hasSources() ? plans.begin(files) : open(files))}
          />
          {hall.dialogs()}
          {analyses.dialogs()}
          <CommandDialogs
            workspace={workspace}
            commands={commands}
            keysOf={keysOf}
            open={dialog()}
            palettePrefix={palettePrefix()}
            settingsPart={settingsPart()}
            storeTrouble={workspaces.trouble()}
            onUpdate={() => {
              setDialog(null); // an open dialog is work that is waited for
              void takeUpdate();
            }}
            onRestartEngine={() => void plans.restart(sources.requestsByKey())}
            offlineCopy={program.copy}
            onRun={run}
            onTypeFilter={typeFilter}
            onClose={closeDialog}
          />
          <RecordDialogs
            workspace={workspace}
            dialog={dialog()}
            noteOf={noteOf()}
            onClose={() => {
              setNoteOf(null);
              setDialog(null);
            }}
          />
          <Show when={dialog() === 'address'}>
            <AddressDialog
              onFetch={(address, signal) => ways.fetchAddress(address, signal)}
              onClose={() => closeDialog('address')}
            />
          </Show>
          <LiveRegion text={spoken()} />
        </div>
      </CommandContext.Provider>
    </KeysContext.Provider>
  );
};
