/** What can be changed about one source: its name and colour, how its lines and times are read; and what identifies it. */
import { type Component, createMemo, createSignal, For, Show } from 'solid-js';

import type { SourceSummary } from '../../engine/api';
import type { SourceId } from '../../engine/records/record';
import type { DigestsStore } from '../../state/digests';
import type { SourcesStore } from '../../state/sources';
import { Button } from '../../ui/Button';
import { toCountText, toFileSizeText } from '../../ui/size-text';
import { toEmptyText } from '../fault-text';
import { DigestsPart } from './DigestsPart';
import { OffsetField } from './OffsetField';
import styles from './SourceForm.module.css';
import { ENCODING_TITLES, hasLocalTimes, toPackingText, toStateText, toZoneNote } from './source-text';

export interface FormatName {
  readonly id: string;
  readonly title: string;
  readonly family: string;
}

interface SourceFormProps {
  source: SourceSummary;
  sources: SourcesStore;
  digests: DigestsStore;
  formats: readonly FormatName[];
  /** The selected record belongs to this source and has a time. */
  canAlign: boolean;
  onAlign: () => void;
  onCopy: (text: string) => void;
  onShowBytes: (source: SourceId) => void;
  nameRef: (input: HTMLInputElement) => void;
  /** Escape: back to the table. */
  onLeave: () => void;
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];
// What the tokens --source-1 to --source-8 look like, in both themes.
const COLOURS = ['Teal', 'Violet', 'Blue', 'Olive', 'Magenta', 'Brown', 'Indigo', 'Slate'] as const;

export const SourceForm: Component<SourceFormProps> = (props) => {
  const id = () => props.source.id;
  const name = () => props.sources.nameOf(id());
  const isText = () => props.source.kind === 'text';
  const [areDigestsOpen, setAreDigestsOpen] = createSignal(props.sources.ids().length === 1);
  const [zoneText, setZoneText] = createSignal<string | null>(null);
  const families = createMemo(() => {
    const groups = new Map<string, FormatName[]>();
    for (const format of props.formats) groups.set(format.family, [...(groups.get(format.family) ?? []), format]);
    return [...groups].map(([family, members]) => ({
      family,
      members: members.sort((a, b) => a.title.localeCompare(b.title)),
    }));
  });

  return (
    <section
      class={styles.form}
      aria-label={`Settings of ${name()}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation(); // the panel stays open
        props.onLeave();
      }}
    >
      <datalist id="zones">
        <For each={ZONES}>{(zone) => <option value={zone} />}</For>
      </datalist>
      <div class={styles.line}>
        <label class={styles.label} for="source-name">
          Name
        </label>
        <input
          id="source-name"
          ref={(element) => props.nameRef(element)}
          class={styles.control}
          value={name()}
          placeholder={props.source.name}
          spellcheck={false}
          onChange={(event) => {
            props.sources.rename(id(), event.currentTarget.value);
            event.currentTarget.value = name();
          }}
        />
        <span class={styles.note}>
          {props.sources.settingsOf(id()).title === null ? '' : `${props.source.name} · `}
          {toFileSizeText(props.source.sizeBytes)}
          {toPackingText(props.source) === '' ? '' : `, ${toPackingText(props.source)}`},{' '}
          {toCountText(props.source.lineCount, 'line')}, {toStateText(props.source)}
        </span>
      </div>
      <fieldset class={`${styles.line} ${styles.colours}`}>
        <legend class={styles.label}>Colour</legend>
        <For each={COLOURS}>
          {(name, at) => (
            <label class={`${styles.colour} src-${at()}`} title={name}>
              <input
                type="radio"
                name="source-colour"
                class="unseen"
                aria-label={name}
                checked={props.sources.colourOf(id()) === at()}
                onChange={() => props.sources.setColour(id(), at())}
              />
              <i class={styles.square} aria-hidden="true">
                {at() + 1}
              </i>
            </label>
          )}
        </For>
      </fieldset>
      <div class={styles.line}>
        <span class={styles.label} aria-hidden="true">
          Zone
        </span>
        <Show
          when={isText() && hasLocalTimes(props.source)}
          fallback={<span class={styles.note}>{isText() ? toZoneNote(props.source) : ''}</span>}
        >
          <input
            class={styles.control}
            list="zones"
            aria-label={`Zone of ${name()}`}
            value={zoneText() ?? props.source.zone}
            spellcheck={false}
            onInput={(event) => setZoneText(event.currentTarget.value)}
            onChange={(event) => {
              const zone = event.currentTarget.value.trim();
              setZoneText(null);
              if (zone !== '' && zone !== props.source.zone) void props.sources.setZone(id(), zone);
              else event.currentTarget.value = props.source.zone;
            }}
          />
          <span class={styles.note}>{toZoneNote(props.source)}</span>
        </Show>
      </div>
      <Show when={isText() && props.source.timeKind !== 'none'}>
        <div class={styles.line}>
          <span class={styles.label} aria-hidden="true">
            Clock
          </span>
          <OffsetField
            label={`Clock offset of ${name()}`}
            offsetMs={props.sources.settingsOf(id()).offsetMs}
            onChange={(offsetMs) => props.sources.setOffset(id(), offsetMs)}
          />
        </div>
      </Show>
      <div class={styles.line}>
        <span class={styles.label} aria-hidden="true">
          Format
        </span>
        <Show when={isText()} fallback={<span class={styles.note}>{toEmptyText(props.source)}</span>}>
          <select
            class={styles.control}
            aria-label={`Format of ${name()}`}
            value={props.source.format.isForced ? props.source.format.id : ''}
            onChange={(event) => void props.sources.forceFormat(id(), event.currentTarget.value || null)}
          >
            <option value="">
              {props.source.format.isForced ? 'Detect it' : `${props.source.format.title} (detected)`}
            </option>
            <For each={families()}>
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
          <span class={styles.note}>
            {props.source.format.isForced ? 'chosen by you' : props.source.format.reason}
            {props.source.format.others[0] ? `; next best: ${props.source.format.others[0].title}` : ''}
          </span>
        </Show>
      </div>
      <Show when={isText()}>
        <div class={styles.line}>
          <span class={styles.label} aria-hidden="true">
            Encoding
          </span>
          <select
            class={styles.control}
            aria-label={`Encoding of ${name()}`}
            value={props.source.isEncodingForced ? props.source.encoding : ''}
            onChange={(event) => void props.sources.forceEncoding(id(), event.currentTarget.value || null)}
          >
            <option value="">
              {props.source.isEncodingForced ? 'Detect it' : `${ENCODING_TITLES[props.source.encoding]} (detected)`}
            </option>
            <For each={Object.entries(ENCODING_TITLES)}>
              {([encoding, title]) => (
                <option value={encoding} selected={props.source.isEncodingForced && props.source.encoding === encoding}>
                  {title}
                </option>
              )}
            </For>
          </select>
          <span class={styles.note}>{props.source.encodingReason}</span>
        </div>
      </Show>
      <div class={styles.buttons}>
        <Button
          size="small"
          aria-expanded={areDigestsOpen()}
          aria-label={`Digests of ${name()}`}
          onClick={() => setAreDigestsOpen(!areDigestsOpen())}
        >
          Digests
        </Button>
        <Show when={props.sources.ids().length > 1 && props.source.timeKind !== 'none'}>
          <Button
            size="small"
            icon="clock"
            disabled={!props.canAlign}
            title="Sets its clock by two records that happened at the same moment: the selected one, and one of another source"
            onClick={() => props.onAlign()}
          >
            Align by a record
          </Button>
        </Show>
        <Button size="small" aria-label={`Bytes of ${name()}`} onClick={() => props.onShowBytes(id())}>
          Bytes
        </Button>
      </div>
      <Show when={areDigestsOpen()}>
        <DigestsPart source={props.source} digests={props.digests} onCopy={props.onCopy} />
      </Show>
    </section>
  );
};
