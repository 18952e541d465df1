/**
 * What is coloured in the rows: nine quick labels on a value, and named filters, in an order of the person's own. The first
 * that applies gives the colour.
 */
import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';

import { isFault, type Fault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { FilterContext } from '../engine/api';
import type { Filter } from '../engine/query/filter';
import type { ActsStore, SessionPart } from './acts';
import type { MadeClause } from './clause-text';

export const LABEL_COLOURS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export type LabelColour = (typeof LABEL_COLOURS)[number];

export interface NamedFilter {
  readonly id: number;
  readonly name: string;
  readonly text: string;
  readonly colour: LabelColour;
  /** Its records carry its colour. */
  readonly isColouring: boolean;
}

/** A value that carries a colour wherever it stands. */
export interface ColourLabel {
  readonly colour: LabelColour;
  readonly text: string;
}

export interface HighlightsSession {
  readonly named: readonly NamedFilter[];
  readonly labels: readonly ColourLabel[];
}

type Read = { readonly filter: Filter } | { readonly fault: Fault };

export function createHighlights(engine: EngineClient, acts: ActsStore, context: () => FilterContext) {
  const [named, setNamed] = createSignal<readonly NamedFilter[]>([]);
  const [labels, setLabels] = createSignal<readonly ColourLabel[]>([]);
  const [read, setRead] = createSignal<ReadonlyMap<string, Read>>(new Map());
  const [editing, setEditing] = createSignal<number | null>(null);
  const asked = new Set<string>();
  let isGone = false;
  onCleanup(() => {
    isGone = true;
  });

  const part: SessionPart<HighlightsSession> = {
    save: () => ({ named: named(), labels: labels() }),
    restore(saved) {
      setNamed(saved.named);
      setLabels(saved.labels);
    },
  };

  createEffect(
    on([named, labels], ([filters, colours]) => {
      for (const { text } of [...filters, ...colours]) void learn(text);
    }),
  );

  async function learn(text: string): Promise<void> {
    if (asked.has(text)) return;
    asked.add(text);
    const found = await engine.parseFilter(text, context()).then(
      (filter): Read => ({ filter }),
      (error: unknown): Read => {
        if (!isFault(error)) throw error;
        return { fault: error };
      },
    );
    if (!isGone) setRead((old) => new Map(old).set(text, found));
  }

  function filterOf(text: string): Filter | null {
    const known = read().get(text);
    return known && 'filter' in known ? known.filter : null;
  }

  /** In order of precedence. */
  const active = createMemo(() =>
    [...labels(), ...named().filter((one) => one.isColouring)].flatMap((one) => {
      const filter = filterOf(one.text);
      // A label is on a value: where the value has a place in the text, the rest of the record stays as it is.
      const isOfRecord = 'id' in one || filter?.kind !== 'text';
      return filter ? [{ filter, colour: one.colour, isOfRecord }] : [];
    }),
  );
  const filters = createMemo(() => active().map(({ filter }) => filter), [], {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });

  function change(title: string, work: () => void, mergeKey?: string) {
    acts.change(title, part, work, mergeKey);
  }

  function update(title: string, id: number, next: Partial<NamedFilter>, mergeKey?: string) {
    change(title, () => setNamed((old) => old.map((one) => (one.id === id ? { ...one, ...next } : one))), mergeKey);
  }

  return {
    part,
    named,
    labels,
    /** What rows are asked to colour, the first before the others. */
    filters,
    /** The colour of one of `filters`, by its place in them. */
    colourOf: (index: number): LabelColour => active()[index]?.colour ?? 1,
    /** The colour of a whole record. @param keptBy  which of `filters` keep it, as in Row */
    recordColourOf(keptBy: readonly number[]): LabelColour | null {
      const first = keptBy.find((index) => active()[index]?.isOfRecord);
      return first === undefined ? null : (active()[first]?.colour ?? null);
    },
    filterOf,
    /** Why a text cannot be read; null while it can, or is not read yet. */
    faultOf(text: string): Fault | null {
      const known = read().get(text);
      return known && 'fault' in known ? known.fault : null;
    },
    /** Keeps a filter under a name. @returns its id */
    save(name: string, text: string): number {
      const id = 1 + Math.max(0, ...named().map((one) => one.id));
      const used = new Set([...named(), ...labels()].map((one) => one.colour));
      const colour = LABEL_COLOURS.find((one) => !used.has(one)) ?? LABEL_COLOURS[(id - 1) % 9] ?? 1;
      change('Filter saved', () => setNamed((old) => [...old, { id, name, text, colour, isColouring: true }]));
      return id;
    },
    /** The one whose name and text are being edited; null: none. */
    editing,
    edit: (id: number | null) => setEditing(id),
    change: (id: number, name: string, text: string) => update('Saved filter changed', id, { name, text }),
    rename: (id: number, name: string) => update('Filter renamed', id, { name }),
    setText: (id: number, text: string) => update('Saved filter changed', id, { text }),
    setColour: (id: number, colour: LabelColour) => update('Filter coloured', id, { colour }),
    toggle(id: number) {
      const isColouring = named().find((one) => one.id === id)?.isColouring === true;
      update(isColouring ? 'Filter’s colour off' : 'Filter’s colour on', id, { isColouring: !isColouring });
    },
    remove: (id: number) => change('Saved filter deleted', () => setNamed((old) => old.filter((one) => one.id !== id))),
    /** Puts one before another, or at the end (before null). */
    move(id: number, before: number | null) {
      const moved = named().find((one) => one.id === id);
      if (!moved || id === before) return;
      const rest = named().filter((one) => one.id !== id);
      const at = before === null ? rest.length : rest.findIndex((one) => one.id === before);
      if (at < 0) return;
      change(
        'Filters reordered',
        () => setNamed([...rest.slice(0, at), moved, ...rest.slice(at)]),
        `filter order ${id}`,
      );
    },
    /** Colours a value everywhere; the colour it has already is taken away. */
    label(clause: MadeClause, colour: LabelColour) {
      const has = labels().some((one) => one.colour === colour && one.text === clause.text);
      change(has ? `Colour ${colour} cleared` : `Colour ${colour} on ${clause.label}`, () =>
        setLabels((old) => {
          const rest = old.filter((one) => one.colour !== colour && one.text !== clause.text);
          return has ? rest : [...rest, { colour, text: clause.text }].sort((a, b) => a.colour - b.colour);
        }),
      );
    },
    labelOf: (clause: MadeClause): LabelColour | null =>
      labels().find((one) => one.text === clause.text)?.colour ?? null,
    clearLabels: () => change('Colours cleared', () => setLabels([])),
  };
}

export type HighlightsStore = ReturnType<typeof createHighlights>;
