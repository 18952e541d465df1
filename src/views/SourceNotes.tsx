/** What is wrong with sources, or with the engine that reads them, each with the step that helps. */
import { type Component, For } from 'solid-js';

import type { SourcesStore } from '../state/sources';
import { FaultNote, Note } from './FaultNote';

export const FaultNotes: Component<{ sources: SourcesStore }> = (props) => (
  <For each={props.sources.faults()}>
    {(entry) => (
      <FaultNote
        fault={entry.fault}
        name={entry.name}
        action={
          entry.source !== null && props.sources.canRefresh(entry.source)
            ? { label: 'Read it again', onClick: () => void props.sources.refresh(entry.source ?? -1) }
            : undefined
        }
        onDismiss={() => props.sources.dismissFault(entry)}
      />
    )}
  </For>
);

export const DeathNote: Component<{ onRestart: () => void }> = (props) => (
  <Note
    what="The engine stopped. The files are untouched."
    next="Start it again: the same files are read anew."
    action={{ label: 'Start it again', onClick: () => props.onRestart() }}
  />
);
