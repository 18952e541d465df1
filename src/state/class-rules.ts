/**
 * The rules that classify errors, as a person has them: their own first, then those that come with Loupe, less what is
 * switched off. Kept on this device for all workspaces; every change is an act.
 */
import { createEffect, createMemo, createSignal, on } from 'solid-js';

import { isFault } from '../base/fault';
import type { EngineClient } from '../bridge/engine-client';
import type { ClassRule } from '../engine/patterns/pattern';
import type { ActsStore, SessionPart } from './acts';
import { isSameValue } from './filter-parts';
import type { RuleChoices, SettingsStore } from './settings';

/** A rule in its place in the list. */
export interface RuleEntry {
  readonly rule: ClassRule;
  /** A person's own; false: it came with Loupe. */
  readonly isOwn: boolean;
  /** Switched off it decides nothing. */
  readonly isOn: boolean;
}

/** What a rule would class in what is shown. */
export interface RuleReach {
  readonly patternCount: number;
  readonly recordCount: number;
}

const MAX_ID = 60;

export function createClassRules(engine: EngineClient, settings: SettingsStore, acts: ActsStore) {
  const choices = createMemo(() => settings.settings().classRules);
  const [builtIn, setBuiltIn] = createSignal<readonly ClassRule[]>([]);
  const [own, setOwn] = createSignal<readonly ClassRule[]>([], { equals: isSameValue });
  const [mistakes, setMistakes] = createSignal<readonly string[]>([]);
  const [lookedAt, lookAt] = createSignal<string | null>(null);
  /** Lists that the engine has found good: what is written here is looked at once. */
  const good = new WeakSet<readonly unknown[]>();
  let loading: Promise<void> | undefined;

  const part: SessionPart<RuleChoices> = { save: choices, restore: (value) => settings.change({ classRules: value }) };

  /** Asks for the rules that come with Loupe, once. */
  function load(): Promise<void> {
    loading ??= readBuiltIn();
    return loading;
  }

  async function readBuiltIn(): Promise<void> {
    try {
      setBuiltIn(await engine.classRules());
    } catch (error) {
      if (!isFault(error)) throw error; // the engine is gone, which is told for the whole page
    }
  }

  createEffect(
    on(
      () => choices().own,
      (list) => {
        if (list.length === 0 || good.has(list)) take(list as readonly ClassRule[], []);
        else void sift(list);
      },
    ),
  );

  function take(rules: readonly ClassRule[], wrong: readonly string[]) {
    setOwn(rules);
    setMistakes(wrong);
  }

  /** Those that can be used of a list that another hand may have written, and what is wrong with the others. */
  async function sift(list: readonly unknown[]): Promise<void> {
    try {
      const whole = await engine.checkRules(list);
      if ('rules' in whole) take(whole.rules, []);
      else {
        const each = await Promise.all(list.map((rule) => engine.checkRules([rule])));
        take(withUniqueIds(each.flatMap((one) => ('rules' in one ? one.rules : []))), whole.mistakes);
      }
    } catch (error) {
      if (!isFault(error)) throw error; // the engine is gone
    }
  }

  const off = createMemo(() => new Set(choices().off));
  const list = createMemo((): readonly RuleEntry[] => [
    ...own().map((rule) => ({ rule, isOwn: true, isOn: !off().has(rule.id) })),
    ...builtIn().map((rule) => ({ rule, isOwn: false, isOn: !off().has(rule.id) })),
  ]);
  const rules = createMemo((): readonly ClassRule[] => list().flatMap(({ rule, isOn }) => (isOn ? [rule] : [])), [], {
    equals: isSameValue,
  });

  function change(title: string, next: Partial<RuleChoices> & { readonly own?: readonly ClassRule[] }) {
    if (next.own) good.add(next.own);
    acts.change(title, part, () => settings.change({ classRules: { ...choices(), ...next } }));
  }

  /** In place of the rule of that id, or before all others where there is none. */
  const withRule = (id: string | null, rule: ClassRule): readonly ClassRule[] =>
    own().some((one) => one.id === id) ? own().map((one) => (one.id === id ? rule : one)) : [rule, ...own()];

  /** What an id could be for a rule that means this: small letters, digits, `-`; free among all rules. */
  function freeId(because: string): string {
    const words = because
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, MAX_ID - 8)
      .replace(/^-|-$/g, '');
    const taken = new Set(list().map(({ rule }) => rule.id));
    const base = words === '' ? 'own' : `own-${words}`;
    let id = base;
    for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
    return id;
  }

  return {
    load,
    /** In the order in which they are tried. */
    list,
    /** Those that decide. Asks for the ones that come with Loupe when it is first read. */
    rules: (): readonly ClassRule[] => {
      void load();
      return rules();
    },
    /** What is wrong with rules that were kept here; empty: all of them are used. */
    mistakes,
    /** The rule to begin with when the list is opened next: the one that decided. */
    lookedAt,
    lookAt,
    freeId,
    /**
     * What is wrong with a rule, as sentences; empty: it can be saved.
     *
     * @param replaced  id of the own rule that it takes the place of; null: it is one more
     */
    async check(rule: ClassRule, replaced: string | null): Promise<readonly string[]> {
      const outcome = await engine.checkRules([rule]);
      if (!('rules' in outcome)) return outcome.mistakes;
      const others = [...own(), ...builtIn()].filter(({ id }) => id !== replaced);
      const whole = await engine.checkRules([rule, ...others]);
      return 'rules' in whole ? [] : whole.mistakes;
    },
    /** @param replaced  as for `check`; one that came with Loupe is switched off, and the rule stands before all others */
    save(rule: ClassRule, replaced: string | null) {
      const isOwn = own().some(({ id }) => id === replaced);
      const next = { own: withRule(replaced, rule) };
      if (replaced === null) change('Rule added', next);
      else if (isOwn) change('Rule changed', next);
      else change('Rule changed', { ...next, off: [...new Set([...choices().off, replaced])] });
    },
    remove(id: string) {
      change('Rule deleted', { own: own().filter((rule) => rule.id !== id) });
    },
    /** Up (-1) or down (+1) among a person's own. */
    move(id: string, step: 1 | -1) {
      const order = [...own()];
      const at = order.findIndex((rule) => rule.id === id);
      const [one, other] = [order[at], order[at + step]];
      if (!one || !other) return;
      order[at] = other;
      order[at + step] = one;
      change('Rule moved', { own: order });
    },
    setOn(id: string, isOn: boolean) {
      const others = choices().off.filter((one) => one !== id);
      change(isOn ? 'Rule switched on' : 'Rule switched off', { off: isOn ? others : [...others, id] });
    },
    /** As every device begins: no own rules, none switched off. */
    reset: () => change('Rules as they came', { own: [], off: [] }),
    isChanged: () => choices().own.length + choices().off.length > 0,
    /** A person's own as a file: the text form that `loupe` and other devices read. */
    toFile: (): Blob => new Blob([`${JSON.stringify(own(), null, 2)}\n`], { type: 'application/json' }),
    /**
     * Takes up rules from a file, before one's own; those with an id of one's own take its place.
     *
     * @returns what is wrong with the file, as sentences; empty: they are taken up
     */
    async takeFile(file: Blob): Promise<readonly string[]> {
      const value = parseJson(await file.text());
      if (value === undefined) return ['The file is no JSON.'];
      const outcome = await engine.checkRules(value);
      if (!('rules' in outcome)) return outcome.mistakes;
      const come = new Set(outcome.rules.map(({ id }) => id));
      const taken = builtIn().find(({ id }) => come.has(id));
      if (taken) return [`The file has a rule with the id ${taken.id}, which is that of a rule that comes with Loupe.`];
      const all = [...outcome.rules, ...own().filter(({ id }) => !come.has(id))];
      const whole = await engine.checkRules([...all, ...builtIn()]);
      if (!('rules' in whole)) return whole.mistakes;
      change(outcome.rules.length === 1 ? 'Rule taken up' : `${outcome.rules.length} rules taken up`, { own: all });
      return [];
    },
    /**
     * How far each rule would reach in a selection, were these the rules.
     *
     * @param handle  the selection's
     * @returns by id; a rule that classes nothing is not in it
     * @throws Fault as `classify` does
     */
    async tryOut(handle: number, wanted: readonly ClassRule[], signal?: AbortSignal) {
      const options = signal === undefined ? {} : { signal };
      const [table, classes] = await Promise.all([
        engine.patterns(handle, { maxBins: 1, ...options }),
        engine.classify(handle, wanted, options),
      ]);
      const counts = new Map(table.rows.map(({ text, count }) => [text, count]));
      const reach = new Map<string, RuleReach>();
      for (const { text, classification } of classes) {
        if (!classification) continue;
        const known = reach.get(classification.rule) ?? { patternCount: 0, recordCount: 0 };
        reach.set(classification.rule, {
          patternCount: known.patternCount + 1,
          recordCount: known.recordCount + (counts.get(text) ?? 0),
        });
      }
      return reach as ReadonlyMap<string, RuleReach>;
    },
  };
}

export type ClassRulesStore = ReturnType<typeof createClassRules>;

function withUniqueIds(rules: readonly ClassRule[]): ClassRule[] {
  const seen = new Set<string>();
  return rules.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
