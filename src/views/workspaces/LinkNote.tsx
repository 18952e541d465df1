/** A link that came in: what it needs before it can be shown, or why it cannot be. */
import { type Component, Match, Switch } from 'solid-js';

import type { AddressStore } from '../../state/address';
import { toFileSizeText } from '../../ui/size-text';
import { Note } from '../FaultNote';

const NAMED = 4;

export const LinkNote: Component<{ address: AddressStore; hasSources: boolean }> = (props) => {
  const refused = () => {
    const link = props.address.link();
    return link?.kind === 'refused' && link.reason;
  };
  const missing = () => {
    const sources = props.address.missing();
    const named = sources.slice(0, NAMED).map(({ name, sizeBytes }) => `${name} (${toFileSizeText(sizeBytes)})`);
    const more = sources.length - named.length;
    return more <= 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`;
  };
  return (
    <Switch>
      <Match when={refused()}>
        {(reason) => (
          <Note
            what={`This link ${reason()}.`}
            next={
              reason().includes('newer')
                ? 'Reload to get the newest Loupe, then open the link again.'
                : 'Ask for it again: a link has to arrive whole.'
            }
            onDismiss={() => props.address.dismiss()}
          />
        )}
      </Match>
      <Match when={props.address.link()?.kind === 'waits' && props.address.missing().length > 0}>
        <Note
          what={`This link shows ${missing()}.`}
          next={`Drop ${props.address.missing().length === 1 ? 'it' : 'them'} here.`}
          action={
            props.hasSources
              ? { label: 'Show it over what is open', onClick: () => props.address.applyNow() }
              : undefined
          }
          onDismiss={() => props.address.dismiss()}
        />
      </Match>
    </Switch>
  );
};
