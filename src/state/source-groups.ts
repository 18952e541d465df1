/** The sources as the panel lists them: found by words, grouped by the folder they came from. */
import type { SourceSummary } from '../engine/api';
import type { SourceId } from '../engine/records/record';

export interface ListedSource {
  readonly summary: SourceSummary;
  /** As people see it: the name they gave it, or the file's without its folder. */
  readonly title: string;
}

export interface SourceGroup {
  /** Path without the file's name; empty: no folder. */
  readonly folder: string;
  readonly sources: readonly ListedSource[];
}

/** "var/log" of "var/log/app.log"; empty where there is no folder. */
export function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

/** What stands after the folder. */
export function fileNameOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Groups in the order of their first source; those without a folder first, whatever their order. */
export function groupByFolder(sources: readonly ListedSource[]): SourceGroup[] {
  const groups = new Map<string, ListedSource[]>([['', []]]);
  for (const source of sources) {
    const folder = folderOf(source.summary.name);
    const members = groups.get(folder);
    if (members) members.push(source);
    else groups.set(folder, [source]);
  }
  return [...groups]
    .filter(([, members]) => members.length > 0)
    .map(([folder, members]) => ({ folder, sources: members }));
}

/** Those that hold every word of `text` somewhere in their name, title, format or zone, whatever the case. */
export function findSources(sources: readonly ListedSource[], text: string): readonly ListedSource[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return sources;
  return sources.filter(({ summary, title }) => {
    const where = [title, summary.name, summary.format.title, summary.zone].join('\n').toLowerCase();
    return words.every((word) => where.includes(word));
  });
}

/** The one `step` further in what is listed, staying at the ends; the first where `id` is not listed. */
export function neighbour(groups: readonly SourceGroup[], id: SourceId | null, step: number): SourceId | null {
  const ids = groups.flatMap((group) => group.sources.map((source) => source.summary.id));
  const at = id === null ? -1 : ids.indexOf(id);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.max(0, Math.min(ids.length - 1, at + step))] ?? null;
}
