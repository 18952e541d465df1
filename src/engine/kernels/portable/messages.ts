/**
 * Where the messages of records are: what their skeletons are made of, before it is cut. The format program is run over each
 * record's first line again, since columns do not hold it. This twin defines "correct".
 */

import { FormatMachine } from './index-machine';

const PROGRAM_BYTES = 65536;

export function findMessages(
  memory: WebAssembly.Memory,
  program: number,
  bytes: number,
  bytesEnd: number,
  offsets: number,
  first: number,
  end: number,
  count: number,
  within: number,
  found: number,
): number {
  const all = new Uint8Array(memory.buffer);
  const view = new DataView(memory.buffer);
  const machine = new FormatMachine(all.slice(program, program + PROGRAM_BYTES), [], all);
  let at = found;
  for (let i = first; i < end; i++) {
    if (within !== 0 && ((view.getUint32(within + (i >> 5) * 4, true) >>> (i & 31)) & 1) === 0) continue;
    const start = bytes + view.getUint32(offsets + i * 4, true);
    const behind = bytes + (i + 1 < count ? view.getUint32(offsets + (i + 1) * 4, true) : bytesEnd);
    let lineEnd = all.subarray(0, behind).indexOf(10, start);
    if (lineEnd < 0) lineEnd = behind;
    if (lineEnd > start && all[lineEnd - 1] === 13) lineEnd--;
    const hasMessage = machine.matchAny(start, lineEnd) >= 0 && machine.messageStart >= 0;
    view.setUint32(at, hasMessage ? machine.messageStart : start, true);
    view.setUint32(at + 4, hasMessage ? machine.messageEnd : lineEnd, true);
    at += 8;
  }
  return (at - found) / 8;
}
