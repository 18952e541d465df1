/** The terminal as a sink: answers on standard output, progress on standard error. */
import type { JsonList, Paint, Sink, Tone } from '../src/engine/verbs/verb';

/** What is used of a stream; tests hand in their own. */
export interface TextStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(piece: string | Uint8Array): boolean;
  once(event: 'drain' | 'close' | 'error', listener: () => void): unknown;
  off(event: 'drain' | 'close' | 'error', listener: () => void): unknown;
}

// A write a piece: 64 KiB is what a pipe holds on Linux.
const FLUSH_UNITS = 64 * 1024;

/** @see https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters */
const FOREGROUND: Readonly<Record<Tone, string>> = {
  plain: '',
  bad: '31',
  warn: '33',
  good: '36',
  faint: '90',
  strong: '1',
  name: '35',
};
const BACKGROUND: Readonly<Record<Tone, string>> = {
  plain: '',
  bad: '41',
  warn: '43',
  good: '46',
  faint: '100',
  strong: '',
  name: '45',
};

/** Whether to colour: a terminal that did not ask us not to. @see https://no-color.org */
export function wantsColours(stream: TextStream, environment: Readonly<Record<string, string | undefined>>): boolean {
  return stream.isTTY === true && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
}

export function createPaint(hasColours: boolean): Paint {
  if (!hasColours) return (text) => text;
  return (text, tone, over) => {
    const codes = [FOREGROUND[tone], over === undefined ? '' : BACKGROUND[over]].filter((code) => code !== '');
    return codes.length === 0 || text === '' ? text : `\u001b[${codes.join(';')}m${text}\u001b[0m`;
  };
}

export interface Output extends Sink {
  /** Resolves when everything has been handed to the system. */
  end(): Promise<void>;
}

export interface OutputOptions {
  readonly hasColours: boolean;
  readonly progress: Progress;
}

export function createOutput(stream: TextStream, { hasColours, progress }: OutputOptions): Output {
  let text = '';
  let isFull = false;

  function flush(): void {
    if (text === '') return;
    const piece = text;
    text = '';
    progress.clear();
    isFull = !stream.write(piece);
  }

  function write(piece: string | Uint8Array): void {
    if (typeof piece === 'string') {
      text += piece;
      if (text.length >= FLUSH_UNITS) flush();
      return;
    }
    flush();
    progress.clear();
    isFull = !stream.write(piece);
  }

  async function drained(): Promise<void> {
    flush();
    if (!isFull) return;
    isFull = false;
    await new Promise<void>((resolve) => {
      // A stream that closes or fails never drains; whoever listens for its errors ends the program.
      const events = ['drain', 'close', 'error'] as const;
      const go = () => {
        for (const event of events) stream.off(event, go);
        resolve();
      };
      for (const event of events) stream.once(event, go);
    });
  }

  return {
    // 0 is what a terminal says that does not know.
    columns: stream.isTTY === true ? stream.columns || 80 : null,
    hasColours,
    paint: createPaint(hasColours),
    line: (line) => write(`${line}\n`),
    write,
    json: (value) => write(`${JSON.stringify(value)}\n`),
    jsonList: (head, key) => createJsonList(head, key, write),
    progress: (words) => (words === null ? progress.clear() : progress.show(words)),
    drained,
    end: drained,
  };
}

/** Each item on a line of its own: a list of millions stays readable, and diffs stay small. */
function createJsonList(
  head: Readonly<Record<string, unknown>>,
  key: string,
  write: (piece: string) => void,
): JsonList {
  const members = Object.entries(head).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}, `);
  write(`{${members.join('')}${JSON.stringify(key)}: [`);
  let isFirst = true;
  return {
    item(value) {
      write(`${isFirst ? '\n' : ',\n'}${JSON.stringify(value)}`);
      isFirst = false;
    },
    end: () => write(isFirst ? ']}\n' : '\n]}\n'),
  };
}

/** One line on a terminal that is written over and over. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

// Ten times a second: more is not seen, and costs.
const PROGRESS_MS = 100;

/** @returns one that does nothing where the stream is no terminal */
export function createProgress(stream: TextStream, now: () => number = () => performance.now()): Progress {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let isShown = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    show(text) {
      if (now() - lastMs < PROGRESS_MS) return;
      lastMs = now();
      isShown = true;
      stream.write(`\r${text.slice(0, (stream.columns || 80) - 1)}\u001b[K`);
    },
    clear() {
      if (isShown) stream.write('\r\u001b[K');
      isShown = false;
    },
  };
}
