/**
 * How often the values of a wildcard come: exactly, or not at all.
 *
 *   up to DISTINCT_LIMIT different texts     each text is counted; magnitudes are read off the different ones at the end
 *   past it, where values are magnitudes     each magnitude is counted, and each text that is none
 *   past it, all others                      Fault `values-too-many`
 *
 * Which of them it is depends on the values alone, not on how they came: what a part has too many of, the whole has, too.
 */

import { isFault } from '../../base/fault';
import { ValueCounts } from '../value-counts';
import { type Measuring, readInteger, readWith } from './measure';
import { type CountedValues, NumberCollector, type NumberCounts } from './number-counts';
import { integerOf } from './wildcard-finder';

/** Called every now and then in long loops: lets messages in, and fails when the work was given up. */
export type Breath = () => Promise<void>;

/** Values between two breaths. */
const STEP = 4096;

export class WildcardCounts {
  private values = new ValueCounts();
  /** What had been counted before texts were too many. */
  private early: ValueCounts | null = null;
  private magnitudes: NumberCollector | null = null;

  /** @param measuring  null: values are no magnitudes */
  constructor(private readonly measuring: Measuring | null) {}

  /** @throws Fault `values-too-many` */
  add(text: string, count: number): void {
    const integer = integerOf(text);
    if (integer !== null) {
      this.addInteger(integer, count);
      return;
    }
    const magnitude = this.magnitudes === null || this.measuring === null ? null : readWith(this.measuring, text);
    if (magnitude !== null) {
      this.magnitudes?.add(magnitude, count);
      return;
    }
    try {
      this.values.add(text, count);
    } catch (error) {
      this.giveUpTexts(error);
    }
  }

  /** The same of the text that `String` writes of a whole number of at most 15 digits. */
  addInteger(integer: number, count: number): void {
    const magnitude = this.magnitudes === null || this.measuring === null ? null : readInteger(this.measuring, integer);
    if (magnitude !== null) {
      this.magnitudes?.add(magnitude, count);
      return;
    }
    try {
      this.values.addInteger(integer, count);
    } catch (error) {
      this.giveUpTexts(error);
    }
  }

  private giveUpTexts(error: unknown): void {
    if (this.measuring === null || this.magnitudes !== null || !isFault(error, 'values-too-many')) throw error;
    this.early = this.values;
    this.values = new ValueCounts();
    this.magnitudes = new NumberCollector();
  }

  /**
   * Adds what another part counted.
   *
   * @throws Fault `values-too-many`, and what `breath` throws
   */
  async addPart(part: CountedValues, breath: Breath): Promise<void> {
    if (part.magnitudes !== null) {
      if (this.magnitudes === null) {
        this.early = this.values;
        this.values = new ValueCounts();
        this.magnitudes = new NumberCollector();
      }
      this.magnitudes.addMany(part.magnitudes);
    }
    const { integers, texts, textCounts } = part;
    for (let i = 0; i < integers.values.length; i++) {
      if (i % STEP === 0) await breath();
      this.addInteger(integers.values[i] as number, integers.counts[i] as number);
    }
    for (let i = 0; i < texts.length; i++) {
      if (i % STEP === 0) await breath();
      this.add(texts[i] as string, textCounts[i] as number);
    }
  }

  /** Everything counted. @throws Fault `values-too-many`, and what `breath` throws */
  async collect(breath: Breath): Promise<CountedValues> {
    const { early } = this;
    if (early !== null) {
      this.early = null;
      await this.addPart(partOf(early, null), breath);
    }
    await breath();
    return partOf(this.values, this.magnitudes?.collect() ?? null);
  }
}

function partOf({ integers, counts }: ValueCounts, magnitudes: NumberCounts | null): CountedValues {
  return {
    integers: { values: Float64Array.from(integers.keys()), counts: Float64Array.from(integers.values()) },
    texts: [...counts.keys()],
    textCounts: Float64Array.from(counts.values()),
    magnitudes,
  };
}
