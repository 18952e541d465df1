/** What this browser keeps for Loupe between visits, for those who want to see it or be rid of it. */
import { createSignal } from 'solid-js';

import { deleteKeptData, type KeptData, measureKeptData } from '../storage/kept-data';
import { findLocalStorage } from '../storage/local-storage';

export type { KeptData, KeptKind, KeptPart } from '../storage/kept-data';

export function createKeptData() {
  const [kept, setKept] = createSignal<KeptData | null>(null);
  const measure = async () => {
    setKept(await measureKeptData(findLocalStorage()));
  };
  void measure();
  return {
    /** null until it has been measured. */
    kept,
    measure,
    /** @returns false when another tab holds on to a part of it until it is closed */
    deleteAll: () => deleteKeptData(findLocalStorage()),
  };
}

export type KeptDataStore = ReturnType<typeof createKeptData>;
