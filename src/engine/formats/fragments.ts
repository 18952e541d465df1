/** Pieces of layouts that several formats share. Each is text of the pattern language in `format.ts`. */

/** ISO 8601 date and clock; fraction and zone optional, T or a blank between. */
export const ISO = '{time:yyyy-MM-dd[T ]HH:mm:ss?[,.]?f?z}';

/** RFC 3339: a T and a zone are there. Tells machine-written stamps from zone-less application ones. */
export const RFC3339 = "{time:yyyy-MM-dd'T'HH:mm:ss?.?fz}";

/**
 * The TAG of syslog up to and with its colon. Tried in order:
 *
 *   sshd(pam_unix)[19939]:    kernel:    launchd[1] (com.apple.x[35412]):     no blank in the name
 *   Microsoft Word[14463]:                                                   blanks, so a pid is needed
 *   syslogd 1.4.1:                                                           a version after the name
 */
export const SYSLOG_TAG = [
  String.raw`({process:not=:[(}(\({unit:until=)}\))?([{pid:not=]}])?( \({unit:until=):}\))?:`,
  String.raw`|{process:until=[}[{pid:digits}]( \({unit:until=):}\))?:`,
  '|{process:not=:[(} {version:number}:)',
].join('');

/** A token that can name a logger: no blank, none of the marks that end or wrap one. */
const LOGGER = `{logger:not=:[]()<>,;="'|}`;

/** One bracketed token that is no level, such as a thread or a pid. */
const BRACKET = '( [( )?(!{level}( )?]|{_:not=[]/}/{level}]){thread:not=[]}( )?])?';
const SECOND_BRACKET = '( [( )?(!{level}( )?]|{_:not=[]/}/{level}]){context:not=[]}( )?])?';

/**
 * A level in any of the usual clothes: [INFO], [main/INFO], <info>, (info), INFO, INFO:, info: , info |, info - .
 * A bare word must be in upper case, so that "Failed to open" keeps its first word.
 */
const LEVEL = String.raw`( -| \|)? ([( )?{level}( )?]|[{thread:until=/}/{level}]|<{level}>|\({level}\)|{level:upper}(:)?|{level}(:| \|| -))`;

/** The source of the message, closed by a colon or a dash: `pool.ts:41 -`, `com.acme.Pool:`, `com.acme.Pool -`. */
const ORIGIN = `( {file:not=:[]()"'}:{line:digits}( -|:) | ${LOGGER}( )?: | ${LOGGER} - )?`;

/**
 * A layout for lines whose time is known and whose other columns are not: level in any form, thread or pid in brackets,
 * logger before a colon or dash, all optional.
 *
 * @param time  one item or group that matches the time, brackets included
 */
export function generalLayout(time: string): string {
  const brackets = `${BRACKET}${SECOND_BRACKET}`;
  const end = String.raw`( -| \||:)?{message}`;
  return [
    `${time}(:|,|;)?(`,
    `${brackets}${LEVEL}${brackets}${ORIGIN}${end}|`,
    String.raw`( -| \|)? (!{level})${LOGGER}(:)?${LEVEL}${BRACKET}${ORIGIN}${end}|`,
    String.raw`${brackets}( -| \||:)? {scan}{message})`,
  ].join('');
}

/** One of the times, bare or in brackets: T, [T], (T), <T>. */
export function bracketed(...times: readonly string[]): string {
  const bare = times.length === 1 ? times.join('') : `(${times.join('|')})`;
  return String.raw`([( )?|<|\()?${bare}(( )?]|>|\))?`;
}
