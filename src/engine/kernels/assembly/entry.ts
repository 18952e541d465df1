/** What the compiled kernels export: one name per kernel of `Kernels`. Helpers the files share among themselves stay inside. */

export { countNewlines, countNuls, findLastNewline, findNewline, isAscii, textFlags } from './scan';
export { countInvalidUtf8 } from './utf8';
export { findExact, findFolded, markMatches, markMatchesWithin } from './search';
export {
  bitsAnd,
  bitsAndNot,
  bitsFill,
  bitsNext,
  bitsNot,
  bitsOr,
  bitsPrevious,
  bitsRank,
  bitsSelect,
  popcount,
} from './bits';
export { countLevels, histogram, markLevels, markTimes, maxTime } from './columns';
export { indexLines } from './index-lines';
export { findMessages } from './messages';
