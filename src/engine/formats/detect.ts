/**
 * Which formats a source is written in, judged on windows of it.
 *
 *   1. All formats on two dozen lines of the head. Candidates are those that no other outdoes on every line they take.
 *   2. Candidates on every line of every window; lines that all of them refuse are shown to all formats once more.
 *   3. The best alone is the first of the set. Others join while that makes the whole set, run over the lines as the
 *      indexer will run it, worth more: a file may change its format midway.
 *
 * What a line is worth to a format is in `candidate.ts`.
 */

import { createCandidates, FULL_WORTH, TORN, type Candidate, type Outcome } from './candidate';
import { dayMonthTwin } from './day-month';
import { explain } from './explain-choice';
import type { Format } from './format';
import { learnDirectives } from './learn-directives';
import { learnKeys, readJsonLines, readLogfmtLines, shareWith } from './learn-keys';
import { type LearnedHeader, learnTable } from './learn-table';
import { FORMATS } from './registry';
import { CONTINUATION, cutSamples, EMPTY, HEAD, type SampleLines } from './sample-lines';

export interface DetectionChoice {
  /** Generic JSON and logfmt come with the keys that the sample taught. */
  readonly format: Format;
  /** 0..1: share of the sampled lines explained, weighed by how much the format tells of them. */
  readonly score: number;
  /** For people: "time, level, thread and logger in columns: 998 of 1,000 sampled lines; 2 continue a record". */
  readonly reason: string;
}

export interface Detection {
  /** Best first; formats that explain nothing are left out. Never empty. */
  readonly choices: readonly DetectionChoice[];
  /** To be compiled together, in this order; at most SET_LIMIT; the first is choices[0]. */
  readonly set: readonly Format[];
  /** Of the first. */
  readonly reason: string;
  /** Day and month could be the other way round, and nothing in the sample tells. */
  readonly ambiguous: boolean;
}

export interface DetectOptions {
  /** Absent: the whole catalogue. One format alone is never refused, and still learns its keys. */
  readonly formats?: readonly Format[];
  /** Every window begins and ends with a line; absent: the last line of each, and the first of all but the head, may be cut. */
  readonly isWholeLines?: boolean;
}

export const SET_LIMIT = 6;
/** Lines looked at: of the head, of every further window. */
const HEAD_LINES = 1000;
const PROBE_LINES = 120;
/** Lines that all formats are tried on, of the head and of those that every candidate refuses. */
const TRIAL_LINES = 24;
const RETRIAL_LINES = 24;
/** Formats that stay after the trial, at most. */
const CANDIDATES = 12;
/** A dialect of JSON must have its required keys in this share of the objects. */
const DIALECT_SHARE = 0.8;
/** A timed line that the set swallows though some format reads it: worse than a column lost on many. */
const MISSED = -1;
/**
 * A line without time that may begin a record and is refused by a format that reads no times: it would be folded into the
 * record before it for the sake of a level. So such formats need most of the lines, while plain text takes each.
 */
const FOLDED = -0.1;
/** What joins a set explains so much of the lines that it refuses … */
const JOIN_SHARE = 0.002;
/** … and takes no more than this share of the continuation lines. */
const TORN_SHARE = 0.02;
/** Without times, only whole stretches of so many lines join. */
const JOIN_RUN = 30;

/** What a run over the lines costs. Marks are per window and line; absent: no such charge. */
interface Charges {
  /** Worth of a refused line that may begin a record. */
  readonly refusedWorth: number;
  /** 1: a time can be read here, so refusing the line is worth MISSED. */
  readonly timed?: readonly Uint8Array[];
  /** 1: the line continues a record, so accepting it is worth TORN. */
  readonly continued?: readonly Uint8Array[];
}

interface Window {
  readonly lines: SampleLines;
  readonly index: number;
}

/**
 * @param samples  windows of the source, each at most 64 KiB: its head first, then probes further on, ascending
 */
export function detectFormats(samples: readonly Uint8Array[], options: DetectOptions = {}): Detection {
  const formats = options.formats ?? FORMATS;
  const cut = cutSamples(samples, options.isWholeLines ?? false, [HEAD_LINES, PROBE_LINES]);
  const headers = learnHeaders(formats, cut);
  const windows = cut.map((lines, index) => ({ lines: index === 0 ? markInnerLines(lines, headers) : lines, index }));
  const trial = new Trial(formats, windows, headers);
  const ranked = trial.ranked();
  const first = ranked[0];
  if (first === undefined) return nothingFits(formats);
  const set = trial.bestSet(ranked);
  const leader = set[0] as Candidate;
  const choices = [
    { format: leader.format, score: scoreOf(trial.worthAlone(leader)), reason: explain(leader, trial.windows) },
    ...[
      ...ranked
        .filter((candidate) => candidate !== leader)
        .map((candidate) => ({
          format: candidate.format,
          score: scoreOf(trial.worthAlone(candidate)),
          reason: explain(candidate, trial.windows),
        })),
      ...trial.outdone(),
    ].sort((a, b) => b.score - a.score),
  ];
  return {
    choices,
    set: set.map((candidate) => candidate.format),
    reason: choices[0]?.reason ?? '',
    ambiguous: ranked.some((other) => other !== leader && dayMonthTwin(leader, other, trial.windows) === 'undecided'),
  };
}

type Headers = ReadonlyMap<Format, LearnedHeader>;

/** What formats with names of columns in the text make of it; those that find none are not in it. */
function learnHeaders(formats: readonly Format[], windows: readonly SampleLines[]): Headers {
  const learned = new Map<Format, LearnedHeader>();
  const head = windows[0];
  for (const format of formats) {
    if (format.kind !== 'layout' || format.header === undefined || head === undefined) continue;
    const header = format.header === 'first-line' ? learnTable(format, head) : learnDirectives(format, windows);
    if (header !== null) learned.set(format, header);
  }
  return learned;
}

/** Lines on which a row of a table goes on begin no record, whatever they look like. */
function markInnerLines(lines: SampleLines, headers: Headers): SampleLines {
  const inner = new Set([...headers.values()].flatMap((header) => [...header.innerLines]));
  if (inner.size === 0) return lines;
  return { ...lines, kinds: lines.kinds.map((kind, i) => (kind === HEAD && inner.has(i) ? CONTINUATION : kind)) };
}

function nothingFits(formats: readonly Format[]): Detection {
  const format = formats.find(({ kind }) => kind === 'plain') ?? formats[0];
  if (format === undefined) throw new Error('no formats to choose from');
  const reason = 'no line of the sample begins a record of a known format';
  return { choices: [{ format, score: 0, reason }], set: [format], reason, ambiguous: false };
}

function scoreOf(worth: number): number {
  return Math.min(1, Math.max(0, worth / FULL_WORTH));
}

class Trial {
  private readonly candidates: Candidate[] = [];
  private readonly rest: Candidate[] = [];
  private readonly alone = new Map<Candidate, number>();
  /** Formats that another outdoes, as far as the trial went. */
  private readonly lesser = new Map<Candidate, { worth: number; better: Candidate }>();

  constructor(
    formats: readonly Format[],
    readonly windows: readonly Window[],
    private readonly headers: Headers,
  ) {
    const contestants = this.prepare(formats);
    const head = this.windows[0];
    if (head === undefined) {
      this.rest = contestants;
      return;
    }
    const spread = spreadIndexes(head.lines, TRIAL_LINES);
    const judged = contestants
      .map((candidate) => {
        const worths = spread.map((line) => candidate.judge(head.lines, line));
        return { candidate, worths, worth: sumOf(worths) };
      })
      .filter(({ worth }) => worth > 0)
      .sort((a, b) => b.worth - a.worth || a.candidate.order - b.candidate.order);
    for (const tried of judged) {
      const better = judged.find(
        (other) => this.candidates.includes(other.candidate) && outdoes(other.worths, tried.worths),
      );
      if (better !== undefined)
        this.lesser.set(tried.candidate, { worth: tried.worth / spread.length, better: better.candidate });
      else if (this.candidates.length < CANDIDATES) this.candidates.push(tried.candidate);
    }
    this.rest = contestants.filter((candidate) => !this.candidates.includes(candidate));
    for (const window of this.windows) this.retry(window);
  }

  /** Makes the contestants: dialects of JSON whose keys are there, generic JSON and logfmt with the keys they learn. */
  private prepare(formats: readonly Format[]): Candidate[] {
    const lines = this.windows.map((window) => window.lines);
    const objects = formats.some(({ kind }) => kind === 'json') ? readJsonLines(lines) : [];
    const pairs = formats.some(({ kind }) => kind === 'logfmt') ? readLogfmtLines(lines) : [];
    const made: { format: Format; order: number; how: string }[] = [];
    formats.forEach((format, order) => {
      if (format.kind === 'json' && format.required.length > 0) {
        if (formats.length === 1 || shareWith(objects, format.required) >= DIALECT_SHARE)
          made.push({ format, order, how: '' });
      } else if (format.kind === 'json' && objects.length > 0) {
        const learned = learnKeys(format, objects);
        made.push({ ...learned, order });
      } else if (format.kind === 'logfmt' && pairs.length > 0) {
        const learned = learnKeys(format, pairs);
        made.push({ ...learned, order });
      } else made.push({ ...(this.headers.get(format) ?? { format, how: '' }), order });
    });
    return createCandidates(made);
  }

  /** Shows the lines of a window that no candidate takes (plain aside) to all other formats; who takes some becomes one. */
  private retry(window: Window): void {
    const refused: number[] = [];
    const { kinds } = window.lines;
    for (let i = 0; i < kinds.length && refused.length < RETRIAL_LINES; i++) {
      if (
        kinds[i] === HEAD &&
        this.candidates.every((candidate) => candidate.format.kind === 'plain' || !isTaken(candidate, window, i))
      )
        refused.push(i);
    }
    if (refused.length === 0) return;
    const judged = this.rest
      .map((candidate) => ({ candidate, worth: sumOf(refused.map((line) => candidate.judge(window.lines, line))) }))
      .filter(({ worth }) => worth > 0)
      .sort((a, b) => b.worth - a.worth || a.candidate.order - b.candidate.order)
      .slice(0, 3);
    for (const { candidate } of judged) {
      this.candidates.push(candidate);
      this.rest.splice(this.rest.indexOf(candidate), 1);
    }
  }

  /** Runners-up that were not looked at further, since another format tells more of every line they take. */
  outdone(): DetectionChoice[] {
    return [...this.lesser]
      .filter(([candidate]) => !this.candidates.includes(candidate))
      .map(([{ format }, { worth, better }]) => ({
        format,
        score: scoreOf(worth),
        reason: `tells less of each line than ${better.format.title}`,
      }));
  }

  /** Candidates that explain something, best first; of two that read the date differently, the one with the steadier times. */
  ranked(): Candidate[] {
    const ranked = this.candidates
      .filter((candidate) => this.worthAlone(candidate) > 0)
      .sort((a, b) => this.worthAlone(b) - this.worthAlone(a) || a.order - b.order);
    const first = ranked[0];
    if (first === undefined) return [];
    const steadier = ranked.find((other) => other !== first && dayMonthTwin(first, other, this.windows) === 'other');
    return steadier === undefined ? ranked : [steadier, ...ranked.filter((candidate) => candidate !== steadier)];
  }

  /** Mean worth of a line with this format alone. The head counts half: what stands there is what the file is. */
  worthAlone(candidate: Candidate): number {
    const known = this.alone.get(candidate);
    if (known !== undefined) return known;
    const refusedWorth = candidate.format.kind === 'plain' || this.readsTimes(candidate) ? 0 : FOLDED;
    const head = this.run([candidate], this.windows.slice(0, 1), { refusedWorth });
    const all = this.windows.length > 1 ? this.run([candidate], this.windows, { refusedWorth }) : head;
    const worth = (head + all) / 2;
    this.alone.set(candidate, worth);
    return worth;
  }

  /** Whether most of the lines that a candidate takes have a time. */
  private readsTimes(candidate: Candidate): boolean {
    let [taken, timed] = [0, 0];
    for (const window of this.windows) {
      const { worth, raw } = outcomeOf(candidate, window);
      for (let i = 0; i < worth.length; i++) {
        if (Number.isNaN(worth[i])) continue;
        taken++;
        if (!Number.isNaN(raw[i])) timed++;
      }
    }
    return timed * 2 > taken;
  }

  /** The set for the indexer, its leader first. */
  bestSet(ranked: readonly Candidate[]): Candidate[] {
    const charges = this.chargesOf(ranked);
    let best: Candidate[] = [];
    let bestWorth = -Infinity;
    const floor = this.worthAlone(ranked[0] as Candidate) / 2;
    for (const leader of ranked.slice(0, 3)) {
      if (this.worthAlone(leader) < floor) continue;
      const set = this.extend(leader, ranked, charges);
      const worth = this.run(set, this.windows, charges);
      // A later leader must be better by more than chance.
      if (worth > bestWorth + (best.length === 0 ? 0 : 0.005)) {
        best = set;
        bestWorth = worth;
      }
      if (leader.format.kind === 'plain') break;
    }
    return best;
  }

  private extend(leader: Candidate, ranked: readonly Candidate[], charges: Charges): Candidate[] {
    const set = [leader];
    if (leader.format.kind === 'plain') return set;
    let worth = this.run(set, this.windows, charges);
    while (set.length < SET_LIMIT) {
      let join: Candidate | null = null;
      for (const candidate of ranked) {
        if (set.includes(candidate) || !this.mayJoin(candidate, set)) continue;
        const together = this.run([...set, candidate], this.windows, charges);
        if (together > worth + 1e-6) {
          join = candidate;
          worth = together;
        }
      }
      if (join === null) return set;
      set.push(join);
    }
    return set;
  }

  /** Whether a candidate explains enough of what the set refuses, and leaves the set's continuation lines alone. */
  private mayJoin(candidate: Candidate, set: readonly Candidate[]): boolean {
    if (candidate.format.kind === 'plain') return false;
    let [lineCount, taken, timed, continuations, torn, longest] = [0, 0, 0, 0, 0, 0];
    for (const window of this.windows) {
      const { kinds } = window.lines;
      const { raw } = outcomeOf(candidate, window);
      let run = 0;
      for (let i = 0; i < kinds.length; i++) {
        if (kinds[i] === EMPTY) continue;
        lineCount++;
        const isRefused = set.every((member) => !isTaken(member, window, i));
        const isTakenHere = isRefused && isTaken(candidate, window, i);
        if (kinds[i] === CONTINUATION && isRefused) {
          continuations++;
          if (isTakenHere) torn++;
          continue;
        }
        if (isTakenHere) {
          taken++;
          if (!Number.isNaN(raw[i])) timed++;
        }
        run = isTakenHere ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
    }
    if (taken === 0 || taken < lineCount * JOIN_SHARE || torn > continuations * TORN_SHARE) return false;
    return timed >= taken / 2 || longest >= Math.min(JOIN_RUN, lineCount / 2);
  }

  /** What sets are charged for: lines that some format reads a time on, and lines that continue a record of the best alone. */
  private chargesOf(ranked: readonly Candidate[]): Charges {
    const best = ranked[0] as Candidate;
    const [timed, continued] = [[] as Uint8Array[], [] as Uint8Array[]];
    for (const window of this.windows) {
      const { kinds } = window.lines;
      const raws = ranked.map((candidate) => outcomeOf(candidate, window).raw);
      timed.push(Uint8Array.from(kinds, (_, i) => (raws.some((raw) => !Number.isNaN(raw[i])) ? 1 : 0)));
      continued.push(Uint8Array.from(kinds, (kind, i) => (kind === CONTINUATION && !isTaken(best, window, i) ? 1 : 0)));
    }
    return { refusedWorth: 0, timed, continued };
  }

  /**
   * Mean worth of a line when the set reads the windows as the indexer will: the first format of the set that accepts a line.
   * Lines that continue a record count neither for nor against it.
   */
  private run(set: readonly Candidate[], windows: readonly Window[], charges: Charges): number {
    let total = 0;
    let count = 0;
    for (const window of windows) {
      const { kinds } = window.lines;
      const outcomes = set.map((candidate) => outcomeOf(candidate, window));
      // A probe begins in the midst of the file: a record came before it.
      let hasRecord = window.index > 0;
      for (let i = 0; i < kinds.length; i++) {
        if (kinds[i] === EMPTY) continue;
        let worth = Number.NaN;
        for (let k = 0; k < outcomes.length && Number.isNaN(worth); k++)
          worth = (outcomes[k] as Outcome).worth[i] as number;
        if (!Number.isNaN(worth)) {
          total += charges.continued?.[window.index]?.[i] === 1 ? TORN : worth;
          hasRecord = true;
        } else if (kinds[i] === CONTINUATION && hasRecord) continue;
        else total += charges.timed?.[window.index]?.[i] === 1 ? MISSED : charges.refusedWorth;
        count++;
      }
    }
    return count === 0 ? 0 : total / count;
  }
}

function outcomeOf(candidate: Candidate, window: Window): Outcome {
  return candidate.outcome(window.index, window.lines);
}

function isTaken(candidate: Candidate, window: Window, line: number): boolean {
  return !Number.isNaN(outcomeOf(candidate, window).worth[line]);
}

/** Up to `count` lines that may begin a record, evenly over the window. */
function spreadIndexes(lines: SampleLines, count: number): number[] {
  const heads = lines.kinds.flatMap((kind, index) => (kind === EMPTY ? [] : [index]));
  if (heads.length <= count) return heads;
  return Array.from({ length: count }, (_, i) => heads[Math.floor((i * heads.length) / count)] as number);
}

/** Whether `better` is worth more on every line that `other` takes. */
function outdoes(better: readonly number[], other: readonly number[]): boolean {
  return other.every((worth, i) => Number.isNaN(worth) || (better[i] as number) > worth);
}

function sumOf(worths: readonly number[]): number {
  return worths.reduce((sum, worth) => (Number.isNaN(worth) ? sum : sum + worth), 0);
}
