/** What stands below a record's row: its trace in one line, its further lines, or its JSON. A row of its own, one cell wide. */
// biome-ignore-all lint/a11y/useSemanticElements: rows of the grid, see LogGrid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and tells the active row by aria-activedescendant
import { type Component, For, Index, Match, Show, Switch } from 'solid-js';

import type { Row } from '../../engine/api';
import type { JsonShape, Under } from '../../state/folds';
import { toCountText } from '../../ui/size-text';
import { LogText } from '../LogText';
import { countHitsOutside } from '../text-pieces';
import styles from './LogGrid.module.css';
import json from './Unfolded.module.css';

interface UnfoldedProps {
  row: Row;
  index: number;
  under: Under;
  columnCount: number;
  /** Names of fields that are columns already: left out, and counted. */
  columnFields: readonly string[];
  /** Classes of the record's level and state. */
  looks: string;
}

// A line of an unfolded record shows at most so much of itself; wrapped, all of it.
const LINE_UNITS = 1000;
const SHAPES: readonly { shape: JsonShape; title: string }[] = [
  { shape: 'fields', title: 'Fields' },
  { shape: 'json', title: 'JSON' },
  { shape: 'raw', title: 'Raw' },
];

export const Unfolded: Component<UnfoldedProps> = (props) => (
  <div class={`${styles.under} ${props.looks}`} role="row" data-index={props.index}>
    <span class={styles.gutter} aria-hidden="true" />
    <span class={styles.underCell} role="gridcell" aria-colspan={props.columnCount}>
      <Switch>
        <Match when={props.under.kind === 'trace' && props.under}>
          {(under) => <TraceLine row={props.row} trace={under().trace} />}
        </Match>
        <Match when={props.under.kind === 'lines' && props.under}>
          {(under) => <Lines lines={under().lines} leftOutCount={under().leftOutCount} />}
        </Match>
        <Match when={props.under.kind === 'json' && props.under}>
          {(under) => <Json under={under()} columnFields={props.columnFields} />}
        </Match>
      </Switch>
    </span>
  </div>
);

const Lines: Component<{ lines: readonly string[]; leftOutCount: number }> = (props) => (
  <>
    <Index each={props.lines}>
      {(line) => (
        <span class={styles.underLine}>
          <LogText text={line()} end={Math.min(line().length, LINE_UNITS)} />
        </span>
      )}
    </Index>
    <Show when={props.leftOutCount > 0}>
      <span class={styles.underLine}>{toCountText(props.leftOutCount, 'more line')} in the details</span>
    </Show>
  </>
);

const TraceLine: Component<{ row: Row; trace: Extract<Under, { kind: 'trace' }>['trace'] }> = (props) => {
  const hitsInside = () => {
    const newline = props.row.text.indexOf('\n');
    return countHitsOutside(props.row.hits, 0, newline < 0 ? props.row.text.length : newline).after;
  };
  return (
    <button type="button" class={json.trace} data-fold="" tabIndex={-1} aria-expanded={false}>
      <b class={json.frames}>{toCountText(props.trace.frameCount, 'frame')}</b>
      <Show when={hitsInside() > 0}>
        <span class={styles.inside}>{toCountText(hitsInside(), 'hit')} inside</span>
      </Show>
      <Show when={props.trace.exception}>
        <span>
          <LogText text={props.trace.exception} />
        </span>
      </Show>
      <For each={props.trace.ownFrames}>
        {(frame, at) => (
          <>
            <Show when={at() > 0}>
              <span>←</span>
            </Show>
            <span class={json.own}>
              <LogText text={frame} />
            </span>
          </>
        )}
      </For>
    </button>
  );
};

const Json: Component<{ under: Extract<Under, { kind: 'json' }>; columnFields: readonly string[] }> = (props) => {
  const fields = () => props.under.fields.filter((field) => !props.columnFields.includes(field.path));
  const inColumns = () => props.under.fields.length - fields().length;
  return (
    <div class={json.json}>
      <div class={json.bar}>
        <span>
          {toCountText(props.under.fieldCount, 'field')}
          {inColumns() > 0 ? `, ${inColumns()} in columns` : ''}
        </span>
        <div class={json.segments} role="group" aria-label="Shown as">
          <For each={SHAPES}>
            {({ shape, title }) => (
              <button
                type="button"
                class={json.segment}
                data-shape={shape}
                tabIndex={-1}
                aria-pressed={props.under.shape === shape}
              >
                {title}
              </button>
            )}
          </For>
        </div>
      </div>
      <Show
        when={props.under.shape === 'fields'}
        fallback={
          <div class={json.text}>
            <Lines lines={props.under.lines} leftOutCount={props.under.leftOutCount} />
          </div>
        }
      >
        <dl class={json.fields}>
          <For each={fields()}>
            {(field) => (
              <div class={json.field}>
                <dt>
                  <LogText text={field.path} />
                </dt>
                <dd data-field={field.path}>
                  <LogText text={field.source} end={Math.min(field.source.length, LINE_UNITS)} />
                </dd>
              </div>
            )}
          </For>
        </dl>
        <Show when={props.under.leftOutCount > 0}>
          <span class={styles.underLine}>{toCountText(props.under.leftOutCount, 'more field')} in the details</span>
        </Show>
      </Show>
    </div>
  );
};
