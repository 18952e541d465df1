/** The table of patterns: walking it, and what is done with the selected one. Its keys work in its region. */
import { patternClause } from '../state/clause-text';
import type { PatternFacts } from '../state/pattern-facts';
import { toLayoutText, toRegexText } from '../state/pattern-text';
import type { Workspace } from '../state/workspace';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

const PAGE_ROWS = 12;
const COARSEST = 0;
const FINEST = 4;

export function patternTableCommands(workspace: Workspace, page: PageVerbs): Command[] {
  const { patterns, filter, highlights, view, cursor } = workspace;
  const { choice, edits, look } = patterns;
  const isShown = () => view.is('patterns') && patterns.tab() === 'patterns';
  const selected = () => choice.selected();
  const base = { group: 'Patterns', region: 'patterns' } as const;

  const walk = (id: string, keys: string[], title: string, run: () => void): Command => ({
    ...base,
    id: `pattern.${id}`,
    keys,
    title,
    isShared: true,
    isAvailable: () => isShown() && look.listed().length > 0,
    run,
  });
  /** Something is done with the selected pattern. */
  const act = (
    id: string,
    keys: string[],
    title: string,
    run: (facts: PatternFacts) => void,
    words = '',
    isShared = false,
  ): Command => ({
    ...base,
    id: `pattern.${id}`,
    keys,
    title,
    words: `pattern ${words}`,
    isShared,
    isAvailable: () => isShown() && selected() !== null,
    run() {
      const facts = selected();
      if (facts) run(facts);
    },
  });
  const clauseOf = ({ row }: PatternFacts) => patternClause(row.text);
  const nameOf = ({ row }: PatternFacts) => edits.nameOf(row.text) ?? row.text;

  return [
    walk('down', ['j', 'ArrowDown'], 'Next pattern', () => choice.move(1)),
    walk('up', ['k', 'ArrowUp'], 'Previous pattern', () => choice.move(-1)),
    walk('page-down', ['PageDown'], 'A page of patterns down', () => choice.move(PAGE_ROWS)),
    walk('page-up', ['PageUp'], 'A page of patterns up', () => choice.move(-PAGE_ROWS)),
    walk('top', ['g', 'Home'], 'First pattern of the list', () => choice.toEnd('first')),
    walk('bottom', ['G', 'End'], 'Last pattern of the list', () => choice.toEnd('last')),
    act(
      'show',
      ['Enter'],
      'Show the records of the pattern',
      (facts) => {
        filter.add(clauseOf(facts), false);
        view.show('lines');
        page.focusView();
      },
      'lines filter',
      true,
    ),
    act('include', ['+', '='], 'Only this pattern', (facts) => filter.add(clauseOf(facts), false), 'include filter'),
    act(
      'hide',
      ['-', '−', 'h', 'Delete'],
      'Hide the pattern',
      (facts) => {
        choice.select(choice.neighbour());
        filter.add(clauseOf(facts), true);
      },
      'exclude filter',
    ),
    act('pick', ['Space'], 'Pick the pattern for merging', ({ row }) => choice.togglePick(row.text), 'select', true),
    act('merge', ['m'], 'Make the picked patterns one', () => patterns.merge(), 'merge group'),
    act('split', ['S'], 'Split the pattern', () => void patterns.split(), 'finer'),
    act('rename', ['r', 'F2'], 'Rename the pattern', ({ row }) => patterns.rename(row.text), 'name'),
    act('copy-text', ['y'], 'Copy the pattern’s text', ({ row }) => page.copy(row.text)),
    act('copy-filter', [], 'Copy the pattern as a filter', (facts) => page.copy(clauseOf(facts).text)),
    act('copy-regex', [], 'Copy the pattern as a regular expression', ({ row }) =>
      page.copy(toRegexText(row.tokens, row.example)),
    ),
    act('copy-layout', [], 'Copy the pattern as a format rule', ({ row }) => page.copy(toLayoutText(row.tokens))),
    act(
      'chart',
      ['c'],
      'Colour the pattern’s records, as a saved filter',
      (facts) => {
        highlights.save(nameOf(facts).slice(0, 200), clauseOf(facts).text);
        cursor.say('Saved as a filter with a colour of its own');
      },
      'timeline highlight chart colour',
    ),
    {
      ...base,
      id: 'pattern.find',
      keys: ['/'],
      title: 'Find a pattern',
      isAvailable: isShown,
      run: () => document.querySelector<HTMLInputElement>('#pattern-find input')?.focus(),
    },
    {
      ...base,
      id: 'pattern.finer',
      keys: ['.'],
      title: 'Tell messages apart more finely',
      words: 'granularity slider',
      isAvailable: () => isShown() && edits.granularity() < FINEST,
      run: () => edits.step(1),
    },
    {
      ...base,
      id: 'pattern.coarser',
      keys: [','],
      title: 'Tell messages apart more coarsely',
      words: 'granularity slider',
      isAvailable: () => isShown() && edits.granularity() > COARSEST,
      run: () => edits.step(-1),
    },
    ...(['new', 'errors', 'rare', 'denoise'] as const).map(
      (chip): Command => ({
        ...base,
        id: `pattern.only-${chip}`,
        keys: [],
        title: {
          new: 'Only new patterns',
          errors: 'Only patterns with errors',
          rare: 'Only rare patterns',
          denoise: 'Hide frequent patterns',
        }[chip],
        isAvailable: isShown,
        isOn: () => look.hasChip(chip),
        run: () => look.toggleChip(chip),
      }),
    ),
    {
      ...base,
      id: 'pattern.panel',
      keys: ['i'],
      title: 'Details of the pattern',
      isAvailable: () => isShown() && selected() !== null,
      isOn: () => patterns.panel() !== 'closed',
      run: () => patterns.setPanel(patterns.panel() === 'open' ? 'closed' : 'open'),
    },
  ];
}
