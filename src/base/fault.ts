/** Expected failures: a closed list of codes that a view turns into a sentence with a next step. */

export const FAULT_CODES = [
  'stale', // a newer wish replaced this one, or the person cancelled
  'file-unreadable', // permission lost, disk gone
  'file-changed', // the snapshot no longer matches what is on disk (append, truncate)
  'file-replaced', // the same name holds other content now
  'file-vanished', // deleted or moved
  'archive-damaged', // a compressed source breaks off or fails its checksum
  'archive-encrypted',
  'format-unknown', // a forced format id that does not exist
  'encoding-unknown', // a forced encoding that is none of those that can be read
  'zone-unknown',
  'filter-syntax', // details: { at, expected }
  'regex-syntax', // details: { at? }
  'regex-timeout', // the pattern did not finish in time; its worker was ended
  'pattern-unknown', // no pattern of this text among those there are now; details: { text }
  'values-too-many', // more different values than can be counted; details: { limit }
  'worker-died', // and could not be rebuilt
  'out-of-memory',
  'storage-full', // no room to unpack or to keep
  'source-unknown',
  'selection-unknown',
  'address-refused', // a URL that may not be fetched, with the reason
  'address-unreachable',
  'unsupported', // this browser or this build lacks what is needed
] as const;

export type FaultCode = (typeof FAULT_CODES)[number];

/** An expected failure. `message` states facts for people who debug; views write their own sentence from `code` and `details`. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(
    code: FaultCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, string | number> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.details = options.details ?? {};
  }
}

export function isFault(value: unknown, code?: FaultCode): value is Fault {
  return value instanceof Fault && (code === undefined || value.code === code);
}

/** For the default branch of a switch over a closed union. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
