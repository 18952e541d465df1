/** What the system hands to the app: files that are opened with it, what is shared with it, a shortcut that was chosen. */
import type { Shared } from '../offline/shares';
import type { OpenRequest } from '../state/sources';
import { fromHandle, toRequests } from './read-drop';

export interface Launch {
  readonly files: readonly OpenRequest[];
  /** A text that was shared; empty: none. */
  readonly text: string;
  /** The command of the shortcut; null: none. */
  readonly command: string | null;
  /** What did not arrive, in words; empty: nothing is missing. */
  readonly trouble: string;
}

interface LaunchParams {
  readonly files?: readonly FileSystemFileHandle[];
  readonly targetURL?: string;
}
interface LaunchWindow {
  readonly launchQueue?: { setConsumer(consume: (params: LaunchParams) => void): void };
}

const NOTHING: Launch = { files: [], text: '', command: null, trouble: '' };
/** The manifest's shortcuts: `?launch=new`. */
const SHORTCUTS: Readonly<Record<string, string>> = { new: 'workspace.create', workspaces: 'workspace.switch' };

/**
 * Listens as long as the page lives. A new window is told by its address; one that is there already, by the queue.
 *
 * @param takeShared  fetches what was shared, once; null when it is not there any more
 */
export function listenForLaunches(
  takeShared: (id: string) => Promise<Shared | null>,
  onLaunch: (launch: Launch) => void,
): void {
  // The launch that opened this window stands in its address; the queue tells of it once more.
  let own: string | null = location.href;
  const here = new URL(own);
  if (here.searchParams.has('shared') || here.searchParams.has('launch')) {
    void readAddress(here, takeShared).then(onLaunch);
    // It is done once: a reload is no launch.
    here.searchParams.delete('shared');
    here.searchParams.delete('launch');
    history.replaceState(history.state, '', here);
  }
  (window as LaunchWindow).launchQueue?.setConsumer(({ files, targetURL }) => {
    const isOwn = targetURL === own;
    own = null;
    const target = targetURL === undefined ? null : URL.parse(targetURL);
    if (files && files.length > 0) void readHandles(files).then(onLaunch);
    else if (target && !isOwn) void readAddress(target, takeShared).then(onLaunch);
  });
}

async function readAddress(address: URL, takeShared: (id: string) => Promise<Shared | null>): Promise<Launch> {
  const id = address.searchParams.get('shared');
  const command = SHORTCUTS[address.searchParams.get('launch') ?? ''] ?? null;
  if (id === null) return { ...NOTHING, command };
  const shared = await takeShared(id);
  if (!shared) return { ...NOTHING, trouble: 'What was shared did not arrive: share it again' };
  return { ...NOTHING, files: toRequests(shared.files), text: shared.text };
}

async function readHandles(handles: readonly FileSystemFileHandle[]): Promise<Launch> {
  const outcomes = await Promise.allSettled(handles.map((handle) => fromHandle(handle, '')));
  const lost = handles.filter((_, at) => outcomes[at]?.status === 'rejected').map(({ name }) => name);
  return {
    ...NOTHING,
    files: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    trouble: lost.length === 0 ? '' : `${lost.join(', ')} cannot be read: drop it onto the page instead`,
  };
}
