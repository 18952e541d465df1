/**
 * How many U+FFFD a WHATWG decoder would put in place of invalid UTF-8: its state machine, sequence by sequence.
 *
 * @see https://encoding.spec.whatwg.org/#utf-8-decoder
 */

import type { MemoryArrays } from './memory-arrays';

export function countInvalidUtf8(memory: MemoryArrays, start: number, end: number): number {
  const { bytes } = memory.now();
  let count = 0;
  let at = start;
  while (at < end) {
    const lead = bytes[at++]!;
    if (lead < 0x80) continue;
    if (lead < 0xc2 || lead > 0xf4) {
      count++;
      continue;
    }
    // The second byte's bounds keep out overlong forms (E0, F0), surrogates (ED) and what is past U+10FFFF (F4).
    let lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    let highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    for (let wanted = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3; wanted > 0; wanted--) {
      // The byte that does not fit is looked at again: it may begin a sequence of its own.
      if (at >= end || bytes[at]! < lowest || bytes[at]! > highest) {
        count++;
        break;
      }
      at++;
      lowest = 0x80;
      highest = 0xbf;
    }
  }
  return count;
}
