/** A folder for what does not fit into memory: pipes and unpacked data. Gone when the program ends, however it ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BytesRef } from '../src/engine/source/byte-source';
import { toFault } from './path-source';

export interface TempFolder {
  /** A path in the folder that nobody has yet. The folder itself is made with the first. */
  newPath(): string;
  put(bytes: Uint8Array): Promise<BytesRef>;
  drop(ref: BytesRef): Promise<void>;
  /** Synchronous, so that it can run while the process exits. */
  remove(): void;
}

/** @param parent  where the folder is made; absent: the system's place for such */
export function createTempFolder(parent = tmpdir()): TempFolder {
  let folder: string | undefined;
  let fileCount = 0;

  function newPath(): string {
    try {
      folder ??= mkdtempSync(join(parent, 'loupe-'));
    } catch (error) {
      throw toFault(error, parent);
    }
    fileCount += 1;
    return join(folder, String(fileCount));
  }

  return {
    newPath,
    async put(bytes) {
      const path = newPath();
      try {
        await writeFile(path, bytes);
      } catch (error) {
        await rm(path, { force: true }); // half a segment would keep the disk full
        throw toFault(error, path);
      }
      return { kind: 'path', path, size: bytes.byteLength };
    },
    async drop(ref) {
      if (ref.kind === 'path') await rm(ref.path, { force: true });
    },
    remove() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}
