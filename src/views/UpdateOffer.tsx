/** A newer version in the top bar: offered, put off, or waiting for the work under way to end. */
import { type Component, Match, Switch } from 'solid-js';

import { Button } from '../ui/Button';
import styles from './UpdateOffer.module.css';

interface UpdateOfferProps {
  state: 'none' | 'offered' | 'later' | 'waits';
  /** What is open is not kept by this browser: a reload loses it. */
  isUnkept: boolean;
  onTake: () => void;
  onTakeNow: () => void;
  onLater: () => void;
}

export const UpdateOffer: Component<UpdateOfferProps> = (props) => (
  <Switch>
    <Match when={props.state === 'offered'}>
      <span class={styles.offer}>
        <Button
          size="small"
          title="Nothing that is kept is lost. It waits until what is under way has ended."
          onClick={() => props.onTake()}
        >
          Reload for the new version
        </Button>
        <Button size="small" look="quiet" onClick={() => props.onLater()}>
          Later
        </Button>
      </span>
    </Match>
    <Match when={props.state === 'waits'}>
      <span class={styles.offer}>
        <span class={styles.text}>
          {props.isUnkept ? 'What is open is not kept: a reload loses it' : 'Reloads when the work has ended'}
        </span>
        <Button size="small" onClick={() => props.onTakeNow()}>
          Reload now
        </Button>
        <Button size="small" look="quiet" onClick={() => props.onLater()}>
          Later
        </Button>
      </span>
    </Match>
  </Switch>
);
