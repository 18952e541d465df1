/** Whether the file behind a source can still be read as it was when it was opened. */
import { Fault } from '../base/fault';

/** Why a file can no longer be read as it was when it was opened; null when it can. Any read of a changed file fails. */
export async function findFileFault({ name, blob }: { name: string; blob: Blob }): Promise<Fault | null> {
  try {
    await blob.slice(0, 1).arrayBuffer();
    return null;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return error.name === 'NotFoundError'
      ? new Fault('file-vanished', `${name} is no longer there`, { cause: error })
      : new Fault('file-changed', `${name} changed on disk after it was opened`, { cause: error });
  }
}

/** @throws Fault `file-vanished`, `file-unreadable` */
export async function readHandle(handle: FileSystemFileHandle): Promise<File> {
  try {
    return await handle.getFile();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    const code = error.name === 'NotFoundError' ? 'file-vanished' : 'file-unreadable';
    throw new Fault(code, error.message, { cause: error });
  }
}

/** A source's file is not what it was, or not there. */
export function isFileFault({ code }: Fault): boolean {
  return code === 'file-changed' || code === 'file-vanished' || code === 'file-unreadable';
}
