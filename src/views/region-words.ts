/** Where the keys of a region work, for the lists of keys. */
const WORDS: Readonly<Record<string, string>> = {
  timeline: 'on the timeline',
  sources: 'in the list of sources',
  results: 'in the results',
  beside: 'in the second log',
  details: 'in the details',
  filter: 'in the filter',
};

export function toRegionText(region: string): string {
  return WORDS[region] ?? `in ${region}`;
}
