/** The origin's private file system in memory: as much of it as Loupe uses, with its locks and its errors. */

interface FakeFile {
  bytes: Uint8Array;
  /** Handles that are open; any number of readers, or one writer. */
  readers: number;
  isWritten: boolean;
}

export class FakeFolder {
  readonly folders = new Map<string, FakeFolder>();
  readonly files = new Map<string, FakeFile>();
  /** Bytes that may be written from now on. */
  static room = Number.POSITIVE_INFINITY;
  /** What files that are opened wait for. */
  static delay: Promise<void> = Promise.resolve();

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeFolder> {
    const found = this.folders.get(name);
    if (found !== undefined) return found;
    if (!create) throw new DOMException(name, 'NotFoundError');
    const made = new FakeFolder();
    this.folders.set(name, made);
    return made;
  }

  async getFileHandle(name: string, { create = false } = {}) {
    let file = this.files.get(name);
    if (file === undefined) {
      if (!create) throw new DOMException(name, 'NotFoundError');
      file = { bytes: new Uint8Array(0), readers: 0, isWritten: false };
      this.files.set(name, file);
    }
    const found = file;
    return {
      async createSyncAccessHandle(options?: { mode?: string }) {
        await FakeFolder.delay;
        return openAccess(found, options?.mode);
      },
    };
  }

  async removeEntry(name: string): Promise<void> {
    const folder = this.folders.get(name);
    if (folder === undefined) throw new DOMException(name, 'NotFoundError');
    if (folder.isBusy()) throw new DOMException(name, 'NoModificationAllowedError');
    this.folders.delete(name);
  }

  private isBusy(): boolean {
    const isOpen = [...this.files.values()].some((file) => file.readers > 0 || file.isWritten);
    return isOpen || [...this.folders.values()].some((folder) => folder.isBusy());
  }

  readonly kind = 'directory';

  async *values(): AsyncGenerator<unknown> {
    yield* this.folders.values();
    for (const { bytes } of this.files.values()) yield { kind: 'file', getFile: async () => ({ size: bytes.length }) };
  }

  async *keys(): AsyncGenerator<string> {
    yield* this.folders.keys();
    yield* this.files.keys();
  }
}

function openAccess(file: FakeFile, mode = 'readwrite') {
  const isReading = mode === 'read-only';
  if (file.isWritten || (!isReading && file.readers > 0)) throw new DOMException('', 'NoModificationAllowedError');
  if (isReading) file.readers++;
  else file.isWritten = true;
  return {
    getSize: () => file.bytes.length,
    read(into: Uint8Array, { at }: { at: number }): number {
      const found = file.bytes.subarray(at, at + into.length);
      into.set(found);
      return found.length;
    },
    write(bytes: Uint8Array, { at }: { at: number }): number {
      const written = bytes.subarray(0, FakeFolder.room);
      FakeFolder.room -= written.length;
      const grown = new Uint8Array(Math.max(file.bytes.length, at + written.length));
      grown.set(file.bytes);
      grown.set(written, at);
      file.bytes = grown;
      return written.length;
    },
    truncate(size: number): void {
      file.bytes = file.bytes.slice(0, size);
    },
    close(): void {
      if (isReading) file.readers--;
      else file.isWritten = false;
    },
  };
}
