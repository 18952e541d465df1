/** From a fact of the first look to its records. What it tells is of everything, so no filter may hide them. */
import type { RecordId } from '../../engine/records/record';
import { levelClause, type MadeClause, patternClause, worseClause } from '../../state/clause-text';
import type { TimeRange } from '../../state/filter';
import type { Workspace } from '../../state/workspace';
import type { LookTarget } from './look-target';

// A record that is gone to has a few before it on screen.
const ROWS_ABOVE = 4;

interface Around {
  readonly focusView: () => void;
  /** Opens the table of the sources. */
  readonly onSources: () => void;
}

export function createGoing(
  { filter, records, timeline, cursor, sources, view }: Workspace,
  { focusView, onSources }: Around,
): (target: LookTarget) => void {
  function showLines() {
    view.show('lines');
    focusView();
  }

  /** @param record  the one to begin with; null: the first that is left */
  function narrow(clause: MadeClause | null, span: TimeRange | null, record: RecordId | null) {
    filter.only(clause, span);
    records.restore({ anchors: record ? [{ id: record, top: 0 }] : [], selected: record, isFinal: true });
    showLines();
  }

  function toRecord(record: RecordId) {
    if (filter.isFiltered()) {
      void filter.clear();
      const top = ROWS_ABOVE * records.metrics().rowHeight;
      records.restore({ anchors: [{ id: record, top }], selected: record, isFinal: true });
    } else void cursor.goTo({ kind: 'record', record });
    showLines();
  }

  function toTime(time: number) {
    if (filter.isFiltered()) void filter.clear().then(() => cursor.goTo({ kind: 'time', time }));
    else void cursor.goTo({ kind: 'time', time });
    showLines();
  }

  return (target) => {
    switch (target.kind) {
      case 'record':
        return toRecord(target.record);
      case 'time':
        return toTime(target.time);
      case 'span':
        return narrow(null, target.span, null);
      case 'gap':
        timeline.setBrush(target.span);
        return target.record ? toRecord(target.record) : toTime(target.span.end);
      case 'pattern':
        return narrow(patternClause(target.text), target.span, target.span === null ? target.record : null);
      case 'level':
        return narrow(levelClause(target.level), null, null);
      case 'errors':
        return narrow(worseClause('ERROR'), null, null);
      case 'everything':
        if (!filter.isEmpty()) void filter.clear();
        timeline.zoom.showWhole();
        return showLines();
      case 'far':
        return timeline.toggleAllTimes();
      case 'patterns':
        view.show('patterns');
        return focusView();
      case 'sources':
        return onSources();
      case 'source':
        return sources.showOnly(target.source);
    }
  };
}
