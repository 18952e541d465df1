/** How long the engine's answers take, by kind of call, as whoever asked waited for them. */
import { isFault } from '../base/fault';
import { Latencies, type LatencySummary } from '../base/latencies';

export interface CallTiming extends LatencySummary {
  /** Name of the call. */
  readonly call: string;
  /** Calls that failed otherwise than by being given up; they are in no other figure. */
  readonly failedCount: number;
  /** Calls that a newer wish replaced: in no other figure either. */
  readonly staleCount: number;
}

/** The kinds that were called, by name. */
export type CallTimings = readonly CallTiming[];

interface Kind {
  readonly latencies: Latencies;
  failedCount: number;
  staleCount: number;
}

type AsyncCalls<T> = { [K in keyof T]: (...args: never[]) => Promise<unknown> };

/**
 * The same calls, with a clock beside each. The answers themselves are passed on untouched.
 *
 * @param now  ms
 */
export function createCallTimings<T extends AsyncCalls<T>>(calls: T, now: () => number) {
  const kinds = new Map<string, Kind>();

  function kindOf(name: string): Kind {
    let kind = kinds.get(name);
    if (kind === undefined) {
      kind = { latencies: new Latencies(), failedCount: 0, staleCount: 0 };
      kinds.set(name, kind);
    }
    return kind;
  }

  const timed =
    (name: string, call: (...args: never[]) => Promise<unknown>) =>
    (...args: never[]): Promise<unknown> => {
      const startedAt = now();
      const answer = call(...args);
      answer.then(
        () => kindOf(name).latencies.add(now() - startedAt),
        (error: unknown) => {
          if (isFault(error, 'stale')) kindOf(name).staleCount++;
          else kindOf(name).failedCount++;
        },
      );
      return answer;
    };

  return {
    calls: Object.fromEntries(
      Object.entries<(...args: never[]) => Promise<unknown>>(calls).map(([name, call]) => [name, timed(name, call)]),
    ) as T,
    read: (): CallTimings =>
      [...kinds]
        .map(([call, { latencies, failedCount, staleCount }]) => ({
          call,
          ...latencies.summary(),
          failedCount,
          staleCount,
        }))
        .sort((a, b) => (a.call < b.call ? -1 : 1)),
  };
}
