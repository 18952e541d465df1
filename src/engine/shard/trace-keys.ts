/**
 * What records go by in error groups, as `traceKeyOf` defines it, with every line read once:
 *
 *   line ─► numbers masked ─► hash ─► what it tells        (kept by hash: lines of traces come again and again)
 *   what the lines tell ─► hash ─► what the record goes by  (kept by hash)
 */

import type { LineFact } from '../patterns/stack-line';
import { SIGNS } from '../patterns/stack-line';
import { firstLineFacts, lineFacts, STACK_BYTES, StackReader, type TraceKey, traceKey } from '../patterns/stack';
import { maskNumbers } from '../patterns/stack-text';
import { readLine } from './field-values';
import { HashIndex } from './hash-index';
import type { ShardSpec } from './shard-api';

/** Different lines that are kept, and different things that they tell; past either all are forgotten and learnt anew. */
const MOST_LINES = 262_144;
const MOST_TOLD = 65_536;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const latin = new TextDecoder('latin1');

export class TraceKeys {
  /** What the records seen so far go by; 0 is "its pattern alone". */
  readonly keys: (TraceKey | null)[] = [null];
  private readonly byText = new Map<string, number>();
  /** Hash of a masked line → index of what it tells + 1. */
  private readonly lines = new HashIndex();
  /** Hash of what a record's lines tell → index of its key + 1. */
  private readonly traces = new HashIndex();
  private readonly factIds = new Map<string, number>();
  /** By id; 0 is "nothing". */
  private facts: (readonly LineFact[])[] = [[]];
  private readonly told: number[] = [];
  /** A line while it is looked at, as words and as bytes. */
  private words = new Uint32Array(1024);
  private masked = new Uint8Array(this.words.buffer);

  constructor(private readonly spec: ShardSpec) {}

  /**
   * @param memory  the record at [start, end)
   * @returns an index in `keys`
   */
  read(memory: Uint8Array, start: number, end: number): number {
    const stop = Math.min(end, start + STACK_BYTES);
    let lineEnd = memory.indexOf(10, start);
    if (lineEnd < 0 || lineEnd > stop) lineEnd = stop;
    this.told.length = 0;
    this.tell(this.readFirst(memory, start, lineEnd));
    for (let at = lineEnd + 1; at < stop; at = lineEnd + 1) {
      lineEnd = memory.indexOf(10, at);
      if (lineEnd < 0 || lineEnd > stop) lineEnd = stop;
      this.tell(this.readNext(memory, at, lineEnd));
    }
    return this.told.length === 0 ? 0 : this.keyOfTold();
  }

  private tell(id: number): void {
    if (id !== 0) this.told.push(id);
  }

  private readFirst(memory: Uint8Array, start: number, lineEnd: number): number {
    const record = memory.subarray(start, lineEnd);
    // Most records say nothing of exceptions: one look tells.
    if (!SIGNS.test(latin.decode(record))) return 0;
    const line = decoder.decode(record[record.length - 1] === 13 ? record.subarray(0, -1) : record);
    const { messageStart } = readLine(this.spec, record);
    const found = firstLineFacts(line, decoder.decode(record.subarray(0, messageStart)).length);
    return this.idOf(found);
  }

  private readNext(memory: Uint8Array, start: number, lineEnd: number): number {
    const end = lineEnd > start && memory[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd;
    if (end - start > this.masked.length) {
      this.words = new Uint32Array(Math.max((end - start + 3) >> 2, this.words.length * 2));
      this.masked = new Uint8Array(this.words.buffer);
    }
    const { masked } = this;
    const length = maskNumbers(memory, start, end, masked);
    masked.fill(0, length, (length + 3) & ~3);
    const { words } = this;
    const wordCount = (length + 3) >> 2;
    // Two lanes of what MurmurHash3 does to words.
    let low = length;
    let high = ~length;
    for (let i = 0; i < wordCount; i++) {
      const word = words[i] as number;
      const a = Math.imul(word, 0xcc9e2d51);
      const b = Math.imul(word, 0x239b961b);
      low ^= Math.imul((a << 15) | (a >>> 17), 0x1b873593);
      low = Math.imul((low << 13) | (low >>> 19), 5) + 0xe6546b64;
      high ^= Math.imul((b << 16) | (b >>> 16), 0xab0e9789);
      high = Math.imul((high << 17) | (high >>> 15), 5) + 0x38b34ae5;
    }
    const known = this.lines.get(low, high);
    if (known !== 0) return known - 1;
    const id = this.idOf(lineFacts(decoder.decode(masked.subarray(0, length))));
    this.lines.set(low, high, id + 1);
    return id;
  }

  private idOf(facts: readonly LineFact[]): number {
    if (facts.length === 0) return 0;
    const text = JSON.stringify(facts);
    let id = this.factIds.get(text);
    if (id === undefined) {
      id = this.facts.push(facts) - 1;
      this.factIds.set(text, id);
    }
    return id;
  }

  private keyOfTold(): number {
    let low = 0x9e3779b9;
    let high = this.told.length;
    for (const id of this.told) {
      low = Math.imul(low ^ id, 0x85ebca6b);
      low ^= low >>> 13;
      high = Math.imul(high ^ id, 0xc2b2ae35) ^ (high >>> 16);
    }
    const known = this.traces.get(low, high);
    const index = known === 0 ? this.readTold() : known - 1;
    if (known === 0) this.traces.set(low, high, index + 1);
    if (this.lines.size > MOST_LINES || this.facts.length > MOST_TOLD || this.traces.size > MOST_TOLD) this.forget();
    return index;
  }

  private readTold(): number {
    const reader = new StackReader();
    for (const id of this.told) for (const fact of this.facts[id] as readonly LineFact[]) reader.add(fact);
    const key = traceKey(reader.trace());
    if (key === null) return 0;
    const text = JSON.stringify(key);
    let index = this.byText.get(text);
    if (index === undefined) {
      index = this.keys.push(key) - 1;
      this.byText.set(text, index);
    }
    return index;
  }

  private forget(): void {
    this.lines.clear();
    this.traces.clear();
    this.factIds.clear();
    this.facts = [[]];
  }
}
