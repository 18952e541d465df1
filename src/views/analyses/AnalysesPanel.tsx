/** Kept analyses in a dialog: the list of them, one that is open, or two compared. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import {
  type Component,
  createMemo,
  createResource,
  createSignal,
  Match,
  onMount,
  Show,
  Suspense,
  Switch,
} from 'solid-js';

import type { AnalysesStore, KeptAnalysis } from '../../state/analyses';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { saveFile } from '../../ui/save-file';
import { toCountText } from '../../ui/size-text';
import { AnalysesList, ListTools } from './AnalysesList';
import styles from './Analyses.module.css';
import { toKindText } from './analysis-text';
import { ComparisonPage, NOW } from './ComparisonPage';
import { KeptFirstLook } from './KeptFirstLook';
import { KeptPatterns } from './KeptPatterns';

interface AnalysesPanelProps {
  store: AnalysesStore;
  /** In which times are shown. */
  zone: string;
  onKeepPatterns: () => void;
  onKeepFirstLook: () => void;
  onUndo: () => void;
  onRedo: () => void;
  onClose: () => void;
}

type Page =
  | { readonly kind: 'list' }
  | { readonly kind: 'open'; readonly id: string }
  | { readonly kind: 'compare'; readonly before: string; readonly after: string };

export const AnalysesPanel: Component<AnalysesPanelProps> = (props) => {
  const [page, setPage] = createSignal<Page>({ kind: 'list' });
  const [picked, setPicked] = createSignal<ReadonlySet<string>>(new Set());
  /** What came of the last file. */
  const [said, setSaid] = createSignal('');
  let scroller!: HTMLDivElement;
  onMount(() => void props.store.refresh());

  const find = (id: string) => props.store.list().find((one) => one.id === id);
  const pickedList = createMemo(() => props.store.list().filter(({ id }) => picked().has(id)));
  const openId = () => {
    const now = page();
    return now.kind === 'open' ? now.id : null;
  };
  const [opened] = createResource(openId, (id) => props.store.open(id));
  const title = () => {
    const now = page();
    if (now.kind === 'compare') return 'Patterns compared';
    const known = now.kind === 'open' ? find(now.id) : undefined;
    return known ? `${known.head.title}: ${toKindText(known.head)}` : 'Kept analyses';
  };
  const toList = () => setPage({ kind: 'list' });

  function compare() {
    // The older one first: what came after is new.
    const [last, first] = pickedList();
    if (!last) return;
    setPage({ kind: 'compare', before: first?.id ?? last.id, after: first ? last.id : NOW });
  }
  function pick(id: string, isPicked: boolean) {
    setPicked((old) => new Set(isPicked ? [...old, id] : [...old].filter((one) => one !== id)));
  }
  function remove() {
    props.store.remove(pickedList().map(({ id }) => id));
    setPicked(new Set<string>());
    scroller.focus(); // the button is out of use now: keys would go nowhere
  }
  async function takeFile(file: File): Promise<void> {
    const outcome = await props.store.takeFile(file);
    setSaid(outcome.kind === 'refused' ? `${file.name} ${outcome.reason}.` : `${file.name} is kept here now.`);
  }
  async function save({ id, head }: KeptAnalysis): Promise<void> {
    const file = await props.store.toFile(id);
    if (file) saveFile(`${head.title.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)}.analysis.json`, file);
    else setSaid(`${head.title} cannot be read.`);
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') return;
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    if (event.shiftKey) props.onRedo();
    else props.onUndo();
  };

  return (
    <Dialog
      title={title()}
      look="large"
      onKey={onKey}
      tools={
        <Show when={page().kind !== 'list'}>
          <Button size="small" onClick={toList}>
            All analyses
          </Button>
        </Show>
      }
      onClose={props.onClose}
    >
      {/* Of its own: a dialog that is taken off the page while its content is read would come back without its place on top. */}
      <Suspense>
        <Switch>
          <Match when={page().kind === 'list'}>
            <div class={styles.page}>
              <ListTools
                picked={pickedList()}
                canKeepPatterns={props.store.patterns() !== null}
                canKeepFirstLook={props.store.firstLook() !== null}
                onKeepPatterns={props.onKeepPatterns}
                onKeepFirstLook={props.onKeepFirstLook}
                onCompare={compare}
                onRemove={remove}
                onFile={(file) => void takeFile(file)}
              />
              <p class={styles.said} role="status">
                {said()}
              </p>
              <div
                ref={(element) => {
                  scroller = element;
                }}
                class={styles.scroll}
                role="region"
                aria-label="List of kept analyses"
                tabIndex={0}
              >
                <Show
                  when={props.store.list().length + props.store.unread().length > 0}
                  fallback={
                    <p class={styles.empty}>
                      Nothing is kept yet. Patterns and the first look are kept here by themselves once they are
                      complete, and by hand whenever they are shown.
                    </p>
                  }
                >
                  <AnalysesList
                    store={props.store}
                    zone={props.zone}
                    picked={picked()}
                    onPick={pick}
                    onOpen={(id) => setPage({ kind: 'open', id })}
                    onSave={(analysis) => void save(analysis)}
                  />
                  <p class={styles.sum}>
                    {toCountText(props.store.list().length, 'analysis', 'analyses')} of this workspace. They are there
                    without its files, and go with it.
                  </p>
                </Show>
              </div>
            </div>
          </Match>
          <Match when={page().kind === 'open' && opened.latest}>
            {(outcome) => {
              const known = () => {
                const now = outcome();
                return now.kind === 'parsed' ? now.value : null;
              };
              const reason = () => {
                const now = outcome();
                return now.kind === 'refused' ? now.reason : '';
              };
              return (
                <Show when={known()} fallback={<p class={styles.fault}>It {reason()}.</p>} keyed>
                  {({ head, body }) =>
                    body.kind === 'patterns' ? (
                      <KeptPatterns head={head} body={body} zone={props.zone} />
                    ) : (
                      <KeptFirstLook head={head} body={body} zone={props.zone} />
                    )
                  }
                </Show>
              );
            }}
          </Match>
          <Match when={page().kind === 'compare' && (page() as Extract<Page, { kind: 'compare' }>)}>
            {(now) => (
              <ComparisonPage
                store={props.store}
                before={now().before}
                after={now().after}
                zone={props.zone}
                onSides={(before, after) => setPage({ kind: 'compare', before, after })}
              />
            )}
          </Match>
        </Switch>
      </Suspense>
    </Dialog>
  );
};
