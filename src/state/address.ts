/** The page's address follows what is on screen, so that copying it copies the view; and a link that comes in is applied. */
import { createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

import type { RecordRef, Session, SourcePart } from '../protocol/session';
import { decodeLink, encodeLink, isLinkHash } from './link';
import { restoreSourceSettings, restoreView, saveSession } from './session-parts';
import type { Workspace } from './workspace';

// The address is written when nothing has changed for so long: browsers refuse more than a hundred a half minute.
const PAUSE_MS = 400;
/** The hash that this tab wrote itself: coming back to it by a reload is no link. */
const OWN_HASH_KEY = 'loupe.hash';

export type AddressStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;

/** A link that came in and cannot be shown yet, or at all. */
export type ArrivedLink =
  | { readonly kind: 'waits'; readonly session: Session }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the address holds when the page starts; null when it is no link, or this tab's own. */
export async function readArrivedLink(tab: AddressStorage): Promise<ArrivedLink | null> {
  const { hash } = location;
  if (!isLinkHash(hash) || hash === tab?.getItem(OWN_HASH_KEY)) return null;
  return toArrived(hash);
}

async function toArrived(hash: string): Promise<ArrivedLink> {
  const outcome = await decodeLink(hash);
  return outcome.kind === 'session' ? { kind: 'waits', session: outcome.session } : outcome;
}

/** @param arrived  the link the page was opened by */
export function createAddress(
  workspace: Workspace,
  session: () => Session,
  arrived: ArrivedLink | null,
  tab: AddressStorage,
) {
  const { sources, acts } = workspace;
  const [link, setLink] = createSignal<ArrivedLink | null>(arrived);
  const [isDirty, setIsDirty] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  createEffect(
    on([session, link], () => {
      // A link that waits for its files stays in the address, to be reloaded or copied again.
      if (link()?.kind === 'waits') return;
      setIsDirty(true);
      clearTimeout(timer);
      timer = setTimeout(() => void write(), PAUSE_MS);
    }),
  );

  async function write(): Promise<void> {
    const now = untrack(session);
    const hash = now.sources.length === 0 ? '' : (await encodeLink(now)).hash;
    setIsDirty(false);
    if (link()?.kind === 'waits' || (link() && now.sources.length === 0)) return;
    remember(tab, hash);
    if (location.hash !== hash)
      history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`);
  }

  const onHashChange = () => {
    if (isLinkHash(location.hash)) void toArrived(location.hash).then(setLink);
  };
  window.addEventListener('hashchange', onHashChange);
  onCleanup(() => {
    clearTimeout(timer);
    window.removeEventListener('hashchange', onHashChange);
  });

  /** Sources that the waiting link needs and that are not here. */
  const missing = (): readonly SourcePart[] => {
    const current = link();
    if (current?.kind !== 'waits') return [];
    const found = matchSources(current.session.sources, session().sources);
    return current.session.sources.filter(({ key }) => !found.has(key));
  };

  // Applied as soon as everything it needs is here.
  createEffect(() => {
    const current = link();
    if (current?.kind !== 'waits' || sources.list().length === 0 || missing().length > 0) return;
    untrack(() => apply(current.session));
  });

  function apply(wanted: Session) {
    setLink(null);
    const before = saveSession(workspace);
    const after = translate(wanted, matchSources(wanted.sources, before.sources));
    const show = (shown: Session) => {
      const own = new Map(before.sources.map((source) => [source.key, source]));
      restoreSourceSettings(workspace, [
        ...new Map([...own, ...shown.sources.map((one) => [one.key, one] as const)]).values(),
      ]);
      restoreView(workspace, { ...shown, layout: null, beside: null });
    };
    show(after);
    acts.add({ title: 'Link opened', undo: () => show(before), redo: () => show(after) });
  }

  return {
    /** A link that waits for files, or was refused; null when there is none. */
    link,
    missing,
    dismiss: () => setLink(null),
    /** Shows what the link says about the sources that are here. */
    applyNow() {
      const current = link();
      if (current?.kind === 'waits') apply(current.session);
    },
    /** The address of what is on screen. @returns what had to be left out of it, too */
    async copyable(): Promise<{ address: string; leftOut: readonly string[] }> {
      const { hash, leftOut } = await encodeLink(untrack(session));
      return { address: `${location.origin}${location.pathname}${hash}`, leftOut };
    },
    isWritten: () => !isDirty(),
    /** Writes the address now, when it is not as it should be. */
    flush() {
      if (!isDirty()) return;
      clearTimeout(timer);
      void write();
    },
  };
}

export type AddressStore = ReturnType<typeof createAddress>;

/** Keys of a link's sources → keys of the same sources here: by fingerprint, else by name and size. */
export function matchSources(wanted: readonly SourcePart[], here: readonly SourcePart[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const found = new Map<string, string>();
  const isSame: readonly ((a: SourcePart, b: SourcePart) => boolean)[] = [
    (a, b) => a.fingerprint !== null && a.fingerprint === b.fingerprint,
    (a, b) => a.name === b.name && a.sizeBytes === b.sizeBytes,
    (a, b) => a.sizeBytes === b.sizeBytes && a.name.split('/').at(-1) === b.name.split('/').at(-1),
  ];
  for (const test of isSame) {
    for (const source of wanted) {
      if (found.has(source.key)) continue;
      const match = here.find((one) => !taken.has(one.key) && test(source, one));
      if (!match) continue;
      found.set(source.key, match.key);
      taken.add(match.key);
    }
  }
  return found;
}

/** The same session in the keys of this workspace; what refers to other sources is left out. */
function translate(session: Session, keys: ReadonlyMap<string, string>): Session {
  const refOf = (ref: RecordRef | null) => {
    const source = ref && keys.get(ref.source);
    return ref && source !== undefined && source !== null ? { ...ref, source } : null;
  };
  return {
    ...session,
    sources: session.sources.flatMap((source) => {
      const key = keys.get(source.key);
      return key === undefined ? [] : [{ ...source, key }];
    }),
    place: { ...session.place, top: refOf(session.place.top), selected: refOf(session.place.selected) },
  };
}

function remember(tab: AddressStorage, hash: string) {
  try {
    if (hash === '') tab?.removeItem(OWN_HASH_KEY);
    else tab?.setItem(OWN_HASH_KEY, hash);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // no room: a reload then applies the tab's own link, which changes nothing
  }
}
