/** Expected failures as sentences with a next step. */
import type { Fault, FaultCode } from '../src/base/fault';
import { ENCODINGS } from '../src/engine/source/byte-source';
import { suggest } from './suggest';

export interface Occasion {
  /** The file it is about, where it is about one. */
  readonly file?: string;
  /** The filter as it was typed. */
  readonly filter?: string;
  /** Ids of known formats. */
  readonly formats?: readonly string[];
}

type Writer = (
  fault: Pick<Fault, 'message' | 'details'>,
  occasion: Occasion,
) => readonly [sentence: string, next: string];

const WRITERS: Readonly<Record<FaultCode, Writer>> = {
  stale: () => ['this was stopped', 'Start it again to have it whole.'],
  'file-unreadable': (fault) => [fault.message, 'Check its permissions.'],
  'file-changed': (_, { file }) => [
    `${file ?? 'the file'} became shorter while it was read`,
    'Run it again, or read a copy.',
  ],
  'file-replaced': (_, { file }) => [
    `${file ?? 'the file'} was replaced by another one while it was read`,
    'Run it again, or read a copy.',
  ],
  'file-vanished': (_, { file }) => [
    file === undefined ? 'the file is not there' : 'there is no such file',
    'Check the name; - reads a pipe.',
  ],
  'archive-damaged': () => [
    'the compressed data is damaged or breaks off; what came before was read',
    'gzip -t tells more.',
  ],
  'archive-encrypted': () => ['the archive is encrypted', 'Unpack it first.'],
  'format-unknown': (fault, { formats }) => {
    const id = String(fault.details.format ?? fault.details.value ?? '');
    const nearest = suggest(id, formats ?? []);
    return [
      `there is no format "${id}"`,
      nearest === undefined ? 'loupe --formats lists them.' : `Did you mean ${nearest}? loupe --formats lists all.`,
    ];
  },
  'encoding-unknown': (fault) => {
    const name = String(fault.details.encoding ?? '');
    const nearest = suggest(name, ENCODINGS);
    return [
      `there is no encoding "${name}"`,
      nearest === undefined ? `These can be read: ${ENCODINGS.join(', ')}.` : `Did you mean ${nearest}?`,
    ];
  },
  'zone-unknown': (fault) => [
    `there is no time zone "${String(fault.details.zone ?? fault.details.value ?? fault.message)}"`,
    'Give a name such as Europe/Berlin, an offset such as +02:00, or UTC.',
  ],
  'filter-syntax': (fault, occasion) => {
    const expected = String(fault.details.expected ?? 'something else');
    if (fault.details.option !== undefined) {
      return [
        `--${fault.details.option} "${fault.details.value ?? ''}" is not ${fault.details.what ?? 'a time'}: expected ${expected}`,
        'loupe grep --help tells more.',
      ];
    }
    return [
      `the filter cannot be read: expected ${expected}`,
      pointAt(fault, occasion) ?? 'loupe grep --help shows the language.',
    ];
  },
  'regex-syntax': (fault, occasion) => [
    `the regular expression cannot be read: ${fault.message}`,
    pointAt(fault, occasion) ?? 'Put plain text in "quotes" instead.',
  ],
  'regex-timeout': () => [
    'the regular expression did not finish in time',
    'Make it simpler: nested repetitions such as (a+)+ try every way to split.',
  ],
  'pattern-unknown': () => ['there is no such pattern among these sources', 'loupe patterns FILE lists them.'],
  'values-too-many': (fault) => [
    `the field has more than ${String(fault.details.limit ?? 'countable')} different values`,
    'Filter the records first: values are counted exactly or not at all.',
  ],
  'worker-died': (fault) => [
    `a worker ended and could not be replaced (${fault.message})`,
    'Try LOUPE_WORKERS=1, which needs less memory.',
  ],
  'out-of-memory': () => ['there is not enough memory', 'Try LOUPE_WORKERS=1, or fewer files at once.'],
  'storage-full': (fault) => [
    `there is no room for temporary files (${fault.message})`,
    'Make room, or set TMPDIR to a folder on a larger disk.',
  ],
  'source-unknown': (fault) => [fault.message, 'This should not happen: please report it.'],
  'selection-unknown': (fault) => [fault.message, 'This should not happen: please report it.'],
  'address-refused': (fault) => [fault.message, 'Save it to a file and open that.'],
  'address-unreachable': (fault) => [fault.message, 'Check the address and the network.'],
  unsupported: (fault) => [fault.message, 'A newer Node may help: 20.19 is the oldest that is supported.'],
};

/** One or more lines without "loupe:" before them: the sentence, then the next step. */
export function explain(fault: Pick<Fault, 'code' | 'message' | 'details'>, occasion: Occasion = {}): string {
  const [sentence, next] = WRITERS[fault.code](fault, occasion);
  return `${occasion.file === undefined ? '' : `${occasion.file}: `}${sentence}${next.startsWith('\n') ? next : `. ${next}`}`;
}

/** The typed text with the place marked below; undefined where the place is not known. */
function pointAt(fault: Pick<Fault, 'details'>, { filter }: Occasion): string | undefined {
  const { at, length } = fault.details;
  if (filter === undefined || typeof at !== 'number' || filter.includes('\n')) return undefined;
  const span = Math.max(1, Math.min(typeof length === 'number' ? length : 1, filter.length - at));
  return `\n  ${filter}\n  ${' '.repeat(at)}${'^'.repeat(span)}`;
}
