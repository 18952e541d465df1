/** While a clock is being repaired: which record to select next, then what would be done, with the numbers. */
import { type Component, Show } from 'solid-js';

import { toClockOffsetText } from '../../state/clock-offset';
import type { ClockRepairStore } from '../../state/clock-repair';
import type { SourcesStore } from '../../state/sources';
import { Button, IconButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { toFullText } from '../time-text';
import styles from './ClockRepairBar.module.css';

interface ClockRepairBarProps {
  repair: ClockRepairStore;
  sources: SourcesStore;
  zone: string;
}

export const ClockRepairBar: Component<ClockRepairBarProps> = (props) => {
  const name = (id: number) => props.sources.nameOf(id);
  const time = (ms: number) => toFullText(ms, props.zone);
  return (
    <Show when={props.repair.from()}>
      {(from) => (
        <section class={styles.bar} aria-label="Repair of a clock">
          <Icon name="clock" class={styles.icon} />
          <Show
            when={props.repair.to()}
            fallback={
              <p class={styles.text} role="status">
                <b>Select the record of another source that happened at the same moment</b> as the one of{' '}
                {name(from().id.source)} at {time(props.repair.timeOf(from()))}.
              </p>
            }
          >
            {(to) => (
              <>
                <p class={styles.text} role="status">
                  <b>
                    {name(from().id.source)} {time(props.repair.timeOf(from()))} = {name(to().id.source)}{' '}
                    {time(props.repair.timeOf(to()))}
                  </b>
                  {props.repair.propose('first')?.byMs === 0 ? ' already: both have the same time.' : ''}
                  {props.repair.propose('first') ? '' : ': more than ten years lie between them.'}
                </p>
                <Show when={props.repair.propose('first')?.byMs !== 0}>
                  <Show when={props.repair.propose('first')}>
                    {(proposal) => (
                      <Button size="small" look="primary" onClick={() => props.repair.apply('first')}>
                        Set {name(proposal().source)} to {toClockOffsetText(proposal().offsetMs)}
                      </Button>
                    )}
                  </Show>
                  <Show when={props.repair.propose('second')}>
                    {(proposal) => (
                      <Button size="small" onClick={() => props.repair.apply('second')}>
                        Set {name(proposal().source)} to {toClockOffsetText(proposal().offsetMs)}
                      </Button>
                    )}
                  </Show>
                </Show>
              </>
            )}
          </Show>
          <IconButton icon="close" label="Leave the clocks as they are" onClick={() => props.repair.cancel()} />
        </section>
      )}
    </Show>
  );
};
