/** What is done with a value: included, excluded, searched everywhere, counted; and which one a person has in hand. */
import { createSignal } from 'solid-js';

import { isFault } from '../base/fault';
import { createLatest, type EngineClient } from '../bridge/engine-client';
import type { Filter } from '../engine/query/filter';
import type { RecordId } from '../engine/records/record';
import { ignoreFault } from './count';
import type { FilterStore } from './filter';
import type { PanesStore } from './panes';
import type { SourcesStore } from './sources';
import { targetsOf, toClause, type ValueTarget } from './value-target';

/** A place in the window, px. */
export interface PlaceBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type ValueVerb = 'open' | 'include' | 'exclude' | 'search' | 'top';

/** A menu that is asked for: of one value, or of a record's values, to choose the one that a verb is for. */
export type ValueMenuWish =
  | { readonly kind: 'value'; readonly target: ValueTarget; readonly place: PlaceBox | null }
  | { readonly kind: 'choice'; readonly targets: readonly ValueTarget[]; readonly verb: ValueVerb };

interface ValuesParts {
  readonly filter: FilterStore;
  readonly sources: SourcesStore;
  readonly panes: PanesStore;
}

export function createValues(engine: EngineClient, { filter, sources, panes }: ValuesParts) {
  const [menu, setMenu] = createSignal<ValueMenuWish | null>(null);
  const [focused, setFocused] = createSignal<ValueTarget | null>(null);
  /** The field whose values are listed; null: none. */
  const [topField, setTopField] = createSignal<string | null>(null);
  const latest = createLatest();

  const verbs = {
    include: (target: ValueTarget) => filter.add(toClause(target), false),
    exclude: (target: ValueTarget) => filter.add(toClause(target), true),
    /** Nothing but this value, in all sources. */
    search(target: ValueTarget) {
      if (sources.hidden().size > 0) sources.setShown(sources.ids(), true);
      filter.only(toClause(target));
    },
    top(target: ValueTarget) {
      const name = fieldNameOf(target);
      if (name !== null) setTopField(name);
    },
    open: (target: ValueTarget) => setMenu({ kind: 'value', target, place: null }),
  } satisfies Record<ValueVerb, (target: ValueTarget) => void>;

  /** The record that keys act on: the selected one, or the one at the top. */
  function recordAtHand(): RecordId | null {
    const { records } = panes.active();
    const choice = records.selected();
    return choice?.id ?? records.visible()[0]?.row.id ?? null;
  }

  return {
    ...verbs,
    /** The menu to be on screen; null: none. */
    menu,
    /** @param place  where the value stands; null: at the selected record */
    openMenu: (target: ValueTarget, place: PlaceBox | null) => setMenu({ kind: 'value', target, place }),
    closeMenu: () => setMenu(null),
    /** The value that has the keyboard's focus, in the details or a list of values. */
    focused,
    setFocused,
    topField,
    showTop: (name: string | null) => setTopField(name),
    /** A record's fields, for whoever asks last. @throws Fault `stale` for those before */
    read: (record: RecordId) => latest.run(() => engine.details(record)),
    /** Does it with the focused value; without one, the values of the record at hand are offered. */
    async act(verb: ValueVerb): Promise<void> {
      const target = focused();
      if (target) {
        verbs[verb](target);
        return;
      }
      const record = recordAtHand();
      if (!record) return;
      try {
        const { row, fields } = await latest.run(() => engine.details(record));
        const all = targetsOf(row, fields, sources.get(record.source)?.name ?? '');
        setMenu({
          kind: 'choice',
          verb,
          targets: verb === 'top' ? all.filter((one) => fieldNameOf(one) !== null) : all,
        });
      } catch (error) {
        ignoreFault(error);
      }
    },
    /** What a value's verbs would leave. `search` is over all sources. Each may be asked for by itself. */
    filtersOf(target: ValueTarget): Readonly<Record<'include' | 'exclude' | 'search', Filter>> {
      const { filter: only } = toClause(target);
      return {
        include: { kind: 'and', of: [filter.filter(), only] },
        exclude: { kind: 'and', of: [filter.filter(), { kind: 'not', of: only }] },
        search: only,
      };
    },
    /** Records that a filter keeps in all sources, shown or not; null where the engine refused. */
    async countEverywhere(wanted: Filter, signal: AbortSignal): Promise<number | null> {
      try {
        const info = await engine.select(wanted, { signal });
        void engine.release(info.handle).catch(ignoreFault);
        return info.count;
      } catch (error) {
        if (!isFault(error)) throw error;
        return null;
      }
    },
  };
}

export type ValuesStore = ReturnType<typeof createValues>;

/** The field whose values could be listed beside this one; null where it is no field's. */
export function fieldNameOf(target: ValueTarget): string | null {
  return target.kind === 'field' ? target.name : null;
}
