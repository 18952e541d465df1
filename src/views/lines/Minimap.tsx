/** The scroll bar of a pane. */
import type { Component } from 'solid-js';

import type { Pane } from '../../state/panes';
import type { Workspace } from '../../state/workspace';
import { ScrollBar } from '../../ui/ScrollArea';
import { toNumberText } from '../../ui/size-text';
import { toClockText } from '../time-text';

interface MinimapProps {
  workspace: Workspace;
  pane: Pane;
  label: string;
}

export const Minimap: Component<MinimapProps> = (props) => {
  const records = () => props.pane.records;
  const zone = () => props.workspace.settings.settings().zone;
  const placeText = () => {
    const first = records().visible()[0];
    const time = typeof first?.row.time === 'number' ? `, ${toClockText(first.row.time, zone())}` : '';
    return first
      ? `Record ${toNumberText(first.index + 1)} of ${toNumberText(records().count())}${time}`
      : 'No records';
  };
  return (
    <ScrollBar
      label={props.label}
      controls={props.pane.id}
      fraction={records().fraction()}
      share={Math.min(1, records().metrics().viewHeight / (records().metrics().rowHeight * records().count()))}
      valueText={placeText()}
      onFraction={(fraction) => records().scrollToFraction(fraction)}
    />
  );
};
