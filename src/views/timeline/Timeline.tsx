/** Records over time: trouble above the axis, the rest below, each on its own scale; a drag draws the time that is shown. */
// biome-ignore-all lint/a11y/noSvgWithoutTitle: the inner figures are parts of one picture, which has its name
import { type Component, createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js';

import type { Histogram } from '../../engine/api';
import type { FilterStore, TimeRange } from '../../state/filter';
import type { TimelineCounts } from '../../state/timeline';
import { toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS } from '../levels';
import { toClockText, toFullText } from '../time-text';
import { BOTTOM, KeptLanes, Lanes, toLaneLayout, TOP } from './Lanes';
import { buildTicks, maxOf, toBinText, TROUBLE_CODES, VOLUME_CODES } from './shapes';
import styles from './Timeline.module.css';

interface TimelineProps {
  counts: TimelineCounts | null;
  isStale: boolean;
  filter: FilterStore;
  zone: string;
  /** Time of the first record on screen. */
  here: number | null;
  onGoTo: (time: number) => void;
}

const HEIGHT = 91;
// A label needs about so much room.
const TICK_PX = 110;
// Less than this is a click with an unsteady hand.
const DRAG_PX = 4;

export const Timeline: Component<TimelineProps> = (props) => {
  let plot!: SVGSVGElement;
  const [width, setWidth] = createSignal(800);
  const [draft, setDraft] = createSignal<TimeRange | null>(null);
  const [hover, setHover] = createSignal<number | null>(null);
  let dragFrom: { x: number; time: number; fixed: number | null } | null = null;

  onMount(() => {
    const observer = new ResizeObserver(() => setWidth(plot.clientWidth || 800));
    observer.observe(plot);
    onCleanup(() => observer.disconnect());
  });

  const all = () => (props.counts && props.counts.all.binCount > 0 ? props.counts.all : null);
  const start = () => all()?.startMs ?? 0;
  const end = () => start() + (all()?.binMs ?? 0) * (all()?.binCount ?? 0);
  const percent = (time: number) => `${(((time - start()) / Math.max(1, end() - start())) * 100).toFixed(4)}%`;
  const ticks = createMemo(() =>
    all() ? buildTicks(start(), end(), props.zone, Math.max(2, Math.floor(width() / TICK_PX))) : [],
  );
  const range = () => draft() ?? props.filter.range();
  const maxTrouble = createMemo(() => maxOf(props.counts?.all ?? NOTHING, TROUBLE_CODES));
  const maxVolume = createMemo(() => maxOf(props.counts?.all ?? NOTHING, VOLUME_CODES));

  const layout = () => toLaneLayout(maxTrouble());

  const timeAt = (clientX: number) => {
    const box = plot.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (clientX - box.left) / Math.max(1, box.width)));
    return start() + share * (end() - start());
  };
  /** The brush takes whole bins, so that what is drawn is what is filtered. */
  const toBins = (a: number, b: number): TimeRange => {
    const bin = all()?.binMs ?? 1;
    const first = Math.floor((Math.min(a, b) - start()) / bin);
    const last = Math.ceil((Math.max(a, b) - start()) / bin);
    return { start: start() + first * bin, end: start() + Math.max(first + 1, last) * bin };
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !all()) return;
    const edge =
      event.target instanceof Element ? event.target.closest('[data-edge]')?.getAttribute('data-edge') : null;
    const now = props.filter.range();
    const fixed = edge === 'start' ? (now?.end ?? null) : edge === 'end' ? (now?.start ?? null) : null;
    dragFrom = { x: event.clientX, time: timeAt(event.clientX), fixed };
    plot.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    setHover(all() ? timeAt(event.clientX) : null);
    if (!dragFrom || (Math.abs(event.clientX - dragFrom.x) < DRAG_PX && !draft())) return;
    setDraft(toBins(dragFrom.fixed ?? dragFrom.time, timeAt(event.clientX)));
  };
  const onPointerUp = (event: PointerEvent) => {
    const drawn = draft();
    const from = dragFrom;
    dragFrom = null;
    setDraft(null);
    if (drawn) props.filter.setRange(drawn);
    else if (from && from.fixed === null) props.onGoTo(timeAt(event.clientX));
  };

  const moveEdge = (edge: 'start' | 'end', event: KeyboardEvent) => {
    const now = props.filter.range();
    const bin = all()?.binMs ?? 0;
    const step = { ArrowLeft: -bin, ArrowRight: bin, PageDown: -10 * bin, PageUp: 10 * bin }[event.key];
    if (!now || step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = { ...now, [edge]: now[edge] + step };
    if (next.end - next.start >= bin) props.filter.setRange(next);
  };

  const summary = () => {
    const histogram = all();
    if (!histogram) return 'No times to show';
    return (
      `Records per ${toBinText(histogram.binMs)}, ${toFullText(start(), props.zone).slice(0, 16)} to ${toFullText(end(), props.zone).slice(0, 16)} ${props.zone}. ` +
      (layout().trouble
        ? `Above the axis WARN, ERROR and FATAL, at most ${toNumberText(maxTrouble())}; below it the rest, at most ${toNumberText(maxVolume())}.`
        : `None is WARN, ERROR or FATAL; at most ${toNumberText(maxVolume())}.`)
    );
  };
  const tip = () => {
    const histogram = all();
    const time = hover();
    if (!histogram || time === null) return null;
    const bin = Math.min(histogram.binCount - 1, Math.floor((time - start()) / histogram.binMs));
    const counts = LEVEL_LOOKS.flatMap(({ code, word }) => {
      const count = histogram.counts[code]?.[bin] ?? 0;
      return count > 0 ? [`${word} ${toNumberText(count)}`] : [];
    });
    const from = start() + bin * histogram.binMs;
    return {
      time: toClockText(from, props.zone),
      text: counts.length > 0 ? counts.join('  ') : 'no records',
      at: from,
      isRight: bin * 2 > histogram.binCount,
    };
  };

  return (
    <div class={styles.plot} classList={{ [styles.stale ?? '']: props.isStale }}>
      <div class={styles.scale} aria-hidden="true">
        <Show when={all()}>
          {(histogram) => (
            <>
              <span>{toNumberText(layout().trouble ? maxTrouble() : maxVolume())}</span>
              <span>per {toBinText(histogram().binMs)}</span>
              <span>{layout().trouble ? toNumberText(maxVolume()) : '0'}</span>
            </>
          )}
        </Show>
      </div>
      <div class={styles.area}>
        <svg
          ref={(element) => {
            plot = element;
          }}
          class={styles.chart}
          height={HEIGHT}
          width="100%"
          role="img"
          aria-label={summary()}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => {
            dragFrom = null;
            setDraft(null);
          }}
          onPointerLeave={() => setHover(null)}
        >
          <Show when={range()}>
            {(brush) => (
              <rect
                class={styles.brush}
                x={percent(brush().start)}
                width={percent(start() + brush().end - brush().start)}
                y={TOP}
                height={BOTTOM - TOP}
              />
            )}
          </Show>
          <For each={ticks()}>
            {(tick) => (
              <line class={styles.tick} x1={percent(tick.time)} x2={percent(tick.time)} y1={TOP} y2={BOTTOM} />
            )}
          </For>
          <Show when={all()}>
            {(histogram) => (
              <Show
                when={props.counts?.kept}
                fallback={<Lanes histogram={histogram()} maxTrouble={maxTrouble()} maxVolume={maxVolume()} />}
              >
                {(kept) => (
                  <>
                    <Lanes histogram={histogram()} maxTrouble={maxTrouble()} maxVolume={maxVolume()} isGhost />
                    <KeptLanes all={histogram()} kept={kept()} maxTrouble={maxTrouble()} maxVolume={maxVolume()} />
                  </>
                )}
              </Show>
            )}
          </Show>
          <line class={styles.axis} x1="0" x2="100%" y1={layout().axisY} y2={layout().axisY} />
          <For each={ticks()}>
            {(tick) => (
              <text
                class={styles.label}
                x={percent(tick.time)}
                y={HEIGHT - 3}
                text-anchor={anchorOf(tick.time, start(), end())}
              >
                {tick.label}
              </text>
            )}
          </For>
          <Show
            when={
              props.here !== null && all() && props.here >= start() && props.here <= end() ? { at: props.here } : null
            }
          >
            {(here) => (
              <svg x={percent(here().at)} y="0" width="1" height={HEIGHT} overflow="visible">
                <line class={styles.here} x1="0" x2="0" y1={TOP} y2={BOTTOM} />
                <path class={styles.hereMark} d="M-4 79h8L0 74z" />
              </svg>
            )}
          </Show>
          <Show when={tip()}>
            {(now) => (
              <svg x={percent(now().at)} y="0" width="1" height={HEIGHT} overflow="visible">
                <line class={styles.crosshair} x1="0" x2="0" y1={TOP} y2={BOTTOM} />
                <text
                  class={styles.tip}
                  x={now().isRight ? -5 : 5}
                  y="10"
                  text-anchor={now().isRight ? 'end' : 'start'}
                >
                  <tspan class={styles.tipTime}>{now().time}</tspan> {now().text}
                </text>
              </svg>
            )}
          </Show>
          <Show when={range()}>
            {(brush) => (
              <For each={['start', 'end'] as const}>
                {(edge) => (
                  <svg x={percent(brush()[edge])} y="0" width="1" height={HEIGHT} overflow="visible" data-edge={edge}>
                    <line class={styles.edge} x1="0" x2="0" y1={TOP} y2={BOTTOM} />
                    <rect class={styles.grip} x="-2.5" y="32" width="5" height="14" rx="2.5" />
                    <rect class={styles.catch} x="-6" y={TOP} width="12" height={BOTTOM - TOP} />
                  </svg>
                )}
              </For>
            )}
          </Show>
        </svg>
        <Show when={props.filter.range()}>
          {(brush) => (
            <div class="unseen">
              <For each={['start', 'end'] as const}>
                {(edge) => (
                  <div
                    role="slider"
                    tabIndex={0}
                    aria-label={edge === 'start' ? 'Shown time begins' : 'Shown time ends'}
                    aria-valuemin={start()}
                    aria-valuemax={end()}
                    aria-valuenow={brush()[edge]}
                    aria-valuetext={toFullText(brush()[edge], props.zone)}
                    onKeyDown={(event) => moveEdge(edge, event)}
                  />
                )}
              </For>
            </div>
          )}
        </Show>
      </div>
    </div>
  );
};

const NOTHING: Histogram = { startMs: 0, binMs: 1, binCount: 0, counts: [], untimedCount: 0 };

function anchorOf(time: number, start: number, end: number): 'start' | 'middle' | 'end' {
  const share = (time - start) / Math.max(1, end - start);
  return share < 0.02 ? 'start' : share > 0.98 ? 'end' : 'middle';
}
