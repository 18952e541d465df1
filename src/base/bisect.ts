/** Binary search over anything that can be asked by index. */

/**
 * @param count   how many items; `isReached` is asked about [0, count)
 * @param isReached  false up to some index, true from there on
 * @returns the first index for which it is true; `count` when there is none
 * @see https://en.wikipedia.org/wiki/Binary_search#Procedure_for_finding_the_leftmost_element
 */
export function firstIndexWhere(count: number, isReached: (index: number) => boolean): number {
  let start = 0;
  let end = count;
  while (start < end) {
    const middle = start + Math.floor((end - start) / 2);
    if (isReached(middle)) end = middle;
    else start = middle + 1;
  }
  return start;
}

/** First index whose value is at or after `wanted`, values never decreasing; `count` when all are before. */
export function lowerBound(count: number, valueAt: (index: number) => number, wanted: number): number {
  return firstIndexWhere(count, (index) => valueAt(index) >= wanted);
}

/** First index whose value is after `wanted`, values never decreasing; `count` when none is. */
export function upperBound(count: number, valueAt: (index: number) => number, wanted: number): number {
  return firstIndexWhere(count, (index) => valueAt(index) > wanted);
}
