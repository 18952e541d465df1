/** Kept analyses: their list, and keeping what is shown; the rules that classify errors. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function analysisCommands({ classRules }: Workspace, { analyses, toggle }: PageVerbs): Command[] {
  const group = 'Workspace';
  return [
    {
      id: 'analysis.list',
      group,
      keys: [],
      title: 'Kept analyses…',
      words: 'patterns first look history compare reopen saved',
      isAvailable: () => analyses.isOpen(),
      reason: 'No workspace is open',
      run: () => toggle('analyses'),
    },
    {
      id: 'analysis.keep',
      group,
      keys: [],
      title: 'Keep the patterns shown',
      words: 'save analysis snapshot',
      isAvailable: () => analyses.hasPatterns(),
      reason: 'No patterns are shown, or they are still being counted',
      run: () => analyses.keepPatterns(),
    },
    {
      id: 'analysis.keep-look',
      group,
      keys: [],
      title: 'Keep the first look',
      words: 'save analysis snapshot',
      isAvailable: () => analyses.hasFirstLook(),
      reason: 'There is no first look yet',
      run: () => analyses.keepFirstLook(),
    },
    {
      id: 'rules.edit',
      group,
      keys: [],
      title: 'Classification rules…',
      words: 'category severity errors because',
      isOn: () => classRules.isChanged(),
      run: () => toggle('rules'),
    },
  ];
}
