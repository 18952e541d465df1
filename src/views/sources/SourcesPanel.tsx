/** Every source as a line: how it is read and why, its zone, its problems; and what can be changed about it. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, createMemo, createResource, createSignal, For, Show } from 'solid-js';

import { isFault } from '../../base/fault';
import type { SourceSummary } from '../../engine/api';
import type { RecordId, SourceId } from '../../engine/records/record';
import type { DigestsStore } from '../../state/digests';
import type { SourcesStore } from '../../state/sources';
import { Button, IconButton } from '../../ui/Button';
import { toCountText, toDurationText, toFileSizeText, toNumberText, toPercentText } from '../../ui/size-text';
import { toEmptyText, toProblemText } from '../fault-text';
import { toFullText } from '../time-text';
import { DigestsPart } from './DigestsPart';
import styles from './SourcesPanel.module.css';

interface SourcesPanelProps {
  sources: SourcesStore;
  digests: DigestsStore;
  formats: () => Promise<readonly { id: string; title: string; family: string }[]>;
  zone: string;
  onCopy: (text: string) => void;
  onShowBytes: (source: SourceId) => void;
  onShowRecord: (record: RecordId) => void;
}

export const SourcesPanel: Component<SourcesPanelProps> = (props) => {
  const [formats] = createResource(readFormats);
  // Sources whose digests are shown; of a single one they are, for there is room.
  const [open, setOpen] = createSignal<ReadonlySet<SourceId>>(
    new Set(props.sources.ids().length === 1 ? props.sources.ids() : []),
  );
  const toggleDigests = (id: SourceId) =>
    setOpen((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  /** None when the engine is gone, which is told elsewhere. */
  async function readFormats() {
    try {
      return await props.formats();
    } catch (error) {
      if (!isFault(error)) throw error;
      return [];
    }
  }

  const families = createMemo(() => {
    const groups = new Map<string, { id: string; title: string }[]>();
    for (const format of formats() ?? []) groups.set(format.family, [...(groups.get(format.family) ?? []), format]);
    return [...groups].map(([family, members]) => ({
      family,
      members: members.sort((a, b) => a.title.localeCompare(b.title)),
    }));
  });
  return (
    <div class={styles.scroll} tabIndex={0} role="region" aria-label="Sources, scrollable">
      <datalist id="zones">
        <For each={ZONES}>{(zone) => <option value={zone} />}</For>
      </datalist>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">Shown</th>
            <th scope="col">Source</th>
            <th scope="col">Format</th>
            <th scope="col">Zone of its times</th>
            <th scope="col">Times</th>
            <th scope="col" class={styles.number}>
              Records
            </th>
            <th scope="col" class={styles.number}>
              Size
            </th>
            <th scope="col">Problems</th>
            <th scope="col">
              <span class="unseen">Acts</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.sources.ids()}>
            {(id) => (
              <Show when={props.sources.get(id)}>
                {(source) => (
                  <>
                    <SourceRow
                      {...props}
                      source={source()}
                      families={families()}
                      areDigestsOpen={open().has(id)}
                      onToggleDigests={() => toggleDigests(id)}
                    />
                    <Show when={open().has(id)}>
                      <tr id={digestsId(id)}>
                        <td colSpan={COLUMNS} class={styles.digests}>
                          <DigestsPart source={source()} digests={props.digests} onCopy={props.onCopy} />
                        </td>
                      </tr>
                    </Show>
                  </>
                )}
              </Show>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
};

const COLUMNS = 9;
const digestsId = (id: SourceId) => `digests-of-${id}`;
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

interface SourceRowProps extends SourcesPanelProps {
  source: SourceSummary;
  families: readonly { family: string; members: readonly { id: string; title: string }[] }[];
  areDigestsOpen: boolean;
  onToggleDigests: () => void;
}

const SourceRow: Component<SourceRowProps> = (props) => {
  const [zoneText, setZoneText] = createSignal<string | null>(null);
  const id = () => props.source.id;
  const isText = () => props.source.kind === 'text';

  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={`Show ${props.source.name}`}
          checked={!props.sources.hidden().has(id())}
          onChange={() => props.sources.toggle(id())}
        />
      </td>
      <th scope="row">
        <span class={styles.name}>
          <i class={`${styles.bar} src-${props.sources.colourOf(id())}`} aria-hidden="true" />
          {props.source.name}
        </span>
        <span class={styles.small}>{stateText(props.source)}</span>
      </th>
      <td>
        <Show when={isText()} fallback={<span class={styles.small}>{toEmptyText(props.source)}</span>}>
          <select
            class={styles.control}
            aria-label={`Format of ${props.source.name}`}
            title={props.source.format.title}
            value={props.source.format.isForced ? props.source.format.id : ''}
            onChange={(event) => void props.sources.forceFormat(id(), event.currentTarget.value || null)}
          >
            <option value="">
              {props.source.format.isForced ? 'Detect it' : `${props.source.format.title} (detected)`}
            </option>
            <For each={props.families}>
              {(group) => (
                <optgroup label={group.family}>
                  <For each={group.members}>
                    {(format) => (
                      <option
                        value={format.id}
                        selected={props.source.format.isForced && props.source.format.id === format.id}
                      >
                        {format.title}
                      </option>
                    )}
                  </For>
                </optgroup>
              )}
            </For>
          </select>
          <span class={styles.small} title={props.source.format.reason}>
            {props.source.format.isForced ? 'chosen by you' : props.source.format.reason}
            {props.source.format.others[0] ? `; next best: ${props.source.format.others[0].title}` : ''}
          </span>
        </Show>
      </td>
      <td>
        <Show
          when={isText() && hasLocalTimes(props.source)}
          fallback={<span class={styles.small}>{isText() ? zoneNote(props.source) : ''}</span>}
        >
          <input
            class={styles.control}
            list="zones"
            aria-label={`Zone of ${props.source.name}`}
            value={zoneText() ?? props.source.zone}
            onInput={(event) => setZoneText(event.currentTarget.value)}
            onChange={(event) => {
              const zone = event.currentTarget.value.trim();
              setZoneText(null);
              if (zone !== '' && zone !== props.source.zone) void props.sources.setZone(id(), zone);
              else event.currentTarget.value = props.source.zone;
            }}
          />
          <span class={styles.small}>{zoneNote(props.source)}</span>
        </Show>
      </td>
      <td>
        <Show when={props.source.firstTime !== null && props.source.lastTime !== null}>
          <span class={styles.mono}>{toFullText(props.source.firstTime ?? 0, props.zone)}</span>
          <span class={styles.small}>
            {toDurationText((props.source.lastTime ?? 0) - (props.source.firstTime ?? 0))} long
          </span>
        </Show>
      </td>
      <td class={styles.number}>
        {toNumberText(props.source.recordCount)}
        <span class={styles.small}>{toCountText(props.source.lineCount, 'line')}</span>
      </td>
      <td class={styles.number}>
        {toFileSizeText(props.source.sizeBytes)}
        <span class={styles.small}>{packingText(props.source)}</span>
      </td>
      <td>
        <For each={props.source.problems} fallback={<span class={styles.small}>none</span>}>
          {(problem) => (
            <Show
              when={problem.first}
              fallback={
                <span class={styles.problem}>{`${toNumberText(problem.count)} ${toProblemText(problem.code)}`}</span>
              }
            >
              {(first) => (
                <button type="button" class={styles.link} onClick={() => props.onShowRecord(first())}>
                  {`${toNumberText(problem.count)} ${toProblemText(problem.code)}`}
                </button>
              )}
            </Show>
          )}
        </For>
      </td>
      <td>
        <span class={styles.acts}>
          <Button
            size="small"
            look="quiet"
            aria-expanded={props.areDigestsOpen}
            aria-controls={props.areDigestsOpen ? digestsId(id()) : undefined}
            aria-label={`Digests of ${props.source.name}`}
            onClick={() => props.onToggleDigests()}
          >
            Digests
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-label={`Bytes of ${props.source.name}`}
            onClick={() => props.onShowBytes(id())}
          >
            Bytes
          </Button>
          <IconButton
            icon="close"
            label={`Close ${props.source.name}`}
            onClick={() => void props.sources.close(id())}
          />
        </span>
      </td>
    </tr>
  );
};

function stateText(source: SourceSummary): string {
  const share = source.sizeBytes === 0 ? 1 : source.indexedBytes / source.sizeBytes;
  switch (source.state) {
    case 'opening':
      return `opening, ${toPercentText(share)}`;
    case 'open':
      return `read in ${toDurationText(source.elapsedMs)}`;
    case 'partial':
      return `stopped at ${toPercentText(share)}; what was read is here`;
    case 'failed':
      return 'could not be read';
    case 'detached':
      return 'no longer at hand; what is in memory is here';
  }
}

function hasLocalTimes(source: SourceSummary): boolean {
  return source.timeKind !== 'absolute' && source.timeKind !== 'none';
}

function zoneNote(source: SourceSummary): string {
  switch (source.timeKind) {
    case 'absolute':
      return 'written in the times';
    case 'zoneless':
      return 'the times name none';
    case 'yearless':
      return 'the times name neither zone nor year';
    case 'dateless':
      return 'the times name neither zone nor day';
    case 'mixed':
      return 'for the times that name none';
    case 'none':
      return 'no times';
  }
}

function packingText(source: SourceSummary): string {
  const encoding = source.encoding === 'utf-8' ? 'UTF-8' : source.encoding.toUpperCase();
  const unpacked = source.packing === 'gzip' ? `gzip of ${toFileSizeText(source.decodedBytes)}, ` : '';
  return source.kind === 'text' ? `${unpacked}${encoding}, ${source.lineEnding}` : unpacked;
}
