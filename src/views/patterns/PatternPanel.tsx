/** Everything about the selected pattern: what it is, what stands out, its verbs, its wildcards' values, three examples. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, For, Show, useContext } from 'solid-js';

import type { Row } from '../../engine/api';
import type { PatternFacts } from '../../state/pattern-facts';
import type { Workspace } from '../../state/workspace';
import { Button, IconButton } from '../../ui/Button';
import { CommandContext } from '../../ui/command-context';
import { useTooltip } from '../../ui/keys';
import { MenuButton } from '../../ui/MenuButton';
import { toCountText, toNumberText } from '../../ui/size-text';
import { messagePart } from '../lines/message-part';
import { LogText } from '../LogText';
import { toClockParts } from '../time-text';
import { Badges } from './Badges';
import { Because } from './Because';
import styles from './PatternPanel.module.css';
import { LevelGlyph, lookOfCode } from './PatternRow';
import { PatternText } from './PatternText';
import { toFactTexts, toShareText } from './pattern-words';
import { WildcardPart } from './WildcardPart';

interface PatternPanelProps {
  workspace: Workspace;
  facts: PatternFacts;
  zone: string;
}

const COPIES = ['pattern.copy-text', 'pattern.copy-filter', 'pattern.copy-regex', 'pattern.copy-layout'] as const;
const EXAMPLE_UNITS = 300;
const SOURCES_SHOWN = 3;

export const PatternPanel: Component<PatternPanelProps> = (props) => {
  const { patterns, sources, timeline, cursor } = props.workspace;
  const offer = useContext(CommandContext);
  const tooltip = useTooltip();
  const row = () => props.facts.row;
  const level = () => lookOfCode(props.facts.level);
  const name = () => patterns.edits.nameOf(row().text);
  const classification = () => patterns.classes.of(row().text);
  const table = () => patterns.table.answer()?.table;
  const sentences = () => {
    const known = table();
    return known
      ? toFactTexts(props.facts, known, { since: patterns.since(), isPinned: timeline.pin() !== null }, props.zone)
      : [];
  };
  const examples = () => {
    const known = patterns.examples.examples();
    return known?.pattern === row().text ? known.rows : [];
  };
  const isOver = () => patterns.panel() === 'auto';
  const verb = (id: string, label: string) => (
    <Button
      size="small"
      look={id === 'pattern.show' ? 'primary' : 'plain'}
      title={tooltip(offer(id)?.title ?? label, id)}
      disabled={offer(id)?.isAvailable === false}
      onClick={() => offer(id)?.run()}
    >
      {label}
    </Button>
  );

  return (
    <aside class={styles.panel} classList={{ [styles.auto ?? '']: isOver() }} aria-label="Pattern details">
      <header class={styles.head}>
        <h2 class={styles.title}>
          <span class={`${styles.level} ${level().className}`}>
            <LevelGlyph look={level()} /> {level().word}
          </span>
          <Badges facts={props.facts} areAll />
        </h2>
        <IconButton
          icon="note"
          label="Rename"
          command="pattern.rename"
          onClick={() => offer('pattern.rename')?.run()}
        />
        <MenuButton
          label="Copy the pattern"
          icon="copy"
          entries={() =>
            COPIES.flatMap((id) => {
              const command = offer(id);
              return command ? [{ label: command.title, run: command.run }] : [];
            })
          }
        />
        <IconButton icon="close" label="Close details" keys="Esc" onClick={() => patterns.setPanel('closed')} />
      </header>
      <div class={styles.scroll} tabIndex={0} role="region" aria-label="Pattern, scrollable">
        <div class={styles.about}>
          <Show when={name()}>
            {(given) => (
              <p class={styles.name}>
                <LogText text={given()} />
              </p>
            )}
          </Show>
          <p class={styles.text}>
            <PatternText
              tokens={row().tokens}
              open={patterns.openWildcard()}
              onOpen={(at) => patterns.openValues(at)}
            />
          </p>
          <p class={styles.facts}>
            <b>{toNumberText(row().count)}</b> {row().count === 1 ? 'record' : 'records'} (
            {toShareText(props.facts.share)}) from{' '}
            <For each={row().sources.slice(0, SOURCES_SHOWN)}>
              {(one, at) => (
                <>
                  {at() === 0 ? '' : ', '}
                  <i class={`${styles.bar} src-${sources.colourOf(one.source)}`} /> {sources.nameOf(one.source)}
                </>
              )}
            </For>
            <Show when={row().sources.length > SOURCES_SHOWN}>
              {' '}
              and {toCountText(row().sources.length - SOURCES_SHOWN, 'more source')}
            </Show>
            . <Show when={classification()}>{(found) => <Because workspace={props.workspace} found={found()} />}</Show>
          </p>
          <Show when={sentences().length > 0}>
            <p class={styles.facts}>{sentences().join(' ')}</p>
          </Show>
          <div class={styles.verbs}>
            {verb('pattern.show', 'Show records')}
            {verb('pattern.hide', 'Hide')}
            {verb('pattern.next', 'Next')}
            {verb('pattern.merge', 'Merge')}
            {verb('pattern.split', 'Split')}
            {verb('pattern.chart', 'Colour')}
          </div>
        </div>
        <WildcardPart workspace={props.workspace} facts={props.facts} />
        <section class={styles.part} aria-label="Examples">
          <h3>
            Examples <span class={styles.faint}>first, middle, last</span>
          </h3>
          <ul>
            <For each={examples()}>
              {(one) => (
                <li class={styles.example}>
                  <button
                    type="button"
                    class={styles.go}
                    title="Show it among the lines"
                    onClick={() => void cursor.goTo({ kind: 'record', record: one.id })}
                  >
                    {placeText(one, props.zone)}
                  </button>{' '}
                  <LogText text={messageOf(one)} />
                </li>
              )}
            </For>
          </ul>
        </section>
      </div>
    </aside>
  );
};

function placeText(row: Row, zone: string): string {
  if (row.time === null) return row.lineNumber === null ? 'Record' : `Line ${toNumberText(row.lineNumber)}`;
  const { clock, fraction } = toClockParts(row.time, zone);
  return clock + fraction;
}

function messageOf(row: Row): string {
  const { start, end } = messagePart(row);
  return row.text.slice(start, Math.min(end, start + EXAMPLE_UNITS));
}
