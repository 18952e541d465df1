/** Straight layouts for several formats at once, from windows of a source. See `learn.ts`. */

import type { Format } from './format';
import { learnLayouts } from './learn';
import type { Item } from './pattern';

/**
 * @param windows  the first begins at the source's start, the others anywhere; what is no whole line is left out
 * @returns by format id; formats that are no layouts are not in it
 */
export function learnAll(formats: readonly Format[], windows: readonly Uint8Array[]): Map<string, Item[][]> {
  const lines: Uint8Array[] = [];
  for (const window of windows) {
    let start = window === windows[0] ? 0 : window.indexOf(10) + 1;
    for (let end = window.indexOf(10, start); end >= 0; end = window.indexOf(10, start)) {
      lines.push(window.subarray(start, end > start && window[end - 1] === 13 ? end - 1 : end));
      start = end + 1;
    }
  }
  const learned = new Map<string, Item[][]>();
  for (const format of formats) if (format.kind === 'layout') learned.set(format.id, learnLayouts(format, lines));
  return learned;
}
