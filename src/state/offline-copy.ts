/** The app's own files in this browser: how much of them is kept, and keeping all of them. */
import { type Accessor, createEffect, createSignal, on } from 'solid-js';

import type { KeepingNews } from '../offline/messages';
import type { OfflineStatus } from '../offline/release';

export interface OfflineKeeper {
  /** null where nothing can be kept */
  status(): Promise<OfflineStatus | null>;
  keepAll(onNews: (news: KeepingNews) => void): Promise<KeepingNews | null>;
}

/** @param keeper  null: there is none yet, or never */
export function createOfflineCopy(keeper: Accessor<OfflineKeeper | null>) {
  const [status, setStatus] = createSignal<OfflineStatus | null>(null);
  const [isKeeping, setIsKeeping] = createSignal(false);
  const [isFailed, setIsFailed] = createSignal(false);

  async function measure(): Promise<void> {
    setStatus((await keeper()?.status()) ?? null);
  }
  createEffect(on(keeper, () => void measure()));

  return {
    /** null: this browser keeps nothing, or has not said yet. */
    status,
    isKeeping,
    /** A file could not be had the last time it was tried. */
    isFailed,
    isWhole: () => {
      const now = status();
      return now !== null && now.keptCount === now.fileCount;
    },
    measure,
    async keepAll(): Promise<void> {
      if (isKeeping()) return;
      setIsKeeping(true);
      setIsFailed(false);
      const last = await keeper()?.keepAll((news) => setStatus(news.status));
      setIsFailed(!last || last.isFailed);
      setIsKeeping(false);
    },
  };
}

export type OfflineCopy = ReturnType<typeof createOfflineCopy>;
