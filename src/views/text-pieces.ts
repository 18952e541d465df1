/** Log text cut into what is drawn: plain runs, hits, and tokens in place of characters that would hide or disturb. */

export interface Piece {
  /** What is drawn: the text itself, or a token's name such as `ESC` or `RLO`. */
  readonly text: string;
  readonly isHit: boolean;
  /** Stands for a character that is not drawn as itself. */
  readonly isToken: boolean;
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
 * @param hits   UTF-16 [start, end) pairs into `text`, flattened, ascending, as in Row
 * @param start  part of `text` to cut, UTF-16, half-open
 */
export function toPieces(text: string, hits: readonly number[] = [], start = 0, end = text.length): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  for (let pair = 0; pair + 1 < hits.length && at < end; pair += 2) {
    const hitStart = Math.max(at, hits[pair] ?? 0);
    const hitEnd = Math.min(end, hits[pair + 1] ?? 0);
    if (hitEnd <= hitStart) continue;
    addRun(pieces, text.slice(at, hitStart), false);
    addRun(pieces, text.slice(hitStart, hitEnd), true);
    at = hitEnd;
  }
  if (at < end) addRun(pieces, text.slice(at, end), false);
  return pieces;
}

function addRun(pieces: Piece[], run: string, isHit: boolean) {
  let at = 0;
  for (const match of run.matchAll(STRANGE)) {
    if (match.index > at) pieces.push({ text: run.slice(at, match.index), isHit, isToken: false });
    pieces.push({ text: toTokenName(match[0].codePointAt(0) ?? 0), isHit, isToken: true });
    at = match.index + match[0].length;
  }
  if (at < run.length) pieces.push({ text: run.slice(at), isHit, isToken: false });
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
