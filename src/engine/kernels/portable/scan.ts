/** Bytes of one kind: counting them, finding the first or last. Each is the loop its name says. */

import type { MemoryArrays } from './memory-arrays';

const NEWLINE = 0x0a;

function countByte(memory: MemoryArrays, start: number, end: number, byte: number): number {
  const { bytes } = memory.now();
  let count = 0;
  for (let at = start; at < end; at++) if (bytes[at] === byte) count++;
  return count;
}

export function countNewlines(memory: MemoryArrays, start: number, end: number): number {
  return countByte(memory, start, end, NEWLINE);
}

export function countNuls(memory: MemoryArrays, start: number, end: number): number {
  return countByte(memory, start, end, 0);
}

export function findNewline(memory: MemoryArrays, start: number, end: number): number {
  const { bytes } = memory.now();
  let at = start;
  while (at < end && bytes[at] !== NEWLINE) at++;
  return at;
}

export function findLastNewline(memory: MemoryArrays, start: number, end: number): number {
  const { bytes } = memory.now();
  let at = end - 1;
  while (at >= start && bytes[at] !== NEWLINE) at--;
  return at;
}

export function isAscii(memory: MemoryArrays, start: number, end: number): boolean {
  const { bytes } = memory.now();
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80) return false;
  return true;
}

export function textFlags(memory: MemoryArrays, start: number, end: number): number {
  return (isAscii(memory, start, end) ? 0 : 1) | (countNuls(memory, start, end) > 0 ? 2 : 0);
}
