/** What the log is: its sources and formats, its time, its levels, and what else there is to know. */
import { type Component, createMemo, For, Show } from 'solid-js';

import { fileNameOf } from '../../state/source-groups';
import type { FirstLook } from '../../state/first-look';
import type { SourcesStore } from '../../state/sources';
import type { Findings } from '../../state/things';
import { Icon } from '../../ui/Icon';
import { toCountText, toDurationText, toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS } from '../levels';
import styles from './FirstLook.module.css';
import type { LookTarget } from './look-target';
import { toMomentText } from './moment-text';
import { toShareText } from '../patterns/pattern-words';

interface FactsProps {
  look: FirstLook;
  sources: SourcesStore;
  findings: Findings | null;
  zone: string;
  /** Far records are on the chart too. */
  areAllTimesShown: boolean;
  onGo: (target: LookTarget) => void;
}

// Of more sources those with most records are listed, and the others are one line.
const LISTED = 6;

export const WhatThisIs: Component<FactsProps> = (props) => {
  const soFar = () => (props.look.isReading ? ' so far' : '');
  const listed = createMemo(() => {
    const all = props.look.sources;
    if (all.length <= LISTED) return all;
    return [...all].sort((a, b) => b.recordCount - a.recordCount).slice(0, LISTED - 1);
  });
  const rest = () => props.look.sources.length - listed().length;
  const moment = (time: number) => toMomentText(time, props.look.span, props.zone);
  const gap = () => {
    const { gap, isReading } = props.look;
    if (gap) return `, longest gap ${toDurationText(gap.end - gap.start)}`;
    return isReading ? '' : ', no gaps';
  };
  return (
    <section aria-labelledby="what-this-is">
      <h2 id="what-this-is">What this is{soFar()}</h2>
      <table class={`${styles.plain} ${styles.what}`} aria-labelledby="what-this-is">
        <tbody>
          <For each={listed()}>
            {(source) => (
              <tr>
                <th scope="row">
                  <i class={`${styles.bar} src-${props.sources.colourOf(source.id)}`} aria-hidden="true" />
                  <Show when={props.sources.ids().length > 1} fallback={fileNameOf(props.sources.nameOf(source.id))}>
                    <button
                      type="button"
                      class={styles.quiet}
                      title={`${props.sources.nameOf(source.id)}: show only it, or all again`}
                      onClick={() => props.onGo({ kind: 'source', source: source.id })}
                    >
                      {fileNameOf(props.sources.nameOf(source.id))}
                    </button>
                  </Show>
                </th>
                <td class={styles.format}>
                  <button
                    type="button"
                    class={styles.quiet}
                    title={source.format.reason}
                    aria-label={`${source.format.title}: ${source.format.reason}`}
                    onClick={() => props.onGo({ kind: 'sources' })}
                  >
                    {source.format.title}
                  </button>
                </td>
                <td class={styles.figure}>{toNumberText(source.recordCount)}</td>
              </tr>
            )}
          </For>
          <Show when={rest() > 0}>
            <tr>
              <th scope="row">
                <button type="button" class={styles.quiet} onClick={() => props.onGo({ kind: 'sources' })}>
                  {toCountText(rest(), 'more source')}
                </button>
              </th>
              <td />
              <td class={styles.figure}>
                {toNumberText(props.look.recordCount - listed().reduce((sum, source) => sum + source.recordCount, 0))}
              </td>
            </tr>
          </Show>
          <tr class={styles.sum}>
            <th scope="row" colSpan={2}>
              <Show when={props.look.span} fallback="No times">
                {(span) => (
                  <>
                    {moment(span().start)} – {moment(span().end)}{' '}
                    <span class={styles.length}>
                      {toDurationText(span().end - span().start)}
                      {gap()}
                    </span>
                  </>
                )}
              </Show>
            </th>
            <td class={styles.figure}>
              <button
                type="button"
                class={styles.quiet}
                aria-label={`${toCountText(props.look.recordCount, 'record')}${soFar()}: show them`}
                onClick={() => props.onGo({ kind: 'everything' })}
              >
                {toNumberText(props.look.recordCount)}
              </button>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
};

const BAR_PX = 116;

export const Levels: Component<FactsProps> = (props) => {
  const total = () =>
    Math.max(
      1,
      props.look.levelCounts.reduce((sum, count) => sum + count, 0),
    );
  const looks = () => LEVEL_LOOKS.filter(({ code }) => (props.look.levelCounts[code] ?? 0) > 0);
  return (
    <section aria-labelledby="levels">
      <h2 id="levels">Levels{props.look.isReading ? ' so far' : ''}</h2>
      <table class={`${styles.plain} ${styles.levels}`} aria-labelledby="levels">
        <tbody>
          <For each={looks()}>
            {(level) => {
              const count = () => props.look.levelCounts[level.code] ?? 0;
              return (
                <tr class={level.className}>
                  <th scope="row">
                    <button
                      type="button"
                      class={styles.level}
                      title={`Only ${level.word}`}
                      onClick={() => props.onGo({ kind: 'level', level: level.key })}
                    >
                      <Show when={level.glyph} fallback={<span class={styles.noGlyph} />}>
                        {(glyph) => <Icon name={glyph()} small />}
                      </Show>
                      {level.word}
                    </button>
                  </th>
                  <td>
                    <svg class={styles.share} width={BAR_PX} height="6" aria-hidden="true">
                      <rect class={styles.track} width={BAR_PX} height="6" rx="1" />
                      <rect class={styles.fill} width={Math.max(1.5, (count() / total()) * BAR_PX)} height="6" rx="1" />
                    </svg>
                  </td>
                  <td class={styles.figure}>{toNumberText(count())}</td>
                  <td class={`${styles.figure} ${styles.faint}`}>{toShareText(count() / total())}</td>
                </tr>
              );
            }}
          </For>
        </tbody>
      </table>
    </section>
  );
};

export const Also: Component<FactsProps> = (props) => {
  const soFar = () => (props.look.isReading ? ' so far' : '');
  const freshText = () => {
    const findings = props.findings;
    if (!findings || findings.since === null) return '';
    const count = findings.facts.filter(({ isNew }) => isNew).length;
    const since = toMomentText(findings.since, props.look.span, props.zone);
    return `, ${toNumberText(count)} of them first seen since ${since}`;
  };
  return (
    <Show when={props.findings || props.look.problemCount > 0 || props.look.untimedCount + props.look.farCount > 0}>
      <section aria-labelledby="also">
        <h2 id="also">Also</h2>
        <ul class={styles.also}>
          <Show when={props.findings}>
            {(findings) => (
              <li>
                <button type="button" class={styles.link} onClick={() => props.onGo({ kind: 'patterns' })}>
                  {toCountText(findings().table.rows.length, 'pattern')}
                </button>
                {freshText()}
                {soFar()}
                <Show when={findings().table.merged}>
                  {(merged) => (
                    <>; {toCountText(merged().skeletonCount, 'kind')} of message were put together by how they begin</>
                  )}
                </Show>
              </li>
            )}
          </Show>
          <Show when={props.look.problemCount > 0}>
            <li>
              <button type="button" class={styles.link} onClick={() => props.onGo({ kind: 'sources' })}>
                {toCountText(props.look.problemCount, 'problem')}
              </button>{' '}
              while reading{soFar()}
            </li>
          </Show>
          <Show when={props.look.farCount > 0}>
            <li>
              <button type="button" class={styles.link} onClick={() => props.onGo({ kind: 'far' })}>
                {toCountText(props.look.farCount, 'record')}
              </button>{' '}
              far from all others{props.areAllTimesShown ? '' : ', left out of the chart'}
            </li>
          </Show>
          <Show when={props.look.untimedCount > 0}>
            <li>
              {toCountText(props.look.untimedCount, 'record')} without a time{soFar()}
            </li>
          </Show>
        </ul>
      </section>
    </Show>
  );
};
