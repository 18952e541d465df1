/** From trouble to trouble, and from match to match. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

export function troubleCommands({ panes }: Workspace): Command[] {
  const cursor = () => panes.active().cursor;
  const one = (id: string, key: string, title: string, work: () => Promise<void>): Command => ({
    id,
    group: 'Trouble',
    keys: [key],
    title,
    isAvailable: () => panes.active().records.count() > 0,
    run: () => void work(),
  });
  return [
    one('error.next', 'e', 'Next ERROR or FATAL', () => cursor().nextError(1)),
    one('error.previous', 'E', 'Previous ERROR or FATAL', () => cursor().nextError(-1)),
    one('warning.next', 'w', 'Next WARN', () => cursor().nextWarning(1)),
    one('warning.previous', 'W', 'Previous WARN', () => cursor().nextWarning(-1)),
    one('hit.next', 'n', 'Next match of the filter', () => cursor().nextHit(1)),
    one('hit.previous', 'N', 'Previous match of the filter', () => cursor().nextHit(-1)),
  ];
}
