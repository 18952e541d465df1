/** Kernels over a memory: the compiled ones where there is a module, else the portable ones. */

import type { Kernels } from './kernels';
import * as bits from './portable/bits';
import * as columns from './portable/columns';
import { indexLines } from './portable/index-lines';
import { findMessages } from './portable/messages';
import { MemoryArrays } from './portable/memory-arrays';
import * as scan from './portable/scan';
import * as search from './portable/search';
import * as utf8 from './portable/utf8';

/** What the module exports: WebAssembly knows no unsigned results and no booleans, so those come as i32. */
type CompiledKernels = Omit<Kernels, 'kind' | 'memory' | 'isAscii'> & { isAscii(start: number, end: number): number };

/**
 * @param options.module  compiled from `kernels.wasm`; undefined: portable. Compile once, post it to every worker, and only
 *   where `hasSimd()`.
 * @param options.memory  the worker's own. Below RESERVED_BYTES it belongs to the kernels' tables. Its descriptor must name
 *   a maximum (65,536 pages at most): the module's import does, and WebAssembly refuses a memory without.
 */
export function createKernels(options: {
  module?: WebAssembly.Module | undefined;
  memory: WebAssembly.Memory;
}): Kernels {
  return options.module === undefined ? createPortable(options.memory) : createCompiled(options.module, options.memory);
}

function createCompiled(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const compiled = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as CompiledKernels;
  return {
    ...compiled,
    kind: 'simd',
    memory,
    countNewlines: (start, end) => compiled.countNewlines(start, end) >>> 0,
    findNewline: (start, end) => compiled.findNewline(start, end) >>> 0,
    findLastNewline: (start, end) => compiled.findLastNewline(start, end) >>> 0,
    isAscii: (start, end) => compiled.isAscii(start, end) !== 0,
    countNuls: (start, end) => compiled.countNuls(start, end) >>> 0,
    countInvalidUtf8: (start, end) => compiled.countInvalidUtf8(start, end) >>> 0,
    findExact: (start, end, needle, length) => toPosition(compiled.findExact(start, end, needle, length)),
    findFolded: (start, end, needle, length) => toPosition(compiled.findFolded(start, end, needle, length)),
  };
}

/** Pointers past 2 GiB come back negative; -1 alone is "none", for no buffer reaches the memory's last byte (slack). */
function toPosition(result: number): number {
  return result === -1 ? -1 : result >>> 0;
}

function createPortable(memory: WebAssembly.Memory): Kernels {
  const arrays = new MemoryArrays(memory);
  return {
    kind: 'portable',
    memory,
    countNewlines: (start, end) => scan.countNewlines(arrays, start, end),
    findNewline: (start, end) => scan.findNewline(arrays, start, end),
    findLastNewline: (start, end) => scan.findLastNewline(arrays, start, end),
    isAscii: (start, end) => scan.isAscii(arrays, start, end),
    textFlags: (start, end) => scan.textFlags(arrays, start, end),
    countNuls: (start, end) => scan.countNuls(arrays, start, end),
    countInvalidUtf8: (start, end) => utf8.countInvalidUtf8(arrays, start, end),
    findExact: (start, end, needle, length) => search.findExact(arrays, start, end, needle, length),
    findFolded: (start, end, needle, length) => search.findFolded(arrays, start, end, needle, length),
    markMatches: (...all) => search.markMatches(arrays, ...all),
    markMatchesWithin: (...all) => search.markMatchesWithin(arrays, ...all),
    bitsAnd: (dst, a, b, words) => bits.bitsAnd(arrays, dst, a, b, words),
    bitsOr: (dst, a, b, words) => bits.bitsOr(arrays, dst, a, b, words),
    bitsAndNot: (dst, a, b, words) => bits.bitsAndNot(arrays, dst, a, b, words),
    bitsNot: (dst, a, count) => bits.bitsNot(arrays, dst, a, count),
    bitsFill: (dst, count) => bits.bitsFill(arrays, dst, count),
    popcount: (set, words) => bits.popcount(arrays, set, words),
    bitsRank: (set, index) => bits.bitsRank(arrays, set, index),
    bitsSelect: (set, words, nth) => bits.bitsSelect(arrays, set, words, nth),
    bitsNext: (set, count, index) => bits.bitsNext(arrays, set, count, index),
    bitsPrevious: (set, index) => bits.bitsPrevious(arrays, set, index),
    markLevels: (levels, count, levelMask, set) => columns.markLevels(arrays, levels, count, levelMask, set),
    markTimes: (times, count, start, end, set) => columns.markTimes(arrays, times, count, start, end, set),
    histogram: (...all) => columns.histogram(arrays, ...all),
    countLevels: (levels, count, set, counts) => columns.countLevels(arrays, levels, count, set, counts),
    maxTime: (times, count) => columns.maxTime(arrays, times, count),
    findMessages: (...all) => findMessages(memory, ...all),
    indexLines: (state) => indexLines(memory, state),
  };
}
