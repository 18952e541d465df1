/** What an analysis is of, and what made it: the lines above what is in it. */
import { type Component, For } from 'solid-js';

import type { AnalysisHead } from '../../protocol/analysis';
import { toCountText, toFileSizeText } from '../../ui/size-text';
import styles from './Analyses.module.css';
import { toFilterText, toGroupingText, toItemsText, toMadeText, toSpanText } from './analysis-text';

export const AnalysisFacts: Component<{ head: AnalysisHead; zone: string }> = (props) => {
  const facts = () => {
    const { head, zone } = props;
    const of = [toCountText(head.recordCount, 'record'), toItemsText(head), toGroupingText(head)];
    return [
      {
        name: 'Made',
        text: `${toMadeText(head.madeAt, zone)} by Loupe ${head.appVersion}, engine ${head.engineVersion}`,
      },
      {
        name: 'Of',
        text: `${of.filter(Boolean).join(', ')}${head.isComplete ? '' : '; so far: a source was still being read'}`,
      },
      { name: 'Filter', text: toFilterText(head) },
      { name: 'Span', text: toSpanText(head, zone) },
      {
        name: head.sources.length === 1 ? 'Source' : 'Sources',
        text: head.sources.map((source) => `${source.name} (${toFileSizeText(source.sizeBytes)})`).join(', '),
      },
    ].filter(({ text }) => text !== '');
  };
  return (
    <dl class={styles.facts}>
      <For each={facts()}>
        {({ name, text }) => (
          <div>
            <dt>{name}</dt>
            <dd title={text}>{text}</dd>
          </div>
        )}
      </For>
    </dl>
  );
};
