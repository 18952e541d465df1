/** The rules that classify errors, in the order in which they are tried: found, tried, changed, switched off, added. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js';

import { isFault } from '../../base/fault';
import type { ClassRule } from '../../engine/patterns/pattern';
import type { RuleEntry, RuleReach } from '../../state/class-rules';
import type { Workspace } from '../../state/workspace';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FindField } from '../../ui/FindField';
import { saveFile } from '../../ui/save-file';
import { toCountText, toNumberText } from '../../ui/size-text';
import { RuleForm } from './RuleForm';
import styles from './Rules.module.css';

const NEW = Symbol('a rule that is being written');

export const RulesDialog: Component<{ workspace: Workspace; onClose: () => void }> = (props) => {
  const { classRules: store, whole, acts } = props.workspace;
  const [query, setQuery] = createSignal('');
  const [chosen, setChosen] = createSignal<string | typeof NEW | null>(store.lookedAt());
  const [reach, setReach] = createSignal<ReadonlyMap<string, RuleReach> | null>(null);
  const [isTrying, setIsTrying] = createSignal(false);
  /** Only rules that class something of what is shown. */
  const [isNarrow, setIsNarrow] = createSignal(false);
  const [said, setSaid] = createSignal<readonly string[]>([]);
  let list!: HTMLUListElement;
  let scroller!: HTMLDivElement;
  let picker!: HTMLInputElement;
  onMount(() => void store.load());
  onCleanup(() => store.lookAt(null));

  const handle = createMemo(() => whole.answer()?.info.handle ?? null);
  /** How far each rule reaches now; asked anew when rules or selection change. */
  createEffect(() => {
    const rules = store.rules();
    const wanted = handle();
    const abort = new AbortController();
    onCleanup(() => abort.abort());
    if (wanted === null || rules.length === 0) return;
    setIsTrying(true);
    void tryOut(wanted, rules, abort.signal).then((found) => {
      if (abort.signal.aborted) return;
      setReach(found);
      setIsTrying(false);
    });
  });

  async function tryOut(wanted: number, rules: readonly ClassRule[], signal?: AbortSignal) {
    try {
      return await store.tryOut(wanted, rules, signal);
    } catch (error) {
      if (!isFault(error)) throw error;
      return null; // given up, or the records cannot be read, which is told beside their source
    }
  }

  const fits = (entry: RuleEntry) => {
    const { id, because, category, severity, message, also, exception, stack, status } = entry.rule;
    const parts = [message, also, exception, stack, status].flatMap((one) => one ?? []);
    const all = [id, because, category, severity, ...parts].join('\n').toLowerCase();
    return query()
      .toLowerCase()
      .split(/\s+/)
      .every((word) => all.includes(word));
  };
  const reaches = ({ rule: { id } }: RuleEntry) => !isNarrow() || id === chosen() || reach()?.has(id) === true;
  const shown = createMemo(() => store.list().filter((one) => fits(one) && reaches(one)));
  const entry = createMemo(() => store.list().find(({ rule }) => rule.id === chosen()) ?? null);
  // Keyed by its text: the list is made anew with every change, and what is being typed must not go with it.
  const rule = createMemo(() => entry()?.rule ?? null, null, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const ownIndex = () => store.list().findIndex(({ rule: one }) => one.id === chosen());
  const ownCount = () => store.list().filter(({ isOwn }) => isOwn).length;

  createEffect(
    on([chosen, () => store.list().length], ([id]) => {
      if (typeof id !== 'string') return;
      queueMicrotask(() => list.querySelector('[aria-current="true"]')?.scrollIntoView?.({ block: 'nearest' }));
    }),
  );

  function save(next: ClassRule) {
    store.save(next, chosen() === NEW ? null : (entry()?.rule.id ?? null));
    setChosen(next.id);
    scroller.focus(); // the button is out of use now: keys would go nowhere
  }
  function duplicate(one: ClassRule) {
    const copy = { ...one, id: store.freeId(one.because) };
    store.save(copy, null);
    setChosen(copy.id);
  }
  function remove(id: string) {
    const at = store.list().findIndex(({ rule: one }) => one.id === id);
    store.remove(id);
    scroller.focus(); // as above
    setChosen(store.list()[Math.min(at, store.list().length - 1)]?.rule.id ?? null);
  }
  function reset() {
    store.reset();
    scroller.focus();
  }
  async function takeFile(file: File): Promise<void> {
    const mistakes = await store.takeFile(file);
    setSaid(mistakes.length === 0 ? [`The rules of ${file.name} stand before all others now.`] : mistakes);
  }
  const tryDraft = async (one: ClassRule): Promise<RuleReach | null> => {
    const wanted = handle();
    if (wanted === null) return null;
    const replaced = entry();
    const rules = store.rules();
    const at = replaced?.isOwn ? rules.findIndex(({ id }) => id === replaced.rule.id) : -1;
    const others = rules.filter(({ id }) => id !== replaced?.rule.id);
    const place = Math.max(0, at);
    const found = await tryOut(wanted, [...others.slice(0, place), one, ...others.slice(place)]);
    return found?.get(one.id) ?? null;
  };
  const onKey = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (isField || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    if (event.shiftKey) acts.redo();
    else acts.undo();
  };

  return (
    <Dialog
      title="Classification rules"
      look="large"
      head={<FindField label="Find a rule" value={query()} onInput={setQuery} />}
      onKey={onKey}
      onClose={props.onClose}
    >
      <div class={styles.layout}>
        <div class={styles.side}>
          <div class={styles.verbs}>
            <Button size="small" icon="plus" onClick={() => setChosen(NEW)}>
              New rule
            </Button>
            <Button
              size="small"
              disabled={ownCount() === 0}
              onClick={() => saveFile('loupe-rules.json', store.toFile())}
            >
              Save yours as a file
            </Button>
            <Button size="small" onClick={() => picker.click()}>
              Read a file
            </Button>
            <input
              ref={(element) => {
                picker = element;
              }}
              type="file"
              accept=".json,application/json"
              hidden
              aria-label="File of rules"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file) void takeFile(file);
                event.currentTarget.value = '';
              }}
            />
            <span class={styles.push} />
            <Button
              size="small"
              class={styles.toggle}
              aria-pressed={isNarrow()}
              disabled={reach() === null}
              title="Only rules that class something of what is shown"
              onClick={() => setIsNarrow(!isNarrow())}
            >
              In use
            </Button>
            <Button size="small" look="quiet" disabled={!store.isChanged()} onClick={reset}>
              As they came
            </Button>
          </div>
          <div role="status">
            <For each={said()}>{(text) => <p class={styles.hint}>{text}</p>}</For>
            <Show when={store.mistakes().length > 0}>
              <p class={styles.mistake}>
                Some rules that were kept here are not used, and go when the rules are next changed:{' '}
                {store.mistakes().join(' ')}
              </p>
            </Show>
          </div>
          <p class={styles.hint}>
            The first rule that holds decides; {toCountText(shown().length, 'rule')}
            {shown().length < store.list().length ? ` of ${toNumberText(store.list().length)}` : ''}, yours first.{' '}
            {handle() === null
              ? ''
              : isTrying()
                ? 'Trying them on what is shown …'
                : 'The numbers are of what is shown.'}
          </p>
          <div
            ref={(element) => {
              scroller = element;
            }}
            class={styles.scroll}
            tabIndex={0}
            role="region"
            aria-label="Rules in order"
          >
            <ul
              ref={(element) => {
                list = element;
              }}
            >
              <For each={shown()} fallback={<li class={styles.hint}>No rule goes by that.</li>}>
                {(one) => (
                  <RuleLine
                    entry={one}
                    isChosen={chosen() === one.rule.id}
                    reach={reach()?.get(one.rule.id) ?? null}
                    hasReach={reach() !== null}
                    onChoose={() => setChosen(one.rule.id)}
                    onSwitch={(isOn) => store.setOn(one.rule.id, isOn)}
                  />
                )}
              </For>
            </ul>
          </div>
        </div>
        <div class={styles.detail} tabIndex={0} role="region" aria-label="The rule that is open">
          <Show
            when={chosen() === NEW || rule()}
            fallback={
              <p class={styles.hint}>
                A rule gives errors a category and a severity by what their message, exception, stack or status says.
                Choose one to see what it looks for, or write one of your own.
              </p>
            }
          >
            <RuleForm
              rule={chosen() === NEW ? null : rule()}
              isOwn={entry()?.isOwn ?? true}
              idFor={store.freeId}
              onCheck={(one) => store.check(one, entry()?.isOwn ? (entry()?.rule.id ?? null) : null)}
              onSave={save}
              onTry={handle() === null ? undefined : tryDraft}
              onCancel={() => {
                const id = chosen();
                setChosen(null);
                if (id !== NEW) setChosen(id);
              }}
            >
              <Show when={entry()}>
                {(known) => (
                  <>
                    <Show when={known().isOwn}>
                      <Button size="small" disabled={ownIndex() === 0} onClick={() => store.move(known().rule.id, -1)}>
                        Up
                      </Button>
                      <Button
                        size="small"
                        disabled={ownIndex() === ownCount() - 1}
                        onClick={() => store.move(known().rule.id, 1)}
                      >
                        Down
                      </Button>
                    </Show>
                    <Button size="small" onClick={() => duplicate(known().rule)}>
                      Duplicate
                    </Button>
                    <Show when={known().isOwn}>
                      <Button size="small" onClick={() => remove(known().rule.id)}>
                        Delete
                      </Button>
                    </Show>
                  </>
                )}
              </Show>
            </RuleForm>
          </Show>
        </div>
      </div>
    </Dialog>
  );
};

const RuleLine: Component<{
  entry: RuleEntry;
  isChosen: boolean;
  reach: RuleReach | null;
  hasReach: boolean;
  onChoose: () => void;
  onSwitch: (isOn: boolean) => void;
}> = (props) => (
  <li class={styles.rule} aria-current={props.isChosen ? 'true' : undefined}>
    <input
      type="checkbox"
      aria-label={`Use ${props.entry.rule.because}`}
      checked={props.entry.isOn}
      onChange={(event) => props.onSwitch(event.currentTarget.checked)}
    />
    <button type="button" class={styles.choose} onClick={() => props.onChoose()}>
      <span class={styles.because} classList={{ [styles.off ?? '']: !props.entry.isOn }}>
        {props.entry.rule.because}
      </span>
      <span class={styles.faint}>
        {props.entry.rule.category}, {props.entry.rule.severity}
        {props.entry.isOwn ? ', yours' : ''}
        {props.entry.isOn ? '' : ', off'}
      </span>
    </button>
    <span class={styles.reach}>
      <Show
        when={props.reach}
        fallback={<span class={styles.faint}>{props.hasReach && props.entry.isOn ? 'none' : ''}</span>}
      >
        {(known) => (
          <>
            {toCountText(known().patternCount, 'pattern')}
            <span class={styles.faint}>{toCountText(known().recordCount, 'record')}</span>
          </>
        )}
      </Show>
    </span>
  </li>
);
