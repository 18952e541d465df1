/** A source as bytes: for what is not text, and for whoever wants to see what is really there. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
import { type Component, createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';

import { type Fault, isFault } from '../../base/fault';
import type { SourceSummary } from '../../engine/api';
import {
  type ListLayout,
  moveBy,
  fromFraction,
  type Position,
  START,
  toFraction,
  visibleRange,
} from '../../state/position';
import { IconButton } from '../../ui/Button';
import { ScrollArea, ScrollBar } from '../../ui/ScrollArea';
import { toFileSizeText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { FaultNote } from '../FaultNote';
import { toEmptyText } from '../fault-text';
import { BYTES_PER_LINE, type HexLine, toHexLines } from './hex-text';
import styles from './HexView.module.css';

interface HexViewProps {
  source: SourceSummary;
  readBytes: (start: number, end: number) => Promise<Uint8Array>;
  /** Absent where there is nothing else to show. */
  onClose?: (() => void) | undefined;
}

const LINE_PX = 20;
// 64 KiB a read: far below the megabyte the engine gives at once, and a hundred screens.
const PAGE_LINES = 4096;
const KEPT_PAGES = 16;

export const HexView: Component<HexViewProps> = (props) => {
  const [position, setPosition] = createSignal<Position>(START);
  const [viewHeight, setViewHeight] = createSignal(0);
  const [pages, setPages] = createSignal<ReadonlyMap<number, readonly HexLine[]>>(new Map());
  const [fault, setFault] = createSignal<Fault | null>(null);
  const size = () =>
    props.source.kind === 'text'
      ? props.source.decodedBytes
      : Math.max(props.source.decodedBytes, props.source.sizeBytes);
  const layout = (): ListLayout => ({
    count: Math.ceil(size() / BYTES_PER_LINE),
    rowHeight: LINE_PX,
    viewHeight: viewHeight(),
    heightOf: () => LINE_PX,
  });
  const range = createMemo(() => visibleRange(position(), layout()));

  createEffect(
    on([range, () => props.source.id], ([{ start, end }]) => {
      for (let page = Math.floor(start / PAGE_LINES); page * PAGE_LINES < end; page += 1) void load(page);
    }),
  );

  async function load(page: number): Promise<void> {
    if (pages().has(page)) return;
    const start = page * PAGE_LINES * BYTES_PER_LINE;
    try {
      const bytes = await props.readBytes(start, Math.min(size(), start + PAGE_LINES * BYTES_PER_LINE));
      setPages((old) => {
        const next = new Map([...old].slice(-KEPT_PAGES));
        return next.set(page, toHexLines(bytes, start));
      });
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code !== 'worker-died') setFault(error);
    }
  }

  const lines = createMemo(() => {
    const { start, end } = range();
    return Array.from(
      { length: end - start },
      (_, at) => pages().get(Math.floor((start + at) / PAGE_LINES))?.[(start + at) % PAGE_LINES],
    ).filter((line) => line !== undefined);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const step = {
      ArrowDown: LINE_PX,
      ArrowUp: -LINE_PX,
      PageDown: viewHeight(),
      PageUp: -viewHeight(),
      ' ': viewHeight(),
    }[event.key];
    if (step === undefined && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    event.stopPropagation();
    if (step === undefined) setPosition(event.key === 'Home' ? START : fromFraction(1, layout()));
    else setPosition((now) => moveBy(now, step, layout()));
  };

  return (
    <section class={styles.view} aria-label={`Bytes of ${props.source.name}`}>
      <header class={styles.head}>
        <p>
          <b>{toEmptyText(props.source) || `${props.source.name} as bytes, ${toFileSizeText(size())}.`}</b>{' '}
          {props.source.kind === 'binary' ? 'If it is a log in an archive or a database, export it as text first.' : ''}
        </p>
        {props.onClose ? (
          <IconButton icon="close" label="Back to the records" keys="Esc" onClick={() => props.onClose?.()} />
        ) : undefined}
      </header>
      <Show when={fault()}>
        {(now) => <FaultNote fault={now()} name={props.source.name} onDismiss={() => setFault(null)} />}
      </Show>
      <div class={styles.body}>
        <ScrollArea
          rowHeight={LINE_PX}
          viewHeight={viewHeight()}
          onScroll={(px) => setPosition((now) => moveBy(now, px, layout()))}
          onResize={setViewHeight}
        >
          <pre
            id="hex"
            class={styles.lines}
            tabIndex={0}
            onKeyDown={onKeyDown}
            ref={(element) => bindVars(element, () => ({ '--shift': `${-position().offset}px` }))}
          >
            <For each={lines()}>
              {(line) => (
                <span class={styles.line}>
                  <span class={styles.offset}>{line.offset}</span>
                  <span class={styles.hex}>{line.hex}</span>
                  <span class={styles.ascii}>{line.ascii}</span>
                </span>
              )}
            </For>
          </pre>
        </ScrollArea>
        <ScrollBar
          label="Place in the bytes"
          controls="hex"
          fraction={toFraction(position(), layout())}
          share={Math.min(1, viewHeight() / Math.max(1, LINE_PX * layout().count))}
          valueText={`Byte ${(range().start * BYTES_PER_LINE).toLocaleString()}`}
          onFraction={(fraction) => setPosition(fromFraction(fraction, layout()))}
        />
      </div>
    </section>
  );
};
