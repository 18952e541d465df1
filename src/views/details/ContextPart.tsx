/** What stands around a record in its own source, in the details. Read when it is opened. */
import { type Component, createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';

import { type Fault, isFault } from '../../base/fault';
import type { Row } from '../../engine/api';
import type { RecordId } from '../../engine/records/record';
import type { Surroundings } from '../../state/surroundings';
import { Button } from '../../ui/Button';
import { FaultNote } from '../FaultNote';
import { toLook } from '../levels';
import { messagePart } from '../lines/message-part';
import { LogText } from '../LogText';
import { toClockParts } from '../time-text';
import styles from './ContextPart.module.css';

interface ContextPartProps {
  record: Row;
  zone: string;
  read: (record: RecordId, reach: number) => Promise<Surroundings>;
  onGoTo: (record: RecordId) => void;
}

const FIRST_REACH = 3;
const MORE = 10;
// What fits the drawer's width many times over; the row of the log has the rest.
const TEXT_UNITS = 300;

export const ContextPart: Component<ContextPartProps> = (props) => {
  const [reach, setReach] = createSignal(FIRST_REACH);
  const [found, setFound] = createSignal<Surroundings | null>(null);
  const [fault, setFault] = createSignal<Fault | null>(null);
  let asked = 0;
  onCleanup(() => {
    asked += 1;
  });
  createEffect(
    on(
      () => [props.record.id, reach()] as const,
      ([id, wanted]) => {
        asked += 1;
        const mine = asked;
        props.read(id, wanted).then(
          (value) => {
            if (mine !== asked) return;
            setFound(value);
            setFault(null);
          },
          (error: unknown) => {
            if (!isFault(error)) throw error;
            if (mine === asked && error.code !== 'worker-died' && error.code !== 'stale') setFault(error);
          },
        );
      },
    ),
  );
  const Line: Component<{ row: Row }> = (line) => (
    <li>
      <button
        type="button"
        class={`${styles.line} ${toLook(line.row.level).className}`}
        onClick={() => props.onGoTo(line.row.id)}
      >
        <span class={styles.time}>{line.row.time === null ? '' : toClockParts(line.row.time, props.zone).clock}</span>
        <span class={styles.level}>{toLook(line.row.level).word}</span>
        <span class={styles.text}>
          <LogText text={messageOf(line.row)} />
        </span>
      </button>
    </li>
  );
  return (
    <section class={styles.part} aria-label="Around it">
      <h3>
        Around it <span class={styles.faint}>in its source, filter or not</span>
      </h3>
      <Show when={fault()}>{(now) => <FaultNote fault={now()} onDismiss={() => setFault(null)} />}</Show>
      <Show when={found()}>
        {(around) => (
          <ol class={styles.list}>
            <For each={around().before}>{(row) => <Line row={row} />}</For>
            <li class={styles.here} aria-current="true">
              <span class={styles.time}>
                {props.record.time === null ? '' : toClockParts(props.record.time, props.zone).clock}
              </span>
              <span class={styles.text}>this record</span>
            </li>
            <For each={around().after}>{(row) => <Line row={row} />}</For>
          </ol>
        )}
      </Show>
      <Button size="small" look="quiet" onClick={() => setReach(reach() + MORE)}>
        {MORE} more to each side
      </Button>
    </section>
  );
};

function messageOf(row: Row): string {
  const { start, end } = messagePart(row);
  return row.text.slice(start, Math.min(end, start + TEXT_UNITS));
}
