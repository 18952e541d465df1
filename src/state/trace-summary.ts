/** A stack trace in one line: how many frames, which exception, and the frames that are the person's own. */

import type { Row } from '../engine/api';

export interface TraceSummary {
  readonly frameCount: number;
  /** Without its package: "SQLTransientConnectionException"; the innermost cause. Empty when none is named. */
  readonly exception: string;
  /** At most three, the innermost first: "LedgerRepository.append:88". */
  readonly ownFrames: readonly string[];
}

const SHOWN_FRAMES = 3;

interface Frame {
  readonly text: string;
  readonly isOwn: boolean;
}

type FrameReader = (line: string) => Frame | null;

//             ┌ package and class  ┌ method          ┌ file        ┌ line
const JAVA = /^\s+at (?:[\w.$-]+\/)*([\w.$]+)\.([\w$<>]+)\((?:[^():]+(?::(\d+))?)?\)/;
const LIBRARIES =
  /^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|akka|groovy|clojure|reactor|rx|io\.(?:netty|grpc|micrometer|vertx|reactivex|undertow|quarkus)|org\.(?:springframework|apache|hibernate|eclipse|jboss|postgresql|junit|slf4j|aspectj|gradle)|com\.(?:zaxxer|fasterxml|google|mysql|mongodb|amazonaws|microsoft|oracle)|okhttp3|android|androidx|dalvik|System|Microsoft)\./;
const readJava: FrameReader = (line) => {
  const match = JAVA.exec(line);
  if (!match) return null;
  const [, owner = '', method = '', lineNumber] = match;
  const short = `${owner.slice(owner.lastIndexOf('.') + 1)}.${method}`;
  return { text: lineNumber ? `${short}:${lineNumber}` : short, isOwn: !LIBRARIES.test(owner) };
};

//                  ┌ type        ┌ method                                                      ┌ line
const DOTNET = /^\s+at ([\w.`+<>]+)\.([\w`<>|.]+)(?:\[[^\]]*\])?\([^)]*\) in (?:.*[\\/])?[^\\/]+:line (\d+)/;
const readDotnet: FrameReader = (line) => {
  const match = DOTNET.exec(line);
  if (!match) return null;
  const [, owner = '', method = '', lineNumber] = match;
  const short = `${owner.slice(owner.lastIndexOf('.') + 1)}.${method}`;
  return { text: `${short}:${lineNumber}`, isOwn: !LIBRARIES.test(owner) };
};

//                   ┌ function   ┌ file                   ┌ line
const SCRIPT = /^\s+at (?:(.+?) \()?((?:[\w@.+-]+:)?[^\s():]*[^\s()]*?):(\d+)(?::\d+)?\)?$/;
const readScript: FrameReader = (line) => {
  const match = SCRIPT.exec(line);
  if (!match) return null;
  const [, name, file = '', lineNumber] = match;
  const short = name ?? file.slice(file.lastIndexOf('/') + 1);
  return { text: `${short}:${lineNumber}`, isOwn: !/node_modules|^node:|^internal\/|\/rustc\/|\.cargo\//.test(file) };
};

//                        ┌ file            ┌ line      ┌ function
const PYTHON = /^\s*File "([^"]+)", line (\d+)(?:, in (.+))?$/;
const readPython: FrameReader = (line) => {
  const match = PYTHON.exec(line);
  if (!match) return null;
  const [, file = '', lineNumber, name] = match;
  const short = name ?? file.slice(file.lastIndexOf('/') + 1);
  return { text: `${short}:${lineNumber}`, isOwn: !/site-packages|dist-packages|\/lib\/python|^<frozen/.test(file) };
};

//                 ┌ file                        ┌ line
const GO = /^\s+((?:\/|[A-Za-z]:)[^\s:]*\/[^\s:/]+\.go):(\d+)(?: \+0x[\da-f]+)?$/;
const readGo: FrameReader = (line) => {
  const match = GO.exec(line);
  if (!match) return null;
  const [, file = '', lineNumber] = match;
  const short = file.split('/').slice(-2).join('/');
  return { text: `${short}:${lineNumber}`, isOwn: !/\/go\/src\/|\/pkg\/mod\/|\/vendor\//.test(file) };
};

//                        ┌ file        ┌ line     ┌ method
const RUBY = /^\s*(?:from )?(\S+\.rb):(\d+):in [`'](.+)'$/;
const readRuby: FrameReader = (line) => {
  const match = RUBY.exec(line);
  if (!match) return null;
  const [, file = '', lineNumber, name = ''] = match;
  return { text: `${name}:${lineNumber}`, isOwn: !/\/gems\/|\/ruby\//.test(file) };
};

// The more particular first: frames of .NET without a file are read as Java's, frames of Java without a line would be a script's.
const READERS: readonly FrameReader[] = [readDotnet, readJava, readScript, readPython, readGo, readRuby];

//                 ┌ the word before           ┌ package     ┌ name
const CAUSE =
  /^\s*(?:Caused by: |Suppressed: )?(?:[\w$]+[.:]+)*([A-Z][\w$]*(?:Exception|Error|Throwable|Fault|Panic|Interrupt))\b/;
//                  ┌ package      ┌ name
const NAMED = /(?:\b[\w$]+\.)*\b([A-Z][\w$]*(?:Exception|Error|Throwable))\b/;

const known = new WeakMap<Row, TraceSummary | null>();

/** @returns null for a record that holds no stack trace; the answer is kept with the row */
export function traceOf(row: Row): TraceSummary | null {
  if (row.lineCount < 2) return null;
  const cached = known.get(row);
  if (cached !== undefined) return cached;
  const summary = summarise(row.text);
  known.set(row, summary);
  return summary;
}

/** @param text  a record's text, its first line being the message */
export function summarise(text: string): TraceSummary | null {
  const [first = '', ...lines] = text.split('\n');
  const frames: Frame[] = [];
  let cause = '';
  for (const raw of lines) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const frame = readFrame(line);
    if (frame) frames.push(frame);
    else cause = CAUSE.exec(line)?.[1] ?? cause;
  }
  if (frames.length === 0) return null;
  // Python tells the outermost first.
  const isTurned = lines.some((line) => PYTHON.test(line));
  const own = frames.filter((frame) => frame.isOwn).map((frame) => frame.text);
  if (isTurned) own.reverse();
  return {
    frameCount: frames.length,
    exception: cause || (NAMED.exec(first)?.[1] ?? ''),
    ownFrames: own.slice(0, SHOWN_FRAMES),
  };
}

function readFrame(line: string): Frame | null {
  if (line.length > 2000) return null;
  for (const read of READERS) {
    const frame = read(line);
    if (frame) return frame;
  }
  return null;
}
