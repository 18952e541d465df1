/** Everything about the selected record: its place, its raw text, its fields, its first bytes. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';

import { type Fault, isFault } from '../../base/fault';
import type { Field, RecordDetails } from '../../engine/api';
import type { DetailsPlace } from '../../state/settings';
import type { SelectedRecord } from '../../state/records';
import type { Surroundings } from '../../state/surroundings';
import { IconButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Markdown } from '../../ui/Markdown';
import { toCountText, toFileSizeText, toNumberText } from '../../ui/size-text';
import { Splitter } from '../../ui/Splitter';
import { bindVars } from '../../ui/vars';
import { FaultNote } from '../FaultNote';
import { toLook } from '../levels';
import { LogText } from '../LogText';
import { toFullText } from '../time-text';
import { ContextPart } from './ContextPart';
import styles from './DetailsDrawer.module.css';
import { FieldsPart } from './FieldsPart';
import { toHexLines } from './hex-text';

interface DetailsDrawerProps {
  selected: SelectedRecord | null;
  readDetails: (record: SelectedRecord['id']) => Promise<RecordDetails>;
  sourceName: (source: number) => string;
  sourceColour: (source: number) => number;
  zone: string;
  isMarked: (record: SelectedRecord['id']) => boolean;
  /** Markdown; empty: none. */
  noteOf: (record: SelectedRecord['id']) => string;
  onMark: (record: RecordDetails['row']) => void;
  onNote: (record: SelectedRecord['id']) => void;
  readSurroundings: (record: SelectedRecord['id'], reach: number) => Promise<Surroundings>;
  onGoTo: (record: SelectedRecord['id']) => void;
  /** Beside the log, or below it. */
  place: DetailsPlace;
  /** px: its width beside the log, its height below it. */
  size: number;
  onSize: (px: number) => void;
  isColumn: (field: string) => boolean;
  onInclude: (field: Field) => void;
  onExclude: (field: Field) => void;
  onColumn: (field: string) => void;
  onCopy: (text: string) => void;
  onClose: () => void;
}

/** px, by place; `first` is the size it has until it is dragged. */
const LIMITS = { right: { min: 280, first: 360, max: 560 }, below: { min: 120, first: 240, max: 480 } } as const;
// The first lines say what the bytes are; the source's own view has the rest.
const HEX_BYTES = 256;
// Eight fit the drawer's width without scrolling sideways.
const DRAWER_BYTES_PER_LINE = 8;

export const DetailsDrawer: Component<DetailsDrawerProps> = (props) => {
  const isBelow = () => props.place === 'below';
  const limits = () => LIMITS[props.place];
  const [details, setDetails] = createSignal<RecordDetails | null>(null);
  const [fault, setFault] = createSignal<Fault | null>(null);
  let asked = 0;
  onCleanup(() => {
    asked += 1;
  });

  createEffect(
    on(
      () => props.selected?.id,
      (id) => void read(id ?? null),
    ),
  );

  /** The old record stays until the new one is here. */
  async function read(id: SelectedRecord['id'] | null): Promise<void> {
    asked += 1;
    const mine = asked;
    if (!id) {
      setDetails(null);
      return;
    }
    try {
      const found = await props.readDetails(id);
      if (mine !== asked) return;
      setDetails(found);
      setFault(null);
    } catch (error) {
      if (!isFault(error)) throw error;
      if (mine === asked && error.code !== 'worker-died') setFault(error);
    }
  }

  return (
    <>
      <Splitter
        label={isBelow() ? 'Height of the details' : 'Width of the details'}
        orientation={isBelow() ? 'horizontal' : 'vertical'}
        isAfter
        size={props.size}
        min={limits().min}
        max={limits().max}
        onSize={props.onSize}
        onReset={() => props.onSize(limits().first)}
      />
      <aside
        ref={(element) => bindVars(element, () => ({ '--size': `${props.size}px` }))}
        class={`${styles.drawer} ${isBelow() ? styles.below : styles.right}`}
        aria-label="Details of the selected record"
        data-region="details"
        tabIndex={-1}
      >
        <header class={styles.head}>
          <Show when={details()} fallback={<h2 class={styles.none}>Details</h2>}>
            {(record) => (
              <h2 class={`${styles.title} ${toLook(record().row.level).className}`}>
                <Show when={toLook(record().row.level).glyph}>
                  {(glyph) => <Icon name={glyph()} small class={styles.glyph} />}
                </Show>
                <span class={styles.level}>{toLook(record().row.level).word}</span>
                <Show when={record().row.time !== null}>
                  <span class={styles.clock}>
                    {toFullText(record().row.time ?? 0, props.zone, record().row.fraction).slice(11)}
                  </span>
                </Show>
              </h2>
            )}
          </Show>
          <Show when={details()}>
            {(record) => (
              <>
                <IconButton
                  icon="mark"
                  label={props.isMarked(record().row.id) ? 'Take the mark away' : 'Mark the record'}
                  command="mark.toggle"
                  aria-pressed={props.isMarked(record().row.id)}
                  onClick={() => props.onMark(record().row)}
                />
                <IconButton
                  icon="note"
                  label="Write a note"
                  command="note.write"
                  onClick={() => props.onNote(record().row.id)}
                />
                <IconButton
                  icon="copy"
                  label="Copy the raw text"
                  command="record.copy"
                  onClick={() => props.onCopy(record().row.text)}
                />
              </>
            )}
          </Show>
          <IconButton icon="close" label="Close the details" command="record.details" onClick={() => props.onClose()} />
        </header>
        <Show when={fault()}>{(now) => <FaultNote fault={now()} onDismiss={() => setFault(null)} />}</Show>
        <Show when={details()} fallback={<p class={styles.hint}>Select a record to see its text, fields and bytes.</p>}>
          {(record) => (
            <div class={styles.scroll} tabIndex={0} role="region" aria-label="Record">
              <p class={styles.where}>
                <i class={`${styles.bar} src-${props.sourceColour(record().row.id.source)}`} aria-hidden="true" />
                {props.sourceName(record().row.id.source)}
                <span class={styles.faint}>
                  {record().row.lineNumber === null ? '' : `line ${toNumberText(record().row.lineNumber ?? 0)} · `}
                  {toCountText(record().row.lineCount, 'line')} · {toFileSizeText(record().row.textBytes)}
                </span>
              </p>
              <Show when={record().row.time !== null}>
                <p class={styles.full}>
                  {toFullText(record().row.time ?? 0, props.zone, record().row.fraction)} {props.zone}
                </p>
              </Show>
              <Show when={props.selected && !props.selected.isKept}>
                <p class={styles.note}>The filter leaves this record out.</p>
              </Show>
              <Show when={props.noteOf(record().row.id)}>
                {(note) => (
                  <section class={styles.noteBox} aria-label="Note">
                    <Markdown text={note()} />
                  </section>
                )}
              </Show>
              <pre class={styles.raw} data-log-text="">
                <LogText text={record().row.text} hits={record().row.hits} />
              </pre>
              <Show when={record().row.isCut}>
                <p class={styles.note}>
                  The first {toNumberText(record().row.text.length)} characters of{' '}
                  {toFileSizeText(record().row.textBytes)}. The source's bytes hold the rest.
                </p>
              </Show>
              <FieldsPart
                fields={record().fields}
                isColumn={props.isColumn}
                onInclude={props.onInclude}
                onExclude={props.onExclude}
                onColumn={props.onColumn}
              />
              <ContextPart
                record={record().row}
                zone={props.zone}
                read={props.readSurroundings}
                onGoTo={props.onGoTo}
              />
              <section class={styles.part}>
                <h3>
                  Bytes <span class={styles.faint}>{bytesNote(record())}</span>
                </h3>
                <pre class={styles.hex}>
                  <For
                    each={toHexLines(
                      record().bytes.subarray(0, HEX_BYTES),
                      record().row.id.offset,
                      DRAWER_BYTES_PER_LINE,
                    )}
                  >
                    {(line) => (
                      <span class={styles.hexLine}>
                        <span class={styles.offset}>{line.offset}</span>{' '}
                        {line.hex.padEnd(3 * DRAWER_BYTES_PER_LINE - 1)} <span class={styles.ascii}>{line.ascii}</span>
                      </span>
                    )}
                  </For>
                </pre>
              </section>
              <section class={styles.part}>
                <h3>Format</h3>
                <p class={styles.faint}>{record().format}</p>
              </section>
            </div>
          )}
        </Show>
      </aside>
    </>
  );
};

function bytesNote(record: RecordDetails): string {
  const shown = Math.min(HEX_BYTES, record.bytes.length);
  return shown < record.row.textBytes
    ? `first ${shown} of ${toNumberText(record.row.textBytes)}`
    : toNumberText(record.row.textBytes);
}
