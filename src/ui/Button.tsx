/** Buttons: with a word, or with a picture and a name. */
import { type JSX, type ParentComponent, splitProps, useContext } from 'solid-js';

import styles from './Button.module.css';
import { Icon, type IconName } from './Icon';
import { KeysContext, toAriaKeys, useTooltip } from './keys';

type ButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & {
  /** primary: the one thing to do here; quiet: among many. */
  look?: 'primary' | 'plain' | 'quiet';
  size?: 'small' | 'regular' | 'large';
  icon?: IconName;
};

export const Button: ParentComponent<ButtonProps> = (props) => {
  const [own, rest] = splitProps(props, ['look', 'size', 'icon', 'children', 'class']);
  return (
    <button
      type="button"
      {...rest}
      class={`${styles.control} ${styles[own.look ?? 'plain']} ${styles[own.size ?? 'regular']} ${own.class ?? ''}`}
    >
      {own.icon ? <Icon name={own.icon} /> : undefined}
      {own.children}
    </button>
  );
};

type IconButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & {
  icon: IconName;
  label: string;
  /** The command it runs: the tooltip shows the keys that command has now. */
  command?: string;
  /** A key that is not a command's, such as Esc in a dialog. */
  keys?: string;
};

/** A square button; `label` is its name and its tooltip. */
export const IconButton = (props: IconButtonProps) => {
  const [own, rest] = splitProps(props, ['icon', 'label', 'command', 'keys', 'class']);
  const tooltip = useTooltip();
  const keysOf = useContext(KeysContext);
  return (
    <button
      type="button"
      {...rest}
      class={`${styles.iconButton} ${own.class ?? ''}`}
      aria-label={own.label}
      aria-keyshortcuts={own.command === undefined ? undefined : toAriaKeys(keysOf(own.command))}
      title={tooltip(own.label, own.command, own.keys)}
    >
      <Icon name={own.icon} />
    </button>
  );
};
