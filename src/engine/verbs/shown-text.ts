/** Counts and log text as a verb's lines show them: safe on a terminal, and no wider than it. */

import { formatCount } from '../../base/units';

/** "1 record", "9,512,920 records" */
export function toCountText(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

//              ┌ C0, DEL, C1   ┌ reading direction: what one sees is not what is there
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Log text that cannot steer a terminal: control characters become their pictures (ESC is ␛), tabs a blank.
 * Its length in UTF-16 units stays the same.
 */
export function toVisibleText(text: string): string {
  return text.replaceAll('\t', ' ').replace(UNSAFE, (sign) => {
    const code = sign.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : '�';
  });
}

/** At most `columns` characters; an … in the last place says that there was more. `null`: all of it. */
export function cutText(text: string, columns: number | null): string {
  if (columns === null || text.length <= columns) return text;
  const signs = Array.from(text.slice(0, (Math.max(columns, 0) + 1) * 2));
  if (signs.length <= columns) return signs.join('');
  return `${signs.slice(0, Math.max(0, columns - 1)).join('')}…`;
}
