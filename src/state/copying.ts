/**
 * The selected records as text: raw, as the file has them, or as a table of the columns that are shown. Read a stretch at a
 * time, whole records even where their rows are cut.
 */
import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Row, RowsOptions } from '../engine/api';
import { type ColumnId, fieldOf } from './layout';
import type { LayoutStore } from './layout';
import type { PanesStore } from './panes';
import type { PickRange } from './picks';
import type { SourcesStore } from './sources';

// More is more than other programs take from a clipboard; a file takes all.
export const CLIPBOARD_RECORDS = 100_000;
const ROWS_AT_ONCE = 2048;
// What the engine gives at once.
const BYTES_AT_ONCE = 1024 * 1024;
// Each tells how far it is after so many records.
const TOLD_RECORDS = 20_000;

interface CopyingDeps {
  readonly panes: PanesStore;
  readonly layout: LayoutStore;
  readonly sources: SourcesStore;
  /** Where text goes; rejects with a DOMException where the browser does not let it. */
  readonly write?: (text: string) => Promise<void>;
  readonly save?: (name: string, parts: readonly string[]) => void;
}

export function createCopying(engine: Pick<EngineClient, 'rows' | 'bytes'>, deps: CopyingDeps) {
  const { panes, layout, sources } = deps;
  const write = deps.write ?? ((text: string) => navigator.clipboard.writeText(text));
  const save = deps.save ?? saveFile;
  const latest = createLatest();
  const count = () => panes.active().records.pickedCount();
  const say = (text: string) => panes.active().cursor.say(text);
  const toTextOf = (records: number) => `${records.toLocaleString()} ${records === 1 ? 'record' : 'records'}`;

  /** Reads what is selected in the pane that keys act on. @throws Fault of the engine, `stale` when a newer copy began */
  async function collect(options: RowsOptions, toText: (row: Row) => Promise<string> | string): Promise<string[]> {
    const { records } = panes.active();
    const answer = records.answer();
    const ranges = records.picked();
    const total = records.pickedCount();
    if (!answer) return [];
    return latest.run(async (signal) => {
      const parts: string[] = [];
      for await (const rows of stretches(answer.info.handle, ranges, options)) {
        if (signal.aborted) return [];
        for (const row of rows) parts.push(await toText(row));
        if (parts.length < total && parts.length % TOLD_RECORDS < ROWS_AT_ONCE && parts.length >= TOLD_RECORDS) {
          say(`Reading, ${parts.length.toLocaleString()} of ${toTextOf(total)}`);
        }
      }
      return parts;
    });
  }

  async function* stretches(handle: number, ranges: readonly PickRange[], options: RowsOptions) {
    for (const { start, end } of ranges) {
      for (let first = start; first < end; first += ROWS_AT_ONCE) {
        const { rows } = await engine.rows(handle, first, Math.min(ROWS_AT_ONCE, end - first), options);
        yield rows;
      }
    }
  }

  /** All of a record, also where its row shows a part. */
  async function rawOf(row: Row): Promise<string> {
    if (!row.isCut) return row.text;
    const decoder = new TextDecoder();
    let text = '';
    const end = row.id.offset + row.textBytes;
    for (let at = row.id.offset; at < end; at += BYTES_AT_ONCE) {
      const bytes = await engine.bytes(row.id.source, at, Math.min(end, at + BYTES_AT_ONCE));
      text += decoder.decode(bytes, { stream: true });
    }
    return text + decoder.decode();
  }

  function tableColumns(): { ids: readonly ColumnId[]; fields: readonly string[] } {
    const ids = layout.shownColumns().flatMap(({ id }) => (id === 'delta' ? [] : [id]));
    return { ids, fields: ids.flatMap((id) => fieldOf(id) ?? []) };
  }

  function cellOf(row: Row, id: ColumnId, fields: readonly string[]): string {
    if (id === 'time') return row.time === null ? '' : new Date(row.time).toISOString();
    if (id === 'level') return row.level ?? '';
    if (id === 'source') return sources.nameOf(row.id.source);
    if (id === 'message') return row.text.slice(row.messageStart);
    return row.values[fields.indexOf(fieldOf(id) ?? '')] ?? '';
  }

  async function table(): Promise<string[]> {
    const { ids, fields } = tableColumns();
    const line = (cells: readonly string[]) => cells.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t');
    const rows = await collect({ fields }, (row) => line(ids.map((id) => cellOf(row, id, fields))));
    return [line(ids.map((id) => fieldOf(id) ?? id)), ...rows];
  }

  /** Runs a copy and says what came of it. */
  async function run(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof DOMException) say('The browser refused to copy: save the records as a file');
      else if (!isFault(error)) throw error;
      else if (error.code !== 'stale') say('The selected records can no longer be read');
    }
  }

  const copy = (read: () => Promise<string[]>) =>
    run(async () => {
      const records = count();
      if (records === 0) return;
      if (records > CLIPBOARD_RECORDS) {
        say(`${toTextOf(records)} are too many for the clipboard: save them as a file`);
        return;
      }
      const lines = await read();
      await write(lines.join('\n'));
      say(`Copied ${toTextOf(records)}`);
    });

  return {
    /** Records that would be copied. */
    count,
    copyRaw: () => copy(() => collect({}, rawOf)),
    /** The shown columns, tab-separated, with their names above; times as ISO 8601 in UTC. */
    copyTable: () => copy(table),
    /** Writes the selected records into a file that the browser keeps where it keeps downloads. */
    saveRaw: () =>
      run(async () => {
        const records = count();
        const [first] = panes.active().records.visible();
        const name = first ? sources.nameOf(first.row.id.source).replace(/\.\w+$/, '') : 'records';
        const lines = await collect({}, rawOf);
        save(
          `${name}-selection.log`,
          lines.map((line) => `${line}\n`),
        );
        say(`Saved ${toTextOf(records)}`);
      }),
    stop: () => latest.abort(),
  };
}

export type CopyingStore = ReturnType<typeof createCopying>;

function saveFile(name: string, parts: readonly string[]) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([...parts], { type: 'text/plain' }));
  link.download = name;
  link.click();
  // The download has its own hold on the bytes as soon as it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
