/** How high the timeline's parts are: as a strip above the records, or as a chart on a page of its own. */
import { createContext } from 'solid-js';

/** Where a lane stands, px from the top of the chart. `isDown`: it hangs below the axis. */
export interface Lane {
  readonly y: number;
  readonly height: number;
  readonly isDown: boolean;
}

export interface LaneLayout {
  /** Null where there is no trouble to show. */
  readonly trouble: Lane | null;
  readonly volume: Lane;
  readonly axisY: number;
}

export interface Frame {
  /** px, of the whole chart. */
  readonly height: number;
  /** y of all lanes together; flags stand above, the labels below. */
  readonly top: number;
  readonly bottom: number;
  readonly labelY: number;
  /** The wheel scrolls the page, and the scales are told elsewhere. */
  readonly isPage: boolean;
  readonly divided: LaneLayout;
  /** A log without trouble has the whole height for its volume. */
  readonly calm: LaneLayout;
}

export const STRIP_FRAME: Frame = {
  height: 100,
  top: 14,
  bottom: 74,
  labelY: 88,
  isPage: false,
  divided: {
    trouble: { y: 14, height: 44, isDown: false },
    volume: { y: 60, height: 14, isDown: true },
    axisY: 58.5,
  },
  calm: { trouble: null, volume: { y: 14, height: 60, isDown: false }, axisY: 74.5 },
};

export const PAGE_FRAME: Frame = {
  height: 148,
  top: 14,
  bottom: 128,
  labelY: 143,
  isPage: true,
  divided: {
    trouble: { y: 14, height: 86, isDown: false },
    volume: { y: 102, height: 26, isDown: true },
    axisY: 100.5,
  },
  calm: { trouble: null, volume: { y: 54, height: 74, isDown: false }, axisY: 128.5 },
};

export const FrameContext = createContext<Frame>(STRIP_FRAME);
