/** Each fault as a sentence and a next step, for people. One entry per code: a new code is a type error here until it has one. */

import type { Fault, FaultCode } from '../base/fault';
import { toFileSizeText } from '../ui/size-text';

export interface FaultText {
  /** What happened. */
  readonly what: string;
  /** What is safe, and what to do. */
  readonly next: string;
}

/** @param name  the source or the address it is about; may be empty */
type Writer = (fault: Fault, name: string) => FaultText;

const named = (name: string, fallback: string) => (name === '' ? fallback : name);

const WRITERS: Record<FaultCode, Writer> = {
  stale: () => ({ what: 'This was replaced by a newer wish.', next: 'Nothing to do.' }),
  'file-unreadable': (_, name) => ({
    what: `${named(name, 'The file')} can no longer be read.`,
    next: 'What is in memory stays. Drop the file again to go on.',
  }),
  'file-changed': (_, name) => ({
    what: `${named(name, 'The file')} has changed on disk since it was opened.`,
    next: 'What is in memory stays. Read it again or drop it once more: what was added is then read too.',
  }),
  'file-replaced': (_, name) => ({
    what: `${named(name, 'The file')} holds other content now than when it was opened.`,
    next: 'The old records stay; the new content is a source of its own.',
  }),
  'file-vanished': (_, name) => ({
    what: `${named(name, 'The file')} has been moved or deleted.`,
    next: 'What is in memory stays. Drop it from its new place to go on.',
  }),
  'archive-damaged': (_, name) => ({
    what: `${named(name, 'The archive')} is damaged: unpacking broke off.`,
    next: 'What could be unpacked is shown. Fetch the archive again for the rest.',
  }),
  'archive-encrypted': (_, name) => ({
    what: `${named(name, 'The archive')} is encrypted.`,
    next: 'Unpack it with its password, then open what was inside.',
  }),
  'format-unknown': () => ({
    what: 'This format does not exist here.',
    next: 'Choose another one, or let the format be detected.',
  }),
  'encoding-unknown': () => ({
    what: 'This encoding cannot be read here.',
    next: 'Choose another one, or let the encoding be detected.',
  }),
  'zone-unknown': (fault) => ({
    what: `${zoneOf(fault)} is not a time zone.`,
    next: 'Use a name such as Europe/Berlin, UTC, or an offset such as +02:00.',
  }),
  'filter-syntax': (fault) => ({
    what: `${positionText(fault)}expected ${fault.details.expected ?? 'something else'}.`,
    next: 'The last good filter is still applied.',
  }),
  'regex-syntax': (fault) => ({
    what: `${positionText(fault)}this is not a regular expression: ${fault.message}.`,
    next: 'The last good filter is still applied. Put the text in quotes to search for it as it stands.',
  }),
  'regex-timeout': () => ({
    what: 'This expression took too long and was stopped.',
    next: 'The last answer is still on screen. Nested repetition such as (a+)+ is the usual cause; a plain word before it helps.',
  }),
  'pattern-unknown': () => ({
    what: 'There is no such pattern any more.',
    next: 'Messages are grouped differently now: choose it again in Patterns.',
  }),
  'values-too-many': (fault) => ({
    what: `There are more than ${Number(fault.details.limit ?? 0).toLocaleString('en')} different ones.`,
    next: 'Filter the records first: they are counted exactly or not at all.',
  }),
  'worker-died': () => ({
    what: 'The engine stopped. The files are untouched.',
    next: 'Start it again: the same files are read anew.',
  }),
  'out-of-memory': (_, name) => ({
    what: `There is not enough memory for ${named(name, 'this')}.`,
    next: 'What was read stays. Close a source, or another tab, and open it again.',
  }),
  'storage-full': (_, name) => ({
    what: `The browser has no room left to keep ${named(name, 'this')} unpacked.`,
    next: 'What was unpacked is shown. Free some space, or unpack the file first and open the result.',
  }),
  'source-unknown': () => ({ what: 'This source is closed.', next: 'Open the file again.' }),
  'selection-unknown': () => ({ what: 'This selection is gone.', next: 'Type the filter again.' }),
  'address-refused': (_, name) => ({
    what: `${named(name, 'This address')} may not be fetched from here: ${HERE_ONLY}`,
    next: 'Download the file and drop it on the page.',
  }),
  'address-unreachable': (fault, name) => ({
    what: `${named(name, 'This address')} did not answer: ${fault.message}.`,
    next: 'Check the address and the connection, or download the file and drop it on the page.',
  }),
  unsupported: (fault, name) => ({
    what: `${named(name, 'This')} needs something this browser lacks: ${fault.message}.`,
    next: 'Use a current Chrome, Edge, Firefox or Safari.',
  }),
};

const HERE_ONLY = 'the page may reach only the place it came from.';

export function toFaultText(fault: Fault, name = ''): FaultText {
  return WRITERS[fault.code](fault, name);
}

function positionText(fault: Fault): string {
  const at = fault.details.at;
  return typeof at === 'number' ? `At position ${at + 1} ` : '';
}

function zoneOf(fault: Fault): string {
  const zone = fault.details.zone;
  return typeof zone === 'string' && zone !== '' ? `“${zone}”` : 'This';
}

/** What the engine counted and went on: each with its number, none in the way. */
const PROBLEM_TEXTS: Readonly<Record<string, string>> = {
  'no-time': 'without a time',
  'invalid-utf8': 'with bytes that are not UTF-8',
  'nul-bytes': 'with NUL bytes',
  'giant-line': 'too long to hold whole, shown in pieces',
  'time-backwards': 'earlier than the one before',
  'format-change': 'where the format changes',
  'truncated-archive': 'lost: the archive breaks off',
  'ambiguous-date': 'whose day and month could be swapped',
};

export function toProblemText(code: string): string {
  return PROBLEM_TEXTS[code] ?? code;
}

/** Why a source has no records to show: a sentence, or nothing when it has some. */
export function toEmptyText(source: { kind: 'text' | 'binary' | 'empty'; name: string; sizeBytes: number }): string {
  if (source.kind === 'empty') return `${source.name} is empty: it holds 0 bytes.`;
  if (source.kind === 'binary')
    return `${source.name} is not text: ${toFileSizeText(source.sizeBytes)} of binary data, shown as bytes.`;
  return '';
}
