/**
 * `node scripts/bench.mjs kernels [MiB]`: how fast each kernel runs over bytes in memory, in Node, one thread, GB/s. Both
 * implementations: the compiled one, and (indexing and search only) the portable one that serves where SIMD is absent.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

import { compileProgram } from '../src/engine/formats/program';
import { findFormat } from '../src/engine/formats/registry';
import * as layout from '../src/engine/kernels/index-layout';
import { type Kernels, RESERVED_BYTES } from '../src/engine/kernels/kernels';
import { createKernels } from '../src/engine/kernels/load';
import { NEEDLES } from './corpora/app-log.mjs';
import { type CorpusName, ensureCorpus } from './corpora/corpora.mjs';
import { summarize } from './protocol.mjs';

const ROUNDS = 7;
const PAGE_BYTES = 65536;
const MIB = 1024 * 1024;

/** The format that detection chooses for each corpus. */
const FORMAT_IDS: Record<CorpusName, string> = {
  'app-log': 'generic-iso',
  'json-lines': 'ecs-json',
  'access-log': 'web-access',
  hard: 'generic-iso',
};

/** Where things lie in the memory, after the kernels' own tables. Every part has slack behind it. */
class Places {
  #next = RESERVED_BYTES;

  take(bytes: number): number {
    const place = this.#next;
    this.#next += Math.ceil((bytes + 64) / 64) * 64;
    return place;
  }

  get end(): number {
    return this.#next;
  }
}

class Run {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly byteCount: number;
  readonly bytes: number;
  readonly capacity: number;
  readonly offsets: number;
  readonly times: number;
  readonly levels: number;
  readonly skeletons: number;
  readonly bits: number;
  readonly otherBits: number;
  readonly counts: number;
  readonly needle: number;
  readonly state: number;
  readonly program: number;
  readonly table: number;
  readonly tableSlots = 2 ** 20;
  readonly entries: number;
  readonly wide: number;

  constructor(module: WebAssembly.Module | undefined, text: Uint8Array) {
    const places = new Places();
    this.byteCount = text.length;
    // Shorter lines than 16 bytes on average occur in no corpus.
    this.capacity = text.length >> 4;
    this.bytes = places.take(text.length);
    this.offsets = places.take(this.capacity * 4);
    this.times = places.take(this.capacity * 4);
    this.levels = places.take(this.capacity);
    this.skeletons = places.take(this.capacity * 4);
    this.bits = places.take(this.capacity >> 3);
    this.otherBits = places.take(this.capacity >> 3);
    this.counts = places.take(7 * 1000 * 4);
    this.needle = places.take(256);
    this.state = places.take(layout.STATE_BYTES);
    this.program = places.take(65536);
    this.table = places.take(this.tableSlots * 4);
    this.entries = places.take((this.tableSlots / 2) * layout.ENTRY_BYTES);
    this.wide = places.take(65536 * 16);
    const pages = Math.ceil(places.end / PAGE_BYTES);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: 65536 });
    this.kernels = createKernels({ module, memory: this.memory });
    new Uint8Array(this.memory.buffer).set(text, this.bytes);
  }

  /** All lines of the text into one block of columns. Returns the number of records. */
  index(program: Uint8Array): number {
    const view = new DataView(this.memory.buffer);
    const memory = new Uint8Array(this.memory.buffer);
    memory.fill(0, this.state, this.state + layout.STATE_BYTES);
    memory.fill(0, this.table, this.table + this.tableSlots * 4);
    memory.set(program, this.program);
    const set = (field: number, value: number) => view.setUint32(this.state + field, value, true);
    set(layout.S_PROGRAM, this.program);
    set(layout.S_BYTES, this.bytes);
    set(layout.S_LIMIT, this.byteCount);
    set(layout.S_FINAL, 1);
    set(layout.S_OFFSETS, this.offsets);
    set(layout.S_TIMES, this.times);
    set(layout.S_LEVELS, this.levels);
    set(layout.S_SKELETONS, this.skeletons);
    set(layout.S_CAPACITY, this.capacity);
    set(layout.S_WIDE, this.wide);
    set(layout.S_WIDE_CAPACITY, 65536);
    set(layout.S_TABLE, this.table);
    set(layout.S_TABLE_SLOTS, this.tableSlots);
    set(layout.S_ENTRIES, this.entries);
    set(layout.S_ENTRY_CAPACITY, this.tableSlots / 2);
    set(layout.S_ENTRY_LIMIT, this.tableSlots / 2);
    for (const field of [layout.S_FIRST_ERROR, layout.S_LAST_ERROR, layout.S_FIRST_RECORD]) {
      set(field, 0xffffffff);
    }
    const status = this.kernels.indexLines(this.state);
    if (status !== layout.INDEX_DONE) throw new Error(`indexLines stopped with ${status}`);
    return view.getUint32(this.state + layout.S_COUNT, true);
  }

  writeNeedle(text: string): number {
    const { written } = new TextEncoder().encodeInto(text, new Uint8Array(this.memory.buffer, this.needle, 256));
    return written;
  }
}

/** GB/s over all bytes of the text, and ns a record: the median of the rounds after one to warm up. */
function time(run: Run, recordCount: number, work: () => unknown): (string | number)[] {
  const tookMs: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const startMs = performance.now();
    work();
    if (round > 0) tookMs.push(performance.now() - startMs);
  }
  const { median, min, max } = summarize(tookMs);
  return [
    (run.byteCount / 1e6 / median).toFixed(2),
    ((median * 1e6) / recordCount).toFixed(1),
    `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`,
  ];
}

function measure(corpus: CorpusName, text: Uint8Array, module: WebAssembly.Module | undefined): void {
  const run = new Run(module, text);
  const { kernels } = run;
  const format = findFormat(FORMAT_IDS[corpus]);
  if (format === undefined) throw new Error(`${FORMAT_IDS[corpus]}: no such format`);
  const program = compileProgram([format]).bytes;
  const count = run.index(program);
  const start = run.bytes;
  const end = start + run.byteCount;
  const words = (count + 31) >> 5;
  console.log(`\n${corpus}, ${kernels.kind}: ${run.byteCount} bytes, ${count} records as ${format.id}`);

  const search = (text: string, folded: number) => () => {
    const length = run.writeNeedle(text);
    new Uint32Array(run.memory.buffer, run.bits, words).fill(0);
    return kernels.markMatches(start, run.byteCount, run.offsets, count, run.needle, length, folded, run.bits);
  };
  const works: Record<string, () => unknown> = {
    'indexLines: lines, times, levels, skeletons': () => run.index(program),
    countNewlines: () => kernels.countNewlines(start, end),
    isAscii: () => kernels.isAscii(start, end),
    countInvalidUtf8: () => kernels.countInvalidUtf8(start, end),
    'findExact, absent': () => kernels.findExact(start, end, run.needle, run.writeNeedle(NEEDLES.absent)),
    'markMatches, absent': search(NEEDLES.absent, 0),
    'markMatches, common': search(NEEDLES.common, 0),
    'markMatches, absent, any case': search(NEEDLES.absent.toLowerCase(), 1),
    'markLevels, ERROR and above': () => kernels.markLevels(run.levels, count, 0b110_0000, run.bits),
    'histogram, 1,000 bins': () => kernels.histogram(run.times, run.levels, count, 0, 0, 60_000, 1000, run.counts),
    'bitsAnd and popcount': () => {
      kernels.bitsAnd(run.otherBits, run.bits, run.bits, words);
      return kernels.popcount(run.otherBits, words);
    },
  };
  const shown = kernels.kind === 'simd' ? Object.entries(works) : Object.entries(works).slice(0, 1);
  console.log(`${''.padEnd(46)}    GB/s  ns/record  ms`);
  for (const [name, work] of shown) {
    const [rate, each, spent] = time(run, count, work);
    console.log(`${name.padEnd(46)}  ${String(rate).padStart(6)}  ${String(each).padStart(9)}  ${spent}`);
  }
}

function readHead(path: string, byteCount: number): Uint8Array {
  const text = new Uint8Array(byteCount);
  const file = openSync(path, 'r');
  const read = readSync(file, text, 0, byteCount, 0);
  closeSync(file);
  return text.subarray(0, text.lastIndexOf(10, read - 1) + 1);
}

// Run from the project's root by scripts/bench.mjs.
const mib = Number(process.argv[2] ?? 64);
const module = await WebAssembly.compile(readFileSync(join('src', 'engine', 'kernels', 'kernels.wasm')));
for (const corpus of Object.keys(FORMAT_IDS) as CorpusName[]) {
  const text = readHead(ensureCorpus(corpus, mib), mib * MIB);
  measure(corpus, text, module);
  measure(corpus, text.subarray(0, text.lastIndexOf(10, 8 * MIB) + 1), undefined);
}
