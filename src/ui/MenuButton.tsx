/** A button that opens a menu below itself. */
import { type Component, createSignal, type JSX, Show } from 'solid-js';

import { Button } from './Button';
import { Icon, type IconName } from './Icon';
import { Menu, type MenuEntry } from './Menu';

export interface MenuButtonProps {
  /** What the menu is about, read out; also the button's name where it has no words. */
  label: string;
  icon?: IconName;
  look?: 'primary' | 'plain' | 'quiet';
  size?: 'small' | 'regular' | 'large';
  title?: string;
  entries: () => readonly MenuEntry[];
  children?: JSX.Element;
}

export const MenuButton: Component<MenuButtonProps> = (props) => {
  let button!: HTMLButtonElement;
  const [isOpen, setIsOpen] = createSignal(false);
  // A press beside a menu closes it, and the button is beside it: the click that follows must not open it again.
  let wasOpen = false;
  return (
    <>
      <Button
        ref={(element: HTMLButtonElement) => {
          button = element;
        }}
        look={props.look ?? 'quiet'}
        size={props.size ?? 'small'}
        {...(props.icon ? { icon: props.icon } : {})}
        title={props.title}
        aria-label={props.children === undefined ? props.label : undefined}
        aria-haspopup="menu"
        aria-expanded={isOpen()}
        onPointerDown={() => {
          wasOpen = isOpen();
        }}
        onClick={() => {
          if (!wasOpen) setIsOpen(true);
          wasOpen = false;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          event.stopPropagation();
          setIsOpen(true);
        }}
      >
        {props.children}
        <Icon name="down" small />
      </Button>
      <Show when={isOpen()}>
        <Menu label={props.label} anchor={button} entries={props.entries()} onClose={() => setIsOpen(false)} />
      </Show>
    </>
  );
};
