/** Where the palette's items come from: commands, sources, patterns, marks, fields, and the records themselves. */
import { createEffect, createMemo, createSignal, onCleanup } from 'solid-js';

import { isFault } from '../../base/fault';
import { patternClause } from '../../state/clause-text';
import { byRelevance } from '../../state/pattern-facts';
import type { Workspace } from '../../state/workspace';
import { toCountText, toFileSizeText } from '../../ui/size-text';
import { toFaultText } from '../fault-text';
import { toLook } from '../levels';
import { toClockParts } from '../time-text';
import { type CommandLine, findItems, type FoundItem, type PaletteItem } from './palette-item';

/** What the sign at the start of the field asks for. */
export type Mode = 'all' | 'commands' | 'search' | 'sources' | 'patterns';

const SIGNS: Readonly<Record<string, Mode>> = { '>': 'commands', '/': 'search', '@': 'sources', '#': 'patterns' };

/** The mode of a text, and what is left of it to look for. */
export function readMode(text: string): { mode: Mode; query: string } {
  const mode = SIGNS[text.charAt(0)];
  return mode === undefined ? { mode: 'all', query: text } : { mode, query: text.slice(1).trimStart() };
}

interface FindsOptions {
  readonly workspace: Workspace;
  readonly commands: readonly CommandLine[];
  /** Ids of the commands run last, newest first. */
  readonly recent: readonly string[];
  readonly text: () => string;
  readonly onRun: (command: string) => void;
  /** Puts text into the filter's field and the caret behind it. */
  readonly onTypeFilter: (text: string) => void;
}

// A pause in typing after which the records are asked; commands follow every letter.
const PAUSE_MS = 80;
const MATCH_COUNT = 6;
const FIELD_COUNT = 4;
// In a list of their own, and beside everything else.
const PATTERN_COUNT = 50;
const PATTERN_HINTS = 4;

export function createFinds(options: FindsOptions) {
  const { workspace } = options;
  const { sources, marks, filter, highlights, cursor, records, engine, patterns, peek, settings, view } = workspace;
  const zone = () => settings.settings().zone;
  const asked = createMemo(() => readMode(options.text()));

  const toCommandItem = (command: CommandLine, section: string): PaletteItem => ({
    id: `${section === 'Recent' ? 'recent' : 'command'} ${command.id}`,
    section,
    icon: command.isOn?.() ? 'check' : 'right',
    title: command.title,
    words: `${command.words ?? ''} ${command.group}`,
    keys: command.keys,
    reason: command.reason(),
    ...(command.effect ? { effect: command.effect } : {}),
    run: () => options.onRun(command.id),
  });
  // What the palette itself would do again is not worth a line in it.
  const offered = options.commands.filter((command) => !command.id.startsWith('palette.'));
  const commandItems = createMemo(() => offered.map((command) => toCommandItem(command, command.group)));
  const recentItems = createMemo(() =>
    options.recent.flatMap((id) => {
      const command = offered.find((one) => one.id === id);
      return command ? [toCommandItem(command, 'Recent')] : [];
    }),
  );

  const sourceItems = createMemo((): PaletteItem[] =>
    sources.list().map((source) => ({
      id: `source ${source.id}`,
      section: 'Open sources',
      icon: 'file',
      title: source.name,
      isQuoted: true,
      note: `${toCountText(source.recordCount, 'record')}, ${toFileSizeText(source.sizeBytes)}${sources.hidden().has(source.id) ? ', hidden' : ''}`,
      run: () => sources.showOnly(source.id),
    })),
  );
  // Asked for only where they are wanted; beside everything else those that are known anyway.
  createEffect(() => {
    if (asked().mode === 'patterns') onCleanup(patterns.table.want());
  });
  const patternItems = createMemo((): readonly PaletteItem[] =>
    [...patterns.facts()].sort(byRelevance).map(({ row }) => ({
      id: `pattern ${row.text}`,
      section: 'Patterns',
      icon: 'layers',
      title: patterns.edits.nameOf(row.text) ?? row.text,
      ...(patterns.edits.nameOf(row.text) === null ? {} : { words: row.text }),
      isQuoted: true,
      note: toCountText(row.count, 'record'),
      run() {
        filter.add(patternClause(row.text), false);
        view.show('lines');
      },
    })),
  );
  const savedItems = createMemo((): PaletteItem[] =>
    highlights.named().map((saved) => ({
      id: `saved ${saved.id}`,
      section: 'Saved filters',
      icon: 'star',
      title: saved.name,
      words: saved.text,
      isQuoted: true,
      effect: async (signal) => toCountText((await peek.peekText(saved.text, within(signal))).count, 'record'),
      run: () => addClause(saved.text),
    })),
  );
  const markItems = createMemo((): PaletteItem[] =>
    marks.list().map((mark) => ({
      id: `mark ${mark.id.source}:${mark.id.offset}`,
      section: 'Marks',
      icon: 'mark',
      title: mark.note === '' ? mark.text : `${mark.note.split('\n', 1)[0]} · ${mark.text}`,
      isQuoted: true,
      note: toTimeText(mark.time),
      run: () => void cursor.goTo({ kind: 'record', record: mark.id }),
    })),
  );
  function toTimeText(time: number | null): string {
    if (time === null) return '';
    const { clock, fraction } = toClockParts(time, zone());
    return clock + fraction;
  }

  function addClause(text: string) {
    filter.setText(text);
    void filter.finish();
  }

  /** Counted among what the filter leaves now: what is chosen here narrows it further. */
  const within = (signal: AbortSignal) => ({ signal, within: filter.filter() });

  /** How many values a field has among the records shown. */
  async function countValues(name: string, signal: AbortSignal): Promise<string | null> {
    const handle = records.answer()?.info.handle;
    if (handle === undefined) return null;
    const { distinctCount, recordCount, missingCount } = await engine.topValues(handle, name, 1, signal);
    return `${toCountText(distinctCount, 'value')} in ${toCountText(recordCount - missingCount, 'record')}`;
  }

  // What only the engine knows: fields whose names fit, and the records that hold the text.
  const [fieldItems, setFieldItems] = createSignal<readonly PaletteItem[]>([]);
  const [matchItems, setMatchItems] = createSignal<readonly PaletteItem[]>([]);
  const [isSearching, setIsSearching] = createSignal(false);

  createEffect(() => {
    const { mode, query } = asked();
    const wanted = query.trim();
    const isAsking = wanted !== '' && (mode === 'all' || mode === 'search') && sources.list().length > 0;
    if (!isAsking) {
      setFieldItems([]);
      setMatchItems([]);
      setIsSearching(false);
      return;
    }
    setIsSearching(true);
    const abort = new AbortController();
    const timer = setTimeout(() => void ask(wanted, mode, abort.signal), PAUSE_MS);
    onCleanup(() => {
      clearTimeout(timer);
      abort.abort();
    });
  });

  async function ask(query: string, mode: Mode, signal: AbortSignal): Promise<void> {
    try {
      const [fields, matches] = await Promise.all([
        mode === 'all' ? findFields(query) : [],
        findMatches(query, mode === 'search', signal),
      ]);
      if (signal.aborted) return; // the newer wish tells
      setFieldItems(fields);
      setMatchItems(matches);
      setIsSearching(false);
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code !== 'stale') setIsSearching(false); // the newer wish goes on
    }
  }

  // The engine knows the fields of a JSON log once it has read a record of it whole: those on screen, one of each source.
  let learning: Promise<unknown> | undefined;
  async function learnFields(): Promise<void> {
    const bySource = new Map(records.visible().map(({ row }) => [row.id.source, row.id]));
    learning ??= Promise.all([...bySource.values()].map((id) => engine.details(id)));
    await learning;
  }

  async function findFields(query: string): Promise<PaletteItem[]> {
    await learnFields();
    const found = await engine.completions(query, query.length, { zone: zone() });
    const names = found.filter((one) => one.title === 'field' && one.start === 0).slice(0, FIELD_COUNT);
    return names.map(({ insert }): PaletteItem => {
      const name = toFieldName(insert);
      return {
        id: `field ${name}`,
        section: 'Fields',
        icon: 'filter',
        title: name,
        isQuoted: true,
        effect: (signal) => countValues(name, signal),
        run: () => options.onTypeFilter(insert),
      };
    });
  }

  /** The filter that the text would be; in search also the first records that it keeps among those shown. */
  async function findMatches(query: string, areShown: boolean, signal: AbortSignal): Promise<PaletteItem[]> {
    try {
      const all = await peek.peekText(query, within(signal));
      const byFilter: PaletteItem = {
        id: `filter ${query}`,
        section: 'Filter',
        icon: 'filter',
        title: `Filter by «${query}»`,
        note: toCountText(all.count, 'record'),
        run: () => addClause(query),
      };
      if (!areShown) return [byFilter];
      const here = await peek.peekText(query, { ...within(signal), rowCount: MATCH_COUNT });
      return [
        byFilter,
        ...here.rows.map(
          (row): PaletteItem => ({
            id: `record ${row.id.source}:${row.id.offset}`,
            section:
              here.count > here.rows.length
                ? `First ${here.rows.length} of ${toCountText(here.count, 'match', 'matches')}`
                : 'Matches',
            icon: toLook(row.level).glyph ?? 'file',
            title: (row.text.slice(row.messageStart).split('\n', 1)[0] ?? '').slice(0, 200),
            isQuoted: true,
            note: toTimeText(row.time),
            run: () => void cursor.goTo({ kind: 'record', record: row.id }),
          }),
        ),
      ];
    } catch (error) {
      if (!isFault(error) || error.code === 'stale') throw error;
      const { what } = toFaultText(error);
      return [
        {
          id: `filter ${query}`,
          section: 'Filter',
          icon: 'filter',
          title: `Filter by «${query}»`,
          reason: what,
          run: () => {},
        },
      ];
    }
  }

  const found = createMemo((): readonly FoundItem[] => {
    const { mode, query } = asked();
    const asIs = (items: readonly PaletteItem[]) => items.map((item): FoundItem => ({ item, ranges: [] }));
    switch (mode) {
      case 'commands':
        return query === '' ? [...asIs(recentItems()), ...asIs(commandItems())] : findItems(commandItems(), query);
      case 'sources':
        return findItems(sourceItems(), query);
      case 'patterns':
        return findItems(patternItems(), query).slice(0, PATTERN_COUNT);
      case 'search':
        return asIs(matchItems());
      case 'all':
        if (query.trim() === '') return [...asIs(recentItems()), ...asIs(commandItems()), ...asIs(sourceItems())];
        return [
          ...findItems(commandItems(), query),
          ...findItems(sourceItems(), query),
          ...findItems(patternItems(), query).slice(0, PATTERN_HINTS),
          ...findItems(savedItems(), query),
          ...findItems(markItems(), query),
          ...asIs(fieldItems()),
          ...asIs(matchItems()),
        ];
    }
  });

  const isLooking = () => isSearching() || (asked().mode === 'patterns' && patterns.table.isStale());
  return {
    found,
    asked,
    isSearching: isLooking,
    commandCount: offered.length,
    patternCount: () => patternItems().length,
  };
}

/** The name inside a completion: `duration=`, or quoted with backticks where the language needs it. */
function toFieldName(insert: string): string {
  const bare = insert.endsWith('=') ? insert.slice(0, -1) : insert;
  return bare.startsWith('`') ? bare.slice(1, -1).replace(/\\([\\`])/g, '$1') : bare;
}
