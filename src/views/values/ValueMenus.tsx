/** The menu of a value: what can be done with it, each with its key and the number of records it would leave. */
import { type Component, createSignal, Match, onCleanup, Show, Switch } from 'solid-js';

import { countOrNull } from '../../state/count';
import { LABEL_COLOURS } from '../../state/highlights';
import { fieldNameOf, type ValueMenuWish, type ValueVerb } from '../../state/values';
import { toClause, toTitle, type ValueTarget } from '../../state/value-target';
import type { Workspace } from '../../state/workspace';
import { Menu, type MenuEntry } from '../../ui/Menu';
import { toCountText, toNumberText } from '../../ui/size-text';
import './value-pointer.css';

interface ValueMenusProps {
  workspace: Workspace;
  onCopy: (text: string) => void;
}

export const ValueMenus: Component<ValueMenusProps> = (props) => (
  <Show when={props.workspace.values.menu()} keyed>
    {(wish) => (
      <Switch>
        <Match when={wish.kind === 'value' && wish}>
          {(value) => <ValueMenu workspace={props.workspace} wish={value()} onCopy={props.onCopy} />}
        </Match>
        <Match when={wish.kind === 'choice' && wish}>
          {(choice) => <ChoiceMenu workspace={props.workspace} wish={choice()} />}
        </Match>
      </Switch>
    )}
  </Show>
);

type Wish<Kind extends ValueMenuWish['kind']> = Extract<ValueMenuWish, { kind: Kind }>;

const ValueMenu: Component<{ workspace: Workspace; wish: Wish<'value'>; onCopy: (text: string) => void }> = (props) => {
  const { values, filter, layout, highlights } = props.workspace;
  const { target, place } = props.wish;
  const clause = toClause(target);
  const title = toTitle(target);
  const field = fieldNameOf(target);
  const asking = new AbortController();
  onCleanup(() => asking.abort());

  const { include, exclude, search } = values.filtersOf(target);
  const left = (count: number) => `${toNumberText(count)} left`;
  const leftBy = (wanted: typeof include) => createCount(() => countOrNull(filter.count, wanted, asking.signal), left);
  const includeNote = leftBy(include);
  const excludeNote = leftBy(exclude);
  const searchNote = createCount(
    () => values.countEverywhere(search, asking.signal),
    (count) => toCountText(count, 'record'),
  );

  const entries = (): MenuEntry[] => [
    { label: 'Include', icon: 'plus', key: '+', note: includeNote, run: () => values.include(target) },
    { label: 'Exclude', icon: 'minus', key: '-', note: excludeNote, run: () => values.exclude(target) },
    { label: 'Search everywhere', icon: 'search', key: '*', note: searchNote, run: () => values.search(target) },
    'line',
    ...(field === null
      ? []
      : ([
          {
            label: isColumn(field) ? `Take the column ${field} away` : `Show ${field} as column`,
            icon: 'table',
            key: 'c',
            run: () => layout.toggleField(field),
          },
          { label: `Top values of ${field}`, icon: 'sort', key: 't', run: () => values.showTop(field) },
          'line',
        ] satisfies MenuEntry[])),
    { label: 'Copy value', icon: 'copy', key: 'y', run: () => props.onCopy(title.value) },
    'line',
    ...LABEL_COLOURS.map((colour) => ({
      label: `Colour ${colour}`,
      key: String(colour),
      swatch: `hl-${colour}`,
      kind: 'choice' as const,
      isOn: highlights.labelOf(clause) === colour,
      run: () => highlights.label(clause, colour),
    })),
  ];
  const isColumn = (name: string) => layout.layout().columns.some(({ id }) => id === `field:${name}`);

  return (
    <Menu
      label={`${title.key} ${title.value}`.trim()}
      anchor={place ?? anchorOf(props.workspace)}
      head={
        <>
          <Show when={title.key}>
            <span>{title.key}</span>
          </Show>
          <code>{shorten(title.value)}</code>
        </>
      }
      entries={entries()}
      onClose={() => close(props.workspace)}
    />
  );
};

const VERB_TITLES: Readonly<Record<ValueVerb, string>> = {
  open: 'Values of the record',
  include: 'Include which value',
  exclude: 'Exclude which value',
  search: 'Search which value everywhere',
  top: 'Top values of which field',
};

/** The values of a record, to choose one by key. */
const ChoiceMenu: Component<{ workspace: Workspace; wish: Wish<'choice'> }> = (props) => {
  const { values } = props.workspace;
  const { targets, verb } = props.wish;
  return (
    <Menu
      label={VERB_TITLES[verb]}
      anchor={anchorOf(props.workspace)}
      head={<span>{VERB_TITLES[verb]}</span>}
      entries={targets.map((target) => toChoice(target, () => values[verb](target)))}
      onClose={() => close(props.workspace)}
    />
  );
};

function toChoice(target: ValueTarget, run: () => void): MenuEntry {
  const { key, value } = toTitle(target);
  return { label: key, note: () => shorten(value), run };
}

/** The focus is where it was; from nowhere it goes to the log. */
function close({ values, panes }: Workspace) {
  values.closeMenu();
  if (document.activeElement === document.body) document.getElementById(panes.active().id)?.focus();
}

/** The selected record's message, else the grid that keys act on. */
function anchorOf({ panes }: Workspace): Element {
  const grid = document.getElementById(panes.active().id) ?? document.body;
  const row = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.closest('[role="row"]');
  return (
    row?.querySelector('[data-column="message"]') ?? row?.querySelector('[role="gridcell"]:last-child') ?? row ?? grid
  );
}

// A menu is as wide as its longest words; a value may be a whole paragraph.
const SHOWN_UNITS = 60;

function shorten(value: string): string {
  return value.length > SHOWN_UNITS ? `${value.slice(0, SHOWN_UNITS)}…` : value;
}

/** A count as a note that is empty until it is known. */
function createCount(ask: () => Promise<number | null>, toText: (count: number) => string): () => string | null {
  const [count, setCount] = createSignal<number | null>(null);
  void ask().then(setCount);
  return () => {
    const known = count();
    return known === null ? null : toText(known);
  };
}
