/** The browser's own pickers, which give handles: a way back to the files after a reload. Not every browser has them. */
import type { OpenRequest } from '../state/sources';
import { fromHandle, walkHandle } from './read-drop';

interface Pickers {
  showOpenFilePicker?: (options: { multiple: boolean }) => Promise<FileSystemFileHandle[]>;
  showDirectoryPicker?: (options: { mode: 'read' }) => Promise<FileSystemDirectoryHandle>;
}

/** What came of asking: the files; null when the person chose none; `none` where there is no such picker. */
type Picked = OpenRequest[] | null | 'none';

export async function pickFiles(): Promise<Picked> {
  const { showOpenFilePicker } = window as unknown as Pickers;
  if (!showOpenFilePicker) return 'none';
  return attempt(async () => {
    const handles = await showOpenFilePicker({ multiple: true });
    return Promise.all(handles.map((handle) => fromHandle(handle, '')));
  });
}

export async function pickFolder(): Promise<Picked> {
  const { showDirectoryPicker } = window as unknown as Pickers;
  if (!showDirectoryPicker) return 'none';
  return attempt(async () => {
    const folder = await showDirectoryPicker({ mode: 'read' });
    return walkHandle(folder, folder.name);
  });
}

async function attempt(work: () => Promise<OpenRequest[]>): Promise<Picked> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return error.name === 'AbortError' ? null : 'none'; // SecurityError: in a frame, or refused by a policy
  }
}
