/** All marks and notes of the workspace, by time: to read, to go to, to take along. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, For, Show } from 'solid-js';

import type { RecordId, SourceId } from '../../engine/records/record';
import type { Mark, MarksStore } from '../../state/marks';
import { Button, IconButton } from '../../ui/Button';
import { Markdown } from '../../ui/Markdown';
import { toCountText } from '../../ui/size-text';
import { LogText } from '../LogText';
import { toFullText } from '../time-text';
import styles from './MarksPanel.module.css';

interface MarksPanelProps {
  marks: MarksStore;
  sourceName: (id: SourceId) => string;
  sourceColour: (id: SourceId) => number;
  zone: string;
  isSelected: (id: RecordId) => boolean;
  onGoTo: (id: RecordId) => void;
  onNote: (id: RecordId) => void;
  onCopy: (text: string) => void;
}

export const MarksPanel: Component<MarksPanelProps> = (props) => {
  const noteCount = () => props.marks.list().filter((mark) => mark.note !== '').length;
  return (
    <Show
      when={props.marks.list().length > 0}
      fallback={
        <p class={styles.empty}>
          No marks yet. <kbd>m</kbd> marks the selected record, <kbd>Shift</kbd> <kbd>M</kbd> writes a note on it.
        </p>
      }
    >
      <div class={styles.panel}>
        <div class={styles.head}>
          <span>
            {toCountText(props.marks.list().length, 'mark')}, {toCountText(noteCount(), 'note')}
          </span>
          <Button
            size="small"
            look="quiet"
            icon="copy"
            onClick={() => props.onCopy(toMarkdown(props.marks.list(), props))}
          >
            Copy as Markdown
          </Button>
        </div>
        <ol class={styles.list} tabIndex={0} aria-label="Marks and notes">
          <For each={props.marks.list()}>
            {(mark) => (
              <li class={styles.mark} classList={{ [styles.selected ?? '']: props.isSelected(mark.id) }}>
                <button type="button" class={styles.record} onClick={() => props.onGoTo(mark.id)}>
                  <span class={styles.time}>
                    {mark.time === null ? '' : toFullText(mark.time, props.zone).slice(5)}
                  </span>
                  <span class={styles.source}>
                    <i class={`${styles.bar} src-${props.sourceColour(mark.id.source)}`} aria-hidden="true" />
                    {props.sourceName(mark.id.source)}
                  </span>
                  <span class={styles.text}>
                    <LogText text={mark.text} />
                  </span>
                </button>
                <span class={styles.verbs}>
                  <IconButton
                    icon="note"
                    label={mark.note === '' ? 'Write a note' : 'Change the note'}
                    command="note.write"
                    onClick={() => props.onNote(mark.id)}
                  />
                  <IconButton icon="close" label="Remove the mark" onClick={() => props.marks.remove(mark.id)} />
                </span>
                <Show when={mark.note !== ''}>
                  <div class={styles.note}>
                    <Markdown text={mark.note} />
                  </div>
                </Show>
              </li>
            )}
          </For>
        </ol>
      </div>
    </Show>
  );
};

/** Marks as a document of their own: time, source, record, note. A fence longer than any in the record keeps it text. */
export function toMarkdown(
  marks: readonly Mark[],
  { sourceName, zone }: Pick<MarksPanelProps, 'sourceName' | 'zone'>,
): string {
  return marks
    .map((mark) => {
      const time = mark.time === null ? 'no time' : `${toFullText(mark.time, zone)} ${zone}`;
      const fence = '`'.repeat(Math.max(3, ...(mark.text.match(/`+/g) ?? []).map((run) => run.length + 1)));
      return `### ${time}, ${sourceName(mark.id.source)}, byte ${mark.id.offset}\n\n${fence}\n${mark.text}\n${fence}\n${
        mark.note === '' ? '' : `\n${mark.note}\n`
      }`;
    })
    .join('\n');
}
