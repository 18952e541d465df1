/** The kinds of messages in the log. */
import type { Component } from 'solid-js';

import type { Workspace } from '../../state/workspace';

interface PatternsViewProps {
  workspace: Workspace;
  /** The focus, into the view that is shown. */
  focusView: () => void;
}

export const PatternsView: Component<PatternsViewProps> = () => <h2>Patterns</h2>;
