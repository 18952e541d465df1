/** The things to look at first: each a sentence, a curve over the whole time, and one key away from its records. */
import { type Component, For, Show } from 'solid-js';

import type { EpochMs } from '../../engine/records/record';
import type { PatternBins } from '../../engine/patterns/pattern';
import type { Thing } from '../../state/things-to-look-at';
import { Icon } from '../../ui/Icon';
import { LogText } from '../LogText';
import styles from './FirstLook.module.css';
import type { LookTarget } from './look-target';
import { levelOf, toTarget, toThingWords, type WordsContext } from './thing-text';

interface ThingListProps {
  things: readonly Thing[];
  bins: PatternBins;
  /** The moment that parts old from new, drawn through every curve; null: none. */
  since: EpochMs | null;
  context: WordsContext;
  /** Id of what names the list. */
  labelledBy: string;
  onGo: (target: LookTarget) => void;
}

/** Arrows, Home and End walk the list; Tab does too. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }) {
  const items = [...event.currentTarget.querySelectorAll('button')];
  const here = items.findIndex((item) => item.matches(':focus'));
  const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
  const item = next === undefined || here < 0 ? undefined : items[next];
  if (!item) return;
  event.preventDefault();
  item.focus();
}

export const ThingList: Component<ThingListProps> = (props) => (
  <ol class={styles.things} aria-labelledby={props.labelledBy} onKeyDown={walk}>
    <For each={props.things}>
      {(thing, index) => {
        const words = () => toThingWords(thing, props.context);
        const level = levelOf(thing);
        return (
          <li>
            <button
              type="button"
              class={`${styles.thing} ${level?.className ?? ''}`}
              onClick={() => props.onGo(toTarget(thing))}
            >
              <span class={styles.number}>{index() + 1}</span>
              <span class={styles.glyph}>
                <Show when={level?.glyph} fallback={<Icon name="clock" small />}>
                  {(glyph) => <Icon name={glyph()} small />}
                </Show>
              </span>
              <span class={styles.words}>
                <b>{words().title}</b>
                <Show when={thing.row}>{(row) => <PatternWords tokens={row().tokens} />}</Show>
                <span class={styles.facts}>{[words().say, ...words().facts].join(' · ')}</span>
              </span>
              <Curve thing={thing} bins={props.bins} since={props.since} />
            </button>
          </li>
        );
      }}
    </For>
  </ol>
);

/** A pattern within a sentence: what varies is dots. */
const PatternWords: Component<{ tokens: NonNullable<Thing['row']>['tokens'] }> = (props) => (
  <span class={styles.pattern}>
    <Show when={props.tokens.length > 0} fallback="empty message">
      <For each={props.tokens}>
        {(token) => (token.kind === 'literal' ? <LogText text={token.text} /> : <span class={styles.varies}>…</span>)}
      </For>
    </Show>
  </span>
);

const CURVE_HEIGHT = 34;
// A bin with one record is seen, and the tallest does not touch the edge.
const CURVE_TOP = 1.5;
const BAR_MIN = 1.5;

/** Stepped bars over the span of all records; the words beside it say what it shows. */
const Curve: Component<{ thing: Thing; bins: PatternBins; since: EpochMs | null }> = (props) => {
  const width = () => Math.max(1, props.thing.bins.length);
  const place = (time: EpochMs) => {
    const x = (time - props.bins.startMs) / Math.max(1, props.bins.binMs);
    return Math.round(Math.max(0, Math.min(width(), x)) * 100) / 100;
  };
  return (
    <svg class={styles.curve} viewBox={`0 0 ${width()} ${CURVE_HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <Show when={props.thing.kind === 'gap' && props.thing.range}>
        {(range) => (
          <rect
            class={styles.hatch}
            x={place(range().start)}
            width={Math.max(0.5, place(range().end) - place(range().start))}
            y="0"
            height={CURVE_HEIGHT}
          />
        )}
      </Show>
      <path class={styles.base} d={`M0 ${CURVE_HEIGHT - 0.5}H${width()}`} />
      <path class={styles.bars} d={toBarsPath(props.thing.bins)} />
      <Show when={props.since}>
        {(since) => <path class={styles.since} d={`M${place(since())} 0V${CURVE_HEIGHT}`} />}
      </Show>
    </svg>
  );
};

function toBarsPath(bins: readonly number[]): string {
  const most = Math.max(1, ...bins);
  let path = '';
  bins.forEach((count, bin) => {
    if (count === 0) return;
    const size = Math.max(BAR_MIN, ((CURVE_HEIGHT - CURVE_TOP) * count) / most);
    path += `M${bin} ${CURVE_HEIGHT}V${Math.round((CURVE_HEIGHT - size) * 100) / 100}H${bin + 1}V${CURVE_HEIGHT}Z`;
  });
  return path;
}
