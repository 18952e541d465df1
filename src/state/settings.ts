/** What a person chose for this device: looks, zone of the times, memory, keys. Kept in localStorage. */
import { createSignal } from 'solid-js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** `system`: as the system wishes; `more`: high contrast, in either theme. */
export const CONTRASTS = ['system', 'more'] as const;
export type Contrast = (typeof CONTRASTS)[number];

export const DENSITIES = ['compact', 'regular', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];

/** `system`: as much motion as the system wishes; `none`: nothing moves by itself. */
export const MOTIONS = ['system', 'none'] as const;
export type Motion = (typeof MOTIONS)[number];

/** Where the details of a record stand beside the log. */
export const DETAILS_PLACES = ['right', 'below'] as const;
export type DetailsPlace = (typeof DETAILS_PLACES)[number];

/** What a newly opened log shows first. */
export const FIRST_VIEWS = ['first-look', 'lines'] as const;
export type FirstView = (typeof FIRST_VIEWS)[number];

/** What a person made of the rules that classify errors. The engine says which of them can be used. */
export interface RuleChoices {
  /** A person's own, tried before those that come with Loupe. As `checkRules` takes them: another hand may have written them. */
  readonly own: readonly unknown[];
  /** Ids of rules that are switched off. */
  readonly off: readonly string[];
}

/** Memory for the bytes of files, MiB, to choose from; null: what the engine finds fit for this device. */
export const BUDGETS_MIB = [null, 256, 512, 1024, 2048, 4096, 8192] as const;

export interface Settings {
  readonly theme: Theme;
  readonly contrast: Contrast;
  readonly density: Density;
  readonly motion: Motion;
  readonly detailsPlace: DetailsPlace;
  /** px of the details where they stand below the log. */
  readonly detailsHeight: number;
  readonly firstView: FirstView;
  readonly budgetMib: number | null;
  /** Zone in which times are shown: IANA name or `UTC`. */
  readonly zone: string;
  /** Keys given to commands in place of their own: command id → key names. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Commands run from the palette last, the newest first. */
  readonly recentCommands: readonly string[];
  /** What has no file to go back to (a paste, a small file) is kept in the browser, to be there after a reload. */
  readonly keepsCopies: boolean;
  /** Patterns and first looks are kept by themselves when they are complete. */
  readonly keepsAnalyses: boolean;
  readonly classRules: RuleChoices;
}

const DEFAULTS: Settings = {
  theme: 'system',
  contrast: 'system',
  density: 'regular',
  motion: 'system',
  detailsPlace: 'right',
  detailsHeight: 240,
  firstView: 'first-look',
  budgetMib: null,
  zone: 'UTC',
  keys: {},
  recentCommands: [],
  keepsCopies: true,
  keepsAnalyses: true,
  classRules: { own: [], off: [] },
};
// The palette lists so many of the commands run last.
const RECENT_COUNT = 6;
/** The name they are kept under. */
export const SETTINGS_KEY = 'loupe.settings.1';

/** The part of Storage that is needed; absent where the browser refuses one (a private window, a blocked site). */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'> | undefined;

export function createSettings(storage: SettingsStorage) {
  const [settings, setSettings] = createSignal<Settings>(readSettings(storage));
  // False once the browser refused to keep a change: the choice then lasts as long as the page, and Settings says so.
  const [isKept, setIsKept] = createSignal(storage !== undefined);

  function change(part: Partial<Settings>) {
    const next = setSettings((current) => ({ ...current, ...part }));
    setIsKept(keepSettings(storage, next));
  }

  return {
    settings,
    isKept,
    change,
    /** Everything as it was at first, the keys too; rules that were written are work, and stay. */
    reset: () => change({ ...DEFAULTS, classRules: settings().classRules }),
    /** Remembers that a command was run from the palette. */
    noteCommand(id: string) {
      const others = settings().recentCommands.filter((other) => other !== id);
      change({ recentCommands: [id, ...others].slice(0, RECENT_COUNT) });
    },
  };
}

export type SettingsStore = ReturnType<typeof createSettings>;

function keepSettings(storage: SettingsStorage, settings: Settings): boolean {
  if (!storage) return false;
  try {
    storage.setItem(SETTINGS_KEY, JSON.stringify(settings));
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false; // QuotaExceededError, SecurityError
    throw error;
  }
}

/** What was kept, where it still makes sense; the defaults for everything else. */
function readSettings(storage: SettingsStorage): Settings {
  const text = storage?.getItem(SETTINGS_KEY);
  if (!text) return DEFAULTS;
  const kept = parseObject(text);
  return {
    theme: THEMES.find((theme) => theme === kept.theme) ?? DEFAULTS.theme,
    contrast: CONTRASTS.find((contrast) => contrast === kept.contrast) ?? DEFAULTS.contrast,
    density: DENSITIES.find((density) => density === kept.density) ?? DEFAULTS.density,
    motion: MOTIONS.find((motion) => motion === kept.motion) ?? DEFAULTS.motion,
    detailsPlace: DETAILS_PLACES.find((place) => place === kept.detailsPlace) ?? DEFAULTS.detailsPlace,
    detailsHeight: typeof kept.detailsHeight === 'number' ? kept.detailsHeight : DEFAULTS.detailsHeight,
    firstView: FIRST_VIEWS.find((view) => view === kept.firstView) ?? DEFAULTS.firstView,
    budgetMib: BUDGETS_MIB.find((budget) => budget === kept.budgetMib) ?? DEFAULTS.budgetMib,
    zone: typeof kept.zone === 'string' && isZone(kept.zone) ? kept.zone : DEFAULTS.zone,
    keys: readKeys(kept.keys),
    recentCommands: readNames(kept.recentCommands).slice(0, RECENT_COUNT),
    keepsCopies: kept.keepsCopies !== false,
    keepsAnalyses: kept.keepsAnalyses !== false,
    classRules: readRules(kept.classRules),
  };
}

/** Only what is a list of names. */
function readKeys(value: unknown): Settings['keys'] {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string[]] =>
        Array.isArray(entry[1]) && entry[1].every((name) => typeof name === 'string'),
    ),
  );
}

function readRules(value: unknown): RuleChoices {
  if (typeof value !== 'object' || value === null) return DEFAULTS.classRules;
  const { own, off } = value as Record<string, unknown>;
  return { own: Array.isArray(own) ? own : [], off: readNames(off) };
}

function readNames(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {}; // another hand wrote it
    throw error;
  }
}

/** Whether the browser knows a time zone by this name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
