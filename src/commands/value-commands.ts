/** What is done with a value: the one that has the focus, or one of the record at hand. */
import { LABEL_COLOURS } from '../state/highlights';
import { textClause } from '../state/clause-text';
import { toClause } from '../state/value-target';
import type { ValueVerb } from '../state/values';
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

export function valueCommands({ values, highlights, panes, cursor }: Workspace): Command[] {
  const group = 'Filter';
  const hasRecords = () => panes.active().records.count() > 0;
  const act = (id: string, keys: string[], title: string, verb: ValueVerb): Command => ({
    id,
    group,
    keys,
    title,
    words: 'value field',
    isAvailable: () => values.focused() !== null || hasRecords(),
    run() {
      const selected = selectedText();
      if (selected === null || verb === 'top') void values.act(verb);
      else values[verb]({ kind: 'text', value: selected, key: null });
    },
  });
  /** What a colour is put on: selected text, before a value that has the focus. */
  const coloured = () => {
    const selected = selectedText();
    const focused = values.focused();
    if (selected !== null) return textClause(selected);
    return focused ? toClause(focused) : null;
  };
  return [
    act('value.menu', ['v'], 'Values of the record', 'open'),
    act('value.include', ['+'], 'Include a value, or the selected text', 'include'),
    act('value.exclude', ['-', '−'], 'Exclude a value, or the selected text', 'exclude'),
    act('value.search', ['*'], 'Search a value everywhere', 'search'),
    act('value.top', [], 'Top values of a field', 'top'),
    ...LABEL_COLOURS.map(
      (colour): Command => ({
        id: `colour.${colour}`,
        group,
        keys: [`Ctrl-Shift-${colour}`],
        title: `Colour ${colour} on the selected text or value`,
        words: 'label highlight',
        run: () => {
          const clause = coloured();
          if (clause) highlights.label(clause, colour);
          else cursor.say('Select some text first, or a value in the details');
        },
      }),
    ),
    {
      id: 'colour.clear',
      group,
      keys: ['Ctrl-Shift-0'],
      title: 'Clear all colours',
      isAvailable: () => highlights.labels().length > 0,
      run: () => highlights.clearLabels(),
    },
  ];
}

/** Text that was selected by hand, of one line; null: none. */
function selectedText(): string | null {
  const text = window.getSelection()?.toString().trim() ?? '';
  return text === '' || text.includes('\n') ? null : text;
}
