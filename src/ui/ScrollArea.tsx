/**
 * A view on a list too long for the browser's own scrolling (elements end at 33 million pixels): wheel and touch become
 * pixels to move by, the bar at the side becomes a share of the whole. Who uses it keeps the position and draws the rows.
 */
// biome-ignore-all lint/a11y/useFocusableInteractive: the keys of the list move it; the bar is for the pointer and for those who listen
import { createSignal, type JSX, onCleanup, onMount, type ParentComponent } from 'solid-js';

import styles from './ScrollArea.module.css';
import { bindVars } from './vars';

interface ScrollAreaProps {
  /** px down, negative up */
  onScroll: (px: number) => void;
  /** Size of the view in px, at first and whenever it changes. */
  onResize: (heightPx: number, widthPx: number) => void;
  rowHeight: number;
  viewHeight: number;
  class?: string | undefined;
  children: JSX.Element;
}

// A wheel that counts in lines or pages (Firefox, some mice) means this many rows.
const ROWS_PER_LINE = 1;
// How long a flick goes on, and when it is over: found by hand on a phone (2026-11).
const FLICK_DECAY = 0.95;
const FLICK_STOP_PX = 0.5;

export const ScrollArea: ParentComponent<ScrollAreaProps> = (props) => {
  let area!: HTMLDivElement;
  let touchY: number | undefined;
  let velocity = 0;
  let flick = 0;

  const onWheel = (event: WheelEvent) => {
    if (event.ctrlKey || event.deltaY === 0) return; // zooming belongs to the browser
    event.preventDefault();
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_PIXEL
        ? 1
        : event.deltaMode === WheelEvent.DOM_DELTA_LINE
          ? props.rowHeight * ROWS_PER_LINE
          : props.viewHeight;
    props.onScroll(event.deltaY * unit);
  };
  const glide = () => {
    velocity *= FLICK_DECAY;
    if (Math.abs(velocity) < FLICK_STOP_PX) return;
    props.onScroll(velocity);
    flick = requestAnimationFrame(glide);
  };
  const onTouchMove = (event: TouchEvent) => {
    const y = event.touches[0]?.clientY;
    if (y === undefined || touchY === undefined || event.touches.length > 1) return;
    event.preventDefault();
    velocity = touchY - y;
    touchY = y;
    props.onScroll(velocity);
  };

  onMount(() => {
    // Both must be able to stop the browser's own scrolling, so neither may be passive.
    area.addEventListener('wheel', onWheel, { passive: false });
    area.addEventListener('touchmove', onTouchMove, { passive: false });
    const observer = new ResizeObserver(() => props.onResize(area.clientHeight, area.clientWidth));
    observer.observe(area);
    onCleanup(() => {
      observer.disconnect();
      cancelAnimationFrame(flick);
    });
  });

  return (
    <div
      ref={(element) => {
        area = element;
      }}
      class={`${styles.area} ${props.class ?? ''}`}
      role="presentation"
      onTouchStart={(event) => {
        cancelAnimationFrame(flick);
        velocity = 0;
        touchY = event.touches[0]?.clientY;
      }}
      onTouchEnd={() => {
        touchY = undefined;
        flick = requestAnimationFrame(glide);
      }}
    >
      {props.children}
    </div>
  );
};

interface ScrollBarProps {
  /** Share of the whole that lies above the view, 0..1. */
  fraction: number;
  /** Share of the whole that is in view, 0..1; 1 hides the bar's thumb. */
  share: number;
  /** What is said of the place: "Record 5,013,377 of 9,512,920". */
  valueText: string;
  controls: string;
  label: string;
  onFraction: (fraction: number) => void;
}

// Below this a thumb is hard to catch.
const THUMB_MIN_PX = 28;

export const ScrollBar = (props: ScrollBarProps) => {
  let track!: HTMLDivElement;
  const [trackHeight, setTrackHeight] = createSignal(0);
  const [grip, setGrip] = createSignal<number | null>(null);
  const thumbHeight = () => Math.max(THUMB_MIN_PX, props.share * trackHeight());
  const room = () => Math.max(1, trackHeight() - thumbHeight());

  onMount(() => {
    const observer = new ResizeObserver(() => setTrackHeight(track.clientHeight));
    observer.observe(track);
    onCleanup(() => observer.disconnect());
  });

  const goTo = (event: PointerEvent, gripPx: number) => {
    const y = event.clientY - track.getBoundingClientRect().top - gripPx;
    props.onFraction(Math.max(0, Math.min(1, y / room())));
  };

  return (
    <div
      ref={(element) => {
        track = element;
      }}
      class={styles.bar}
      role="scrollbar"
      aria-orientation="vertical"
      aria-label={props.label}
      aria-controls={props.controls}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(props.fraction * 100)}
      aria-valuetext={props.valueText}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const y = event.clientY - track.getBoundingClientRect().top;
        const top = props.fraction * room();
        const isOnThumb = y >= top && y <= top + thumbHeight();
        const gripPx = isOnThumb ? y - top : thumbHeight() / 2;
        track.setPointerCapture(event.pointerId);
        setGrip(gripPx);
        if (!isOnThumb) goTo(event, gripPx);
      }}
      onPointerMove={(event) => {
        const gripPx = grip();
        if (gripPx !== null) goTo(event, gripPx);
      }}
      onPointerUp={() => setGrip(null)}
      onPointerCancel={() => setGrip(null)}
    >
      <div
        class={styles.thumb}
        hidden={props.share >= 1}
        ref={(element) =>
          bindVars(element, () => ({ '--top': `${props.fraction * room()}px`, '--height': `${thumbHeight()}px` }))
        }
      />
    </div>
  );
};
