/**
 * A layout for a table, made of its line of names and the values of a sample.
 *
 *   time,level,service,message                    the names
 *   ("{time:…}"|{time:…}),("{level}"|{level}|{level:cell=,}),{service:cell=,}(,{message:cell=,})?
 *
 * A line begins a row when its cells fit up to the time and the level; what lies behind is optional, as a quoted cell may
 * go on in the next line. In a table without times all cells must be there, or the open quote of a column that had some
 * in the sample. So rows are told by their own shape and not by counting quotes from the file's start: a stray quote
 * spoils one row. What this cannot tell is in docs/decisions/0030-tables.md.
 */

import { LEVEL_WORDS } from '../records/record';
import type { LayoutFormat } from './format';
import { compileProgram, matchLine, type Program } from './program';
import { readTable, type Table } from './table';
import type { SampleLines } from './sample-lines';

export interface LearnedHeader {
  readonly format: LayoutFormat;
  /** For people: "first line names 4 columns between commas; time from `ts`, level from `level`". */
  readonly how: string;
  /** Lines of the first window on which a row goes on. */
  readonly innerLines: ReadonlySet<number>;
}

/** Names that tell what a column holds, lower case, best first; its values must bear it out. */
const TIME_NAMES = ['timestamp', '@timestamp', 'time', 'datetime', 'date and time', 'date/time', 'ts', '_time', 'date'];
const LEVEL_NAMES = ['level', 'severity', 'loglevel', 'log_level', 'log level', 'lvl', 'priority', 'type'];
const MESSAGE_NAMES = ['message', 'msg', 'text', 'description', 'event', 'details', 'log', 'body', 'summary', '_raw'];
const STATUS_NAME = /^(sc-)?(http[_-]?)?status([_-]?code)?$/i;

const TIMES = [
  'yyyy-MM-dd?[T ]HH:mm:ss?[,.]?f? ?z',
  'yyyy/MM/dd?[T ]HH:mm:ss?[,.]?f? ?z',
  'epoch',
  'M/d/yyyy?, h:mm:ss?[.]?f a',
  'd/M/yyyy?, h:mm:ss?[.]?f a',
  'M/d/yyyy?, H:mm:ss?[.]?f',
  'd/M/yyyy?, H:mm:ss?[.]?f',
  'd.M.yyyy?, H:mm:ss?[,.]?f',
  'dd-MM-yyyy HH:mm:ss?[,.]?f',
  'dd/MMM/yyyy:HH:mm:ss z',
  'd?[ -]MMM?[ -]yyyy H:mm:ss?[,.]?f? ?z',
  'EEE MMM d HH:mm:ss?[.]?f yyyy',
  'EEE, dd MMM yyyy HH:mm:ss z',
  'MMM d, yyyy h:mm:ss?[.]?f a',
  'MMM d HH:mm:ss?[.]?f',
  'yyyy-MM-dd?[T ]HH:mm?z',
  'M/d/yyyy?, H:mm',
  'HH:mm:ss?[,.]?f',
];
/** Dates in a column of their own, before one with the clock. */
const DATES = ['yyyy-MM-dd', 'yyyy/MM/dd', 'M/d/yyyy', 'd/M/yyyy', 'd.M.yyyy'];
const CLOCKS = ['HH:mm:ss?[,.]?f', 'h:mm:ss?[.]?f a', 'H:mm'];
/** A column holds what it is taken for in this share of its values. */
const NEEDED = 0.8;
/** Layouts of times that a column may mix. */
const MOST_TIMES = 3;
/** Columns that are told apart; what is behind them is one. */
const NAMED_COLUMNS = 100;
/** Longest text that an instruction holds is 255 bytes. */
const HEADER_BYTES = 160;
const DELIMITER_WORDS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

interface Time {
  readonly column: number;
  /** Columns it takes: 1, or 2 for a date and a clock. */
  readonly width: number;
  readonly layouts: readonly string[];
}

/** @returns null when the sample is no table */
export function learnTable(format: LayoutFormat, head: SampleLines): LearnedHeader | null {
  const table = readTable(head);
  if (table === null) return null;
  const time = findTime(table) ?? findDateAndClock(table);
  const taken = new Set(time === null ? [] : [time.column, time.column + time.width - 1]);
  const level = findColumn(table, LEVEL_NAMES, taken, isLevel);
  if (level !== null) taken.add(level);
  // Two columns of words may be prose with commas.
  if (time === null && (table.rows.length < 2 || (level === null && table.names.length < 3))) return null;
  const message = findMessage(table, taken);
  const layouts = [headerLayout(table), rowLayout(table, { time, level, message })];
  if (time === null) layouts.push(...openRows(table, { time, level, message }));
  const what = [
    time === null ? '' : `time from \`${namesOf(table, time)}\``,
    level === null ? '' : `level from \`${table.names[level]}\``,
    message === null || table.names[message] === '' ? '' : `message from \`${table.names[message]}\``,
  ].filter((part) => part !== '');
  const between = DELIMITER_WORDS[table.delimiter] ?? table.delimiter;
  return {
    format: { ...format, layouts },
    how: [`first line names ${table.names.length} columns between ${between}`, what.join(', ')]
      .filter((part) => part !== '')
      .join('; '),
    innerLines: table.innerLines,
  };
}

function namesOf(table: Table, { column, width }: Time): string {
  return table.names.slice(column, column + width).join(' ');
}

/** What the pattern language has a meaning for. */
const RESERVED: ReadonlySet<string> = new Set(['time', 'level', 'message', 'start', 'scan']);

/** A name for the field language: letters, digits, . _ - ; a column with no such name is told by its number. */
export function toFieldName(name: string, index: number): string {
  const plain = name.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z_]+|[^A-Za-z0-9_]+$/g, '');
  if (plain === '' || plain === '_') return `column${index + 1}`;
  return RESERVED.has(plain) ? `${plain}Text` : plain;
}

/** Text of a pattern that means just these characters. */
export function literal(text: string): string {
  return text.replace(/[(){}|\\]/g, '\\$&');
}

// ── Which column is what ──────────────────────────────────────────────────────────────────────────────────────────────

function valuesOf(table: Table, column: number): string[] {
  return table.rows.map((row) => (row[column] ?? '').trim()).filter((value) => value !== '');
}

function findColumn(
  table: Table,
  names: readonly string[],
  taken: ReadonlySet<number>,
  isIt: (values: readonly string[]) => boolean,
): number | null {
  const lower = table.names.map((name) => name.toLowerCase());
  const known = names.map((name) => lower.indexOf(name));
  const rest = lower.map((_, column) => column).filter((column) => !known.includes(column));
  for (const column of [...known, ...rest])
    if (column >= 0 && !taken.has(column) && isIt(valuesOf(table, column))) return column;
  return null;
}

function isLevel(values: readonly string[]): boolean {
  const words = values.filter((value) => Object.hasOwn(LEVEL_WORDS, value.toLowerCase()));
  // A few different ones: a column of names may hold "all" and "log".
  return values.length > 0 && words.length >= values.length * NEEDED && new Set(words).size <= 12;
}

function findTime(table: Table): Time | null {
  let layouts: string[] = [];
  const column = findColumn(table, TIME_NAMES, new Set(), (values) => {
    layouts = timesOf(values, TIMES);
    return layouts.length > 0;
  });
  // A clock alone is a time where nothing tells the date.
  if (column === null || (layouts[0]?.startsWith('HH') === true && findDateAndClock(table) !== null)) return null;
  return { column, width: 1, layouts };
}

function findDateAndClock(table: Table): Time | null {
  for (let column = 0; column + 1 < table.names.length; column++) {
    const dates = timesOf(valuesOf(table, column), DATES);
    const clocks = dates.length === 0 ? [] : timesOf(valuesOf(table, column + 1), CLOCKS);
    if (clocks.length === 0) continue;
    const delimiter = table.delimiter === '\t' ? ' ' : `'${table.delimiter}'? `;
    return { column, width: 2, layouts: dates.flatMap((date) => clocks.map((clock) => `${date}${delimiter}${clock}`)) };
  }
  return null;
}

const trials = new Map<string, Program>();

/** The layouts that most of the values are written in, best first; none when they are no times. */
function timesOf(values: readonly string[], layouts: readonly string[]): string[] {
  if (values.length === 0) return [];
  const found: string[] = [];
  let left = values;
  while (found.length < MOST_TIMES && left.length > values.length * (1 - NEEDED)) {
    let best = '';
    let rest = left;
    for (const layout of layouts) {
      const refused = left.filter((value) => !isTime(value, layout));
      if (refused.length < rest.length) [best, rest] = [layout, refused];
    }
    if (best === '') break;
    found.push(best);
    left = rest;
  }
  return left.length <= values.length * (1 - NEEDED) ? found : [];
}

/** Whether the format machine itself reads the whole value as a time: what is learned is what will be read. */
function isTime(value: string, layout: string): boolean {
  let program = trials.get(layout);
  if (program === undefined) {
    const text = `{time:${layout}}(!{_:word})(! )`;
    program = compileProgram([
      { kind: 'layout', id: 'trial', title: '', family: '', source: '', samples: [], layouts: [text] },
    ]);
    trials.set(layout, program);
  }
  return value.length <= 64 && matchLine(program, value) !== null;
}

/** The column of a known name; else the one with the longest texts of several words. */
function findMessage(table: Table, taken: ReadonlySet<number>): number | null {
  const lower = table.names.map((name) => name.toLowerCase());
  if (lower.at(-1) === '') return lower.length - 1;
  for (const name of MESSAGE_NAMES)
    if (lower.includes(name) && !taken.has(lower.indexOf(name))) return lower.indexOf(name);
  let [best, longest] = [-1, 0];
  lower.forEach((_, column) => {
    const values = taken.has(column) ? [] : valuesOf(table, column);
    const blanks = values.filter((value) => value.includes(' ')).length;
    const length = values.reduce((sum, value) => sum + Math.min(value.length, 200), 0) / Math.max(1, values.length);
    if (blanks > 0 && blanks * 2 >= values.length && length > longest) [best, longest] = [column, length];
  });
  return best < 0 ? null : best;
}

// ── Layouts ───────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Columns {
  readonly time: Time | null;
  readonly level: number | null;
  readonly message: number | null;
}

/** Cells [from, to), each with the delimiter before it but the first. */
function cells(table: Table, columns: Columns, from: number, to: number, isOptional: boolean): string {
  const delimiter = literal(table.delimiter);
  let text = '';
  for (let column = from; column < to; column += widthAt(columns, column)) {
    const cell = `${column === 0 ? '' : delimiter}${cellAt(table, columns, column)}`;
    text += isOptional ? `(${cell})?` : cell;
  }
  return text;
}

function widthAt({ time }: Columns, column: number): number {
  return time?.column === column ? time.width : 1;
}

function cellAt(table: Table, { time, level, message }: Columns, column: number): string {
  const delimiter = literal(table.delimiter);
  const isLast = column + widthAt({ time, level, message }, column) === table.names.length;
  // What was read must be the whole cell, or it is read as any other.
  const end = isLast ? '(!{_:word})(! )' : `(!(!${delimiter}))`;
  const blank = table.delimiter === '\t' ? '' : '( )?';
  const cell = (name: string) => `{${name}:cell=${table.delimiter}}`;
  const name = toFieldName(table.names[column] ?? '', column);
  if (time?.column === column) {
    const eachOf = (layouts: readonly string[]) => layouts.map((layout) => `{time:${layout}}`).join('|');
    // A comma that parts columns begins no fraction.
    const isBare = (layout: string) => (table.delimiter === ',' ? layout.replaceAll('[,.]', '[.]') : layout);
    const times = eachOf(time.layouts.map(isBare));
    const quoted = time.width === 2 ? '' : `|"(${eachOf(time.layouts)})"${end}`;
    // A row may lack its time.
    return `${blank}((${times})${end}${quoted}|(!(!(")?(")?${delimiter}))${cell(name)})`;
  }
  if (level === column) return `${blank}({level}${end}|"{level}"${end}|${cell(name)})`;
  if (message === column) return cell('message');
  if (STATUS_NAME.test(table.names[column] ?? '')) return `({${name}:status}${end}|${cell(name)})`;
  return cell(name);
}

function rowLayout(table: Table, columns: Columns): string {
  const { time, level } = columns;
  const last = Math.min(table.names.length, NAMED_COLUMNS);
  if (time === null)
    return `${cells(table, columns, 0, last, false)}${last < table.names.length ? '' : '(!{_:word})(! )'}`;
  const needed = Math.min(last, Math.max(time.column + time.width, (level ?? 0) + 1));
  return cells(table, columns, 0, needed, false) + cells(table, columns, needed, last, true);
}

/** Rows of a table without times that end in an open quote, for the columns in which the sample has line ends. */
function openRows(table: Table, columns: Columns): string[] {
  const open = table.names.flatMap((_, column) =>
    table.rows.some((row) => row[column]?.includes('\n')) ? [column] : [],
  );
  return open.slice(0, 4).map((column) => {
    const delimiter = column === 0 ? '' : literal(table.delimiter);
    const before = cells(table, columns, 0, column, false);
    return `${before}${delimiter}(!"{_:until="})(!(!")){${toFieldName(table.names[column] ?? '', column)}:rest}`;
  });
}

/** The line of names is a record of its own, here and where tables were joined. */
function headerLayout(table: Table): string {
  let text = '';
  for (const character of table.headerText) {
    if (new TextEncoder().encode(text + character).length > HEADER_BYTES) break;
    text += character;
  }
  return `{start}${literal(text)}`;
}
