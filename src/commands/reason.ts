/** Why a command can do nothing now, for those who look at it greyed. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

// Groups of commands that act on the rows on screen.
const ON_ROWS: ReadonlySet<string> = new Set(['Move', 'Record', 'Marks', 'Filter', 'Views', 'Timeline']);

/** @returns null when it can be run; else a short sentence without a full stop */
export function reasonOf(command: Command, { sources, records, panes, view }: Workspace): string | null {
  if (command.isAvailable?.() !== false) return null;
  if (command.reason !== undefined) return command.reason;
  if (sources.list().length === 0) return 'No log is open';
  if (records.count() === 0) return 'No record is shown';
  if (!view.is('lines') && ON_ROWS.has(command.group)) return 'The lines are not shown';
  if ((command.group === 'Record' || command.group === 'Marks') && !panes.active().records.selected())
    return 'No record is selected';
  return 'Nothing to do now';
}
