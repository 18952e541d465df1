/** A first look at what was opened: one sentence, then what it rests on, each a click from its records. */
import { type Component, createMemo, For, type JSX, Show } from 'solid-js';

import type { Level, RecordId } from '../../engine/records/record';
import type { TimeRange } from '../../state/filter';
import type { FirstLook } from '../../state/first-look';
import { IconButton } from '../../ui/Button';
import { toCountText, toDurationText, toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS } from '../levels';
import { toClockText, toDayText, toRangeText } from '../time-text';
import { toBinText } from '../timeline/shapes';
import styles from './FirstLookStrip.module.css';
import { toHeadline } from './headline';

export interface FirstLookVerbs {
  readonly onRecord: (record: RecordId) => void;
  readonly onTime: (time: number) => void;
  /** A span to look at: it is brushed, and its first record shown. */
  readonly onSpan: (span: TimeRange) => void;
  readonly onWhole: () => void;
  /** To the first record of that level. */
  readonly onLevel: (level: Level) => void;
  readonly onSources: () => void;
  readonly onClose: () => void;
}

const LEVEL_BAR_PX = 72;
const DAY_MS = 86_400_000;

export const FirstLookStrip: Component<{ look: FirstLook; zone: string; verbs: FirstLookVerbs }> = (props) => {
  const headline = createMemo(() => toHeadline(props.look, props.zone));
  const moment = (time: number) => {
    const span = props.look.span;
    const isLong = span !== null && span.end - span.start >= DAY_MS;
    return `${isLong ? `${toDayText(time, props.zone)} ` : ''}${toClockText(time, props.zone)}`;
  };
  const formats = createMemo(() => [...new Set(props.look.sources.map((source) => source.format.title))]);
  const only = () => (props.look.sources.length === 1 ? props.look.sources[0] : undefined);
  const reasons = () =>
    props.look.sources.map(({ name, format }) => `${name}: ${format.title}. ${format.reason}`).join('\n');
  const soFar = () => (props.look.isReading ? ' so far' : '');

  return (
    <section class={styles.strip} aria-label="First look" data-region="first-look" tabIndex={-1}>
      <h2 class={styles.headline}>
        <For each={headline()}>
          {(piece) => (
            <Show when={piece.to} fallback={piece.text}>
              {(to) => (
                <button
                  type="button"
                  class={styles.link}
                  onClick={() => {
                    const place = to();
                    if (typeof place === 'number') props.verbs.onTime(place);
                    else props.verbs.onRecord(place);
                  }}
                >
                  {piece.text}
                </button>
              )}
            </Show>
          )}
        </For>
      </h2>
      <ul class={styles.facts}>
        <Fact title={reasons()} onClick={props.verbs.onSources} isFormat>
          <b>{formats().length > 2 ? toCountText(formats().length, 'format') : formats().join(', ')}</b>
          <Show when={only()}>{(source) => <span class={styles.reason}>{source().format.reason}</span>}</Show>
        </Fact>
        <Show when={props.look.span}>
          {(span) => (
            <Fact title="Show the whole time" onClick={props.verbs.onWhole}>
              {toRangeText(span().start, span().end, props.zone)}, {toDurationText(span().end - span().start)}
            </Fact>
          )}
        </Show>
        <li class={styles.plain}>
          {toCountText(props.look.recordCount, 'record')}
          {soFar()}
        </li>
        <Show when={props.look.levelCounts.some((count, code) => code > 0 && count > 0)}>
          <li class={styles.plain}>
            <LevelBar counts={props.look.levelCounts} />
          </li>
        </Show>
        <For each={LEVEL_LOOKS.filter(({ code }) => code >= 4 && (props.look.levelCounts[code] ?? 0) > 0)}>
          {(level) => (
            <Fact title={`Go to the first ${level.word}`} onClick={() => level.key && props.verbs.onLevel(level.key)}>
              {toNumberText(props.look.levelCounts[level.code] ?? 0)} {level.word}
            </Fact>
          )}
        </For>
        <Show when={props.look.burst}>
          {(burst) => (
            <Fact
              title={`${toCountText(burst().count, 'record')} in ${toDurationText(burst().end - burst().start)}. Shows the first, and brushes the time.`}
              onClick={() => props.verbs.onSpan({ start: burst().start, end: burst().end })}
            >
              {burst().isOfErrors ? 'Burst of errors' : 'Burst'} at {moment(burst().start)},{' '}
              {toNumberText(burst().peak)} per {toBinText(burst().binMs)}
              {burst().usual > 0 ? ` where ${toNumberText(burst().usual)} are usual` : ''}
            </Fact>
          )}
        </Show>
        <Show when={props.look.gap}>
          {(gap) => (
            <Fact
              title="Go to the record that ends it"
              onClick={() => {
                const { record, end } = gap();
                if (record) props.verbs.onRecord(record);
                else props.verbs.onTime(end);
              }}
            >
              Longest gap {toDurationText(gap().end - gap().start)} at {moment(gap().start)}
            </Fact>
          )}
        </Show>
        <Show when={props.look.problemCount > 0}>
          <Fact title="Show them beside their sources" onClick={props.verbs.onSources}>
            {toCountText(props.look.problemCount, 'problem')}
            {soFar()}
          </Fact>
        </Show>
      </ul>
      <IconButton
        class={styles.close ?? ''}
        icon="close"
        label="Put the first look away"
        onClick={() => props.verbs.onClose()}
      />
    </section>
  );
};

const Fact: Component<{ title: string; onClick: () => void; isFormat?: boolean; children: JSX.Element }> = (props) => (
  <li class={props.isFormat ? styles.format : styles.fact}>
    <button type="button" title={props.title} onClick={() => props.onClick()}>
      {props.children}
    </button>
  </li>
);

/** Shares of the levels, worst first; each that occurs is at least 1 px wide. */
const LevelBar: Component<{ counts: readonly number[] }> = (props) => {
  const total = () =>
    Math.max(
      1,
      props.counts.reduce((sum, count) => sum + count, 0),
    );
  const parts = createMemo(() => {
    let x = 0;
    return LEVEL_LOOKS.flatMap((level) => {
      const count = props.counts[level.code] ?? 0;
      if (count === 0) return [];
      const width = Math.min(LEVEL_BAR_PX - x, Math.max(1, (count / total()) * LEVEL_BAR_PX));
      const part = { level, count, x, width };
      x += width;
      return [part];
    });
  });
  const words = () => parts().map(({ level, count }) => `${level.word} ${toNumberText(count)}`);
  return (
    <svg class={styles.bar} width={LEVEL_BAR_PX} height="8" role="img" aria-label={`Levels: ${words().join(', ')}`}>
      <title>{words().join(', ')}</title>
      <For each={parts()}>
        {(part) => <rect class={part.level.className} x={part.x} y="0" width={part.width} height="8" />}
      </For>
    </svg>
  );
};
