/** The dialogs about places and records: where to go, the note of a record, the zone of the times. Loaded when first asked for. */
import { type Component, Show, Suspense } from 'solid-js';

import type { RecordId } from '../engine/records/record';
import type { MarkedRecord } from '../state/marks';
import type { Workspace } from '../state/workspace';
import { latePart } from '../ui/late-part';

const NoteDialog = latePart(async () => ({ default: (await import('../views/marks/NoteDialog')).NoteDialog }));
const GoToDialog = latePart(async () => ({ default: (await import('../views/moving/GoToDialog')).GoToDialog }));
const ZoneDialog = latePart(async () => ({ default: (await import('../views/timeline/ZoneDialog')).ZoneDialog }));

interface RecordDialogsProps {
  workspace: Workspace;
  dialog: string | null;
  /** The record to write a note on; null: the selected one. */
  noteOf: RecordId | null;
  onClose: () => void;
}

export const RecordDialogs: Component<RecordDialogsProps> = (props) => {
  const { sources, marks, settings, panes } = props.workspace;
  const records = () => panes.active().records;
  const firstRow = () => records().visible()[0]?.row;
  const selectedRow = () => records().itemAt(records().selected()?.index ?? -1)?.row;
  const source = () => (selectedRow() ?? firstRow())?.id.source ?? 0;
  const noted = (): MarkedRecord | null => {
    const mark = props.noteOf && marks.get(props.noteOf);
    return mark ?? selectedRow() ?? null;
  };
  return (
    <Suspense>
      <Show when={props.dialog === 'go-to'}>
        <GoToDialog
          zone={settings.settings().zone}
          around={selectedRow()?.time ?? firstRow()?.time ?? null}
          source={source()}
          sourceName={sources.nameOf(source()) || 'the source'}
          onLook={(destination) => panes.active().cursor.look(destination)}
          onGo={(destination) => void panes.active().cursor.goTo(destination)}
          onClose={() => props.onClose()}
        />
      </Show>
      <Show when={props.dialog === 'note' ? noted() : null}>
        {(record) => (
          <NoteDialog
            recordText={record().text.split('\n', 1)[0] ?? ''}
            note={marks.get(record().id)?.note ?? ''}
            onSave={(note) => marks.setNote(record(), note)}
            onClose={() => props.onClose()}
          />
        )}
      </Show>
      <Show when={props.dialog === 'zone'}>
        <ZoneDialog
          zone={settings.settings().zone}
          at={selectedRow()?.time ?? firstRow()?.time ?? Date.now()}
          onChoose={(zone) => settings.change({ zone })}
          onClose={() => props.onClose()}
        />
      </Show>
    </Suspense>
  );
};
