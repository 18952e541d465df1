/** No record passes the filter: its parts with what each keeps, and the one to drop. */
import { type Component, createEffect, createSignal, For, onCleanup, Show } from 'solid-js';

import { findCulprit, type FilterPart, type PartCounts, withoutPart } from '../../state/culprit';
import { countOrNull } from '../../state/count';
import type { Workspace } from '../../state/workspace';
import { Button } from '../../ui/Button';
import { toCountText, toNumberText } from '../../ui/size-text';
import { toLook } from '../levels';
import { toRangeText } from '../time-text';
import styles from './NothingLeft.module.css';

interface NothingLeftProps {
  workspace: Workspace;
  zone: string;
}

export const NothingLeft: Component<NothingLeftProps> = (props) => {
  const { filter, acts } = props.workspace;
  const [counts, setCounts] = createSignal<readonly PartCounts[]>([]);

  // The same filter may come to be of other parts: typed text that becomes clauses.
  createEffect(() => {
    if (filter.isWaiting()) return;
    const parts = partsOf(props.workspace, props.zone);
    const asking = new AbortController();
    onCleanup(() => asking.abort());
    void countParts(parts, asking.signal);
  });

  async function countParts(parts: readonly FilterPart[], signal: AbortSignal): Promise<void> {
    setCounts(parts.map((part) => ({ part, alone: null, without: null })));
    const found = await Promise.all(
      parts.map(async (part, at) => ({
        part,
        alone: await countOrNull(filter.count, part.filter, signal),
        without: await countOrNull(filter.count, withoutPart(parts, at), signal),
      })),
    );
    if (!signal.aborted) setCounts(found);
  }

  const culprit = () => findCulprit(counts());
  const verdict = () => {
    const one = culprit();
    if (!one) return counts().length > 1 ? 'Each part keeps records; together they keep none.' : '';
    if (one.without) return `Without “${one.part.label}” ${toCountText(one.without, 'record passes', 'records pass')}.`;
    return `“${one.part.label}” keeps no record, even alone.`;
  };

  return (
    <div class={styles.nothing}>
      <p>
        <b>No record passes the filter.</b> {verdict()}
      </p>
      <Show when={counts().length > 0}>
        <table class={styles.parts} aria-label="Parts of the filter">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Alone</th>
              <th scope="col">Without it</th>
              <td />
            </tr>
          </thead>
          <tbody>
            <For each={counts()}>
              {(one) => (
                <tr classList={{ [styles.culprit ?? '']: one.part === culprit()?.part }}>
                  <th scope="row">{one.part.label}</th>
                  <td>{one.alone === null ? '…' : toNumberText(one.alone)}</td>
                  <td>{one.without === null ? '…' : toNumberText(one.without)}</td>
                  <td>
                    <Button
                      size="small"
                      look={one.part === culprit()?.part ? 'primary' : 'quiet'}
                      aria-label={`Drop ${one.part.label}`}
                      onClick={() => one.part.drop()}
                    >
                      Drop
                    </Button>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <div class={styles.buttons}>
        <Show when={acts.nextUndo()}>
          {(title) => (
            <Button title={title()} onClick={() => acts.undo()}>
              Undo
            </Button>
          )}
        </Show>
        <Button onClick={() => void filter.clear()}>Clear the filter</Button>
      </div>
    </div>
  );
};

/** All that narrows what is shown, each with the way to take it away. */
function partsOf({ filter }: Workspace, zone: string): FilterPart[] {
  const parts: FilterPart[] = [];
  for (const clause of filter.clauses()) {
    const only = clause.isOn ? filter.filterOf(clause) : null;
    if (!only) continue;
    const label = `${clause.isNegated ? 'not ' : ''}${filter.meaningOf(clause)?.label ?? clause.text}`;
    parts.push({ label, filter: only, drop: () => filter.remove(clause.id) });
  }
  const typed = filter.typed();
  if (typed) parts.push({ label: filter.text().trim(), filter: typed, drop: () => filter.setText('') });
  const range = filter.range();
  if (range) {
    parts.push({
      label: `time ${toRangeText(range.start, range.end, zone)}`,
      filter: { kind: 'time', ...range },
      drop: () => filter.setRange(null),
    });
  }
  const off = [...filter.levelsOff()];
  if (off.length > 0) {
    parts.push({
      label: `without ${off.map((level) => toLook(level).word).join(', ')}`,
      filter: { kind: 'and', of: off.map((level) => ({ kind: 'not', of: { kind: 'level', min: level, max: level } })) },
      drop: () => filter.showAllLevels(),
    });
  }
  return parts;
}
