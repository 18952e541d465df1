/**
 * What a person chose about each source: its colour, its name, whether it is shown, and how its times and lines are read.
 * Kept by the source's key rather than its id, so that it outlives closing, reloading and going to another window.
 */
import { createSignal } from 'solid-js';

import type { ActsStore, SessionPart } from './acts';

/** A source across reloads: its name, or its name and a number where several have one name. */
export type SourceKey = string;

export interface SourceSettings {
  /** Shown in place of the file's name; null: the file's name. */
  readonly title: string | null;
  /** 0..SOURCE_COLOURS-1; null: by order of opening. */
  readonly colour: number | null;
  readonly isHidden: boolean;
  /** Format id that was forced; null: detected. */
  readonly format: string | null;
  /** Encoding that was forced; null: detected. */
  readonly encoding: string | null;
  /** Zone of times that name none: IANA name, `UTC` or `+02:00`; null: as it was opened. */
  readonly zone: string | null;
  /** ms added to its times: what its clock is off by. */
  readonly offsetMs: number;
}

export const AS_IT_COMES: SourceSettings = {
  title: null,
  colour: null,
  isHidden: false,
  format: null,
  encoding: null,
  zone: null,
  offsetMs: 0,
};

/** Plain JSON. Sources that are not open now keep their place: they may come back. */
export interface SavedSources {
  readonly byKey: Readonly<Record<SourceKey, Partial<SourceSettings>>>;
  /** In the order a person gave them; those that are not in it come after, by order of opening. */
  readonly order: readonly SourceKey[];
}

export function createSourceSettings(acts: ActsStore) {
  const [byKey, setByKey] = createSignal<ReadonlyMap<SourceKey, SourceSettings>>(new Map());
  const [order, setOrder] = createSignal<readonly SourceKey[]>([]);

  const get = (key: SourceKey): SourceSettings => byKey().get(key) ?? AS_IT_COMES;

  const part: SessionPart<SavedSources> = {
    save: () => ({
      byKey: Object.fromEntries([...byKey()].map(([key, settings]) => [key, withoutDefaults(settings)])),
      order: order(),
    }),
    restore(saved) {
      setByKey(new Map(Object.entries(saved.byKey).map(([key, chosen]) => [key, { ...AS_IT_COMES, ...chosen }])));
      setOrder(saved.order);
    },
  };

  /** The part of some sources alone: undoing what was done to one leaves the others as they have become since. */
  const partOf = (keys: readonly SourceKey[]): SessionPart<readonly (readonly [SourceKey, SourceSettings])[]> => ({
    save: () => keys.map((key) => [key, get(key)] as const),
    restore: (saved) => setByKey((old) => new Map([...old, ...saved])),
  });
  const orderPart: SessionPart<readonly SourceKey[]> = { save: order, restore: (saved) => setOrder(saved) };

  function set(
    keys: readonly SourceKey[],
    next: (settings: SourceSettings, key: SourceKey) => Partial<SourceSettings>,
  ) {
    setByKey(
      (old) =>
        new Map([
          ...old,
          ...keys.map((key) => {
            const settings = old.get(key) ?? AS_IT_COMES;
            return [key, { ...settings, ...next(settings, key) }] as const;
          }),
        ]),
    );
  }

  return {
    part,
    get,
    order,
    /** Changes without an act: a wish that turned out impossible, or what another window did. */
    set,
    /** @param title  as the act is named: "Colour changed" */
    change(
      title: string,
      keys: readonly SourceKey[],
      next: (settings: SourceSettings, key: SourceKey) => Partial<SourceSettings>,
      mergeKey?: string,
    ) {
      acts.change(title, partOf(keys), () => set(keys, next), mergeKey);
    },
    setOrder: (title: string, keys: readonly SourceKey[]) =>
      acts.change(title, orderPart, () => setOrder(keys), 'sources order'),
  };
}

export type SourceSettingsStore = ReturnType<typeof createSourceSettings>;

/** Only what was chosen: what is saved stays small, and a later default reaches those who chose nothing. */
function withoutDefaults(settings: SourceSettings): Partial<SourceSettings> {
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => value !== AS_IT_COMES[name as keyof SourceSettings]),
  );
}
