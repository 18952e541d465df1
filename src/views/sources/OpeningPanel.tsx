/** What is being read: bytes, rate, time left, and the way to stop and keep what there is. */
import { type Component, createMemo, For, Show } from 'solid-js';

import type { SourceSummary } from '../../engine/api';
import type { SourcesStore } from '../../state/sources';
import { Button, IconButton } from '../../ui/Button';
import { toCountText, toDurationText, toFileSizeText, toPercentText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import styles from './OpeningPanel.module.css';

export const OpeningPanel: Component<{ sources: SourcesStore; firstError: () => void }> = (props) => {
  const opening = props.sources.opening;
  const totals = createMemo(() => {
    const list = opening();
    const done = list.reduce((sum, source) => sum + source.indexedBytes, 0);
    const size = list.reduce((sum, source) => sum + source.sizeBytes, 0);
    const elapsedMs = Math.max(1, ...list.map((source) => source.elapsedMs));
    return { done, size, rate: (done / elapsedMs) * 1000 };
  });
  const errors = () =>
    opening().reduce((sum, source) => sum + (source.levelCounts[5] ?? 0) + (source.levelCounts[6] ?? 0), 0);

  return (
    <section class={styles.panel} aria-label="Opening">
      <header class={styles.head}>
        <h2>Opening {toCountText(opening().length, 'file')}</h2>
        <span class={styles.faint}>
          {toFileSizeText(totals().done)} of {toFileSizeText(totals().size)} · {toFileSizeText(totals().rate)}/s
          {leftText(totals())}
        </span>
        <span class={styles.push} />
        <span class={styles.faint}>Rows can be read and filtered now.</span>
        <Button size="small" onClick={() => void props.sources.stopAll()}>
          Cancel <kbd>Esc</kbd>
        </Button>
      </header>
      <ol class={styles.list}>
        <For each={opening()}>
          {(source) => (
            <OpeningRow
              source={source}
              colour={props.sources.colourOf(source.id)}
              onStop={() => void props.sources.stop(source.id)}
            />
          )}
        </For>
      </ol>
      <Show when={errors() > 0}>
        <p class={styles.foot}>
          {toCountText(errors(), 'ERROR or FATAL', 'ERROR and FATAL')} so far
          <Button size="small" look="quiet" onClick={() => props.firstError()}>
            Go to the next one <kbd>e</kbd>
          </Button>
        </p>
      </Show>
    </section>
  );
};

function leftText({ done, size, rate }: { done: number; size: number; rate: number }): string {
  if (rate <= 0) return '';
  const leftMs = ((size - done) / rate) * 1000;
  return leftMs < 1000 ? ' · less than 1 s left' : ` · about ${toDurationText(leftMs)} left`;
}

const OpeningRow: Component<{ source: SourceSummary; colour: number; onStop: () => void }> = (props) => {
  const share = () =>
    props.source.sizeBytes === 0 ? 1 : Math.min(1, props.source.indexedBytes / props.source.sizeBytes);
  const rate = () => (props.source.indexedBytes / Math.max(1, props.source.elapsedMs)) * 1000;
  return (
    <li class={styles.row}>
      <i class={`${styles.bar} src-${props.colour}`} aria-hidden="true" />
      <span class={styles.name}>{props.source.name}</span>
      <span class={styles.faint}>{props.source.packing === 'gzip' ? 'Unpacking gzip' : 'Reading'}</span>
      <span
        class={styles.progress}
        role="progressbar"
        aria-label={`Reading ${props.source.name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share() * 100)}
        aria-valuetext={toPercentText(share())}
        ref={(element) => bindVars(element, () => ({ '--share': String(share()) }))}
      />
      <span class={styles.number}>
        {toFileSizeText(props.source.indexedBytes)} of {toFileSizeText(props.source.sizeBytes)}
      </span>
      <span class={styles.number}>{toFileSizeText(rate())}/s</span>
      <span class={styles.number}>{toCountText(props.source.recordCount, 'record')}</span>
      <IconButton
        icon="close"
        label={`Stop reading ${props.source.name} and keep what was read`}
        onClick={() => props.onStop()}
      />
    </li>
  );
};
