/** From a record to others like it, and from pause to pause. */
import type { Filter } from '../engine/query/filter';
import { samePatternFilter } from '../state/same-pattern';
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

// A pause is worth a stop when it is so much of the time that is shown, and at least so long.
const PAUSE_SHARE = 1 / 200;
const PAUSE_MIN_MS = 1000;

export function patternCommands({ panes, timeline }: Workspace): Command[] {
  const group = 'Trouble';
  const pane = () => panes.active();
  const hasRecords = () => pane().records.count() > 0;

  /** Runs `go` with the pattern of the selected record, or says why there is none. */
  async function withPattern(go: (filter: Filter) => Promise<void>): Promise<void> {
    const { records, cursor } = pane();
    if (!records.selected()) await records.select(records.topIndex());
    const row = records.itemAt(records.selected()?.index ?? -1)?.row;
    const filter = row ? samePatternFilter(row) : null;
    if (filter) await go(filter);
    else cursor.say('This message has no fixed words to go by');
  }

  function minPauseMs(): number {
    const all = timeline.counts()?.all;
    return Math.max(PAUSE_MIN_MS, all ? all.binMs * all.binCount * PAUSE_SHARE : 0);
  }

  const one = (id: string, key: string, title: string, words: string, work: () => Promise<void>): Command => ({
    id,
    group,
    keys: [key],
    title,
    words,
    isAvailable: hasRecords,
    run: () => void work(),
  });
  const same = (direction: 1 | -1) => () =>
    withPattern((filter) => pane().cursor.nextOf(direction, filter, 'record of this pattern'));
  const end = (which: 'first' | 'last') => () =>
    withPattern((filter) => pane().cursor.endOf(which, filter, 'record of this pattern'));
  return [
    one('pause.next', 's', 'Next pause', 'gap slow-down silence', () => pane().cursor.nextPause(1, minPauseMs())),
    one('pause.previous', 'S', 'Previous pause', 'gap slow-down', () => pane().cursor.nextPause(-1, minPauseMs())),
    one('pattern.next', 'o', 'Next record of the same pattern', 'similar like', same(1)),
    one('pattern.previous', 'O', 'Previous record of the same pattern', 'similar like', same(-1)),
    one('pattern.first', 'f', 'First record of the same pattern', 'first seen', end('first')),
    one('pattern.last', 'F', 'Last record of the same pattern', 'last seen', end('last')),
  ];
}
