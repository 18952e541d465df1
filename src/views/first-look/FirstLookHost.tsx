/** The first look of a workspace, while it is not put away; where its facts lead. */
import { type Component, Show } from 'solid-js';

import type { Workspace } from '../../state/workspace';
import { FirstLookStrip, type FirstLookVerbs } from './FirstLookStrip';

interface FirstLookHostProps {
  workspace: Workspace;
  focusLog: () => void;
  onSources: () => void;
}

export const FirstLookHost: Component<FirstLookHostProps> = (props) => {
  const { cursor, firstLook, timeline, settings } = props.workspace;
  const read = (going: Promise<void>) => {
    void going;
    props.focusLog();
  };
  const verbs: FirstLookVerbs = {
    onRecord: (record) => read(cursor.goTo({ kind: 'record', record })),
    onTime: (time) => read(cursor.goTo({ kind: 'time', time })),
    onSpan(span) {
      timeline.setBrush(span);
      void cursor.goTo({ kind: 'time', time: span.start });
    },
    onWhole: () => timeline.zoom.showWhole(),
    onLevel: (level) => read(cursor.endOf('first', { kind: 'level', min: level, max: level }, level)),
    onSources: () => props.onSources(),
    onClose() {
      firstLook.close();
      props.focusLog();
    },
  };
  return (
    <Show when={firstLook.look()}>
      {(look) => <FirstLookStrip look={look()} zone={settings.settings().zone} verbs={verbs} />}
    </Show>
  );
};
