/** The sources of the workspace: a table to find and switch them, and beside it what can be changed about the current one. */
import { type Component, createMemo, createResource, createSignal, Show } from 'solid-js';

import { isFault } from '../../base/fault';
import type { RecordId, SourceId } from '../../engine/records/record';
import type { ClockRepairStore } from '../../state/clock-repair';
import type { DigestsStore } from '../../state/digests';
import { fileNameOf, findSources, groupByFolder } from '../../state/source-groups';
import type { SourcesStore } from '../../state/sources';
import { Button } from '../../ui/Button';
import { toCountText } from '../../ui/size-text';
import { type FormatName, SourceForm } from './SourceForm';
import { SourceList } from './SourceList';
import styles from './SourcesPanel.module.css';

interface SourcesPanelProps {
  sources: SourcesStore;
  digests: DigestsStore;
  formats: () => Promise<readonly FormatName[]>;
  zone: string;
  repair: ClockRepairStore;
  /** Of the selected record; null when none is selected. */
  selectedSource: SourceId | null;
  onCopy: (text: string) => void;
  onShowBytes: (source: SourceId) => void;
  onShowRecord: (record: RecordId) => void;
}

// Fewer are found by eye.
const SEARCH_FROM = 6;

export const SourcesPanel: Component<SourcesPanelProps> = (props) => {
  const [formats] = createResource(readFormats);
  const [search, setSearch] = createSignal('');
  let nameField: HTMLInputElement | undefined;
  let table: HTMLTableElement | undefined;

  /** None when the engine is gone, which is told elsewhere. */
  async function readFormats() {
    try {
      return await props.formats();
    } catch (error) {
      if (!isFault(error)) throw error;
      return [];
    }
  }

  const listed = createMemo(() =>
    props.sources
      .list()
      .map((summary) => ({ summary, title: props.sources.settingsOf(summary.id).title ?? fileNameOf(summary.name) })),
  );
  const found = createMemo(() => findSources(listed(), search()));
  const foundIds = () => found().map(({ summary }) => summary.id);
  const groups = createMemo(() => groupByFolder(found()));
  const isSearched = () => search().trim() !== '';
  const hiddenCount = () => foundIds().filter((id) => props.sources.hidden().has(id)).length;
  const current = () => {
    const id = props.sources.currentId();
    return id !== null && foundIds().includes(id) ? id : (foundIds()[0] ?? null);
  };

  return (
    <div class={styles.panel}>
      <div class={styles.tools}>
        <Show when={props.sources.ids().length >= SEARCH_FROM}>
          <input
            type="search"
            class={styles.search}
            aria-label="Find a source"
            placeholder="Find by name, folder, format or zone"
            value={search()}
            onInput={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || search() === '') return;
              event.stopPropagation();
              setSearch('');
            }}
          />
        </Show>
        <Show when={props.sources.ids().length > 1}>
          <Button size="small" disabled={hiddenCount() === 0} onClick={() => props.sources.setShown(foundIds(), true)}>
            {isSearched() ? `Show ${found().length}` : 'Show all'}
          </Button>
          <Button
            size="small"
            disabled={hiddenCount() === found().length}
            onClick={() => props.sources.setShown(foundIds(), false)}
          >
            {isSearched() ? `Hide ${found().length}` : 'Hide all'}
          </Button>
          <Show when={isSearched()}>
            <Button size="small" disabled={found().length === 0} onClick={() => props.sources.showOnly(...foundIds())}>
              Only {found().length === 1 ? 'this' : 'these'}
            </Button>
          </Show>
        </Show>
        <span class={styles.count} role="status">
          {isSearched() ? `${toCountText(found().length, 'source')} found, ` : ''}
          {`${props.sources.visibleIds().length} of ${toCountText(props.sources.ids().length, 'source')} shown`}
        </span>
      </div>
      <div class={styles.body}>
        <Show when={found().length > 0} fallback={<p class={styles.nothing}>No source holds these words.</p>}>
          <SourceList
            sources={props.sources}
            groups={groups()}
            current={current()}
            onCurrent={props.sources.setCurrentId}
            zone={props.zone}
            onShowRecord={props.onShowRecord}
            tableRef={(element) => {
              table = element;
            }}
            onEdit={() => nameField?.focus()}
          />
        </Show>
        <Show when={current()} keyed>
          {(id) => (
            <Show when={props.sources.get(id)}>
              {(source) => (
                <SourceForm
                  source={source()}
                  sources={props.sources}
                  digests={props.digests}
                  formats={formats() ?? []}
                  canAlign={props.selectedSource === id && props.repair.canBegin()}
                  onAlign={() => props.repair.begin()}
                  onCopy={props.onCopy}
                  onShowBytes={props.onShowBytes}
                  onLeave={() => table?.focus()}
                  nameRef={(input) => {
                    nameField = input;
                  }}
                />
              )}
            </Show>
          )}
        </Show>
      </div>
    </div>
  );
};
