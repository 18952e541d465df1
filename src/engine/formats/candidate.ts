/** A format on trial: what its machine says of each sampled line, and what that is worth. */

import { FLAG_DATELESS } from '../kernels/index-layout';
import { FormatMachine } from '../kernels/portable/index-machine';
import type { Format } from './format';
import { PLAUSIBLE_FROM, PLAUSIBLE_TO } from './learn-keys';
import { compileProgram } from './program';
import { CONTINUATION, type SampleLines } from './sample-lines';

/**
 * What an accepted line is worth, up to about 0.9. A time counts most: without it there is no timeline. Each column that
 * was told apart counts, so that among formats that accept the same lines the one that demands more of them wins; a
 * named format counts a little more than a general one with the same columns.
 */
const WORTH = {
  accepted: 0.05,
  time: 0.45,
  level: 0.12,
  column: 0.05,
  named: 0.04,
  json: 0.2,
  logfmt: 0.08,
  message: 0.06,
  key: 0.01,
};
const MAX_COLUMNS = 4;
/** A continuation line taken for a record tears a stack trace apart. */
export const TORN = -0.3;
/** A time far from any log's: the line was misread. */
const WILD = -0.1;
/** What `score` calls 1: time, level, two columns and a name. */
export const FULL_WORTH = 0.76;

/** What a format said of the lines of one window; index as in `SampleLines`. */
export interface Outcome {
  /** NaN: refused. */
  readonly worth: Float32Array;
  /** Raw ms; NaN: no time, or a wild one. */
  readonly raw: Float64Array;
  /** Level code. */
  readonly level: Uint8Array;
  /** Of the times. */
  readonly flags: Uint8Array;
}

/** A machine and which of its program's formats is meant. */
interface Place {
  readonly machine: FormatMachine;
  readonly index: number;
}

/**
 * Formats compiled together for detection, where each is asked alone. Level words belong to a whole program, so a format
 * with words of its own gets a program of its own.
 */
const TOGETHER = 16;
/** Compiling costs more than matching, and formats are constants. */
const PLACES = new WeakMap<Format, Place>();

/** Compiles what is not compiled yet. */
function compileAll(formats: readonly Format[]): void {
  const fresh = formats.filter((format) => !PLACES.has(format));
  const plain = fresh.filter((format) => format.levels === undefined);
  const groups = fresh.filter((format) => format.levels !== undefined).map((format) => [format]);
  for (let i = 0; i < plain.length; i += TOGETHER) groups.push(plain.slice(i, i + TOGETHER));
  for (const group of groups) {
    const program = compileProgram(group);
    const machine = new FormatMachine(program.bytes, program.fieldNames);
    for (const [index, format] of group.entries()) PLACES.set(format, { machine, index });
  }
}

/** @param formats  with their places in the list, and what was learned of them */
export function createCandidates(formats: readonly { format: Format; order: number; how: string }[]): Candidate[] {
  compileAll(formats.map(({ format }) => format));
  return formats.map(({ format, order, how }) => new Candidate(format, order, how, PLACES.get(format) as Place));
}

export class Candidate {
  private readonly bonus: number;
  private readonly outcomes: (Outcome | undefined)[] = [];
  /** How often each column was told apart. */
  readonly columns = new Map<string, number>();

  /**
   * @param order  place in the list of formats: breaks ties
   * @param how  what was learned, for people; empty when nothing was
   */
  constructor(
    readonly format: Format,
    readonly order: number,
    readonly how: string,
    private readonly place: Place,
  ) {
    this.bonus = WORTH.accepted + this.staticWorth();
  }

  private staticWorth(): number {
    const { format } = this;
    if (format.kind === 'plain') return 0;
    const named = format.family === 'Text' || (format.family === 'Structured' && this.how !== '') ? 0 : WORTH.named;
    if (format.kind === 'json') return WORTH.json + named + WORTH.key * Math.min(format.required.length, 5);
    return format.kind === 'logfmt' ? WORTH.logfmt : named;
  }

  /** Worth of a line; NaN when it is refused. Leaves the match in the machine's public members. */
  judge(lines: SampleLines, index: number): number {
    const { machine, index: format } = this.place;
    const match = machine.match(lines.bytes, lines.starts[index] as number, lines.ends[index] as number, format);
    if (match === null) return Number.NaN;
    const isContinuation = lines.kinds[index] === CONTINUATION;
    if (this.format.kind === 'plain') return isContinuation ? TORN : WORTH.accepted;
    let worth = this.bonus;
    if (match.raw !== null) {
      if (!isPlausible(match.raw, match.flags)) return WILD;
      worth += WORTH.time;
    } else if (isContinuation) return TORN;
    if (match.level > 0) worth += WORTH.level;
    if (this.format.kind === 'layout') worth += WORTH.column * Math.min(match.fields.length, MAX_COLUMNS);
    else if (match.messageStart > (lines.starts[index] as number)) worth += WORTH.message;
    return worth;
  }

  /** Every line of a window; computed once. */
  outcome(window: number, lines: SampleLines): Outcome {
    const { machine } = this.place;
    const known = this.outcomes[window];
    if (known !== undefined) return known;
    const count = lines.starts.length;
    const made: Outcome = {
      worth: new Float32Array(count),
      raw: new Float64Array(count).fill(Number.NaN),
      level: new Uint8Array(count),
      flags: new Uint8Array(count),
    };
    for (let i = 0; i < count; i++) {
      const worth = this.judge(lines, i);
      made.worth[i] = worth;
      if (Number.isNaN(worth)) continue;
      made.level[i] = machine.level;
      if (machine.hasTime && worth > 0) {
        made.raw[i] = machine.raw;
        made.flags[i] = machine.flags;
      }
      for (const { name } of machine.fields) this.columns.set(name, (this.columns.get(name) ?? 0) + 1);
    }
    this.outcomes[window] = made;
    return made;
  }
}

function isPlausible(raw: number, flags: number): boolean {
  return (flags & FLAG_DATELESS) !== 0 || (raw >= PLAUSIBLE_FROM && raw < PLAUSIBLE_TO);
}
