/** Buttons: with a word, or with a picture and a name. */
import { type JSX, type ParentComponent, splitProps } from 'solid-js';

import styles from './Button.module.css';
import { Icon, type IconName } from './Icon';

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

/** A square button; `label` is its name and its tooltip. */
export const IconButton = (
  props: JSX.ButtonHTMLAttributes<HTMLButtonElement> & { icon: IconName; label: string; keys?: string },
) => {
  const [own, rest] = splitProps(props, ['icon', 'label', 'keys', 'class']);
  return (
    <button
      type="button"
      {...rest}
      class={`${styles.iconButton} ${own.class ?? ''}`}
      aria-label={own.label}
      title={own.keys ? `${own.label}  ${own.keys}` : own.label}
    >
      <Icon name={own.icon} />
    </button>
  );
};
