/** What the browser grants this site: how much it may hold, and whether that is safe from the browser itself. */

export interface Grant {
  /** Null: the browser does not tell. */
  readonly usedBytes: number | null;
  readonly isPersisted: boolean | null;
}

export async function readGrant(): Promise<Grant> {
  const estimate = await attempt(() => navigator.storage?.estimate?.());
  return {
    usedBytes: estimate?.usage ?? null,
    isPersisted: (await attempt(() => navigator.storage?.persisted?.())) ?? null,
  };
}

/** Asks the browser not to delete by itself. It may ask the person, or decide by how much the page is used. */
export async function askToPersist(): Promise<boolean> {
  return (await attempt(() => navigator.storage?.persist?.())) ?? false;
}

const ASKED_KEY = 'loupe.asked-to-persist.1';

/** Asks when something is first kept in this browser, and not again by itself: a refusal is an answer. */
export async function askToPersistOnce(flags: Pick<Storage, 'getItem' | 'setItem'> | undefined): Promise<void> {
  if (!flags || flags.getItem(ASKED_KEY) !== null || (await readGrant()).isPersisted !== false) return;
  const isGranted = await askToPersist();
  try {
    flags.setItem(ASKED_KEY, String(isGranted));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // no room for a word: it is asked again another day
  }
}

async function attempt<T>(call: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return undefined; // a blocked or opaque origin
    throw error;
  }
}
