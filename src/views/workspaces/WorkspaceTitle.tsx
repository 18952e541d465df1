/** The workspace's name in the top bar: a menu of what can be done with it and of the others; renamed in place. */
import { type Component, createEffect, on, Show } from 'solid-js';

import type { WorkspaceInfo } from '../../state/workspaces';
import type { MenuEntry } from '../../ui/Menu';
import { MenuButton } from '../../ui/MenuButton';
import { toCountText } from '../../ui/size-text';
import styles from './WorkspaceTitle.module.css';

export interface WorkspaceVerbs {
  open: (id: string) => void;
  create: () => void;
  list: () => void;
  beginRename: () => void;
  /** @param name  null: it stays as it is */
  endRename: (name: string | null) => void;
  remove: () => void;
  /** Lists the analyses kept with it. */
  analyses: () => void;
}

interface WorkspaceTitleProps {
  id: string;
  name: string;
  others: readonly WorkspaceInfo[];
  isRenaming: boolean;
  verbs: WorkspaceVerbs;
}

const MENU_LENGTH = 8;

export const WorkspaceTitle: Component<WorkspaceTitleProps> = (props) => {
  const others = () => props.others.filter(({ id }) => id !== props.id);
  const entries = (): MenuEntry[] => [
    { label: 'Rename', run: props.verbs.beginRename },
    { label: 'New workspace', icon: 'plus', run: props.verbs.create },
    ...(others().length > 0 ? (['line'] as const) : []),
    ...others()
      .slice(0, MENU_LENGTH)
      .map((info) => ({
        label: info.name,
        note: () => toCountText(info.sources.length, 'source'),
        run: () => props.verbs.open(info.id),
      })),
    ...(others().length > MENU_LENGTH
      ? [{ label: `All ${props.others.length} workspaces`, run: props.verbs.list }]
      : []),
    'line',
    { label: 'Kept analyses', icon: 'star', run: props.verbs.analyses },
    { label: `Delete ${props.name}`, run: props.verbs.remove },
  ];

  return (
    <h1 class={styles.title}>
      <Show
        when={props.isRenaming}
        fallback={
          <MenuButton label={`Workspace ${props.name}`} entries={entries}>
            <span class={styles.name}>{props.name}</span>
          </MenuButton>
        }
      >
        <NameField name={props.name} onEnd={props.verbs.endRename} />
      </Show>
    </h1>
  );
};

const NameField: Component<{ name: string; onEnd: (name: string | null) => void }> = (props) => {
  let field!: HTMLInputElement;
  let hasEnded = false;
  const end = (name: string | null) => {
    if (hasEnded) return;
    hasEnded = true;
    props.onEnd(name);
  };
  createEffect(
    on(
      () => props.name,
      () => {
        field.focus();
        field.select();
      },
    ),
  );
  return (
    <input
      ref={(element) => {
        field = element;
      }}
      class={styles.field}
      aria-label="Name of the workspace"
      maxLength={200}
      value={props.name}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(field.value);
        else if (event.key === 'Escape') end(null);
      }}
      onBlur={() => end(field.value)}
    />
  );
};
