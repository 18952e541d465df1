/** What the palette lists, and which of it fits what was typed. */
import uFuzzy from '@leeoniya/ufuzzy';

import type { IconName } from '../../ui/Icon';

/** A command as the palette, the sheet of keys and the settings need it. */
export interface CommandLine {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  /** Other words people look for it by. */
  readonly words?: string;
  /** The keys it has now. */
  readonly keys: readonly string[];
  /** The region in which alone its keys work. */
  readonly region?: string;
  /** For switches: whether it is on. */
  readonly isOn?: () => boolean;
  /** Why it can do nothing now; null when it can be run. */
  readonly reason: () => string | null;
  /** What it would do: "48,225 records"; null when that says nothing more than the title. */
  readonly effect?: (signal: AbortSignal) => Promise<string | null>;
}

export interface PaletteItem {
  /** Unique among all items; an effect is asked for once per id. */
  readonly id: string;
  readonly section: string;
  readonly icon: IconName;
  readonly title: string;
  /** The title is text of a log or of a person: drawn as such. */
  readonly isQuoted?: boolean;
  /** Other words it is found by. */
  readonly words?: string;
  readonly keys?: readonly string[];
  /** Why it can do nothing now. */
  readonly reason?: string | null;
  /** Known at once. */
  readonly note?: string;
  /** Found out while it is on screen. */
  readonly effect?: (signal: AbortSignal) => Promise<string | null>;
  readonly run: () => void;
}

export interface FoundItem {
  readonly item: PaletteItem;
  /** Parts of the title that were typed: UTF-16 pairs, flattened. */
  readonly ranges: readonly number[];
}

// One slip within a word is forgiven from its second letter on: "nxet", "thme".
const fuzzy = new uFuzzy({ intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1, unicode: false });

/** The items that fit, best first; all of them, in their order, when nothing was typed. */
export function findItems(items: readonly PaletteItem[], query: string): readonly FoundItem[] {
  const wanted = query.trim();
  if (wanted === '') return items.map((item) => ({ item, ranges: [] }));
  const haystack = items.map((item) => `${item.title}  ${item.words ?? ''}`);
  // Words in any order, up to five of them: "record next".
  const [indexes, info, order] = fuzzy.search(haystack, wanted, 5);
  if (!indexes) return [];
  if (!info) return indexes.flatMap((index) => toFound(items[index], []));
  return order.flatMap((at) => toFound(items[info.idx[at] ?? -1], info.ranges[at] ?? []));
}

/** Only the ranges inside the title: other words are not shown. */
function toFound(item: PaletteItem | undefined, ranges: readonly number[]): FoundItem[] {
  if (!item) return [];
  const inside: number[] = [];
  for (let at = 0; at < ranges.length; at += 2) {
    const start = ranges[at] ?? 0;
    const end = Math.min(ranges[at + 1] ?? 0, item.title.length);
    if (start < end) inside.push(start, end);
  }
  return [{ item, ranges: inside }];
}

export interface Section {
  readonly title: string;
  readonly items: readonly FoundItem[];
}

/** By section, in the order in which the first item of each stands. */
export function toSections(found: readonly FoundItem[]): readonly Section[] {
  const bySection = new Map<string, FoundItem[]>();
  for (const one of found) {
    const list = bySection.get(one.item.section);
    if (list) list.push(one);
    else bySection.set(one.item.section, [one]);
  }
  return [...bySection].map(([title, items]) => ({ title, items }));
}
