/** Forgets releases that no open page was made of. Nothing is forgotten while that is not known for every page. */
import type { AppFiles } from './app-files';
import type { ToPage } from './messages';

/** Asks a page over a port. */
export type AskPage = (message: ToPage, port: MessagePort) => void;

// A page that is frozen or busy does not answer: its release stays until the next page starts.
const ANSWER_MS = 5000;

export async function tidyReleases(
  files: Pick<AppFiles, 'forgetOthers'>,
  registration: Pick<ServiceWorkerRegistration, 'installing' | 'waiting'>,
  listPages: () => Promise<readonly AskPage[]>,
  answerMs = ANSWER_MS,
): Promise<void> {
  const versions = await Promise.all((await listPages()).map((ask) => askVersion(ask, answerMs)));
  // The release that is coming is in no page yet.
  if (registration.installing || registration.waiting || versions.includes(null)) return;
  await files.forgetOthers(versions.filter((version) => version !== null));
}

/** @returns null when it does not answer */
function askVersion(ask: AskPage, answerMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const end = (version: string | null) => {
      clearTimeout(timer);
      port1.close();
      resolve(version);
    };
    const timer = setTimeout(() => end(null), answerMs);
    port1.onmessage = (event: MessageEvent<unknown>) => end(typeof event.data === 'string' ? event.data : null);
    ask({ type: 'which-version' }, port2);
  });
}
