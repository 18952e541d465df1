/** What this browser keeps for Loupe between visits, for those who want to see it or be rid of it. */
import { createSignal } from 'solid-js';

import { deleteKeptData, type KeptData, measureKeptData } from '../storage/kept-data';
import { findLocalStorage } from '../storage/local-storage';
import { askToPersist, type Grant, readGrant } from '../storage/grant';

export type { KeptData, KeptKind, KeptPart } from '../storage/kept-data';

export function createKeptData() {
  const [kept, setKept] = createSignal<KeptData | null>(null);
  const [grant, setGrant] = createSignal<Grant | null>(null);
  const measure = async () => {
    setGrant(await readGrant());
    setKept(await measureKeptData(findLocalStorage()));
  };
  void measure();
  return {
    /** null until it has been measured. */
    kept,
    /** null until the browser has said. */
    grant,
    /** @returns whether it agreed */
    async persist(): Promise<boolean> {
      const isGranted = await askToPersist();
      setGrant(await readGrant());
      return isGranted;
    },
    measure,
    /** @returns false when another tab holds on to a part of it until it is closed */
    deleteAll: () => deleteKeptData(findLocalStorage()),
  };
}

export type KeptDataStore = ReturnType<typeof createKeptData>;
