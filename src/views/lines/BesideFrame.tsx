/** The place of the log, and of a second one beside it: heads that tell their sources, the lock between them, the edge to drag. */
// biome-ignore-all lint/a11y/useSemanticElements: a rule that is dragged has no element of its own
import { type Component, createMemo, type JSX, Show } from 'solid-js';

import { toClockOffsetText } from '../../state/clock-offset';
import { MIN_SHARE, type Side } from '../../state/beside';
import { fileNameOf } from '../../state/source-groups';
import type { Workspace } from '../../state/workspace';
import { Button, IconButton } from '../../ui/Button';
import type { MenuEntry } from '../../ui/Menu';
import { MenuButton } from '../../ui/MenuButton';
import { toCountText, toDurationText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import styles from './BesideFrame.module.css';
import { LogGrid } from './LogGrid';

interface BesideFrameProps {
  workspace: Workspace;
  onOpenDetails: () => void;
  /** The log itself. */
  children: JSX.Element;
}

// A step of the keys on the edge, as a share of both panes.
const STEP = 0.02;

export const BesideFrame: Component<BesideFrameProps> = (props) => {
  const { beside, panes } = props.workspace;
  const share = () => beside.layout().share;
  const right = () => panes.get('beside');
  /** px from the top of the panes to the moment that both stand at; null when they are not locked, or it is out of view. */
  const momentTop = createMemo(() => {
    const meeting = beside.meeting();
    const height = panes.log.records.metrics().viewHeight;
    return meeting && meeting.moment.top >= 0 && meeting.moment.top < height ? meeting.moment.top : null;
  });

  return (
    <div
      class={styles.frame}
      ref={(element) => bindVars(element, () => ({ '--share': String(share()), '--moment': `${momentTop() ?? 0}px` }))}
    >
      <Show when={right()}>
        <div class={styles.heads}>
          <Head workspace={props.workspace} side="left" />
          <span class={styles.gap} />
          <Head workspace={props.workspace} side="right" />
        </div>
      </Show>
      <div class={styles.panes} classList={{ [styles.two ?? '']: right() !== null }}>
        {props.children}
        <Show when={right()}>
          {(pane) => (
            <>
              <Edge workspace={props.workspace} />
              <div class={styles.pane}>
                <LogGrid
                  workspace={props.workspace}
                  pane={pane()}
                  label="Second log"
                  onOpenDetails={props.onOpenDetails}
                />
                <Show when={pane().records.count() === 0 && pane().records.isCurrent()}>
                  <p class={styles.nothing}>
                    {beside.sourcesOf('right').length === 0
                      ? 'No source is shown on this side.'
                      : 'No record of these sources passes the filter.'}
                  </p>
                </Show>
              </div>
            </>
          )}
        </Show>
        <Show when={right() !== null && momentTop() !== null}>
          <div class={styles.moment} aria-hidden="true" />
        </Show>
      </div>
    </div>
  );
};

const Head: Component<{ workspace: Workspace; side: Side }> = (props) => {
  const { beside, panes, sources } = props.workspace;
  const pane = () => (props.side === 'left' ? panes.log : panes.get('beside'));
  const names = () =>
    beside
      .sourcesOf(props.side)
      .map((id) => fileNameOf(sources.nameOf(id)))
      .join(', ');
  const entries = (): MenuEntry[] =>
    sources.list().map((source) => ({
      label: sources.nameOf(source.id),
      isOn: beside.isShownOn(props.side, source.id),
      isDisabled: sources.hidden().has(source.id),
      ...(sources.hidden().has(source.id) ? { note: () => 'hidden everywhere' } : {}),
      run: () => beside.toggleSource(props.side, source.id),
    }));
  /** What stands at the moment of the other side, where it is not a record of that moment. */
  const apart = () => {
    const meeting = beside.meeting();
    if (meeting?.side !== props.side) return null;
    const time = pane()?.records.itemAt(meeting.index)?.row.time;
    if (typeof time !== 'number' || time === meeting.moment.time) return null;
    const ms = time - meeting.moment.time;
    return ms > 0 ? `next record ${toDurationText(ms)} later` : `ends ${toDurationText(-ms)} before`;
  };

  const label = () => (props.side === 'left' ? 'Sources on the left' : 'Sources on the right');

  return (
    <div class={styles.head}>
      <MenuButton label={label()} entries={entries}>
        <span class="unseen">{label()}: </span>
        <span class={styles.names}>{names() || 'No source'}</span>
      </MenuButton>
      <span class={styles.count}>{toCountText(pane()?.records.count() ?? 0, 'record')}</span>
      <Show when={apart()}>{(text) => <span class={styles.apart}>{text()}</span>}</Show>
      <span class={styles.push} />
      <Show when={props.side === 'right'}>
        <Show when={beside.layout().isLocked && beside.layout().aheadMs !== 0}>
          <Button
            size="small"
            look="quiet"
            title="Locks both at the same time again"
            onClick={() => beside.resetAhead()}
          >
            {toClockOffsetText(beside.layout().aheadMs)} ahead
          </Button>
        </Show>
        <Button
          size="small"
          look="quiet"
          disabled={!beside.canAlign()}
          title="Locks the panes so that the records selected in both stand side by side"
          onClick={() => void beside.align()}
        >
          Align
        </Button>
        <Button
          size="small"
          look="quiet"
          icon="lock"
          aria-pressed={beside.layout().isLocked}
          title="Keeps both panes at the same time"
          class={styles.lock}
          onClick={() => beside.toggleLock()}
        >
          Locked
        </Button>
        <IconButton icon="close" label="Close the second log" command="panes.beside" onClick={() => beside.toggle()} />
      </Show>
    </div>
  );
};

/** The edge between the panes: dragged, or moved by arrows; Enter or a double click puts it in the middle. */
const Edge: Component<{ workspace: Workspace }> = (props) => {
  const { beside } = props.workspace;
  let edge!: HTMLDivElement;
  const share = () => beside.layout().share;
  const drag = (event: PointerEvent) => {
    const box = edge.parentElement?.getBoundingClientRect();
    if (box && box.width > 0) beside.setShare((event.clientX - box.left) / box.width);
  };
  const KEYS: Readonly<Record<string, () => number>> = {
    ArrowLeft: () => share() - STEP,
    ArrowRight: () => share() + STEP,
    Home: () => MIN_SHARE,
    End: () => 1 - MIN_SHARE,
    Enter: () => 0.5,
  };
  return (
    <div
      ref={(element) => {
        edge = element;
      }}
      class={styles.edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Edge between the logs"
      aria-valuemin={Math.round(MIN_SHARE * 100)}
      aria-valuemax={Math.round((1 - MIN_SHARE) * 100)}
      aria-valuenow={Math.round(share() * 100)}
      aria-valuetext={`${Math.round(share() * 100)} % for the left`}
      onPointerDown={(event) => {
        if (event.button === 0) edge.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (edge.hasPointerCapture(event.pointerId)) drag(event);
      }}
      onDblClick={() => beside.setShare(0.5)}
      onKeyDown={(event) => {
        const next = KEYS[event.key];
        if (!next || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        beside.setShare(next());
      }}
    />
  );
};
