/** The values of one wildcard over a selection of its pattern's records, put together from what the workers counted. */

import { breathe, type Ticket } from '../../base/breathe';
import { Fault, isFault } from '../../base/fault';
import type { Answering } from '../answering';
import type { EngineApi } from '../api';
import type { Fleet, FleetWorker } from '../fleet';
import { Progress, type WorkerShare } from '../progress';
import type { Selection } from '../selection';
import type { Selections } from '../selections';
import type { ShardKey } from '../shard/shard-api';
import { kindAt, type Measuring, measuringOf, readBytes } from './measure';
import { spreadOf } from './measure-spread';
import { type CountedText, MostFrequent } from './most-frequent';
import { NumberCollector } from './number-counts';
import type { PatternBook } from './pattern-book';
import type { PatternToken, WildcardMeasure, WildcardValues } from './pattern';
import { type Breath, type CountedValues, VALUES_STEP, WildcardCounts } from './wildcard-counts';

const BREATH_MS = 12;

const encoder = new TextEncoder();

/** @param tell  gets how far a call is */
export function createWildcardAnswers(
  fleet: Fleet,
  selections: Selections,
  book: PatternBook,
  { answer }: Answering,
  tell: (callId: number, done: number, total: number) => void,
): Pick<EngineApi, 'wildcardValues'> {
  return {
    async wildcardValues(handle, { pattern: text, ...wanted }, callId) {
      return selections.tickets.steps(callId, (ticket) =>
        answer(handle, async (selection) => {
          const { patterns, revision } = await book.ready();
          const pattern = patterns.find((one) => one.text === text);
          if (pattern === undefined)
            throw new Fault('pattern-unknown', 'there is no such pattern now', { details: { text } });
          ticket.throwIfCancelled();
          const found = await selections.within(selection, { kind: 'pattern', text }, callId);
          try {
            const { losses } = found.selection;
            const values = await readWildcardValues(
              fleet,
              selections,
              found.selection,
              { tokens: pattern.tokens, ...wanted },
              callId,
              ticket,
              (done, total) => tell(callId, done, total),
            );
            if (found.selection.losses !== losses || (await book.ready()).revision !== revision)
              throw new Fault('selection-unknown', 'patterns changed meanwhile'); // so that it is answered again
            return values;
          } finally {
            selections.release(found.handle);
          }
        }),
      );
    },
  };
}

interface WantedValues {
  readonly tokens: readonly PatternToken[];
  /** Index of the wildcard, from 0. */
  readonly wildcard: number;
  readonly topCount: number;
  readonly maxBins: number;
}

/**
 * @param selection  records of the pattern, and no others
 * @param tell  gets records done and in all, a few times a second
 * @throws Fault `pattern-unknown` when the pattern has no such wildcard, `values-too-many`, `stale`
 */
async function readWildcardValues(
  fleet: Fleet,
  selections: Selections,
  selection: Selection,
  { tokens, wildcard, topCount, maxBins }: WantedValues,
  callId: number,
  ticket: Ticket,
  tell: (done: number, total: number) => void,
): Promise<WildcardValues> {
  const type = kindAt(tokens, wildcard);
  if (type === null) throw new Fault('pattern-unknown', `the pattern has no wildcard ${wildcard + 1}`);
  const measuring = measuringOf(tokens, wildcard);
  const breath = createBreath(ticket);
  const shares = sharesOf(fleet, selections, selection);
  const progress = new Progress(fleet, shares, tell);
  let counted: CountedValues;
  let missingCount = 0;
  try {
    const parts = await Promise.all(
      shares.map(async (share) => {
        const { worker, keys } = share;
        const part = await selections.tickets.run(callId, worker, (mine) => {
          progress.begin(share, mine);
          return fleet.call(worker, (api) => api.wildcardValues(selection.bits, { tokens, wildcard }, keys, mine));
        });
        progress.done(share);
        return part;
      }),
    ).catch(async (error: unknown) => {
      // The others count for nobody now.
      if (isFault(error, 'values-too-many')) await selections.tickets.cancel(callId);
      throw error;
    });
    for (const part of parts) missingCount += part.missingCount;
    counted = await joined(parts, measuring, breath);
  } finally {
    progress.end();
  }
  const { distinctCount, top } = await topOf(counted, measuring, topCount, breath);
  return {
    type,
    recordCount: shares.reduce((sum, { recordCount }) => sum + recordCount, 0),
    missingCount,
    distinctCount,
    top,
    measure: measuring === null ? null : await measureOf(counted, measuring, maxBins, breath),
  };
}

interface Share extends WorkerShare {
  readonly keys: ShardKey[];
  recordCount: number;
}

function sharesOf(fleet: Fleet, selections: Selections, selection: Selection): Share[] {
  const byWorker = new Map<FleetWorker, Share>();
  for (const source of selection.sources) {
    for (const slot of selections.covered(selection, source)) {
      const count = selections.countIn(selection, slot);
      if (count === 0) continue;
      const { worker } = fleet.place(slot.key);
      const share = byWorker.get(worker) ?? { worker, keys: [], recordCount: 0 };
      byWorker.set(worker, share);
      share.keys.push(slot.key);
      share.recordCount += count;
    }
  }
  return [...byWorker.values()];
}

function createBreath(ticket: Ticket): Breath {
  let breathed = performance.now();
  return async () => {
    ticket.throwIfCancelled();
    if (performance.now() - breathed <= BREATH_MS) return;
    await breathe();
    breathed = performance.now();
    ticket.throwIfCancelled();
  };
}

async function joined(
  parts: readonly CountedValues[],
  measuring: Measuring | null,
  breath: Breath,
): Promise<CountedValues> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const all = new WildcardCounts(measuring);
  for (const part of parts) await all.addPart(part, breath);
  return all.collect(breath);
}

async function topOf(
  { bytes, ends, counts, magnitudes }: CountedValues,
  measuring: Measuring | null,
  topCount: number,
  breath: Breath,
): Promise<{ distinctCount: number; top: readonly CountedText[] }> {
  const top = new MostFrequent(Math.max(0, Math.floor(topCount)));
  for (let i = 0; i < ends.length; i++) {
    if (i % VALUES_STEP === 0) await breath();
    top.add(bytes, i === 0 ? 0 : (ends[i - 1] as number), ends[i] as number, counts[i] as number);
  }
  if (magnitudes === null) return { distinctCount: ends.length, top: top.collect() };
  const sign = measuring === null || measuring.unit === 'none' ? '' : ` ${measuring.unit}`;
  const text = new Uint8Array(64);
  for (let i = 0; i < magnitudes.values.length; i++) {
    if (i % VALUES_STEP === 0) await breath();
    const { written } = encoder.encodeInto(`${magnitudes.values[i]}${sign}`, text);
    top.add(text, 0, written, magnitudes.counts[i] as number);
  }
  return { distinctCount: ends.length + magnitudes.values.length, top: top.collect() };
}

/** Null where no value could be read. */
async function measureOf(
  { bytes, ends, counts, magnitudes }: CountedValues,
  measuring: Measuring,
  maxBins: number,
  breath: Breath,
): Promise<WildcardMeasure | null> {
  const numbers = new NumberCollector();
  let unreadCount = 0;
  if (magnitudes !== null) numbers.addMany(magnitudes);
  for (let i = 0; i < ends.length; i++) {
    if (i % VALUES_STEP === 0) await breath();
    const number = readBytes(measuring, bytes, i === 0 ? 0 : (ends[i - 1] as number), ends[i] as number);
    if (number === null) unreadCount += counts[i] as number;
    else numbers.add(number, counts[i] as number);
  }
  const collected = numbers.collect();
  return collected.values.length === 0 ? null : spreadOf(collected, measuring.unit, unreadCount, maxBins);
}
