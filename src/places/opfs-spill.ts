/** Bytes kept outside memory: a file each in the origin's private file system, under a folder that is emptied at start. */
import { Fault } from '../base/fault';
import type { Environment } from '../engine/environment';
import type { BytesRef } from '../engine/source/byte-source';

const FOLDER = 'spill';

/** Only workers have it, and the page's types do not know it. */
interface WithSyncAccess {
  createSyncAccessHandle(): Promise<{
    write(bytes: Uint8Array, options: { at: number }): number;
    flush(): void;
    close(): void;
  }>;
}

/** Undefined where there is no such file system (private windows of some browsers). */
export function createSpill(): Environment['spill'] {
  if (typeof navigator.storage?.getDirectory !== 'function') return undefined;
  const session = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  let folder: Promise<FileSystemDirectoryHandle> | undefined;
  const names = new Map<BytesRef, string>();
  let next = 0;

  async function open(): Promise<FileSystemDirectoryHandle> {
    const root = await navigator.storage.getDirectory();
    const all = await root.getDirectoryHandle(FOLDER, { create: true });
    // Sessions of tabs that are gone: each open tab holds a lock of its name.
    await navigator.locks.request(`loupe-spill-sweep`, async () => {
      const held = new Set((await navigator.locks.query()).held?.map((lock) => lock.name));
      for await (const name of all.keys())
        if (!held.has(`loupe-spill-${name}`)) await all.removeEntry(name, { recursive: true });
      // Held before the next sweep looks, or it would take our folder for that of a tab that is gone.
      await new Promise<void>((resolve) => {
        void navigator.locks.request(`loupe-spill-${session}`, () => {
          resolve();
          return new Promise<never>(() => undefined);
        });
      });
    });
    return all.getDirectoryHandle(session, { create: true });
  }

  /** What cannot be removed now is removed with the folder, by a later tab. */
  async function remove(name: string): Promise<void> {
    await (await folder)?.removeEntry(name).catch((error: unknown) => {
      if (!(error instanceof DOMException)) throw error;
    });
  }

  return {
    async put(bytes) {
      const name = `segment-${next++}`;
      try {
        folder ??= open().catch((error: unknown) => {
          folder = undefined;
          throw error;
        });
        const handle = await (await folder).getFileHandle(name, { create: true });
        const access = await (handle as unknown as WithSyncAccess).createSyncAccessHandle();
        try {
          for (let at = 0; at < bytes.length; ) {
            const written = access.write(bytes.subarray(at), { at });
            if (written === 0) throw new DOMException('nothing was written', 'QuotaExceededError');
            at += written;
          }
          access.flush();
        } finally {
          access.close();
        }
        const ref: BytesRef = { kind: 'blob', blob: await handle.getFile(), size: bytes.length };
        names.set(ref, name);
        return ref;
      } catch (cause) {
        if (folder !== undefined) await remove(name); // half a segment would keep the disk full
        throw new Fault('storage-full', `no room to unpack: ${bytes.length} bytes could not be kept`, { cause });
      }
    },
    async drop(ref) {
      const name = names.get(ref);
      if (name === undefined || folder === undefined) return;
      names.delete(ref);
      await remove(name);
    },
  };
}
