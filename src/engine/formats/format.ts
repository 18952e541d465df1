/**
 * A format is data: layouts in a small pattern language, compiled to a program that the kernel interpreter runs.
 *
 * The pattern language (PEG: ordered choice, no backtracking into what has matched)
 *
 *   text            itself; one blank in the pattern matches one or more blanks or tabs
 *   \x              the character x, also for ( ) { } | \ [no other is special]
 *   {name}          a field: one or more bytes up to the next literal byte of the pattern (never past the line);
 *                   before a blank or at the end of a group: non-blank bytes
 *   {name:word}     one or more non-blank bytes, whatever follows
 *   {name:digits}   one or more digits          {name:digits2} exactly two      {name:hex} hex digits
 *   {name:id}       letters, digits and _ . $ - / : @ # * + ~ % (a token without brackets)
 *   {name:alpha}    letters only
 *   {name:not=CHARS} one or more bytes, none a blank or one of CHARS (everything after = up to the brace)
 *   {name:number}   digits, minus and dots       {_:kind}  matches and is not kept
 *   {name:until=X}  zero or more bytes up to the text X (X itself not consumed; X is everything after = up to the brace)
 *   {name:nested}   from an opening ( [ or { at this place to its partner, both included
 *   {name:quoted}   a double-quoted string with \" inside, both quotes included
 *   {name:cell=X}   a cell of a table whose columns are parted by the character X: up to the next X, maybe nothing; in double
 *                   quotes ("" stands for one) without them, and to the line's end where the quote is not closed
 *   {message:cell=X} a cell that is the message, and no field; the layout goes on behind it
 *   {name:status}   an HTTP status as in {level:status}, kept as a field too
 *   {name:rest}     to the line's end
 *   {level}         a level word, any case (LEVEL_WORDS and the format's own `levels`); fails on any other word
 *   {level:upper}   the same, in upper case, and no word that begins English sentences as often (OK, LOG, FAILED …)
 *   {level:letter}  one letter: V T D I N W E F C A S (S, silent, is no level)
 *   {level:pri}     a syslog priority number, <n> without the angle brackets; severity is n mod 8
 *   {level:status}  an HTTP status, three digits: 5xx ERROR, 4xx WARN, else INFO
 *   {level:number}  pino/bunyan numbers: 10 TRACE 20 DEBUG 30 INFO 40 WARN 50 ERROR 60 FATAL
 *   {time:LAYOUT}   a time, see below
 *   {message}       where the message begins; must be the last item; matches the rest, also when empty
 *   {start}         the message begins here, and the layout goes on: fields may follow
 *   {scan}          just before {message}: no column holds the level, look for a level word in the first 96 bytes of the
 *                   message (upper case as a whole word, or in brackets, or before a colon, or after level= )
 *   ( a | b )       ordered choice                ( a )?   optional              (! a )   fails when a matches here
 *   Blanks inside parentheses count. Colour sequences (ESC [ … m) are skipped where an item does not match.
 *
 * Time layout: letters are fields, everything else is literal (blank: one or more blanks)
 *   yyyy  yy  MM  M (1–2 digits)  MMM (English name, any case)  dd  d (1–2 digits, a leading blank allowed)
 *   HH  H (1–2)  hh  h (12-hour clock, needs a)  mm  m  ss  s  a (AM/PM)  EEE (day name, any, with or without full spelling)
 *   f     one or more digits of a decimal fraction (".5" is 500 ms)      S   milliseconds as a plain number (":28" is 28 ms)
 *   z     Z, ±hh, ±hhmm, ±hh:mm, or a zone name (UTC GMT EST PDT CET …): the time is absolute
 *   epoch_s epoch_ms epoch_us epoch_ns  a decimal number of that unit since 1970, epoch_s may have a fraction
 *   epoch   10, 13, 16 or 19 digits: s, ms, µs, ns by length; a fraction may follow 10
 *   ?e      the next element e (a literal, a class or a field such as f or z) is optional: `ss?[,.]?f?z`
 *   [,.]    one of these characters
 *   Letters meant literally are quoted: 'T'
 * A layout with no year is year-less, with no date date-less, with z or epoch absolute, else zone-less.
 */

import type { Level } from '../records/record';

export interface Sample {
  /** One record; lines after the first are continuation lines. */
  readonly text: string;
  /** As ISO 8601; without Z for zone-less; `--MM-DDTHH:mm:ss` year-less; `THH:mm:ss` date-less; absent: no time. */
  readonly time?: string;
  readonly level?: Level | null;
  /** The message of the first line. */
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

interface FormatBase {
  /** kebab-case, stable: people force it by name. */
  readonly id: string;
  readonly title: string;
  /** For menus: Applications, System, Web, Containers, Structured, Mobile, Text. */
  readonly family: string;
  /** Address of the documentation that defines it. */
  readonly source: string;
  readonly samples: readonly Sample[];
  /** Words (lower case) that name a level here only. */
  readonly levels?: Readonly<Record<string, Level>>;
}

/** Lines of text with columns. A line that no layout matches continues the record before it. */
export interface LayoutFormat extends FormatBase {
  readonly kind: 'layout';
  /** Tried in order. */
  readonly layouts: readonly string[];
  /**
   * Columns are named in the text: by its first line (tables), or by lines of directives (#Fields). Detection makes layouts
   * of the names (`learn-table.ts`, `learn-directives.ts`); `layouts` are for texts without them.
   */
  readonly header?: 'first-line' | 'directives';
}

/** One JSON object a line. Keys are tried in order; dotted paths reach one level down. Generic JSON learns its keys from the sample. */
export interface JsonFormat extends FormatBase {
  readonly kind: 'json';
  /** Each must be present in most lines for this format to be chosen; empty: any object. */
  readonly required: readonly string[];
  readonly time: readonly string[];
  readonly level: readonly string[];
  readonly message: readonly string[];
}

/** key=value pairs. */
export interface LogfmtFormat extends FormatBase {
  readonly kind: 'logfmt';
  readonly time: readonly string[];
  readonly level: readonly string[];
  readonly message: readonly string[];
}

/** No columns: every line that is not indented is a record. */
export interface PlainFormat extends FormatBase {
  readonly kind: 'plain';
}

export type Format = LayoutFormat | JsonFormat | LogfmtFormat | PlainFormat;
