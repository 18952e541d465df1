/** A sample read as a table: a first line of names, then rows whose quoted cells may hold delimiters and line ends. */

import { EMPTY, type SampleLines } from './sample-lines';

export interface Table {
  readonly delimiter: string;
  /** As they stand in the first line, without quotes; the last is '' where rows have one cell more than it has names. */
  readonly names: readonly string[];
  /** The first line as it is written. */
  readonly headerText: string;
  readonly rows: readonly (readonly string[])[];
  /** Lines of the sample on which a row goes on that began further up. */
  readonly innerLines: ReadonlySet<number>;
}

const DELIMITERS = [',', ';', '\t', '|'];
/** Rows that are looked at. */
const MOST_ROWS = 300;
/** A quote that is not closed within so many lines is a stray one. */
const MOST_ROW_LINES = 200;
/** Rows that have as many cells as there are names: in the sample, at least. */
const REGULAR = 0.9;
export const MOST_COLUMNS = 120;
/** A name is a few words. */
const MOST_NAME_LENGTH = 48;
const MOST_NAME_WORDS = 4;
//             ┌ a letter or a mark     ┌ letters, digits, blanks, and marks that names of columns have
const NAME = /^[\p{L}_@#$%(][\p{L}\p{M}\p{N} _.\-()/@#$%:]*$/u;

interface Row {
  readonly cells: readonly string[];
  /** Line behind the row. */
  readonly next: number;
  /** Its last quote was closed. */
  readonly isWhole: boolean;
}

/** @returns null when the sample is no table with a line of names */
export function readTable(sample: SampleLines): Table | null {
  const decoder = new TextDecoder();
  const lineAt = (index: number) =>
    decoder.decode(sample.bytes.subarray(sample.starts[index] as number, sample.ends[index] as number));
  let header = 0;
  while (header < sample.kinds.length && sample.kinds[header] === EMPTY) header++;
  if (header >= sample.kinds.length) return null;
  // "sep=;" tells spreadsheets the delimiter.
  if (/^sep=.$/.test(lineAt(header))) header++;
  if (header + 1 >= sample.kinds.length) return null;
  const headerText = lineAt(header);
  let best: Table | null = null;
  for (const delimiter of DELIMITERS) {
    const { cells, isWhole } = readRow(lineAt, header, header + 1, delimiter);
    const names = cells.map((cell) => cell.trim());
    if (!isWhole || names.length < 2 || names.length <= (best?.names.length ?? 1) || !areNames(names)) continue;
    best = readRows(sample, lineAt, { delimiter, names, headerText }, header) ?? best;
  }
  return best;
}

function areNames(names: readonly string[]): boolean {
  if (names.length > MOST_COLUMNS) return false;
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) return false;
  return names.every(
    (name) => name.length <= MOST_NAME_LENGTH && name.split(' ').length <= MOST_NAME_WORDS && NAME.test(name),
  );
}

function readRows(
  sample: SampleLines,
  lineAt: (index: number) => string,
  head: Pick<Table, 'delimiter' | 'names' | 'headerText'>,
  header: number,
): Table | null {
  const rows: (readonly string[])[] = [];
  const innerLines = new Set<number>();
  const end = sample.kinds.length;
  let others = 0;
  for (let at = header + 1; at < end && rows.length < MOST_ROWS; ) {
    if (sample.kinds[at] === EMPTY) {
      at++;
      continue;
    }
    const row = readRow(lineAt, at, end, head.delimiter);
    // The sample ends within it, or its quote is a stray one: the next line is looked at by itself.
    if (!row.isWhole && row.next === end && end - at < MOST_ROW_LINES) break;
    const count = row.isWhole ? row.cells.length : 0;
    if (count === head.names.length || count === head.names.length + 1) {
      rows.push(row.cells);
      for (let inner = at + 1; inner < row.next; inner++) innerLines.add(inner);
    } else others++;
    at = row.isWhole ? row.next : at + 1;
  }
  if (rows.length === 0 || rows.length < (rows.length + others) * REGULAR) return null;
  const longer = rows.filter((row) => row.length > head.names.length).length;
  if (longer > 0 && longer < rows.length) return null;
  // A line of values looks like a line of names when its values come again below.
  const values = rows.filter((row) => !head.names.every((name, column) => row[column]?.trim() === name));
  if (values.some((row) => head.names.some((name, column) => row[column]?.trim() === name))) return null;
  return { ...head, names: longer > 0 ? [...head.names, ''] : head.names, rows: values, innerLines };
}

/** Cells of the row that begins on line `start`. A quote counts where a cell begins; two stand for one inside. */
function readRow(lineAt: (index: number) => string, start: number, end: number, delimiter: string): Row {
  const cells: string[] = [];
  let line = start;
  let text = lineAt(line);
  let at = 0;
  for (;;) {
    while (delimiter !== ' ' && text[at] === ' ') at++;
    let cell = '';
    if (text[at] === '"') {
      at++;
      for (;;) {
        const close = text.indexOf('"', at);
        if (close < 0) {
          cell += `${text.slice(at)}\n`;
          line++;
          if (line >= end || line - start >= MOST_ROW_LINES)
            return { cells, next: Math.min(line, end), isWhole: false };
          text = lineAt(line);
          at = 0;
        } else if (text[close + 1] === '"') {
          cell += text.slice(at, close + 1);
          at = close + 2;
        } else {
          cell += text.slice(at, close);
          at = close + 1;
          break;
        }
      }
    }
    const stop = text.indexOf(delimiter, at);
    cells.push(cell === '' ? text.slice(at, stop < 0 ? text.length : stop) : cell);
    if (stop < 0) return { cells, next: line + 1, isWhole: true };
    at = stop + 1;
  }
}
