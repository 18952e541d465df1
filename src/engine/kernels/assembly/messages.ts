/** Where messages are: `portable/messages.ts` over WebAssembly memory. */

import { matchAny, messageEnd, messageStart, setProgram } from './index-machine';
import { resetKeys } from './index-structured';
import { resetMemo } from './index-time';
import { findNewline } from './scan';

/** What was remembered of another program is of no use, nor is what is remembered of this one to the next. */
function forget(): void {
  resetMemo();
  resetKeys();
}

export function findMessages(
  program: usize,
  bytes: usize,
  bytesEnd: usize,
  offsets: usize,
  first: u32,
  end: u32,
  count: u32,
  within: usize,
  found: usize,
): u32 {
  setProgram(program);
  forget();
  let at = found;
  for (let i = first; i < end; i++) {
    if (within != 0) {
      const word = load<u32>(within + <usize>(i >> 5) * 4) >> (i & 31);
      if (word == 0) {
        i |= 31;
        continue;
      }
      if ((word & 1) == 0) continue;
    }
    const here = offsets + <usize>i * 4;
    const start = bytes + <usize>load<u32>(here);
    const behind = bytes + (i + 1 < count ? <usize>load<u32>(here, 4) : bytesEnd);
    let lineEnd = findNewline(start, behind);
    if (lineEnd > start && load<u8>(lineEnd - 1) == 13) lineEnd--;
    const hasMessage = matchAny(start, lineEnd) >= 0 && messageStart != 0;
    store<u32>(at, <u32>(hasMessage ? messageStart : start));
    store<u32>(at, <u32>(hasMessage ? messageEnd : lineEnd), 4);
    at += 8;
  }
  forget();
  return <u32>((at - found) >> 3);
}
