/** From trouble to trouble, and from match to match. */
import type { Filter } from '../engine/query/filter';
import type { Workspace } from '../state/workspace';
import type { Command } from './command';
import { toPlaceText } from './place-text';

const ERRORS: Filter = { kind: 'level', min: 'ERROR', max: 'FATAL' };
const WARNINGS: Filter = { kind: 'level', min: 'WARN', max: 'WARN' };

export function troubleCommands({ panes, settings }: Workspace): Command[] {
  const cursor = () => panes.active().cursor;
  const one = (
    id: string,
    key: string,
    title: string,
    direction: 1 | -1,
    filter: () => Filter,
    work: () => Promise<void>,
  ): Command => ({
    id,
    group: 'Trouble',
    keys: [key],
    title,
    isAvailable: () => panes.active().records.count() > 0,
    async effect(signal) {
      const found = await cursor().lookNext(direction, filter(), signal);
      if (!found) return direction === 1 ? 'None further down' : 'None further up';
      return toPlaceText(found.time, found.fromTime, settings.settings().zone);
    },
    run: () => void work(),
  });
  const errors = () => ERRORS;
  const warnings = () => WARNINGS;
  const hits = () => cursor().hits();
  return [
    one('error.next', 'e', 'Next ERROR or FATAL', 1, errors, () => cursor().nextError(1)),
    one('error.previous', 'E', 'Previous ERROR or FATAL', -1, errors, () => cursor().nextError(-1)),
    one('warning.next', 'w', 'Next WARN', 1, warnings, () => cursor().nextWarning(1)),
    one('warning.previous', 'W', 'Previous WARN', -1, warnings, () => cursor().nextWarning(-1)),
    one('hit.next', 'n', 'Next match of the filter', 1, hits, () => cursor().nextHit(1)),
    one('hit.previous', 'N', 'Previous match of the filter', -1, hits, () => cursor().nextHit(-1)),
  ];
}
