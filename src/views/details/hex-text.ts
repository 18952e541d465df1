/** Bytes as a hex dump: offset, sixteen bytes (or fewer), and what of them is printable ASCII. */

export const BYTES_PER_LINE = 16;

export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly ascii: string;
}

/** @param start  offset of the first byte, shown at the left */
export function toHexLines(bytes: Uint8Array, start: number, perLine = BYTES_PER_LINE): HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += perLine)
    lines.push(toHexLine(bytes.subarray(at, at + perLine), start + at));
  return lines;
}

function toHexLine(bytes: Uint8Array, offset: number): HexLine {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return {
    offset: offset.toString(16).padStart(8, '0'),
    // A gap in the middle helps the eye to count to eight.
    hex: `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`.trimEnd(),
    ascii: Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
  };
}
