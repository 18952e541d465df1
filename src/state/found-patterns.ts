/** The patterns on screen, as they could be kept: only while the table answers what is asked. */
import { createMemo } from 'solid-js';

import { isFault } from '../base/fault';
import type { ErrorGroups } from '../engine/patterns/pattern';
import type { FoundPatterns } from './analysis-body';
import { isSameList } from './source-reading';
import type { Workspace } from './workspace';

/** Null while nobody looks at patterns, they are being counted or classified, or the filter is ahead of them. */
export function createFoundPatterns(workspace: Workspace): () => FoundPatterns | null {
  const { patterns, filter, sources, classRules, engine } = workspace;
  const { table, edits, classes } = patterns;

  async function readGroups(handle: number): Promise<ErrorGroups | null> {
    try {
      return await engine.errorGroups(handle, classRules.rules());
    } catch (error) {
      if (!isFault(error)) throw error;
      return null; // records that cannot be read any more, which is told beside their source
    }
  }

  return createMemo((): FoundPatterns | null => {
    const answer = table.answer();
    if (!answer || !table.isWanted() || table.isStale() || table.isApplying() || !classes.isIdle()) return null;
    if (answer.filter !== filter.filter() || !isSameList(answer.sources, sources.visibleIds())) return null;
    if (answer.table.rows.length === 0) return null;
    const { granularity, merges, splits } = edits.part.save();
    return {
      kind: 'patterns',
      table: answer.table,
      grouping: { granularity, merges, splits },
      nameOf: edits.nameOf,
      classOf: classes.of,
      readGroups: () => readGroups(answer.info.handle),
    };
  });
}
