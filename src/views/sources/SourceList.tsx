/** The sources as a table that is walked by key: one line each, grouped by folder. What can be changed stands beside it. */
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: its role is a grid’s, told at run time
// biome-ignore-all lint/a11y/useSemanticElements: rows of a table that has the focus itself, as the log has
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: of a table with role grid, rows and cells are the grid's
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus, and tells its current row by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: its keys are those of the page, in the region `sources`
import { type Component, createEffect, createUniqueId, For, on, Show } from 'solid-js';

import type { SourceSummary } from '../../engine/api';
import type { RecordId, SourceId } from '../../engine/records/record';
import { toClockOffsetText } from '../../state/clock-offset';
import { neighbour, type SourceGroup } from '../../state/source-groups';
import type { SourcesStore } from '../../state/sources';
import { IconButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { toCountText, toDurationText, toNumberText } from '../../ui/size-text';
import { toEmptyText, toProblemText } from '../fault-text';
import { LEVEL_LOOKS } from '../levels';
import { toFullText } from '../time-text';
import styles from './SourceList.module.css';
import { toStateText } from './source-text';

interface SourceListProps {
  sources: SourcesStore;
  groups: readonly SourceGroup[];
  current: SourceId | null;
  onCurrent: (id: SourceId) => void;
  zone: string;
  onShowRecord: (record: RecordId) => void;
  tableRef: (table: HTMLTableElement) => void;
  /** Enter on a source. */
  onEdit: () => void;
}

const COLUMNS = ['Shown', 'Source', 'Format', 'Zone', 'Times', 'Trouble', 'Records', 'Problems'] as const;
// How far PageUp and PageDown go.
const PAGE_ROWS = 10;
const TROUBLE = LEVEL_LOOKS.filter((look) => look.key === 'FATAL' || look.key === 'ERROR' || look.key === 'WARN');

export const SourceList: Component<SourceListProps> = (props) => {
  const listId = createUniqueId();
  const rowId = (id: SourceId) => `${listId}-${id}`;
  const isGrouped = () => props.groups.some((group) => group.folder !== '');
  let table!: HTMLTableElement;

  createEffect(
    on(
      () => props.current,
      (id) => {
        if (id !== null) document.getElementById(rowId(id))?.scrollIntoView?.({ block: 'nearest' });
      },
      { defer: true },
    ),
  );

  const walk = (step: number) => {
    const next = neighbour(props.groups, props.current, step);
    if (next !== null) props.onCurrent(next);
  };
  const STEPS: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    j: 1,
    k: -1,
    PageDown: PAGE_ROWS,
    PageUp: -PAGE_ROWS,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== table || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step !== undefined) walk(step);
    else if (event.key === 'Enter' || event.key === 'F2') props.onEdit();
    else return;
    event.preventDefault();
  };

  return (
    <div class={styles.scroll}>
      <table
        ref={(element) => {
          table = element;
          props.tableRef(element);
        }}
        class={styles.table}
        role={isGrouped() ? 'treegrid' : 'grid'}
        tabIndex={0}
        aria-label={`Sources, ${toCountText(props.groups.flatMap((group) => group.sources).length, 'source')}`}
        aria-activedescendant={props.current === null ? undefined : rowId(props.current)}
        data-region="sources"
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <For each={COLUMNS}>
              {(column) => (
                <th scope="col" classList={{ [styles.number ?? '']: column === 'Records' }}>
                  {column}
                </th>
              )}
            </For>
            <th scope="col">
              <span class="unseen">Acts</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.groups}>
            {(group) => (
              <>
                <Show when={isGrouped()}>
                  <FolderRow sources={props.sources} group={group} />
                </Show>
                <For each={group.sources.map((source) => source.summary.id)}>
                  {(id) => (
                    <Show when={props.sources.get(id)}>
                      {(source) => (
                        <SourceRow
                          {...props}
                          source={source()}
                          rowId={rowId(id)}
                          level={isGrouped() ? 2 : undefined}
                          isCurrent={props.current === id}
                        />
                      )}
                    </Show>
                  )}
                </For>
              </>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
};

const FolderRow: Component<{ sources: SourcesStore; group: SourceGroup }> = (props) => {
  const ids = () => props.group.sources.map((source) => source.summary.id);
  const shownCount = () => ids().filter((id) => !props.sources.hidden().has(id)).length;
  const name = () => (props.group.folder === '' ? 'No folder' : props.group.folder);
  return (
    <tr class={styles.folder} aria-level={1} aria-expanded={true}>
      <td>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Show ${name()}`}
          checked={shownCount() > 0}
          ref={(element) =>
            createEffect(() => (element.indeterminate = shownCount() > 0 && shownCount() < ids().length))
          }
          onChange={(event) => props.sources.setShown(ids(), event.currentTarget.checked)}
        />
      </td>
      <th scope="rowgroup" colSpan={COLUMNS.length}>
        <Icon name="folder" class={styles.folderIcon} /> {name()}{' '}
        <span class={styles.faint}>{toCountText(ids().length, 'source')}</span>
      </th>
    </tr>
  );
};

interface SourceRowProps extends SourceListProps {
  source: SourceSummary;
  rowId: string;
  level: number | undefined;
  isCurrent: boolean;
}

const SourceRow: Component<SourceRowProps> = (props) => {
  const id = () => props.source.id;
  const name = () => props.sources.nameOf(id());
  const trouble = () => TROUBLE.filter((look) => (props.source.levelCounts[look.code] ?? 0) > 0);
  return (
    <tr
      id={props.rowId}
      aria-level={props.level}
      aria-selected={props.isCurrent}
      classList={{ [styles.current ?? '']: props.isCurrent, [styles.hidden ?? '']: props.sources.hidden().has(id()) }}
      onClick={() => props.onCurrent(id())}
    >
      <td>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Show ${name()}`}
          checked={!props.sources.hidden().has(id())}
          onChange={() => props.sources.toggle(id())}
        />
      </td>
      <th scope="row">
        <span class={styles.name} title={props.source.name}>
          <i class={`${styles.bar} src-${props.sources.colourOf(id())}`} aria-hidden="true" />
          {name()}
        </span>
        <Show when={props.source.state !== 'open'}>
          <span class={styles.faint}> {toStateText(props.source)}</span>
        </Show>
      </th>
      <td class={styles.format} title={props.source.format.reason}>
        {props.source.kind === 'text' ? props.source.format.title : toEmptyText(props.source)}
        <Show when={props.source.format.isForced}>
          <span class={styles.faint}> chosen</span>
        </Show>
      </td>
      <td>
        {props.source.timeKind === 'absolute' ? 'in the times' : props.source.zone}
        <Show when={props.sources.settingsOf(id()).offsetMs !== 0}>
          <b class={styles.offset}> {toClockOffsetText(props.sources.settingsOf(id()).offsetMs)}</b>
        </Show>
      </td>
      <td>
        <Show when={props.source.firstTime !== null}>
          <span class={styles.mono}>{toFullText(props.source.firstTime ?? 0, props.zone)}</span>
          <span class={styles.faint}>
            {' '}
            {toDurationText((props.source.lastTime ?? 0) - (props.source.firstTime ?? 0))} long
          </span>
        </Show>
      </td>
      <td class={styles.trouble}>
        <For each={trouble()} fallback={<span class={styles.faint}>none</span>}>
          {(look) => (
            <span class={`${styles.level} ${look.className}`}>
              <Show when={look.glyph}>{(glyph) => <Icon name={glyph()} small />}</Show>
              <span class="unseen">{look.word} </span>
              {toNumberText(props.source.levelCounts[look.code] ?? 0)}
            </span>
          )}
        </For>
      </td>
      <td class={styles.number}>{toNumberText(props.source.recordCount)}</td>
      <td>
        <For each={props.source.problems} fallback={<span class={styles.faint}>none</span>}>
          {(problem) => (
            <Show
              when={problem.first}
              fallback={<span>{`${toNumberText(problem.count)} ${toProblemText(problem.code)} `}</span>}
            >
              {(first) => (
                <button type="button" class={styles.link} tabIndex={-1} onClick={() => props.onShowRecord(first())}>
                  {`${toNumberText(problem.count)} ${toProblemText(problem.code)}`}
                </button>
              )}
            </Show>
          )}
        </For>
      </td>
      <td class={styles.acts}>
        <IconButton
          icon="filter"
          label={`Only ${name()}`}
          keys="o"
          tabIndex={-1}
          onClick={() => props.sources.showOnly(id())}
        />
        <IconButton
          icon="close"
          label={`Close ${name()}`}
          keys="Del"
          tabIndex={-1}
          onClick={() => void props.sources.close([id()])}
        />
      </td>
    </tr>
  );
};
