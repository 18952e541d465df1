/** What a selection answers about its errors: groups by what caused them, and the class of every pattern that tells of trouble. */

import { breathe, type Ticket } from '../../base/breathe';
import type { Answering } from '../answering';
import type { EngineApi } from '../api';
import type { Fleet, FleetWorker } from '../fleet';
import { Progress, type WorkerShare } from '../progress';
import { type RecordId, type SourceId, toLevelCode } from '../records/record';
import type { Selection } from '../selection';
import type { Selections } from '../selections';
import type { LocalPatterns, ShardErrors, ShardKey } from '../shard/shard-api';
import type { SourceEntry } from '../source-entry';
import { classifiedTextOf } from './classified-text';
import { createRuleCompiler } from './classify';
import { GroupSums } from './group-sums';
import type { Classification, ClassRule, ErrorGroups, PatternClass, PatternRow } from './pattern';
import type { Book, PatternBook } from './pattern-book';
import { readRecords } from './record-reader';

const WARN = toLevelCode('WARN');

/** Words by which a message tells of trouble at whatever level it was logged. */
const TROUBLE =
  /error|fail|exception|fatal|panic|refused|denied|timeout|timed out|time out|unable|cannot|can't|can not|could not|couldn't|invalid|illegal|abort|crash|corrupt|unreachable|unavailable|rejected|forbidden|unauthorized|not found|no such|missing|exceeded|too many|out of memory|killed|deadlock|broken|lost|expired|traceback|segfault|violation/i;

interface ErrorShard extends WorkerShare {
  readonly key: ShardKey;
  readonly source: SourceId;
  readonly decodedStart: number;
  readonly local: LocalPatterns;
}

/**
 * @param patterns  as `EngineApi.patterns`
 * @param tell  gets how far a call is
 */
export function createErrorAnswers(
  fleet: Fleet,
  selections: Selections,
  book: PatternBook,
  { answer }: Answering,
  patterns: EngineApi['patterns'],
  entryOf: (source: SourceId) => SourceEntry,
  tell: (callId: number, done: number, total: number) => void,
): Pick<EngineApi, 'classify' | 'errorGroups'> {
  const compile = createRuleCompiler();

  /** The selection's shards that keep anything, in the order of its sources; null where one is not in the book yet. */
  function shardsOf(selection: Selection, { locals }: Book): ErrorShard[] | null {
    const shards: ErrorShard[] = [];
    for (const source of selection.sources) {
      const entry = entryOf(source);
      for (const [index, slot] of selections.covered(selection, source).entries()) {
        const local = locals.get(slot.key);
        if (local === undefined) return null;
        const recordCount = selections.countIn(selection, slot);
        if (recordCount === 0) continue;
        const { worker } = fleet.place(slot.key);
        shards.push({ key: slot.key, worker, source, decodedStart: entry.decodedStart(index), local, recordCount });
      }
    }
    return shards;
  }

  /** Each worker's shards one after the other, so that what is told of progress grows evenly. */
  async function readErrors(
    selection: Selection,
    shards: readonly ErrorShard[],
    callId: number,
    ticket: Ticket,
  ): Promise<Map<ShardKey, ShardErrors>> {
    const found = new Map<ShardKey, ShardErrors>();
    const byWorker = new Map<FleetWorker, ErrorShard[]>();
    for (const shard of shards) {
      const list = byWorker.get(shard.worker);
      if (list === undefined) byWorker.set(shard.worker, [shard]);
      else list.push(shard);
    }
    const progress = new Progress(fleet, shards, (done, total) => tell(callId, done, total));
    try {
      await Promise.all(
        [...byWorker].map(async ([worker, mine]) => {
          for (const shard of mine) {
            ticket.throwIfCancelled();
            const { key } = shard;
            const errors = await selections.tickets.run(callId, worker, (number) => {
              progress.begin(shard, number);
              return fleet.call(worker, (api) => api.errors(key, selection.bits, number));
            });
            progress.done(shard);
            found.set(key, errors);
          }
        }),
      );
    } finally {
      progress.end();
    }
    ticket.throwIfCancelled();
    return found;
  }

  async function groupsOf(selection: Selection, callId: number, ticket: Ticket): Promise<GroupSums> {
    for (;;) {
      const found = await book.ready();
      ticket.throwIfCancelled();
      const shards = shardsOf(selection, found);
      if (shards === null) continue; // more shards became readable while the book was made
      const errors = await readErrors(selection, shards, callId, ticket);
      const sums = new GroupSums(found.patterns);
      for (const { key, source, decodedStart, local } of shards) {
        sums.add(source, decodedStart, errors.get(key) as ShardErrors, local);
        await breathe();
        ticket.throwIfCancelled();
      }
      return sums;
    }
  }

  /** The class of each record, by its whole text. */
  async function classesOf(
    records: readonly RecordId[],
    rules: readonly ClassRule[],
    ticket: Ticket,
    onDone: (done: number) => void,
  ): Promise<(Classification | null)[]> {
    const classOf = compile(rules);
    const classes: (Classification | null)[] = records.map(() => null);
    let done = 0;
    await readRecords(fleet, entryOf, records, ticket, (index, { text, messageStart }) => {
      classes[index] = classOf(classifiedTextOf(text, messageStart));
      if (++done % PROGRESS_STEP === 0) onDone(done);
    });
    return classes;
  }

  return {
    async errorGroups(handle, rules, callId): Promise<ErrorGroups> {
      return selections.tickets.steps(callId, (ticket) =>
        answer(handle, async (selection) => {
          const sums = await groupsOf(selection, callId, ticket);
          const groups = sums.groups();
          const firsts = groups.map(({ first }) => first.record);
          const classes = await classesOf(firsts, rules, ticket, () => undefined);
          return {
            recordCount: sums.recordCount,
            groups: groups.map((group, i) => ({ ...group, classification: classes[i] ?? null })),
          };
        }),
      );
    },

    async classify(handle, rules, callId): Promise<readonly PatternClass[]> {
      const { rows } = await patterns(handle, { maxBins: 1 }, callId);
      return selections.tickets.steps(callId, async (ticket) => {
        const troubled = rows.filter(tellsOfTrouble);
        const records = troubled.map(({ first }) => first.record);
        const classes = await classesOf(records, rules, ticket, (done) => tell(callId, done, records.length));
        return troubled.map(({ text }, i) => ({ text, classification: classes[i] ?? null }));
      });
    },
  };
}

/** Records between two events about progress, at least. */
const PROGRESS_STEP = 2048;

function tellsOfTrouble({ text, levelCounts }: PatternRow): boolean {
  return levelCounts.some((count, code) => code >= WARN && count > 0) || TROUBLE.test(text);
}
