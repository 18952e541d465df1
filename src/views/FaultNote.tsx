/** A fault in its place: what happened, what to do, and at most three buttons with the best one first. Never a modal. */
import type { Component, JSX } from 'solid-js';

import type { Fault } from '../base/fault';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { toFaultText } from './fault-text';
import styles from './FaultNote.module.css';

interface FaultNoteProps {
  fault: Fault;
  name?: string;
  action?: { label: string; onClick: () => void } | undefined;
  onDismiss?: () => void;
}

export const FaultNote: Component<FaultNoteProps> = (props) => (
  <Note
    what={toFaultText(props.fault, props.name).what}
    next={toFaultText(props.fault, props.name).next}
    action={props.action}
    onDismiss={props.onDismiss}
  />
);

interface NoteProps {
  what: string;
  next: string;
  action?: { label: string; onClick: () => void } | undefined;
  onDismiss?: (() => void) | undefined;
}

/** The same for what is no fault of the engine's. */
export const Note: Component<NoteProps> = (props): JSX.Element => (
  <div class={`${styles.note} lv-warn`} role="alert">
    <Icon name="warn" small class={styles.glyph} />
    <p class={styles.text}>
      <b>{props.what}</b> {props.next}
    </p>
    {props.action ? (
      <Button size="small" onClick={() => props.action?.onClick()}>
        {props.action.label}
      </Button>
    ) : undefined}
    {props.onDismiss ? <IconButton icon="close" label="Dismiss" onClick={() => props.onDismiss?.()} /> : undefined}
  </div>
);
