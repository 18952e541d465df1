/** The front hall's part in workspaces: the name in the top bar, recents, what waits for files, the toast, the dialogs. */
import { type Component, createEffect, createMemo, createSignal, on, Show, Suspense } from 'solid-js';

import type { PageVerbs } from '../commands/page-verbs';
import type { Workspace } from '../state/workspace';
import type { WorkspacesStore } from '../state/workspaces';
import type { StoreTrouble, WorkspaceInfo } from '../storage/stored';
import { latePart } from '../ui/late-part';
import { Toast, type ToastMessage } from '../ui/Toast';
import { Note } from '../views/FaultNote';
import { LinkNote } from '../views/workspaces/LinkNote';
import { WaitingNotes } from '../views/workspaces/WaitingNotes';
import { WorkspaceTitle } from '../views/workspaces/WorkspaceTitle';
import type { Plans } from './plans';
import type { WorkspaceLife } from './workspace-life';

// What is not on screen at first comes when it is wanted.
const Recents = latePart(async () => ({ default: (await import('../views/workspaces/Recents')).Recents }));
const WorkspacesDialog = latePart(async () => ({
  default: (await import('../views/workspaces/WorkspacesDialog')).WorkspacesDialog,
}));
const DeleteDialog = latePart(async () => ({
  default: (await import('../views/workspaces/DeleteDialog')).DeleteDialog,
}));

interface HallParts {
  readonly workspace: Workspace;
  readonly life: WorkspaceLife;
  readonly plans: Plans;
  readonly workspaces: WorkspacesStore;
  readonly copy: (text: string, said: string) => void;
  readonly isListOpen: () => boolean;
  readonly openList: () => void;
  readonly openAnalyses: () => void;
  readonly closeList: () => void;
  /** Keys of a command, for the toast's tooltip. */
  readonly keysOf: (id: string) => readonly string[];
}

export function createWorkspaceHall(parts: HallParts) {
  const { workspace, life, plans, workspaces } = parts;
  const { sources, marks } = workspace;
  const [isRenaming, setIsRenaming] = createSignal(false);
  const [deleting, setDeleting] = createSignal<Pick<WorkspaceInfo, 'id' | 'name' | 'markCount'> | null>(null);

  /** Asks only when marks would be lost. */
  const remove = (info: Pick<WorkspaceInfo, 'id' | 'name' | 'markCount'>) => {
    if (info.markCount > 0) setDeleting(info);
    else void plans.remove(info.id, info.name);
  };
  const removeCurrent = () => {
    const current = workspaces.current();
    if (current) remove({ ...current, markCount: marks.list().length });
  };
  const rename = (id: string, name: string) => {
    const before = workspaces.current()?.name;
    void workspaces.rename(id, name).then(() => {
      const after = workspaces.current()?.name;
      if (before === undefined || after === undefined || after === before) return;
      workspace.acts.add({
        title: 'Workspace renamed',
        undo: () => void workspaces.rename(id, before),
        redo: () => void workspaces.rename(id, after),
      });
    });
  };
  const openList = () => {
    void workspaces.refresh();
    parts.openList();
  };
  const verbs: PageVerbs['workspaces'] = {
    isOpen: () => sources.list().length > 0,
    create: () => void plans.begin(),
    rename: () => setIsRenaming(true),
    list: openList,
    remove: removeCurrent,
    copyLink: () => void life.copyLink(parts.copy),
  };

  // Whichever was told last: an act of this workspace, or what happened to workspaces.
  const [toast, setToast] = createSignal<ToastMessage | null>(null);
  let told = 0;
  const say = (text: string, action: ToastMessage['action']) => {
    told += 1;
    setToast({ text, action, number: told });
  };
  createEffect(
    on(
      workspace.acts.last,
      (last) => {
        if (!last) return;
        const keys = (id: string) => parts.keysOf(id)[0] ?? '';
        if (last.kind === 'undone') {
          say(`Undone: ${last.title}`, { label: 'Redo', keys: keys('act.redo'), onClick: () => workspace.acts.redo() });
        } else say(last.title, { label: 'Undo', keys: keys('act.undo'), onClick: () => workspace.acts.undo() });
      },
      { defer: true },
    ),
  );
  createEffect(
    on(plans.notice, (notice) => {
      // A deletion may put another hall on screen: whichever is there tells of it, once.
      if (!notice || !plans.takeFresh(notice)) return;
      say(notice.text, notice.undo && { label: 'Undo', keys: '', onClick: notice.undo });
    }),
  );

  const titled = createMemo(() => (sources.list().length > 0 ? workspaces.current()?.id : undefined));

  return {
    verbs,
    isTitled: () => titled() !== undefined,
    heading: () => (
      <Show when={titled()}>
        {(id) => (
          <WorkspaceTitle
            id={id()}
            name={workspaces.current()?.name ?? ''}
            others={workspaces.list()}
            isRenaming={isRenaming()}
            verbs={{
              open: (other) => void plans.open(other),
              create: verbs.create,
              list: openList,
              beginRename: verbs.rename,
              endRename: (name) => {
                setIsRenaming(false);
                if (name !== null) rename(id(), name);
              },
              remove: verbs.remove,
              analyses: parts.openAnalyses,
            }}
          />
        )}
      </Show>
    ),
    recents: () => (
      <Show when={workspaces.list().length > 0}>
        <Suspense>
          <Recents list={workspaces.list()} onOpen={(id) => void plans.open(id)} onRemove={remove} onAll={openList} />
        </Suspense>
      </Show>
    ),
    notes: () => (
      <>
        <Show when={plans.refusal()}>
          {(text) => (
            <Note
              what={text()}
              next="It is kept as it is. Reload to get the newest Loupe, then open it again."
              onDismiss={plans.dismissRefusal}
            />
          )}
        </Show>
        <LinkNote address={life.address} hasSources={sources.list().length > 0} />
        <WaitingNotes restoring={life.restoring} />
        <KeepingNote trouble={workspaces.trouble()} />
      </>
    ),
    dialogs: () => (
      <>
        <Toast message={toast()} />
        <Suspense>
          <Show when={parts.isListOpen()}>
            <WorkspacesDialog
              list={workspaces.list()}
              currentId={workspaces.current()?.id ?? null}
              onOpen={(id) => {
                parts.closeList();
                if (id !== workspaces.current()?.id) void plans.open(id);
              }}
              onRemove={remove}
              onClose={parts.closeList}
            />
          </Show>
          <Show when={deleting()}>
            {(info) => (
              <DeleteDialog
                name={info().name}
                markCount={info().markCount}
                onDelete={() => void plans.remove(info().id, info().name)}
                onClose={() => setDeleting(null)}
              />
            )}
          </Show>
        </Suspense>
      </>
    ),
  };
}

const TROUBLE_TEXTS: Record<StoreTrouble, { what: string; next: string } | null> = {
  // A private window is a choice: the status line says it, no note stands in the way.
  unavailable: null,
  newer: {
    what: 'A newer Loupe has kept workspaces in this browser.',
    next: 'Until this page is reloaded nothing here is kept.',
  },
  blocked: {
    what: 'Another tab holds an older Loupe open.',
    next: 'Close it: until then workspaces can neither be read nor kept.',
  },
  outdated: {
    what: 'A newer Loupe was opened in another tab.',
    next: 'Reload this one: until then nothing here is kept.',
  },
  full: {
    what: 'The browser has no room left to keep this workspace.',
    next: 'It goes on as long as the page is open, and is kept as soon as there is room. Delete workspaces to make some.',
  },
  lost: {
    what: 'The browser closed its storage: what was kept may be deleted.',
    next: 'What is open here is being kept again.',
  },
  deleted: {
    what: 'What was kept was deleted in another tab.',
    next: 'What is open here lasts as long as the page.',
  },
  damaged: {
    what: 'Something that was kept cannot be read: the browser’s storage is damaged.',
    next: 'What is open here goes on. When it happens again, delete everything kept in the settings.',
  },
};

const KeepingNote: Component<{ trouble: StoreTrouble | null }> = (props) => {
  const [dismissed, setDismissed] = createSignal<StoreTrouble | null>(null);
  const text = () => (props.trouble && props.trouble !== dismissed() ? TROUBLE_TEXTS[props.trouble] : null);
  return (
    <Show when={text()}>
      {(shown) => (
        <Note
          what={shown().what}
          next={shown().next}
          action={
            props.trouble === 'outdated' || props.trouble === 'newer'
              ? { label: 'Reload', onClick: () => location.reload() }
              : undefined
          }
          onDismiss={() => setDismissed(props.trouble)}
        />
      )}
    </Show>
  );
};
