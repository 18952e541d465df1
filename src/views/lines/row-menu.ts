/** The menu of a record: the commands that act on what is selected, each with its key. */

import type { OfferedCommand } from '../../ui/command-context';
import type { MenuEntry } from '../../ui/Menu';

const GROUPS: readonly (readonly string[])[] = [
  ['record.details', 'record.fold'],
  ['mark.toggle', 'note.write'],
  ['record.copy', 'record.copy-columns', 'record.save', 'link.copy'],
  ['pattern.previous', 'pattern.next', 'pattern.first'],
];

/** @param commandOf  the commands by their ids; those that are not there are left out */
export function toRowMenu(commandOf: (id: string) => OfferedCommand | null): readonly MenuEntry[] {
  const groups = GROUPS.map((ids) =>
    ids.flatMap((id): MenuEntry[] => {
      const command = commandOf(id);
      if (!command) return [];
      const key = command.keys.find((name) => name.length === 1);
      const item = { label: command.title, isDisabled: !command.isAvailable, run: command.run };
      return [key === undefined ? item : { ...item, key }];
    }),
  ).filter((group) => group.length > 0);
  return groups.flatMap((group, at): MenuEntry[] => (at === 0 ? group : ['line', ...group]));
}
