/** The first look as it can be kept: in words, to be read without the log. Pure. */
import type { FoundFirstLook } from '../../state/analysis-body';
import type { FirstLook } from '../../state/first-look';
import type { Findings } from '../../state/things';
import { toCountText, toDurationText, toFileSizeText, toNumberText } from '../../ui/size-text';
import { LEVEL_LOOKS } from '../levels';
import { toFullText } from '../time-text';
import { toHeadline, toLead } from './headline';
import type { Piece } from './look-target';
import { toThingWords, type WordsContext } from './thing-text';

export function toKeptLook(look: FirstLook, findings: Findings, context: WordsContext): FoundFirstLook {
  const { zone } = context;
  const { things, table } = findings;
  const levels = LEVEL_LOOKS.flatMap(({ code, word }) => {
    const count = look.levelCounts[code] ?? 0;
    return count === 0 ? [] : [`${word} ${toNumberText(count)}`];
  });
  const formats = [...new Set(look.sources.map((source) => source.format.title))];
  const facts = [
    { name: 'Formats', value: formats.join(', ') },
    ...(look.span
      ? [
          {
            name: 'Span',
            value: `${toFullText(look.span.start, zone)} to ${toFullText(look.span.end, zone)} ${zone}, ${toDurationText(look.span.end - look.span.start)}`,
          },
        ]
      : []),
    ...(look.gap ? [{ name: 'Longest gap', value: toDurationText(look.gap.end - look.gap.start) }] : []),
    { name: 'Levels', value: levels.join(', ') },
    { name: 'Patterns', value: toNumberText(table.rows.length) },
    { name: 'Problems', value: toNumberText(look.problemCount) },
    { name: 'Read', value: `${toCountText(look.lineCount, 'line')} of ${toFileSizeText(look.sizeBytes)}` },
  ];
  return {
    kind: 'first-look',
    headline: [...toHeadline(look, things.length, zone), { text: ' ' }, ...toLead(look, findings, zone)]
      .map(({ text }: Piece) => text)
      .join('')
      .trim(),
    items: things.map((thing) => {
      const words = toThingWords(thing, context);
      const pattern = (thing.row?.tokens ?? []).map((token) => (token.kind === 'literal' ? token.text : '…')).join('');
      return {
        kind: thing.kind,
        title: words.title,
        detail: [pattern, words.say, ...words.facts.slice(1)].filter((part) => part !== '').join(' · '),
        count: thing.row === null && thing.kind === 'gap' ? null : thing.count,
        time: thing.range?.start ?? thing.row?.first.time ?? null,
        bins: [...thing.bins],
      };
    }),
    facts,
    recordCount: look.recordCount,
    isComplete: !look.isReading && table.isComplete,
  };
}
