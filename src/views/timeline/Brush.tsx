/** A span drawn over the timeline: its edges, what can be done with it, and the handles for those who use keys. */
// biome-ignore-all lint/a11y/noSvgWithoutTitle: parts of one picture, which has its name
import { type Component, createMemo, For, Show, useContext } from 'solid-js';

import type { TimeRange } from '../../state/filter';
import { countWithin, type TimelineCounts } from '../../state/timeline-counts';
import { Button, IconButton } from '../../ui/Button';
import { KeyCaps, KeysContext } from '../../ui/keys';
import { toCountText, toDurationText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toFullText, toRangeText } from '../time-text';
import type { Axis } from './axis';
import { FrameContext } from './frame';
import styles from './Timeline.module.css';

const EDGES = ['start', 'end'] as const;

export const BrushEdges: Component<{ brush: TimeRange | null; axis: Axis }> = (props) => {
  const frame = useContext(FrameContext);
  return (
    <Show when={props.brush}>
      {(brush) => (
        <>
          {/* Cut to what is in view: a brush may be much longer. */}
          <svg x="0" y={frame.top} width="100%" height={frame.bottom - frame.top}>
            <rect
              class={styles.brush}
              x={props.axis.percent(brush().start)}
              width={props.axis.length(brush().end - brush().start)}
              height={frame.bottom - frame.top}
            />
          </svg>
          <For each={EDGES.filter((edge) => props.axis.isInView(brush()[edge]))}>
            {(edge) => (
              <svg x={props.axis.percent(brush()[edge])} y="0" width="1" height={frame.bottom} overflow="visible">
                <g data-edge={edge}>
                  <line class={styles.edge} x1="0" x2="0" y1={frame.top} y2={frame.bottom} />
                  <rect class={styles.grip} x="-2.5" y={frame.top + 18} width="5" height="14" rx="2.5" />
                  <rect class={styles.catch} x="-6" y={frame.top} width="12" height={frame.bottom - frame.top} />
                </g>
              </svg>
            )}
          </For>
        </>
      )}
    </Show>
  );
};

interface BrushHandlesProps {
  brush: TimeRange | null;
  /** The records are filtered by it already. */
  isApplied: boolean;
  span: TimeRange;
  binMs: number;
  zone: string;
  onMove: (range: TimeRange) => void;
}

export const BrushHandles: Component<BrushHandlesProps> = (props) => {
  const moveEdge = (edge: 'start' | 'end', event: KeyboardEvent) => {
    const now = props.brush;
    const bin = props.binMs;
    const step = { ArrowLeft: -bin, ArrowRight: bin, PageDown: -10 * bin, PageUp: 10 * bin }[event.key];
    if (!now || step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = { ...now, [edge]: now[edge] + step };
    if (next.end - next.start >= bin) props.onMove(next);
  };
  const name = (edge: 'start' | 'end') =>
    `${props.isApplied ? 'Shown time' : 'Brush'} ${edge === 'start' ? 'begins' : 'ends'}`;
  return (
    <Show when={props.brush}>
      {(brush) => (
        <div class="unseen">
          <For each={EDGES}>
            {(edge) => (
              <div
                role="slider"
                tabIndex={0}
                aria-label={name(edge)}
                aria-valuemin={props.span.start}
                aria-valuemax={props.span.end}
                aria-valuenow={brush()[edge]}
                aria-valuetext={toFullText(brush()[edge], props.zone)}
                onKeyDown={(event) => moveEdge(edge, event)}
              />
            )}
          </For>
        </div>
      )}
    </Show>
  );
};

interface BrushVerbsProps {
  brush: TimeRange;
  isDrawing: boolean;
  counts: TimelineCounts | null;
  axis: Axis;
  zone: string;
  onFilter: () => void;
  onZoom: () => void;
  onClear: () => void;
}

/** Stands beside the brush, on the side with more room. */
export const BrushVerbs: Component<BrushVerbsProps> = (props) => {
  const isAfter = () => props.axis.share((props.brush.start + props.brush.end) / 2) < 0.5;
  const place = () => {
    const share = props.axis.share(isAfter() ? props.brush.end : props.brush.start);
    return Math.max(0, Math.min(1, isAfter() ? share : 1 - share));
  };
  const count = createMemo(() => {
    const histogram = props.counts?.kept ?? props.counts?.all;
    return histogram ? countWithin(histogram, props.brush) : null;
  });
  return (
    <div
      class={styles.verbs}
      classList={{ [styles.verbsAfter ?? '']: isAfter(), [styles.verbsBefore ?? '']: !isAfter() }}
      ref={(element) => bindVars(element, () => ({ '--x': `${(place() * 100).toFixed(3)}%` }))}
    >
      <span class={styles.verbsText}>
        <b>{toRangeText(props.brush.start, props.brush.end, props.zone)}</b>
        <span>{toDurationText(props.brush.end - props.brush.start)}</span>
        <Show when={count() !== null}>
          <span>{toCountText(count() ?? 0, 'record')}</span>
        </Show>
      </span>
      <Show when={!props.isDrawing}>
        <Button size="small" look="primary" onClick={() => props.onFilter()}>
          Filter <Key of="brush.filter" />
        </Button>
        <Button size="small" onClick={() => props.onZoom()}>
          Zoom <Key of="brush.zoom" />
        </Button>
        <IconButton icon="close" label="Clear the brush" keys="Esc" onClick={() => props.onClear()} />
      </Show>
    </div>
  );
};

/** The first key a command has. */
const Key: Component<{ of: string }> = (props) => {
  const keysOf = useContext(KeysContext);
  return <Show when={keysOf(props.of)[0]}>{(name) => <KeyCaps name={name()} />}</Show>;
};
