/** The first look as a view: what the log is, and what stands out in it. */
import type { Component } from 'solid-js';

import type { Workspace } from '../../state/workspace';
import type { Dock } from '../BottomDock';
import { FirstLookHost } from './FirstLookHost';

interface FirstLookViewProps {
  workspace: Workspace;
  focusView: () => void;
  onDock: (dock: Dock) => void;
}

export const FirstLookView: Component<FirstLookViewProps> = (props) => (
  <FirstLookHost workspace={props.workspace} focusLog={props.focusView} onSources={() => props.onDock('sources')} />
);
