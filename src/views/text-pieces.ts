/**
 * Log text cut into what is drawn: plain runs, hits, highlights, the colours of a terminal, and tokens in place of
 * characters that would hide or disturb.
 */
import { applySgr, type AnsiStyle, PLAIN, SGR, toStyleNames } from './ansi';

export interface Piece {
  /** What is drawn: the text itself, a token's name such as `ESC` or `RLO`, or nothing for a colour's sequence. */
  readonly text: string;
  /** What it stands for: all sources in a row are the text. */
  readonly source: string;
  readonly isHit: boolean;
  /** Stands for a character that is not drawn as itself. */
  readonly isToken: boolean;
  /** The highlight it lies in, as given; -1: none. */
  readonly highlight: number;
  readonly style: readonly string[];
}

export interface PieceMarks {
  /** UTF-16 [start, end) pairs into the text, flattened, ascending, as in Row. */
  readonly hits?: readonly number[] | undefined;
  /** UTF-16 [start, end, index] triples, flattened, as in Row; of those that overlap the one of the lowest index is drawn. */
  readonly highlights?: readonly number[] | undefined;
}

const CONTROL_NAMES = [
  'NUL',
  'SOH',
  'STX',
  'ETX',
  'EOT',
  'ENQ',
  'ACK',
  'BEL',
  'BS',
  'TAB',
  'LF',
  'VT',
  'FF',
  'CR',
  'SO',
  'SI',
  'DLE',
  'DC1',
  'DC2',
  'DC3',
  'DC4',
  'NAK',
  'SYN',
  'ETB',
  'CAN',
  'EM',
  'SUB',
  'ESC',
  'FS',
  'GS',
  'RS',
  'US',
];

// Characters that turn the reading direction, or take no room: what one sees would not be what is there.
const HIDDEN_NAMES: ReadonlyMap<number, string> = new Map(
  (
    'DEL 7f SHY ad ALM 61c MVS 180e ZWSP 200b ZWNJ 200c ZWJ 200d LRM 200e RLM 200f LS 2028 PS 2029 ' +
    'LRE 202a RLE 202b PDF 202c LRO 202d RLO 202e WJ 2060 LRI 2066 RLI 2067 FSI 2068 PDI 2069 BOM feff'
  )
    .match(/\S+ \S+/g)
    ?.map((pair) => {
      const [name = '', code = ''] = pair.split(' ');
      return [Number.parseInt(code, 16), name];
    }),
);

//                             ┌ control
//                             │     ┌ invisible, bidi
//                             │     │     ┌ lone surrogates
//                             │     │     │     ┌ line and paragraph separators
const STRANGE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function toTokenName(code: number): string {
  return CONTROL_NAMES[code] ?? HIDDEN_NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * @param start  part of `text` to cut, UTF-16, half-open
 */
export function toPieces(text: string, marks: PieceMarks = {}, start = 0, end = text.length): Piece[] {
  const { hits = [], highlights = [] } = marks;
  const pieces: Piece[] = [];
  const look: Look = { isHit: false, highlight: -1, style: PLAIN };
  // Most text by far has none of it all.
  if (hits.length === 0 && highlights.length === 0 && !text.includes('\u001b')) {
    addRun(pieces, text.slice(start, end), look);
    return pieces;
  }
  const sequences = findSequences(text, end);
  const cuts = new Set<number>([start, end]);
  const cut = (at: number) => {
    if (at > start && at < end) cuts.add(at);
  };
  for (const at of hits) cut(at);
  for (let at = 0; at + 2 < highlights.length; at += 3) {
    cut(highlights[at] ?? 0);
    cut(highlights[at + 1] ?? 0);
  }
  for (const sequence of sequences) {
    cut(sequence.start);
    cut(sequence.end);
  }
  const ends = [...cuts].sort((a, b) => a - b);
  let pair = 0;
  let next = 0;
  let style = PLAIN;
  for (let at = 0; at + 1 < ends.length; at += 1) {
    const from = ends[at] ?? 0;
    const to = ends[at + 1] ?? 0;
    while (pair + 1 < hits.length && (hits[pair + 1] ?? 0) <= from) pair += 2;
    while ((sequences[next]?.end ?? Infinity) <= from) {
      style = sequences[next]?.style ?? PLAIN;
      next += 1;
    }
    const here: Look = {
      isHit: pair + 1 < hits.length && (hits[pair] ?? 0) <= from,
      highlight: at3(highlights, from),
      style,
    };
    const sequence = sequences[next];
    if (sequence && sequence.start <= from) addSequence(pieces, text.slice(from, to), here);
    else addRun(pieces, text.slice(from, to), here);
  }
  return pieces;
}

interface Look {
  readonly isHit: boolean;
  readonly highlight: number;
  readonly style: AnsiStyle;
}

interface Sequence {
  readonly start: number;
  readonly end: number;
  /** After it. */
  readonly style: AnsiStyle;
}

/** Sequences of colours up to `end`: also those before the part that is shown, for they colour it. */
function findSequences(text: string, end: number): Sequence[] {
  const found: Sequence[] = [];
  let style = PLAIN;
  for (const match of text.slice(0, end).matchAll(SGR)) {
    style = applySgr(style, match[1] ?? '');
    found.push({ start: match.index, end: match.index + match[0].length, style });
  }
  return found;
}

/** The lowest index of the triples that hold a place; -1 when none does. */
function at3(triples: readonly number[], place: number): number {
  let lowest = -1;
  for (let at = 0; at + 2 < triples.length; at += 3) {
    const index = triples[at + 2] ?? 0;
    if ((triples[at] ?? 0) <= place && place < (triples[at + 1] ?? 0) && (lowest < 0 || index < lowest)) lowest = index;
  }
  return lowest;
}

/** A sequence is not drawn; where it is what was searched for, it is a token. */
function addSequence(pieces: Piece[], source: string, { isHit, highlight }: Look) {
  pieces.push({ text: isHit ? 'SGR' : '', source, isHit, isToken: isHit, highlight, style: [] });
}

function addRun(pieces: Piece[], run: string, look: Look) {
  const { isHit, highlight } = look;
  const style = toStyleNames(look.style);
  let at = 0;
  const addPlain = (source: string) => pieces.push({ text: source, source, isHit, isToken: false, highlight, style });
  for (const match of run.matchAll(STRANGE)) {
    if (match.index > at) addPlain(run.slice(at, match.index));
    const name = toTokenName(match[0].codePointAt(0) ?? 0);
    pieces.push({ text: name, source: match[0], isHit, isToken: true, highlight, style });
    at = match.index + match[0].length;
  }
  if (at < run.length) addPlain(run.slice(at));
}

/** How many hits begin before `start`, and how many others end after `end`. */
export function countHitsOutside(
  hits: readonly number[],
  start: number,
  end: number,
): { readonly before: number; readonly after: number } {
  let before = 0;
  let after = 0;
  for (let pair = 0; pair + 1 < hits.length; pair += 2) {
    if ((hits[pair] ?? 0) < start) before += 1;
    else if ((hits[pair + 1] ?? 0) > end) after += 1;
  }
  return { before, after };
}
