/** What is done with one source, or with all: showing, hiding, ordering, closing. Single keys work in the sources' table. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

export function sourceCommands({ sources, panes, clockRepair }: Workspace): Command[] {
  const group = 'Sources';
  const region = 'sources';
  /** The one pointed at in the panel, else that of the selected record, else the only one. */
  const current = () => {
    const selected = panes.active().records.selected()?.id.source;
    const only = sources.ids().length === 1 ? (sources.ids()[0] ?? null) : null;
    return sources.currentId() ?? selected ?? only;
  };
  const about = (id: string, keys: string[], title: string, work: (source: number) => void): Command => ({
    id,
    group,
    keys,
    title,
    region,
    isAvailable: () => current() !== null,
    effect: () => Promise.resolve(current() === null ? null : sources.nameOf(current() ?? -1)),
    run: () => {
      const source = current();
      if (source !== null) work(source);
    },
  });
  const isHidden = () => sources.hidden().has(current() ?? -1);
  return [
    {
      ...about('source.toggle', ['Space'], 'Show or hide a source', (id) => sources.toggle(id)),
      isOn: () => current() !== null && !isHidden(),
    },
    about('source.only', ['o'], 'Show only a source, or all again', (id) => sources.showOnly(id)),
    about('source.up', ['Alt-ArrowUp'], 'Move a source up', (id) => sources.move(id, -1)),
    about('source.down', ['Alt-ArrowDown'], 'Move a source down', (id) => sources.move(id, 1)),
    about('source.close', ['Delete'], 'Close a source', (id) => void sources.close([id])),
    {
      id: 'clock.align',
      group,
      keys: ['Alt-C'],
      title: 'Align the clock of the selected record’s source with another',
      words: 'offset skew repair time',
      isAvailable: clockRepair.canBegin,
      isOn: () => clockRepair.from() !== null,
      run: () => {
        if (clockRepair.from() === null) clockRepair.begin();
        else clockRepair.cancel();
      },
    },
    {
      id: 'clock.apply',
      group,
      keys: ['Alt-Enter'],
      title: 'Set the clock as proposed',
      isAvailable: () => clockRepair.propose('first') !== null,
      run: () => clockRepair.apply(),
    },
    {
      id: 'sources.show-all',
      group,
      keys: [],
      title: 'Show all sources',
      isAvailable: () => sources.hidden().size > 0,
      run: () => sources.setShown(sources.ids(), true),
    },
  ];
}
