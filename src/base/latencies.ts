/**
 * How long things of one kind take, in memory of a fixed size: a count per bucket, each bucket 2^(1/4) times as wide as the
 * one before. A quantile is told as the upper bound of its bucket: at most 19 % above the truth.
 *
 *   bucket   0            1                    …  i                        …  97 (last)
 *   ms       [0, 0.1)     [0.1, 0.1 × 2^¼)        [0.1 × 2^((i−1)/4), …)      28 min and longer
 *
 * @see https://prometheus.io/docs/concepts/metric_types/#histogram for what the whole powers of two are shown as
 */

const FIRST_MS = 0.1;
const PER_DOUBLING = 4;
const DOUBLINGS = 24;
// One more than the bounds: what takes longer than the last.
const BUCKETS = PER_DOUBLING * DOUBLINGS + 2;

/** Upper bounds, ms, exclusive, of buckets that begin and end at whole powers of two: 0.1, 0.2, 0.4 … 1,677,721.6. */
export const POWER_BOUNDS_MS: readonly number[] = Array.from({ length: DOUBLINGS + 1 }, (_, k) => FIRST_MS * 2 ** k);

export interface LatencySummary {
  readonly count: number;
  /** Ms. */
  readonly sumMs: number;
  readonly maxMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** One per `POWER_BOUNDS_MS`: how many took less. Never decreasing; what took longer than the last is in `count` alone. */
  readonly below: readonly number[];
}

export class Latencies {
  private readonly counts = new Uint32Array(BUCKETS);
  private count = 0;
  private sumMs = 0;
  private maxMs = 0;

  /** @param ms  0 or more; what a clock that went back makes of it counts as 0 */
  add(ms: number): void {
    const took = Math.max(0, ms);
    const bucket = bucketOf(took);
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.count++;
    this.sumMs += took;
    this.maxMs = Math.max(this.maxMs, took);
  }

  /**
   * @param share  0..1
   * @returns ms that at least this share took at most, never above the longest; 0 when nothing was added
   */
  quantile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.count));
    let sum = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      sum += this.counts[bucket] ?? 0;
      if (sum >= rank) return bucket === BUCKETS - 1 ? this.maxMs : Math.min(this.maxMs, boundOf(bucket));
    }
    return 0;
  }

  summary(): LatencySummary {
    const below: number[] = [];
    let sum = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      sum += this.counts[bucket] ?? 0;
      if (bucket % PER_DOUBLING === 0) below.push(sum);
    }
    return {
      count: this.count,
      sumMs: this.sumMs,
      maxMs: this.maxMs,
      p50Ms: this.quantile(0.5),
      p95Ms: this.quantile(0.95),
      p99Ms: this.quantile(0.99),
      below,
    };
  }
}

/** Upper bound of a bucket, ms. */
function boundOf(bucket: number): number {
  return FIRST_MS * 2 ** (bucket / PER_DOUBLING);
}

function bucketOf(ms: number): number {
  if (ms < FIRST_MS) return 0;
  let bucket = Math.min(BUCKETS - 1, Math.floor(Math.log2(ms / FIRST_MS) * PER_DOUBLING) + 1);
  // A logarithm may be off by its last digit at a bound.
  if (bucket < BUCKETS - 1 && ms >= boundOf(bucket)) bucket++;
  else if (ms < boundOf(bucket - 1)) bucket--;
  return bucket;
}
