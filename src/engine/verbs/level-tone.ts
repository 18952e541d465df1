/** Levels as tones: the five groups in which lines and charts show them. */

import { toLevel, type Level } from '../records/record';
import type { Tone } from './verb';

export interface LevelGroup {
  readonly name: string;
  /** Level codes, 0 is "no level". */
  readonly codes: readonly number[];
  readonly tone: Tone;
  /** Where there are no colours. */
  readonly glyph: string;
}

/** Most serious first: charts stack them from the ground up. */
export const LEVEL_GROUPS: readonly LevelGroup[] = [
  { name: 'error, fatal', codes: [6, 5], tone: 'bad', glyph: '█' },
  { name: 'warn', codes: [4], tone: 'warn', glyph: '▓' },
  { name: 'info', codes: [3], tone: 'good', glyph: '▒' },
  { name: 'debug, trace', codes: [2, 1], tone: 'name', glyph: '░' },
  { name: 'no level', codes: [0], tone: 'faint', glyph: '·' },
];

export function levelTone(level: Level | null): Tone {
  return LEVEL_GROUPS.find((group) => group.codes.some((code) => toLevel(code) === level))?.tone ?? 'plain';
}
