/** The patterns: a grid of which only the rows on screen exist. The selected row stays where it is when the list changes. */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be told that most of its rows are elsewhere; axe checks the grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and tells the active row by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys are commands of the region
import {
  type Component,
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onCleanup,
  onMount,
  Show,
  useContext,
} from 'solid-js';

import { upperBound } from '../../base/bisect';
import type { PatternTable as Table } from '../../engine/patterns/pattern';
import type { PatternFacts } from '../../state/pattern-facts';
import type { GroupKey, PatternSort } from '../../state/pattern-list';
import type { Workspace } from '../../state/workspace';
import { CommandContext } from '../../ui/command-context';
import { Menu, type MenuEntry } from '../../ui/Menu';
import type { Box } from '../../ui/menu-place';
import { toCountText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toRangeText } from '../time-text';
import { LevelGlyph, lookOfCode, PatternCells, type RowLook } from './PatternRow';
import styles from './PatternTable.module.css';

interface PatternTableProps {
  workspace: Workspace;
  table: Table;
  /** A newer one is on its way, and has been for a while. */
  isBehind: boolean;
  zone: string;
}

const GROUP_PX = 28;
// Rows beyond either edge, so that a quick scroll shows no blank.
const EXTRA_ROWS = 6;

export const PatternTable: Component<PatternTableProps> = (props) => {
  let grid!: HTMLDivElement;
  const { patterns, sources } = props.workspace;
  const { choice, look, edits, classes } = patterns;
  const offer = useContext(CommandContext);
  const [top, setTop] = createSignal(0);
  const [height, setHeight] = createSignal(600);
  const [rowPx, setRowPx] = createSignal(46);
  const [menuAt, setMenuAt] = createSignal<Box | null>(null);

  const rowLook: RowLook = {
    table: () => props.table,
    // The pinned moment is drawn through every chart, whether it parts anything or not.
    moment: () => props.workspace.timeline.pin() ?? patterns.since(),
    zone: () => props.zone,
    nameOf: edits.nameOf,
    categoryOf: (text) => classes.of(text)?.category ?? null,
    sourceName: (id) => sources.nameOf(id),
    sourceColour: (id) => sources.colourOf(id),
  };

  /** Where each item begins, and where the last one ends; px. */
  const tops = createMemo(() => {
    const items = look.items();
    const list = new Float64Array(items.length + 1);
    items.forEach((item, at) => {
      list[at + 1] = (list[at] ?? 0) + (item.kind === 'group' ? GROUP_PX : rowPx());
    });
    return list;
  });
  const places = createMemo(
    () =>
      new Map(
        look.items().flatMap((item, at) => (item.kind === 'pattern' ? [[item.facts.row.text, at] as const] : [])),
      ),
  );
  const placeOf = (facts: PatternFacts | null) => (facts ? (places().get(facts.row.text) ?? -1) : -1);
  /** Items that touch the view, half-open. */
  const range = createMemo(
    () => {
      const list = tops();
      const last = list.length - 1;
      return {
        start: Math.max(0, upperBound(last, (at) => list[at + 1] ?? 0, top()) - EXTRA_ROWS),
        end: Math.min(last, upperBound(last, (at) => list[at] ?? 0, top() + height()) + EXTRA_ROWS),
      };
    },
    undefined,
    { equals: (a, b) => a.start === b.start && a.end === b.end },
  );
  const visible = () => look.items().slice(range().start, range().end);

  const measure = () => {
    setHeight(grid.clientHeight);
    setRowPx(Number.parseFloat(getComputedStyle(grid).getPropertyValue('--row-pattern')) || 46);
  };
  onMount(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(grid);
    onCleanup(() => observer.disconnect());
    // The view is given the focus as a whole; its keys are those of the table.
    const view = grid.closest<HTMLElement>('main');
    const takeFocus = (event: FocusEvent) => {
      if (event.target === view) grid.focus({ preventScroll: true });
    };
    view?.addEventListener('focus', takeFocus);
    onCleanup(() => view?.removeEventListener('focus', takeFocus));
    if (view && document.activeElement === view) grid.focus({ preventScroll: true });
  });
  createEffect(on(() => props.workspace.settings.settings().density, measure, { defer: true }));

  const headPx = () => grid.querySelector<HTMLElement>('[data-head]')?.offsetHeight ?? 0;
  function scrollTo(px: number) {
    grid.scrollTop = px;
    setTop(px);
  }
  /** As little as it takes. */
  function reveal(place: number) {
    const from = tops()[place] ?? 0;
    const to = tops()[place + 1] ?? from;
    const room = height() - headPx();
    if (from < grid.scrollTop) scrollTo(Math.max(0, from));
    else if (to > grid.scrollTop + room) scrollTo(to - room);
  }
  // Another selected pattern is brought into view; the same one keeps its place on screen when the list around it changes.
  createEffect(
    on([() => placeOf(choice.selected()), () => choice.selected()?.row.text, tops], ([place, text], before) => {
      if (place < 0) return;
      const [oldPlace, oldText, oldTops] = before ?? [-1, undefined, undefined];
      const oldTop = oldTops?.[oldPlace] ?? 0;
      const wasInView = oldPlace >= 0 && oldTop >= grid.scrollTop && oldTop < grid.scrollTop + height();
      if (oldText === text && wasInView) scrollTo(Math.max(0, grid.scrollTop + (tops()[place] ?? 0) - oldTop));
      reveal(place);
    }),
  );

  const activeId = () => {
    const place = placeOf(choice.selected());
    return place >= range().start && place < range().end ? toRowId(place) : undefined;
  };
  const factsAt = (target: EventTarget | null): PatternFacts | null => {
    if (!(target instanceof Element)) return null;
    const place = target.closest<HTMLElement>('[data-place]')?.dataset.place;
    const item = place === undefined ? undefined : look.items()[Number(place)];
    return item?.kind === 'pattern' ? item.facts : null;
  };
  const onClick = (event: MouseEvent) => {
    const facts = factsAt(event.target);
    if (!facts || !(event.target instanceof Element)) return;
    grid.focus({ preventScroll: true });
    const wildcard = event.target.closest<HTMLElement>('[data-wildcard]')?.dataset.wildcard;
    const verb = event.target.closest<HTMLElement>('[data-verb]')?.dataset.verb;
    if (verb !== undefined) {
      choice.select(facts);
      offer(verb)?.run();
    } else if (wildcard !== undefined) patterns.openValues(Number(wildcard), facts);
    else if (event.ctrlKey || event.metaKey) choice.togglePick(facts.row.text);
    else if (window.getSelection()?.isCollapsed !== false) {
      choice.select(facts);
      if (patterns.panel() === 'auto' && !hasRoomForBoth()) patterns.setPanel('open');
    }
  };
  const entries = (): MenuEntry[] =>
    MENU.flatMap((id): MenuEntry[] => {
      if (id === 'line') return ['line'];
      const command = offer(id);
      if (!command) return [];
      const [key] = command.keys;
      return [{ label: command.title, isDisabled: !command.isAvailable, run: command.run, ...(key ? { key } : {}) }];
    });

  return (
    <>
      <div
        ref={(element) => {
          grid = element;
        }}
        id="pattern-table"
        class={styles.grid}
        classList={{ [styles.behind ?? '']: props.isBehind }}
        role="grid"
        tabIndex={0}
        aria-label={`Patterns, ${toCountText(look.listed().length, 'pattern')}`}
        aria-rowcount={look.items().length + 1}
        aria-colcount={8}
        aria-multiselectable="true"
        aria-activedescendant={activeId()}
        aria-busy={props.isBehind}
        onScroll={() => setTop(grid.scrollTop)}
        onClick={onClick}
        onDblClick={(event) => {
          if (factsAt(event.target)) offer('pattern.show')?.run();
        }}
        onContextMenu={(event) => {
          const facts = factsAt(event.target);
          if (!facts) return;
          event.preventDefault();
          choice.select(facts);
          setMenuAt({ left: event.clientX, top: event.clientY, right: event.clientX, bottom: event.clientY });
        }}
      >
        <div class={styles.head} role="row" aria-rowindex={1} data-head>
          <Head class={styles.level} label="Level" isHidden />
          <Head class={styles.text} label="Pattern" sort="name" look={look} />
          <Head class={styles.badges} label="What stands out" isHidden />
          <Head class={styles.count} label="Records" sort="count" look={look} />
          <Head class={styles.mix} label="Levels" />
          <Head
            class={styles.spark}
            label={
              props.table.bins.binCount === 0
                ? 'No times'
                : toRangeText(
                    props.table.bins.startMs,
                    props.table.bins.startMs + props.table.bins.binMs * props.table.bins.binCount,
                    props.zone,
                  )
            }
          />
          <Head class={styles.origin} label="Category, source" />
          <Head class={styles.times} label="First, last" sort="first" look={look} />
        </div>
        <div
          class={styles.rows}
          role="presentation"
          ref={(element) => bindVars(element, () => ({ '--height': `${tops()[tops().length - 1] ?? 0}px` }))}
        >
          <For each={visible()}>
            {(item, index) => {
              const at = () => range().start + index();
              return (
                <div
                  id={toRowId(at())}
                  class={item.kind === 'group' ? styles.group : styles.row}
                  classList={{
                    [styles.selected ?? '']: item.kind === 'pattern' && isSelected(item.facts),
                    [styles.picked ?? '']: item.kind === 'pattern' && choice.isPicked(item.facts.row.text),
                  }}
                  role="row"
                  data-place={at()}
                  aria-rowindex={at() + 2}
                  aria-selected={
                    item.kind === 'pattern' ? isSelected(item.facts) || choice.isPicked(item.facts.row.text) : undefined
                  }
                  ref={(element) => bindVars(element, () => ({ '--top': `${tops()[at()] ?? 0}px` }))}
                >
                  {item.kind === 'group' ? (
                    <span class={styles.groupText} role="rowheader" aria-colspan={8}>
                      <GroupTitle of={item.key} look={rowLook} />{' '}
                      <span class={styles.faint}>
                        {toCountText(item.patternCount, 'pattern')}, {toCountText(item.recordCount, 'record')}
                      </span>
                    </span>
                  ) : (
                    <PatternCells
                      facts={item.facts}
                      look={rowLook}
                      isSelected={isSelected(item.facts)}
                      isPicked={choice.isPicked(item.facts.row.text)}
                      open={isSelected(item.facts) && patterns.panel() !== 'closed' ? patterns.openWildcard() : null}
                    />
                  )}
                </div>
              );
            }}
          </For>
        </div>
      </div>
      <Show when={menuAt()}>
        {(box) => <Menu label="Pattern" anchor={box()} entries={entries()} onClose={() => setMenuAt(null)} />}
      </Show>
    </>
  );

  function isSelected(facts: PatternFacts): boolean {
    return choice.selected()?.row.text === facts.row.text;
  }
};

const MENU = [
  'pattern.show',
  'pattern.include',
  'pattern.hide',
  'line',
  'pattern.next',
  'pattern.first',
  'pattern.last',
  'line',
  'pattern.pick',
  'pattern.merge',
  'pattern.split',
  'pattern.rename',
  'line',
  'pattern.copy-text',
  'pattern.copy-filter',
  'pattern.copy-regex',
  'pattern.copy-layout',
  'pattern.chart',
] as const;

const toRowId = (place: number) => `pattern-row-${place}`;

/** Table and panel stand side by side; narrower, the panel lies over the table. As in the style sheet. */
export function hasRoomForBoth(): boolean {
  return window.matchMedia?.('(min-width: 1181px)').matches ?? true;
}

interface HeadProps {
  class: string | undefined;
  label: string;
  isHidden?: boolean;
  /** What a click sorts by. */
  sort?: PatternSort;
  look?: { look: () => { sort: PatternSort }; setSort: (sort: PatternSort) => void };
}

const DESCENDING: ReadonlySet<PatternSort> = new Set(['count', 'errors', 'last', 'burst', 'rising']);

const Head: Component<HeadProps> = (props) => {
  const isSorted = () => props.sort !== undefined && props.look?.look().sort === props.sort;
  return (
    <span
      class={props.class}
      role="columnheader"
      aria-sort={isSorted() ? (DESCENDING.has(props.sort ?? 'count') ? 'descending' : 'ascending') : undefined}
    >
      <Show
        when={props.sort}
        fallback={
          <Show when={props.isHidden} fallback={props.label}>
            <span class="unseen">{props.label}</span>
          </Show>
        }
      >
        {(sort) => (
          <button
            type="button"
            class={styles.sort}
            tabIndex={-1}
            title={`Sort: ${props.label}`}
            onClick={() => props.look?.setSort(isSorted() ? 'relevance' : sort())}
          >
            {props.label}
          </button>
        )}
      </Show>
    </span>
  );
};

const GroupTitle: Component<{ of: GroupKey; look: RowLook }> = (props) => {
  if (props.of.by === 'level') {
    const look = lookOfCode(props.of.level);
    return (
      <b class={`${styles.groupLevel} ${look.className}`}>
        <LevelGlyph look={look} /> {look.word}
      </b>
    );
  }
  if (props.of.by === 'category') return <b>{props.of.category ?? 'No category'}</b>;
  return (
    <b class={styles.source}>
      <i class={`${styles.bar} src-${props.look.sourceColour(props.of.source)}`} />
      {props.look.sourceName(props.of.source)}
    </b>
  );
};
