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
import { type Measuring, readBytes } from './measure';
import { NumberCollector, type NumberCounts } from './number-counts';
import { type CountedTexts, TextCounts } from './text-counts';

/** Counts as they cross from thread to thread. */
export interface CountedValues extends CountedTexts {
  /** Not null: texts were too many to be told apart; then those that are counted are no magnitudes. */
  readonly magnitudes: NumberCounts | null;
}

/** Called every now and then in long loops: lets messages in, and fails when the work was given up. */
export type Breath = () => Promise<void>;

/** Values between two breaths. */
export const VALUES_STEP = 4096;

export class WildcardCounts {
  private texts = new TextCounts();
  /** What had been counted before texts were too many. */
  private early: TextCounts | null = null;
  private magnitudes: NumberCollector | null = null;

  /** @param measuring  null: values are no magnitudes */
  constructor(private readonly measuring: Measuring | null) {}

  /** Counts the value at [start, end) of some bytes. @throws Fault `values-too-many` */
  add(bytes: Uint8Array, start: number, end: number, count: number): void {
    if (this.magnitudes !== null && this.measuring !== null) {
      const magnitude = readBytes(this.measuring, bytes, start, end);
      if (magnitude !== null) {
        this.magnitudes.add(magnitude, count);
        return;
      }
    }
    try {
      this.texts.add(bytes, start, end, count);
    } catch (error) {
      if (this.measuring === null || this.magnitudes !== null || !isFault(error, 'values-too-many')) throw error;
      this.magnitudes = this.giveUpTexts();
    }
  }

  private giveUpTexts(): NumberCollector {
    this.early = this.texts;
    this.texts = new TextCounts();
    return new NumberCollector();
  }

  /**
   * Adds what another part counted.
   *
   * @throws Fault `values-too-many`, and what `breath` throws
   */
  async addPart({ bytes, ends, counts, magnitudes }: CountedValues, breath: Breath): Promise<void> {
    if (magnitudes !== null) {
      this.magnitudes ??= this.giveUpTexts();
      this.magnitudes.addMany(magnitudes);
    }
    for (let i = 0; i < ends.length; i++) {
      if (i % VALUES_STEP === 0) await breath();
      this.add(bytes, i === 0 ? 0 : (ends[i - 1] as number), ends[i] as number, counts[i] as number);
    }
  }

  /** Everything counted. @throws Fault `values-too-many`, and what `breath` throws */
  async collect(breath: Breath): Promise<CountedValues> {
    const { early } = this;
    if (early !== null) {
      this.early = null;
      await this.addPart({ ...early.collect(), magnitudes: null }, breath);
    }
    await breath();
    return { ...this.texts.collect(), magnitudes: this.magnitudes?.collect() ?? null };
  }
}
