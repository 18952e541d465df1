/** The first look at a log: what it is, what is wrong, and what to look at first; every fact leads to its records. */
import { type Component, createEffect, createMemo, For, onCleanup, Show } from 'solid-js';

import type { FirstLook } from '../../state/first-look';
import type { Workspace } from '../../state/workspace';
import { Icon } from '../../ui/Icon';
import { toCountText, toDurationText, toFileSizeText } from '../../ui/size-text';
import type { Dock } from '../BottomDock';
import { toEmptyText } from '../fault-text';
import styles from './FirstLook.module.css';
import { createGoing } from './going';
import { toHeadline, toLead } from './headline';
import { toKeptLook } from './kept-look';
import { LookChart } from './LookChart';
import { Also, Levels, WhatThisIs } from './LookFacts';
import type { LookTarget } from './look-target';
import { PieceText } from './PieceText';
import { ThingList } from './ThingList';
import { toCountTitle, type WordsContext } from './thing-text';

interface FirstLookViewProps {
  workspace: Workspace;
  /** The focus, into the view that is shown. */
  focusView: () => void;
  onDock: (dock: Dock) => void;
}

export const FirstLookView: Component<FirstLookViewProps> = (props) => {
  const go = createGoing(props.workspace, {
    focusView: () => props.focusView(),
    onSources: () => props.onDock('sources'),
  });
  return (
    <Show when={props.workspace.firstLook.look()} fallback={<NoText workspace={props.workspace} />}>
      {(look) => <Page workspace={props.workspace} look={look()} onGo={go} />}
    </Show>
  );
};

interface PageProps {
  workspace: Workspace;
  look: FirstLook;
  onGo: (target: LookTarget) => void;
}

const Page: Component<PageProps> = (props) => {
  const { filter, settings, sources, things, timeline, isReading } = props.workspace;
  const zone = () => settings.settings().zone;
  const findings = things.findings;
  const context = (): WordsContext => ({
    zone: zone(),
    span: props.look.span,
    sourceName: (id) => sources.nameOf(id),
    sourceCount: props.look.sources.length,
  });
  createEffect(() => {
    const known = findings();
    const isKeepable = known !== null && things.isSettled() && !filter.isFiltered();
    things.tell(isKeepable ? toKeptLook(props.look, known, context()) : null);
  });
  onCleanup(() => things.tell(null));
  const facts = {
    get look() {
      return props.look;
    },
    get findings() {
      return findings();
    },
    get zone() {
      return zone();
    },
    get areAllTimesShown() {
      return timeline.areAllTimesShown();
    },
    sources,
    onGo: (target: LookTarget) => props.onGo(target),
  };
  const title = createMemo(() => {
    const known = findings();
    if (!known) return props.look.recordCount === 0 ? '' : 'What to look at first';
    return known.things.length === 0 ? 'Nothing stands out' : toCountTitle(known.things.length);
  });
  return (
    <div class={styles.page}>
      <header class={styles.head}>
        <h1>
          <PieceText pieces={toHeadline(props.look, findings()?.things.length ?? null, zone())} onGo={props.onGo} />
        </h1>
        <p class={styles.lead}>
          <PieceText pieces={toLead(props.look, findings(), zone())} onGo={props.onGo} />
        </p>
        <SourceSwitch workspace={props.workspace} />
      </header>
      <Show when={filter.isFiltered()}>
        <p class={styles.note}>The filter is left out here: this page tells of all records that are shown.</p>
      </Show>
      <LookChart workspace={props.workspace} zone={zone()} isReading={isReading()} onGo={props.onGo} />
      <div class={styles.columns}>
        <section class={styles.first} aria-labelledby="first-things">
          <Show when={title() !== ''}>
            <h2 id="first-things">
              {title()}
              {props.look.isReading ? ' so far' : ''}
            </h2>
          </Show>
          <Show
            when={findings()}
            fallback={
              <p class={styles.quietText}>
                {props.look.recordCount === 0
                  ? ''
                  : things.fault()
                    ? 'The patterns could not be counted.'
                    : 'The patterns are being counted.'}
              </p>
            }
          >
            {(known) => (
              <Show
                when={known().things.length > 0}
                fallback={
                  <p class={styles.quietText}>
                    No new errors, no bursts, no long gaps, nothing rare.{' '}
                    <button type="button" class={styles.link} onClick={() => props.onGo({ kind: 'patterns' })}>
                      Look through {toCountText(known().table.rows.length, 'pattern')}
                    </button>
                  </p>
                }
              >
                <ThingList
                  things={known().things}
                  bins={known().table.bins}
                  since={known().since}
                  context={context()}
                  labelledBy="first-things"
                  onGo={props.onGo}
                />
              </Show>
            )}
          </Show>
        </section>
        <div class={styles.side}>
          <WhatThisIs {...facts} />
          <Levels {...facts} />
          <Also {...facts} />
        </div>
      </div>
      <Exact look={props.look} />
    </div>
  );
};

/** Which sources the page is about: all, or one. */
const SourceSwitch: Component<{ workspace: Workspace }> = (props) => {
  const { sources } = props.workspace;
  const [all, some] = ['all', 'some'];
  const value = () => {
    const visible = sources.visibleIds();
    if (visible.length === sources.ids().length) return all;
    return visible.length === 1 ? String(visible[0]) : some;
  };
  return (
    <Show when={sources.ids().length > 1}>
      <select
        class={styles.select}
        aria-label="Sources the page is about"
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          const one = sources.ids().find((id) => String(id) === chosen);
          if (chosen === all) sources.setShown(sources.ids(), true);
          else if (one !== undefined && value() !== chosen) sources.showOnly(one);
        }}
      >
        <option value={all} selected={value() === all}>
          All {toCountText(sources.ids().length, 'source')}
        </option>
        <Show when={value() === some}>
          <option value={some} selected>
            {sources.visibleIds().length} of {sources.ids().length} sources
          </option>
        </Show>
        <For each={sources.ids()}>
          {(id) => (
            <option value={String(id)} selected={value() === String(id)}>
              Only {sources.nameOf(id)}
            </option>
          )}
        </For>
      </select>
    </Show>
  );
};

/** What the figures rest on. */
const Exact: Component<{ look: FirstLook }> = (props) => {
  const isPartial = () => props.look.sources.some(({ state }) => state === 'partial' || state === 'failed');
  const isWhole = () => !props.look.isReading && !isPartial();
  const records = () => toCountText(props.look.recordCount, 'record');
  const read = () => {
    const { look } = props;
    const lines = `${toCountText(look.lineCount, 'line')} of ${toFileSizeText(look.sizeBytes)}`;
    if (look.isReading) return `${lines} are being read.`;
    if (isPartial()) return 'Reading stopped before the end.';
    const isKept = look.sources.every(({ isFromCache }) => isFromCache);
    return `All ${lines} were ${isKept ? 'known from the index kept before, read' : 'read'} in ${toDurationText(look.readMs)}.`;
  };
  return (
    <p class={styles.exact}>
      <Icon name={isWhole() ? 'check' : 'clock'} class={isWhole() ? styles.good : ''} />
      <span>
        <b>{isWhole() ? `Exact over ${records()}.` : `${records()} so far.`}</b> {read()} Nothing was sampled and
        nothing left this device.
      </span>
    </p>
  );
};

/** Sources that hold no text have nothing to be told but that. */
const NoText: Component<{ workspace: Workspace }> = (props) => {
  const { sources, view } = props.workspace;
  const shown = () => sources.list().filter((source) => !sources.hidden().has(source.id));
  return (
    <div class={styles.page}>
      <h1 class={styles.empty}>
        {shown()
          .map((source) => toEmptyText(source))
          .filter((text) => text !== '')
          .join(' ') || 'Reading.'}
      </h1>
      <Show when={shown().some(({ kind }) => kind === 'binary')}>
        <button type="button" class={styles.link} onClick={() => view.show('lines')}>
          Show the bytes
        </button>
      </Show>
    </div>
  );
};
