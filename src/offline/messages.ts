/** What page and service worker say to each other. Questions bring a port; the answer comes over it. */
import type { OfflineStatus } from './release';

export type ToServiceWorker =
  /** Take over now: the person asked for the new version. No answer. */
  | { readonly type: 'skip-waiting' }
  /** A page has started: releases that no page uses any more can go. No answer. */
  | { readonly type: 'page-started' }
  /** Answer: `OfflineStatus`. */
  | { readonly type: 'status' }
  /** Answers: `KeepingNews`, several, the last with `isDone`. */
  | { readonly type: 'keep-all' }
  /** Answer: `Shared`, or null when it is not there any more. */
  | { readonly type: 'take-shared'; readonly id: string };

/** Answer: the version of the page that is asked. */
export interface ToPage {
  readonly type: 'which-version';
}

export interface KeepingNews {
  readonly status: OfflineStatus;
  readonly isDone: boolean;
  /** A file could not be had. */
  readonly isFailed: boolean;
}
