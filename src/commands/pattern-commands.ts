/** From a record, or from a pattern of the table, to records of the same pattern. */
import { isFault } from '../base/fault';
import type { Filter } from '../engine/query/filter';
import type { Workspace } from '../state/workspace';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function patternCommands({ engine, panes, patterns, view }: Workspace, page: PageVerbs): Command[] {
  const group = 'Trouble';
  const pane = () => panes.active();
  const hasRecords = () => pane().records.count() > 0;

  /** Runs `go` with the pattern that is selected in its view, else with that of the selected record. */
  async function withPattern(go: (filter: Filter) => Promise<void>): Promise<void> {
    const isTable = view.is('patterns');
    if (!isTable) view.show('lines');
    const text = isTable ? patterns.choice.selected()?.row.text : await textOfRecord();
    if (text === undefined) return;
    await go({ kind: 'pattern', text });
    if (!isTable || pane().cursor.notice() !== '') return;
    view.show('lines'); // also when the record was selected already
    page.focusView();
  }

  async function textOfRecord(): Promise<string | undefined> {
    const { records } = pane();
    if (!records.selected()) await records.select(records.topIndex());
    const record = records.selected()?.id;
    if (!record) return undefined;
    try {
      return (await engine.patternOf(record)).text;
    } catch (error) {
      if (!isFault(error)) throw error;
      return undefined; // its source is closed, or the engine is gone, which is told elsewhere
    }
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
    one('pattern.next', 'o', 'Next record of the same pattern', 'similar like', same(1)),
    one('pattern.previous', 'O', 'Previous record of the same pattern', 'similar like', same(-1)),
    one('pattern.first', 'f', 'First record of the same pattern', 'first seen', end('first')),
    one('pattern.last', 'F', 'Last record of the same pattern', 'last seen', end('last')),
  ];
}
