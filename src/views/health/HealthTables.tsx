/** The figures behind the checks, a table each. */
import { type Component, createMemo, For, Index, type JSX, Show } from 'solid-js';

import type { EngineHealth } from '../../engine/api';
import type { HealthFacts, SourceFacts, StorageFacts } from '../../state/health-facts';
import { Button } from '../../ui/Button';
import { toDurationText, toFileSizeText, toMemoryText, toNumberText, toPercentText } from '../../ui/size-text';
import styles from './Health.module.css';

const Section: Component<{ title: string; note?: string; children: JSX.Element }> = (props) => (
  <section class={styles.section} aria-label={props.title}>
    <h3>{props.title}</h3>
    <Show when={props.note}>{(note) => <p class={styles.note}>{note()}</p>}</Show>
    {props.children}
  </section>
);

const Heads: Component<{ names: readonly string[] }> = (props) => (
  <thead>
    <tr>
      <For each={props.names}>{(name) => <th scope="col">{name}</th>}</For>
    </tr>
  </thead>
);

export const WorkersTable: Component<{
  engine: EngineHealth;
  loads: readonly number[];
  onRestart: (worker: number) => void;
}> = (props) => (
  <Section title="Workers" note="Load is of the last half second. The queue counts calls begun or waiting.">
    <table class={styles.table}>
      <Heads names={['Worker', 'Load', 'Queue', 'Restarts', 'Shards', 'Bytes', 'Columns', 'Memory', 'Repair']} />
      <tbody>
        <Index each={props.engine.workers}>
          {(worker, index) => (
            <tr>
              <th scope="row">{worker().id + 1}</th>
              <td>{worker().isAnswering ? toPercentText(props.loads[index] ?? 0) : 'no answer'}</td>
              <td>{toNumberText(worker().pendingCalls)}</td>
              <td>{toNumberText(worker().restarts)}</td>
              <td>{toNumberText(worker().shardCount)}</td>
              <td>{toMemoryText(worker().residentBytes)}</td>
              <td>{toMemoryText(worker().columnBytes)}</td>
              <td>{worker().isAnswering ? toMemoryText(worker().memoryBytes) : 'not told'}</td>
              <td>
                <Button size="small" onClick={() => props.onRestart(worker().id)}>
                  Restart<span class="unseen"> worker {worker().id + 1}</span>
                </Button>
              </td>
            </tr>
          )}
        </Index>
      </tbody>
    </table>
  </Section>
);

export const TimingsTable: Component<{ timings: HealthFacts['timings'] }> = (props) => (
  <Section
    title="Answers of the engine"
    note="By kind of call, as the page waited for them since it was opened. Percentiles are at most 19 % above the truth."
  >
    <table class={styles.table}>
      <Heads names={['Call', 'Answered', 'p50', 'p95', 'p99', 'Longest', 'Failed', 'Replaced']} />
      <tbody>
        <Index each={props.timings}>
          {(timing) => (
            <tr>
              <th scope="row">
                <code>{timing().call}</code>
              </th>
              <td>{toNumberText(timing().count)}</td>
              <td>{toShortText(timing().p50Ms)}</td>
              <td>{toShortText(timing().p95Ms)}</td>
              <td>{toShortText(timing().p99Ms)}</td>
              <td>{toShortText(timing().maxMs)}</td>
              <td>{toNumberText(timing().failedCount)}</td>
              <td>{toNumberText(timing().staleCount)}</td>
            </tr>
          )}
        </Index>
      </tbody>
    </table>
  </Section>
);

/** 0.4 ms, 8.1 ms, 61 ms, 30.0 s */
function toShortText(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : toDurationText(ms);
}

export const IndexTable: Component<{
  counts: NonNullable<EngineHealth['indexCache']>;
  onClear: () => void;
}> = (props) => (
  <Section
    title="Index cache"
    note="Indexes let a log of 4 MB or more open again at once. Counted since the engine started."
  >
    <table class={styles.table}>
      <Heads names={['Found', 'Missed', 'Hit rate', 'Written', 'Given up', 'Repair']} />
      <tbody>
        <tr>
          <td>{toNumberText(props.counts.found)}</td>
          <td>{toNumberText(props.counts.missed)}</td>
          <td>{toRateText(props.counts.found, props.counts.missed)}</td>
          <td>{toNumberText(props.counts.written)}</td>
          <td>{toNumberText(props.counts.givenUp)}</td>
          <td>
            <Button size="small" onClick={() => props.onClear()}>
              Clear the indexes
            </Button>
          </td>
        </tr>
      </tbody>
    </table>
  </Section>
);

function toRateText(found: number, missed: number): string {
  return found + missed === 0 ? 'not asked yet' : toPercentText(found / (found + missed));
}

const KIND_TITLES: Record<StorageFacts['parts'][number]['kind'], string> = {
  settings: 'Settings',
  workspaces: 'Workspaces',
  analyses: 'Analyses',
  indexes: 'Indexes',
  unpacked: 'Unpacked archives',
  app: 'Loupe itself',
};

export const StorageTable: Component<{ storage: StorageFacts }> = (props) => (
  <Section title="Kept in this browser">
    <table class={styles.table}>
      <Heads names={['What', 'Size']} />
      <tbody>
        <For each={props.storage.parts}>
          {(part) => (
            <tr>
              <th scope="row">{KIND_TITLES[part.kind]}</th>
              <td>{part.bytes === null ? 'not told' : toFileSizeText(part.bytes)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  </Section>
);

export const ProblemsTable: Component<{ sources: HealthFacts['sources'] }> = (props) => {
  const problems = createMemo(() => sumProblems(props.sources));
  return (
    <Show when={problems().length > 0}>
      <Section
        title="Problems"
        note="Counted while the sources were read; where each was met first stands beside its source."
      >
        <table class={styles.table}>
          <Heads names={['Problem', 'Count']} />
          <tbody>
            <For each={problems()}>
              {([code, count]) => (
                <tr>
                  <th scope="row">
                    <code>{code}</code>
                  </th>
                  <td>{toNumberText(count)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Section>
    </Show>
  );
};

/** By code, the most frequent first. */
function sumProblems(sources: readonly SourceFacts[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { code, count } of sources.flatMap((source) => source.problems)) {
    sums.set(code, (sums.get(code) ?? 0) + count);
  }
  return [...sums].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
}
