/** From pause to pause. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

// A pause is worth a stop when it is so much of the time that is shown, and at least so long.
const PAUSE_SHARE = 1 / 200;
const PAUSE_MIN_MS = 1000;

export function pauseCommands({ panes, timeline }: Workspace): Command[] {
  const pane = () => panes.active();

  function minPauseMs(): number {
    const all = timeline.counts()?.all;
    return Math.max(PAUSE_MIN_MS, all ? all.binMs * all.binCount * PAUSE_SHARE : 0);
  }

  const one = (id: string, key: string, title: string, words: string, direction: 1 | -1): Command => ({
    id,
    group: 'Trouble',
    keys: [key],
    title,
    words,
    isAvailable: () => pane().records.count() > 0,
    run: () => void pane().cursor.nextPause(direction, minPauseMs()),
  });
  return [
    one('pause.next', 's', 'Next pause', 'gap slow-down silence', 1),
    one('pause.previous', 'S', 'Previous pause', 'gap slow-down', -1),
  ];
}
