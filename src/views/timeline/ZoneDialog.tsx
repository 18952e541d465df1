/** Chooses the zone in which times are shown, by typing a part of its name. */
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: the list of a combobox
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field takes the keys
// biome-ignore-all lint/a11y/useFocusableInteractive: the field has the focus, and tells the active option by aria-activedescendant
// biome-ignore-all lint/a11y/useSemanticElements: a list that is searched, not a select
import { type Component, createEffect, createMemo, createSignal, For, Show } from 'solid-js';

import { Dialog } from '../../ui/Dialog';
import { toCountText } from '../../ui/size-text';
import { toFullText } from '../time-text';
import styles from './ZoneDialog.module.css';
import { findZones, listZones } from './zone-list';

interface ZoneDialogProps {
  zone: string;
  /** A moment of the log, shown in the zone that is active; offsets are those of then. EpochMs. */
  at: number;
  onChoose: (zone: string) => void;
  onClose: () => void;
}

const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const ZoneDialog: Component<ZoneDialogProps> = (props) => {
  let list!: HTMLUListElement;
  const [text, setText] = createSignal('');
  const zones = createMemo(() => listZones(Intl.supportedValuesOf('timeZone'), OWN_ZONE, props.zone, props.at));
  const found = createMemo(() => findZones(zones(), text()));
  const [choice, setChoice] = createSignal(
    Math.max(
      0,
      zones().findIndex((zone) => zone.name === props.zone),
    ),
  );
  const active = () => found()[Math.min(choice(), found().length - 1)];
  createEffect(() => {
    active();
    list.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  });
  const choose = (name: string | undefined) => {
    if (name === undefined) return;
    props.onChoose(name);
    props.onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (event.key === 'Enter') choose(active()?.name);
    else if (step !== undefined) setChoice(Math.max(0, Math.min(found().length - 1, choice() + step)));
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Zone of the times shown" onClose={props.onClose}>
      <input
        class={styles.input}
        role="combobox"
        aria-label="Find a zone"
        aria-expanded="true"
        aria-controls="zones"
        aria-activedescendant={active() ? `zone-${active()?.name}` : undefined}
        aria-describedby="zone-example"
        placeholder="City, region or offset"
        autocomplete="off"
        spellcheck={false}
        autofocus
        onInput={(event) => {
          setText(event.currentTarget.value);
          setChoice(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        ref={(element) => {
          list = element;
        }}
        class={styles.list}
        id="zones"
        role="listbox"
        aria-label="Zones"
      >
        <For each={found()}>
          {(zone) => (
            <li
              class={styles.zone}
              id={`zone-${zone.name}`}
              role="option"
              aria-selected={zone === active()}
              onClick={() => choose(zone.name)}
            >
              <span>
                {zone.name.replaceAll('_', ' ')}
                <Show when={zone.about}>
                  <span class={styles.about}> {zone.about}</span>
                </Show>
              </span>
              <span class={styles.offset}>{zone.offset}</span>
            </li>
          )}
        </For>
      </ul>
      <p class={styles.example} id="zone-example">
        <Show when={active()} fallback="No zone has these words.">
          {(zone) => (
            <>
              {toFullText(props.at, zone().name)} in {zone().name.replaceAll('_', ' ')}, of{' '}
              {toCountText(found().length, 'zone')}
            </>
          )}
        </Show>
      </p>
    </Dialog>
  );
};
