/** The whole page over a drawn engine, in jsdom: what a person sees and does, as verbs. */
import { configure, fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library';

// What the page fetches when it is first shown is here beforehand: tests wait for what a person sees, not for files.
import '../views/details/HexView';
import '../views/filter/NothingLeft';
import '../views/first-look/FirstLookView';
import '../views/patterns/PatternsView';
import '../views/results/ResultsPane';
import '../views/sources/OpeningPanel';
import '../views/sources/SourcesPanel';
import '../views/timeline/TimelineTable';
import '../views/values/ValueMenus';
import { App } from '../app/App';
import { connectEngine } from '../bridge/engine-client';
import { type FirstView, SETTINGS_KEY } from '../state/settings';
import { createDrawnEngine, type DrawnEngineOptions } from './drawn-engine';
import { standInForPopover } from './popover';

// What is fetched when it is first wanted takes its time on a machine that does other things too.
configure({ asyncUtilTimeout: 10_000 });

// jsdom lays nothing out: every element is as high as a view of twenty rows.
const VIEW_PX = 480;

interface PageOptions extends DrawnEngineOptions {
  storage?: Kept;
  /** What a newly opened log shows; absent: its lines, which most tests are about. */
  firstView?: FirstView;
}

export function setupPage({ firstView = 'lines', ...options }: PageOptions = {}) {
  standInForBrowser();
  history.replaceState(null, '', '/'); // as a page newly visited
  const engine = createDrawnEngine(options);
  let die: (reason: string) => void = () => {};
  const died = new Promise<string>((resolve) => {
    die = resolve;
  });
  let engines = 0;
  /** The drawn engine first; after a death a new one, that lives. */
  const createEngine = () => {
    engines += 1;
    if (engines === 1) return connectEngine(engine, { died, end: () => {} });
    return connectEngine(createDrawnEngine(options), { died: new Promise(() => {}), end: () => {} });
  };
  const storage = withFirstView(options.storage ?? NOTHING_KEPT, firstView);
  const view = render(() => <App createEngine={createEngine} storage={storage} />);
  const idle = () => window.whenIdle();
  const filterField = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Filter the records' });

  return {
    ...view,
    engine,
    idle,
    killEngine: (reason: string) => die(reason),
    log: () => screen.getByRole('grid', { name: /^Log,/ }),
    /** The records on screen: level and message, as read. */
    rows: () =>
      within(screen.getByRole('grid', { name: /^Log,/ }))
        .queryAllByRole('row')
        .filter((row) => row.hasAttribute('data-index') && row.id !== '')
        .map((row) =>
          within(row)
            .getAllByRole('gridcell')
            .slice(3)
            .map((cell) => cell.textContent)
            .filter((text) => text !== '')
            .join(' '),
        ),
    status: () => screen.getByRole('contentinfo'),
    filterField,
    /** Opens drawn logs as picked files; indentation of the drawing is taken off. */
    async open(logs: Record<string, string | Uint8Array<ArrayBuffer>>, { settle = true } = {}) {
      const files = Object.entries(logs).map(
        ([name, text]) => new File([typeof text === 'string' ? undent(text) : text], name),
      );
      const picker = screen.getByLabelText<HTMLInputElement>('Files to open');
      fireEvent.change(picker, { target: { files } });
      await screen.findByRole('combobox', { name: 'Filter the records' });
      if (settle) await idle();
    },
    async press(key: string, modifiers: KeyboardEventInit = {}) {
      fireEvent.keyDown(document.activeElement ?? document.body, { key, ...modifiers });
      await waitFor(idle);
    },
    async type(text: string) {
      const field = filterField();
      field.focus();
      fireEvent.keyDown(field, { key: '/', altKey: true }); // the whole filter as text, to be replaced
      fireEvent.input(field, { target: { value: text } });
      fireEvent.keyDown(field, { key: 'Enter' });
      await idle();
    },
    selected: () => screen.queryAllByRole('row', { selected: true }).map((row) => row.textContent),
  };
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** As if that had been chosen before, unless something else was. */
function withFirstView(storage: Kept, firstView: FirstView): Kept {
  return {
    setItem: (key, value) => storage.setItem(key, value),
    getItem(key) {
      const text = storage.getItem(key);
      return key === SETTINGS_KEY ? JSON.stringify({ firstView, ...JSON.parse(text ?? '{}') }) : text;
    },
  };
}

/** Settings last as long as the page. */
const NOTHING_KEPT: Kept = { getItem: () => null, setItem: () => {} };

function undent(text: string): string {
  if (text === '') return '';
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const margin = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  return `${lines.map((line) => line.slice(margin)).join('\n')}\n`;
}

function standInForBrowser() {
  standInForPopover();
  globalThis.ResizeObserver = class {
    constructor(private readonly tell: ResizeObserverCallback) {}
    observe() {
      this.tell([], this);
    }
    unobserve() {}
    disconnect() {}
  };
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => VIEW_PX });
  Object.defineProperty(File.prototype, 'webkitRelativePath', { configurable: true, get: () => '' });
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
}
