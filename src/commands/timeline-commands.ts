/** Time: zooming and panning the timeline, its brush, from burst to burst, the pinned moment. */
import { lengthOf, PAN_SHARE, ZOOM_STEP } from '../state/time-span';
import type { Workspace } from '../state/workspace';
import { onRows } from './by-view';
import type { Command } from './command';

// A brush around a record takes so many bins to each side.
const AROUND_BINS = 5;

export function timelineCommands(workspace: Workspace): Command[] {
  const { timeline, filter, panes, view } = workspace;
  const { zoom } = timeline;
  const records = () => panes.active().records;
  const cursor = () => panes.active().cursor;
  const hasTimes = () => zoom.span() !== null;
  /** Of the selected record, else of the first on screen. */
  const timeHere = () =>
    records().itemAt(records().selected()?.index ?? records().topIndex())?.row.time ??
    records().visible()[0]?.row.time ??
    null;
  const isSeen = (time: number | null): time is number => {
    const span = zoom.span();
    return time !== null && span !== null && time >= span.start && time < span.end;
  };
  /** What keeps its place when a key zooms: the moment pointed at, the record read, or the middle. */
  const about = () => {
    const span = zoom.span();
    const here = timeHere();
    const pointed = timeline.hover();
    if (isSeen(pointed)) return pointed;
    return isSeen(here) || !span ? (here ?? 0) : (span.start + span.end) / 2;
  };
  const pan = (direction: 1 | -1) => () => {
    const span = zoom.span();
    if (span) zoom.pan(direction * PAN_SHARE * lengthOf(span));
  };
  const brushed = () => timeline.brush() ?? filter.range();

  const goTo = (time: number) => {
    zoom.reveal(time);
    view.show('lines');
    void cursor().goTo({ kind: 'time', time });
  };
  /**
   * The next of some moments after the record one is at, or the one before it.
   *
   * @param binMs  moments are starts of bins: a record within the bin is at the moment
   */
  const walk = (moments: readonly number[], binMs: number, direction: 1 | -1, what: string) => {
    const here = timeHere() ?? zoom.span()?.start ?? 0;
    const time =
      direction === 1 ? moments.find((moment) => moment > here) : moments.findLast((moment) => moment + binMs <= here);
    if (time === undefined) cursor().say(direction === 1 ? `No ${what} further down` : `No ${what} further up`);
    else goTo(time);
  };
  const walkBursts = (direction: 1 | -1) => () => {
    const starts = [...timeline.bursts(), ...timeline.errorBursts()].map((burst) => burst.start);
    walk(
      [...new Set(starts)].sort((a, b) => a - b),
      timeline.counts()?.all.binMs ?? 1,
      direction,
      'burst',
    );
  };
  const walkChanges = (direction: 1 | -1) => () =>
    walk(timeline.shownChanges(), zoom.shown()?.all.binMs ?? 1, direction, 'change');

  const anywhere = (
    id: string,
    keys: string[],
    title: string,
    run: () => void,
    more: Partial<Command> = {},
  ): Command => ({
    id,
    group: 'Timeline',
    keys,
    title,
    isAvailable: hasTimes,
    run,
    ...more,
  });
  /** Its keys work while the timeline has the focus. */
  const here: typeof anywhere = (id, keys, title, run, more) =>
    anywhere(id, keys, title, run, { region: 'timeline', ...more });

  return [
    anywhere('burst.next', ['b'], 'Next burst', walkBursts(1), { group: 'Trouble' }),
    anywhere('burst.previous', ['B'], 'Previous burst', walkBursts(-1), { group: 'Trouble' }),
    ...onRows(workspace, [
      here('timeline.zoom-in', ['w', 'ArrowUp'], 'Zoom in', () => zoom.zoom(about(), ZOOM_STEP)),
      here('timeline.zoom-out', ['s', 'ArrowDown'], 'Zoom out', () => zoom.zoom(about(), 1 / ZOOM_STEP)),
      here('timeline.earlier', ['a', 'ArrowLeft'], 'Earlier', pan(-1)),
      here('timeline.later', ['d', 'ArrowRight'], 'Later', pan(1)),
      here('timeline.whole', ['0'], 'The whole time', zoom.showWhole, {
        isAvailable: () => zoom.view() !== null,
      }),
    ]),
    here('timeline.next-change', ['.'], 'Next change: a burst or a gap begins or ends', walkChanges(1)),
    here('timeline.previous-change', [','], 'Previous change', walkChanges(-1)),
    ...onRows(workspace, [
      here('brush.around', ['r'], 'Brush around the record', () => {
        const time = timeHere();
        const bin = zoom.shown()?.all.binMs;
        if (time === null || bin === undefined) return;
        const start = Math.floor(time / bin) * bin;
        timeline.setBrush({ start: start - AROUND_BINS * bin, end: start + (AROUND_BINS + 1) * bin });
        zoom.reveal(time);
      }),
    ]),
    here(
      'brush.filter',
      ['Enter'],
      'Only the time of the brush',
      () => {
        const range = timeline.brush();
        if (!range) return;
        filter.setRange(range);
        timeline.setBrush(null);
        view.show('lines');
      },
      { isShared: true, isAvailable: () => timeline.brush() !== null },
    ),
    here(
      'brush.zoom',
      ['z'],
      'Zoom to the brush',
      () => {
        const range = brushed();
        if (!range) return;
        zoom.show(range);
        timeline.setBrush(null);
        view.show('lines');
      },
      { isAvailable: () => brushed() !== null },
    ),
    anywhere('timeline.log-scale', [], 'Logarithmic scale', timeline.toggleLogScale, { isOn: timeline.isLogScale }),
    ...onRows(workspace, [
      anywhere(
        'time.pin',
        ['P'],
        'Pin the moment of the record, or unpin it',
        () => {
          const time = timeHere();
          timeline.setPin(time === timeline.pin() ? null : time);
        },
        { isAvailable: () => timeHere() !== null || timeline.pin() !== null },
      ),
    ]),
  ];
}
