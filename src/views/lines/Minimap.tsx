/**
 * The scroll bar of a pane, and a map of its records: trouble at the left, hits and marks at the right, the view as a
 * frame. It maps records, not pixels: a click goes to the record that is drawn there.
 */
// biome-ignore-all lint/a11y/useSemanticElements: no element is a scroll bar
import { type Component, createSignal, For, onCleanup, onMount, Show } from 'solid-js';

import { createOverview } from '../../state/overview';
import type { Pane } from '../../state/panes';
import type { Workspace } from '../../state/workspace';
import { toCountText, toNumberText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toClockText } from '../time-text';
import styles from './Minimap.module.css';
import { countAt, MAP_WIDTH, toErrorPath, toFirst, toFrame, toHitPath, toWarningPath } from './minimap-shapes';

interface MinimapProps {
  workspace: Pick<Workspace, 'engine' | 'marks' | 'settings' | 'isReading' | 'results' | 'filter'>;
  pane: Pane;
  /** What it is called: "Place in the log". */
  label: string;
}

export const Minimap: Component<MinimapProps> = (props) => {
  let track!: HTMLDivElement;
  const { engine, marks, settings, isReading, results, filter } = props.workspace;
  const records = () => props.pane.records;
  const zone = () => settings.settings().zone;
  const [height, setHeight] = createSignal(0);
  // Where the pointer holds the frame: px below the frame's middle. Null: it does not.
  const [grip, setGrip] = createSignal<number | null>(null);
  const [preview, setPreview] = createSignal<{ y: number; index: number; time: number | null } | null>(null);
  const map = createOverview(engine, {
    answer: () => props.pane.records.answer(),
    bucketCount: () => Math.floor(height()),
    // Not what is being typed: the map is looked at afterwards, and counting its hits would take the time of the next key.
    hits: () =>
      props.pane.id === 'results'
        ? props.pane.records.hits()
        : results.isSplit() && results.hasTexts()
          ? filter.parsed()
          : null,
    isGrowing: isReading,
    marks: () => marks.list().map((mark) => mark.id),
  });

  onMount(() => {
    const observer = new ResizeObserver(() => setHeight(track.clientHeight));
    observer.observe(track);
    onCleanup(() => observer.disconnect());
  });

  const count = () => records().count();
  const shown = () => Math.max(1, records().visible().length - (records().offset() > 0 ? 1 : 0));
  const first = () => records().topIndex() + records().offset() / Math.max(1, records().heightOf(records().topIndex()));
  const frame = () => toFrame(first(), shown(), count(), height());
  const isAllShown = () => records().fraction() === 0 && shown() >= count();

  const placeText = () => {
    const top = records().visible()[0];
    const time = typeof top?.row.time === 'number' ? `, ${toClockText(top.row.time, zone())}` : '';
    return top ? `Record ${toNumberText(top.index + 1)} of ${toNumberText(count())}${time}` : 'No records';
  };
  const previewText = () => {
    const now = preview();
    if (!now) return null;
    const overview = map.overview();
    const counts = overview ? countAt(overview, now.index) : null;
    return {
      place: `Record ${toNumberText(now.index + 1)}${now.time === null ? '' : `, ${toClockText(now.time, zone())}`}`,
      counts: counts
        ? [
            counts.errors > 0 ? toCountText(counts.errors, 'error') : '',
            counts.warnings > 0 ? toCountText(counts.warnings, 'warning') : '',
            counts.hits > 0 ? toCountText(counts.hits, 'hit') : '',
          ]
            .filter((text) => text !== '')
            .join(' · ')
        : '',
    };
  };

  const yOf = (event: PointerEvent) => event.clientY - track.getBoundingClientRect().top;

  function goTo(y: number) {
    const wanted = toFirst(y, shown(), count(), height());
    // Beyond the last screen is the end; where that is, heights decide.
    if (wanted + shown() >= count()) records().scrollToEnd();
    else records().scrollTo(Math.max(0, wanted));
  }

  function showPreview(y: number) {
    const index = Math.max(0, Math.min(count() - 1, Math.floor((y / Math.max(1, height())) * count())));
    const known = preview();
    setPreview({ y, index, time: known?.index === index ? known.time : null });
    const answer = records().answer();
    if (!answer || known?.index === index) return;
    void readTime(answer.info.handle, index);
  }

  async function readTime(handle: number, index: number): Promise<void> {
    const time = await map.timeAt(handle, index);
    if (time !== undefined) setPreview((old) => (old?.index === index ? { ...old, time } : old));
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { rowHeight, viewHeight } = records().metrics();
    if (event.key === 'ArrowDown') records().scrollBy(rowHeight);
    else if (event.key === 'ArrowUp') records().scrollBy(-rowHeight);
    else if (event.key === 'PageDown') records().scrollBy(viewHeight - rowHeight);
    else if (event.key === 'PageUp') records().scrollBy(rowHeight - viewHeight);
    else if (event.key === 'Home') records().scrollTo(0);
    else if (event.key === 'End') records().scrollToEnd();
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={(element) => {
        track = element;
      }}
      class={styles.map}
      role="scrollbar"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={props.label}
      aria-controls={props.pane.id}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(records().fraction() * 100)}
      aria-valuetext={placeText()}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault(); // the focus stays with the records
        const y = yOf(event);
        const { top, height: frameHeight } = frame();
        const isOnFrame = y >= top && y <= top + frameHeight;
        track.setPointerCapture(event.pointerId);
        setGrip(isOnFrame ? y - (top + frameHeight / 2) : 0);
        if (!isOnFrame) goTo(y);
      }}
      onPointerMove={(event) => {
        const held = grip();
        const y = yOf(event);
        if (held !== null) {
          setPreview(null);
          goTo(y - held);
        } else if (event.pointerType !== 'touch') showPreview(y);
      }}
      onPointerUp={() => setGrip(null)}
      onPointerCancel={() => setGrip(null)}
      onPointerLeave={() => setPreview(null)}
      onWheel={(event) => {
        event.preventDefault();
        records().scrollBy(event.deltaY);
      }}
    >
      <Show when={map.overview()}>
        {(overview) => (
          <svg
            class={styles.drawing}
            viewBox={`0 0 ${MAP_WIDTH} ${overview().bucketCount}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <path class={styles.warnings} d={toWarningPath(overview())} />
            <path class={styles.errors} d={toErrorPath(overview())} />
            <path class={styles.hits} d={toHitPath(overview())} />
          </svg>
        )}
      </Show>
      <For each={map.marks()}>
        {(mark) => (
          <i
            ref={(element) =>
              bindVars(element, () => ({ '--y': `${((mark.position + 0.5) / Math.max(1, count())) * 100}%` }))
            }
            class={styles.mark}
          />
        )}
      </For>
      <div
        ref={(element) => bindVars(element, () => ({ '--top': `${frame().top}px`, '--height': `${frame().height}px` }))}
        class={styles.frame}
        hidden={isAllShown()}
        classList={{ [styles.held ?? '']: grip() !== null }}
      />
      <Show when={preview()}>
        {(now) => (
          <div
            ref={(element) =>
              bindVars(element, () => ({ '--y': `${Math.max(14, Math.min(height() - 14, now().y))}px` }))
            }
            class={styles.preview}
            aria-hidden="true"
          >
            {previewText()?.place}
            <Show when={previewText()?.counts}>
              <span class={styles.counts}>{previewText()?.counts}</span>
            </Show>
          </div>
        )}
      </Show>
    </div>
  );
};
