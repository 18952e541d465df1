/** Tells that other windows show this workspace too, and what is kept the same in them. */
import { type Component, Show } from 'solid-js';

import type { SecondWindow } from '../state/second-window';
import type { WindowSync } from '../state/window-sync';
import type { MenuEntry } from '../ui/Menu';
import { MenuButton } from '../ui/MenuButton';

export const WindowsBadge: Component<{ windows: SecondWindow }> = (props) => {
  const shown = () => {
    const sync = props.windows.sync();
    return sync && (sync.peerCount() > 0 || sync.refusal() !== null) ? sync : null;
  };
  return <Show when={shown()}>{(sync) => <Badge sync={sync()} />}</Show>;
};

const Badge: Component<{ sync: WindowSync }> = (props) => {
  const text = () => {
    const { sync } = props;
    if (sync.peerCount() === 0) return `Another window ${sync.refusal()}`;
    if (!sync.isOn()) return 'Not synced';
    return sync.peerCount() === 1 ? 'Synced with another window' : `Synced with ${sync.peerCount()} windows`;
  };
  const entries = (): MenuEntry[] => [
    { label: 'Keep this window in step', isOn: props.sync.isOn(), run: () => props.sync.toggle() },
    'line',
    {
      label: 'The same filter',
      isOn: props.sync.followsFilter(),
      isDisabled: !props.sync.isOn(),
      run: () => props.sync.toggleFilter(),
    },
    {
      label: 'The same time and record',
      isOn: props.sync.followsPlace(),
      isDisabled: !props.sync.isOn(),
      run: () => props.sync.togglePlace(),
    },
  ];
  return (
    <MenuButton label="Other windows" icon="windows" entries={entries}>
      {text()}
    </MenuButton>
  );
};
