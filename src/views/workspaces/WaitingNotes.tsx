/** Sources whose files are not here: what each group of them needs, one click where a click will do. */
import { type Component, Show } from 'solid-js';

import type { RestoringStore, WaitingSource, Way } from '../../state/restoring';
import { toCountText, toFileSizeText } from '../../ui/size-text';
import { Note } from '../FaultNote';

export const WaitingNotes: Component<{ restoring: RestoringStore }> = (props) => {
  const of = (way: Way) => props.restoring.waiting().filter((source) => source.way === way);
  const reopen = (sources: readonly WaitingSource[]) => void props.restoring.reopen(sources.map(({ id }) => id));
  const group = (way: Way) => {
    const sources = of(way);
    return sources.length > 0 && sources;
  };
  return (
    <>
      <Show when={group('held')}>
        {(sources) => (
          <Note
            what="This workspace was being opened when the page stopped the last time."
            next={`${toList(sources())} ${sources().length === 1 ? 'is' : 'are'} read when you say so.`}
            action={{ label: toReopenText(sources()), onClick: () => reopen(sources()) }}
          />
        )}
      </Show>
      <Show when={group('ask')}>
        {(sources) => (
          <Note
            what="This is how the workspace was left."
            next={`The browser asks before it hands out ${toList(sources())} again.`}
            action={{ label: toReopenText(sources()), onClick: () => reopen(sources()) }}
          />
        )}
      </Show>
      <Show when={group('drop')}>
        {(sources) => (
          <Note
            what={`${toList(sources())} ${sources().length === 1 ? 'is' : 'are'} not open.`}
            next="The browser keeps no way back to it. Drop it on the page again to go on."
          />
        )}
      </Show>
      <Show when={group('gone')}>
        {(sources) => (
          <Note
            what={`${toList(sources())} ${sources().length === 1 ? 'has' : 'have'} been moved or deleted.`}
            next="Drop it from its new place to go on."
          />
        )}
      </Show>
    </>
  );
};

const NAMED = 3;

function toList(sources: readonly Pick<WaitingSource, 'name' | 'sizeBytes'>[]): string {
  const named = sources.slice(0, NAMED).map(({ name, sizeBytes }) => `${name} (${toFileSizeText(sizeBytes)})`);
  const more = sources.length - named.length;
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`;
}

function toReopenText(sources: readonly WaitingSource[]): string {
  const [only] = sources;
  return only && sources.length === 1 ? `Reopen ${only.name}` : `Reopen ${toCountText(sources.length, 'file')}`;
}
