/** Records over time: trouble above the axis, the rest below, each on its own scale; zoomed, panned, brushed, clicked. */
// biome-ignore-all lint/a11y/noSvgWithoutTitle: the inner figures are parts of one picture, which has its name
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: the region has keys of its own
// biome-ignore-all lint/a11y/useSemanticElements: a group of chart, handles and verbs, not of form fields
import { type Component, createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js';

import type { Histogram } from '../../engine/api';
import type { RecordId } from '../../engine/records/record';
import type { FilterStore, TimeRange } from '../../state/filter';
import type { MarksStore } from '../../state/marks';
import type { TimelineStore } from '../../state/timeline';
import { toCountText, toNumberText } from '../../ui/size-text';
import { toFullText } from '../time-text';
import { createAxis } from './axis';
import { BrushEdges, BrushHandles, BrushVerbs } from './Brush';
import { type Frame, FrameContext, STRIP_FRAME } from './frame';
import { createGestures } from './gestures';
import { Lanes } from './Lanes';
import { Crosshair, Gaps, Here, MarkFlags, PinLine } from './Overlays';
import { Overview } from './Overview';
import { buildTicks, maxOf, toBinText, TROUBLE_CODES, VOLUME_CODES } from './shapes';
import { TimelineTip } from './TimelineTip';
import styles from './Timeline.module.css';

interface TimelineProps {
  timeline: TimelineStore;
  filter: FilterStore;
  marks: MarksStore;
  zone: string;
  isReading: boolean;
  /** Time of the selected record while it is on screen, else of the first one on screen. */
  here: number | null;
  /** How high it is; absent: as a strip. */
  frame?: Frame;
  onGoTo: (time: number) => void;
  onShowRecord: (record: RecordId) => void;
  /** The records of the brush are asked for; absent: the filter takes its time. */
  onFilter?: (range: TimeRange) => void;
}

// A label needs about so much room.
const TICK_PX = 110;

export const Timeline: Component<TimelineProps> = (props) => {
  let region!: HTMLElement;
  let plot!: SVGSVGElement;
  const [width, setWidth] = createSignal(800);
  const zoom = () => props.timeline.zoom;
  const frame = props.frame ?? STRIP_FRAME;

  onMount(() => {
    const observer = new ResizeObserver(() => setWidth(plot.clientWidth || 800));
    observer.observe(plot);
    // Not passive: the wheel zooms here and must not scroll the page.
    const onWheel = (event: WheelEvent) => gestures.onWheel(event);
    if (!frame.isPage) plot.addEventListener('wheel', onWheel, { passive: false });
    onCleanup(() => {
      observer.disconnect();
      plot.removeEventListener('wheel', onWheel);
      props.timeline.setHover(null);
    });
  });

  const counts = () => zoom().shown();
  const axis = createMemo(() => {
    const span = zoom().span();
    return span && counts() ? createAxis(span, width()) : null;
  });
  const binMs = () => counts()?.all.binMs ?? 1;
  const ticks = createMemo(() => {
    const span = axis()?.span;
    return span ? buildTicks(span.start, span.end, props.zone, Math.max(2, Math.floor(width() / TICK_PX))) : [];
  });
  const maxOfLane = (codes: readonly number[]) =>
    createMemo(() => {
      const span = axis()?.span;
      return span ? maxOf(counts()?.all ?? NOTHING, codes, span) : 0;
    });
  const maxTrouble = maxOfLane(TROUBLE_CODES);
  const maxVolume = maxOfLane(VOLUME_CODES);
  const layout = () => (maxTrouble() === 0 ? frame.calm : frame.divided);

  const gestures = createGestures(() => plot, {
    axis,
    binMs,
    brush: () => props.timeline.brush() ?? props.filter.range(),
    onBrush(range) {
      // What is filtered already follows its edges; a new brush waits for its verb.
      if (props.timeline.brush() === null && props.filter.range() !== null && isFilterDrag)
        props.filter.setRange(range);
      else props.timeline.setBrush(range);
    },
    onClick(time, target) {
      const flag = target.closest('[data-flag]')?.getAttribute('data-flag');
      const mark = flag == null ? undefined : props.marks.list()[Number(flag)];
      if (mark) props.onShowRecord(mark.id);
      else props.onGoTo(time);
    },
    onZoom: (about, factor) => zoom().zoom(about, factor),
    onPan: (byMs) => zoom().pan(byMs),
    onZoomTo: (range) => zoom().show(range),
  });
  // Whether the drag under way began on the filter's own range.
  let isFilterDrag = false;
  const onPointerDown = (event: PointerEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const range = props.filter.range();
    const time = gestures.timeAt(event.clientX);
    isFilterDrag =
      props.timeline.brush() === null &&
      range !== null &&
      (target?.closest('[data-edge]') != null || (time >= range.start && time < range.end && !isAroundAll(range)));
    gestures.onPointerDown(event);
  };
  const isAroundAll = (range: { start: number; end: number }) => {
    const span = axis()?.span;
    return span !== undefined && range.start <= span.start && range.end >= span.end;
  };
  const brush = () => gestures.draft() ?? props.timeline.brush() ?? props.filter.range();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    if (!gestures.escape()) {
      if (props.timeline.brush() === null) return;
      props.timeline.setBrush(null);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const summary = () => {
    const span = axis()?.span;
    if (!span) return props.isReading ? 'Reading the times' : 'No times to show';
    const from = toFullText(span.start, props.zone).slice(0, 16);
    const to = toFullText(span.end, props.zone).slice(0, 16);
    const gaps = props.timeline.shownGaps().filter((gap) => gap.end > span.start && gap.start < span.end);
    return (
      `Records per ${toBinText(binMs())}, ${from} to ${to} ${props.zone}` +
      `${zoom().view() ? ', a part of the whole' : ''}${props.timeline.isLogScale() ? ', logarithmic scale' : ''}. ` +
      (layout().trouble
        ? `Above the axis WARN, ERROR and FATAL, at most ${toNumberText(maxTrouble())}; below it the rest, at most ${toNumberText(maxVolume())}.`
        : `None is WARN, ERROR or FATAL; at most ${toNumberText(maxVolume())}.`) +
      (gaps.length > 0 ? ` ${toCountText(gaps.length, 'gap')} without records.` : '')
    );
  };

  return (
    <FrameContext.Provider value={frame}>
      <div
        class={styles.plot}
        classList={{
          [styles.stale ?? '']: props.timeline.isRecounting() && !props.isReading,
          [styles.page ?? '']: frame.isPage,
        }}
        ref={(element) => {
          region = element;
        }}
        role="group"
        aria-label="Timeline"
        data-region="timeline"
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div class={styles.scale} aria-hidden="true">
          <Show when={axis()}>
            <span>{toNumberText(layout().trouble ? maxTrouble() : maxVolume())}</span>
            <span>per {toBinText(binMs())}</span>
            <Show when={props.timeline.isLogScale()}>
              <span>log scale</span>
            </Show>
            <span class={styles.scaleEnd}>{layout().trouble ? toNumberText(maxVolume()) : '0'}</span>
          </Show>
        </div>
        <div class={styles.area}>
          <svg
            ref={(element) => {
              plot = element;
            }}
            class={styles.chart}
            classList={{ [styles.panning ?? '']: gestures.isPanning() }}
            height={frame.height}
            width="100%"
            role="img"
            aria-label={summary()}
            onPointerDown={onPointerDown}
            onPointerMove={(event) => {
              const isOnStrip = event.target instanceof Element && event.target.closest('[data-overview]') !== null;
              props.timeline.setHover(axis() && !isOnStrip ? gestures.timeAt(event.clientX) : null);
              gestures.onPointerMove(event);
            }}
            onPointerUp={(event) => gestures.onPointerUp(event)}
            onPointerCancel={(event) => gestures.onPointerCancel(event)}
            onPointerLeave={() => props.timeline.setHover(null)}
            onDblClick={(event) => gestures.onDblClick(event)}
          >
            {/* Takes the pointer where nothing is drawn. */}
            <rect class={styles.ground} x="0" y="0" width="100%" height={frame.height} />
            <Show when={axis()} keyed={false}>
              {(now) => (
                <>
                  <Gaps gaps={props.timeline.shownGaps()} axis={now()} />
                  <For each={ticks()}>
                    {(tick) => (
                      <line
                        class={styles.tick}
                        x1={now().percent(tick.time)}
                        x2={now().percent(tick.time)}
                        y1={frame.top}
                        y2={frame.bottom}
                      />
                    )}
                  </For>
                  <Show when={counts()}>
                    {(drawn) => (
                      <>
                        <Lanes
                          histogram={drawn().all}
                          axis={now()}
                          maxTrouble={maxTrouble()}
                          maxVolume={maxVolume()}
                          isLog={props.timeline.isLogScale()}
                          isGhost={drawn().kept !== null}
                        />
                        <Show when={drawn().kept}>
                          {(kept) => (
                            <Lanes
                              histogram={kept()}
                              axis={now()}
                              maxTrouble={maxTrouble()}
                              maxVolume={maxVolume()}
                              isLog={props.timeline.isLogScale()}
                            />
                          )}
                        </Show>
                      </>
                    )}
                  </Show>
                  <BrushEdges brush={brush()} axis={now()} />
                  <line class={styles.axis} x1="0" x2="100%" y1={layout().axisY} y2={layout().axisY} />
                  <For each={ticks()}>
                    {(tick) => (
                      <text
                        class={styles.label}
                        x={now().percent(tick.time)}
                        y={frame.labelY}
                        text-anchor={anchorOf(now().share(tick.time))}
                      >
                        {tick.label}
                      </text>
                    )}
                  </For>
                  <Crosshair time={gestures.draft() ? null : props.timeline.hover()} axis={now()} />
                  <PinLine time={props.timeline.pin()} axis={now()} zone={props.zone} height={frame.height} />
                  <Here time={props.here} axis={now()} height={frame.height} />
                  <MarkFlags marks={props.marks.list()} axis={now()} />
                  <Show when={zoom().view() && zoom().bounds()}>
                    {(whole) => (
                      <Overview
                        counts={props.timeline.counts()}
                        whole={whole()}
                        view={now().span}
                        width={width()}
                        y={frame.labelY + 5}
                        height={frame.height - frame.labelY - 7}
                        onShow={(span) => zoom().show(span)}
                      />
                    )}
                  </Show>
                </>
              )}
            </Show>
          </svg>
          <Show when={axis()}>
            {(now) => (
              <>
                <TimelineTip
                  timeline={props.timeline}
                  marks={props.marks.list()}
                  axis={now()}
                  zone={props.zone}
                  isHidden={gestures.draft() !== null}
                />
                <BrushHandles
                  brush={props.timeline.brush() ?? props.filter.range()}
                  isApplied={props.timeline.brush() === null}
                  span={now().span}
                  binMs={binMs()}
                  zone={props.zone}
                  onMove={(range) =>
                    props.timeline.brush() === null ? props.filter.setRange(range) : props.timeline.setBrush(range)
                  }
                />
                <Show when={gestures.draft() ?? props.timeline.brush()}>
                  {(drawn) => (
                    <BrushVerbs
                      brush={drawn()}
                      isDrawing={gestures.draft() !== null}
                      counts={counts()}
                      axis={now()}
                      zone={props.zone}
                      onFilter={() => {
                        if (props.onFilter) props.onFilter(drawn());
                        else props.filter.setRange(drawn());
                        props.timeline.setBrush(null);
                        region.focus({ preventScroll: true });
                      }}
                      onZoom={() => {
                        zoom().show(drawn());
                        props.timeline.setBrush(null);
                        region.focus({ preventScroll: true });
                      }}
                      onClear={() => {
                        props.timeline.setBrush(null);
                        region.focus({ preventScroll: true });
                      }}
                    />
                  )}
                </Show>
              </>
            )}
          </Show>
        </div>
      </div>
    </FrameContext.Provider>
  );
};

const NOTHING: Histogram = { startMs: 0, binMs: 1, binCount: 0, counts: [], untimedCount: 0 };

function anchorOf(share: number): 'start' | 'middle' | 'end' {
  return share < 0.02 ? 'start' : share > 0.98 ? 'end' : 'middle';
}
