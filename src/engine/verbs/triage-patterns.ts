/** What `triage` tells of patterns: how many there are, and which messages the errors are. */

import { formatCount } from '../../base/units';
import type { EngineApi } from '../api';
import type { PatternRow, PatternTable } from '../patterns/pattern';
import { toLevelCode } from '../records/record';
import { levelTone } from './level-tone';
import { cutText, toCountText, toVisibleText } from './shown-text';
import type { Sink } from './verb';

/** Error patterns on a screen; JSON has all of them. */
const SHOWN = 5;

export interface TriagePatterns {
  readonly patternCount: number;
  /** Those with ERROR or FATAL records, most of these first. */
  readonly errors: readonly { readonly row: PatternRow; readonly errorCount: number }[];
}

/** Of the selection. Bins are not asked for. */
export async function gatherPatterns(engine: EngineApi, handle: number, callId: number): Promise<TriagePatterns> {
  const { rows }: PatternTable = await engine.patterns(handle, { start: 0, end: 1, maxBins: 1 }, callId);
  const errors = rows
    .map((row) => ({ row, errorCount: errorCountOf(row) }))
    .filter(({ errorCount }) => errorCount > 0)
    .sort((a, b) => b.errorCount - a.errorCount); // equal ones stay as they are: by text
  return { patternCount: rows.length, errors };
}

function errorCountOf({ levelCounts }: PatternRow): number {
  return levelCounts.slice(toLevelCode('ERROR')).reduce((sum, count) => sum + count, 0);
}

export function writePatterns(
  { patternCount, errors }: TriagePatterns,
  sink: Sink,
  fact: (name: string, text: string) => void,
): void {
  const some = errors.length === 0 ? '' : `, ${formatCount(errors.length)} with errors`;
  fact('patterns', `${toCountText(patternCount, 'pattern')}${some}`);
  const shown = errors.slice(0, SHOWN);
  const width = Math.max(0, ...shown.map(({ errorCount }) => formatCount(errorCount).length));
  const room = sink.columns === null ? null : Math.max(20, sink.columns - 13 - width - 2);
  for (const { row, errorCount } of shown) {
    const level = (row.levelCounts[toLevelCode('FATAL')] ?? 0) > 0 ? 'FATAL' : 'ERROR';
    const text = cutText(toVisibleText(row.text), room);
    fact('', `${formatCount(errorCount).padStart(width)}  ${sink.paint(text, levelTone(level))}`);
  }
  if (errors.length > SHOWN)
    fact('', sink.paint(`and ${formatCount(errors.length - SHOWN)} more: loupe patterns FILE`, 'faint'));
}

export function patternsJson({ patternCount, errors }: TriagePatterns): object {
  return {
    count: patternCount,
    errors: errors.map(({ row, errorCount }) => ({ template: row.text, count: row.count, errors: errorCount })),
  };
}
