/** Workspaces, links, and the places one has been. */
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function workspaceCommands({ workspaces, places }: PageVerbs): Command[] {
  const group = 'Workspace';
  return [
    {
      id: 'workspace.create',
      group,
      keys: [],
      title: 'New workspace',
      words: 'create empty start',
      run: workspaces.create,
    },
    {
      id: 'workspace.rename',
      group,
      keys: [],
      title: 'Rename this workspace',
      isAvailable: workspaces.isOpen,
      run: workspaces.rename,
    },
    {
      id: 'workspace.switch',
      group,
      keys: [],
      title: 'Workspaces',
      words: 'switch open recent list',
      run: workspaces.list,
    },
    {
      id: 'workspace.delete',
      group,
      keys: [],
      title: 'Delete this workspace',
      words: 'remove',
      isAvailable: workspaces.isOpen,
      run: workspaces.remove,
    },
    {
      id: 'link.copy',
      group,
      keys: ['Y'],
      title: 'Copy a link to this view',
      words: 'share address url record',
      isAvailable: workspaces.isOpen,
      run: workspaces.copyLink,
    },
    {
      id: 'place.back',
      group: 'Move',
      keys: ['Alt-ArrowLeft'],
      title: 'Back to the place before',
      words: 'history',
      run: places.back,
    },
    {
      id: 'place.forward',
      group: 'Move',
      keys: ['Alt-ArrowRight'],
      title: 'Forward to the place after',
      words: 'history',
      run: places.forward,
    },
  ];
}
