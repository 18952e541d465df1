/** Files from a drop, a paste or a picker, with folders walked to the bottom. */

import type { OpenRequest } from '../state/sources';

/** Files of a picker or a paste; those of a picked folder carry their path. Hidden files stay out of folders. */
export function toRequests(files: Iterable<File>): OpenRequest[] {
  const requests: OpenRequest[] = [];
  for (const file of files) {
    const path = file.webkitRelativePath;
    if (path !== '' && isHidden(path)) continue;
    requests.push({ name: path === '' ? file.name : path, blob: file, lastModified: file.lastModified });
  }
  return requests;
}

/** What was dropped. To be called within the drop event: afterwards the browser forgets. */
export async function readDrop(transfer: DataTransfer): Promise<OpenRequest[]> {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const plain = [...transfer.files];
  const entries = items.map((item) => item.webkitGetAsEntry());
  const handles = await Promise.all(
    items.map((item) => ('getAsFileSystemHandle' in item ? readHandle(item) : Promise.resolve(null))),
  );
  const found = await Promise.all(
    items.map(async (_, at) => {
      const handle = handles[at];
      if (handle?.kind === 'file') return [await fromHandle(handle as FileSystemFileHandle, '')];
      if (handle?.kind === 'directory') return walkHandle(handle as FileSystemDirectoryHandle, handle.name);
      const entry = entries[at];
      if (entry?.isDirectory) return walkEntry(entry as FileSystemDirectoryEntry);
      const file = plain[at];
      return file ? toRequests([file]) : [];
    }),
  );
  return found.flat();
}

interface HandleItem {
  getAsFileSystemHandle(): Promise<FileSystemHandle | null>;
}

function readHandle(item: DataTransferItem): Promise<FileSystemHandle | null> {
  // A handle is an extra (reading the file again later): where the browser will not give one, the file itself serves.
  return (item as unknown as HandleItem).getAsFileSystemHandle().catch(() => null);
}

export async function fromHandle(handle: FileSystemFileHandle, folder: string): Promise<OpenRequest> {
  const file = await handle.getFile();
  return {
    name: folder === '' ? file.name : `${folder}/${file.name}`,
    blob: file,
    lastModified: file.lastModified,
    handle,
  };
}

export async function walkHandle(folder: FileSystemDirectoryHandle, path: string): Promise<OpenRequest[]> {
  const found: OpenRequest[] = [];
  const entries = (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();
  for await (const entry of entries) {
    if (isHidden(entry.name)) continue;
    if (entry.kind === 'file') found.push(await fromHandle(entry as FileSystemFileHandle, path));
    else found.push(...(await walkHandle(entry as FileSystemDirectoryHandle, `${path}/${entry.name}`)));
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

async function walkEntry(folder: FileSystemDirectoryEntry): Promise<OpenRequest[]> {
  const reader = folder.createReader();
  const found: OpenRequest[] = [];
  for (;;) {
    // A reader gives a hundred at a time and ends with none.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) break;
    for (const entry of batch) {
      if (isHidden(entry.name)) continue;
      if (entry.isDirectory) found.push(...(await walkEntry(entry as FileSystemDirectoryEntry)));
      else {
        const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
        found.push({ name: entry.fullPath.slice(1), blob: file, lastModified: file.lastModified });
      }
    }
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}
