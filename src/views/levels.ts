/** Levels as people see them: order, class, glyph. The engine's numbers are in `engine/records/record.ts`. */

import type { SourceSummary } from '../engine/api';
import type { LevelKey } from '../state/filter';
import type { IconName } from '../ui/Icon';

export interface LevelLook {
  readonly key: LevelKey;
  /** Code in the engine's counts. */
  readonly code: number;
  readonly word: string;
  readonly glyph: IconName | null;
  readonly className: string;
}

/** Worst first, records without a level last. */
export const LEVEL_LOOKS: readonly LevelLook[] = [
  { key: 'FATAL', code: 6, word: 'FATAL', glyph: 'fatal', className: 'lv-fatal' },
  { key: 'ERROR', code: 5, word: 'ERROR', glyph: 'error', className: 'lv-error' },
  { key: 'WARN', code: 4, word: 'WARN', glyph: 'warn', className: 'lv-warn' },
  { key: 'INFO', code: 3, word: 'INFO', glyph: 'info', className: 'lv-info' },
  { key: 'DEBUG', code: 2, word: 'DEBUG', glyph: 'debug', className: 'lv-debug' },
  { key: 'TRACE', code: 1, word: 'TRACE', glyph: 'trace', className: 'lv-trace' },
  { key: null, code: 0, word: 'No level', glyph: null, className: 'lv-none' },
];

const NO_LEVEL = LEVEL_LOOKS[LEVEL_LOOKS.length - 1] as LevelLook;

export function toLook(level: LevelKey): LevelLook {
  return LEVEL_LOOKS.find((look) => look.key === level) ?? NO_LEVEL;
}

/** Records of a level over several sources. */
export function countLevel(sources: readonly SourceSummary[], code: number): number {
  return sources.reduce((sum, source) => sum + (source.levelCounts[code] ?? 0), 0);
}
