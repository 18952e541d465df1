/** From what was typed as FILE to what the engine opens. */
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Fault } from '../src/base/fault';
import type { SourceInput } from '../src/engine/api';
import { identityOf, toFault } from './path-source';
import type { TempFolder } from './temp-folder';

export const STDIN_NAME = '(stdin)';

export interface InputOptions {
  readonly stdin: Readable;
  readonly temp: TempFolder;
  readonly format: string | undefined;
  readonly encoding: string | undefined;
  readonly zone: string | undefined;
  /** Bytes read so far from a pipe. */
  onPiped(name: string, bytes: number): void;
}

/**
 * A file as it is; what can be read only once (a pipe, `<(command)`, a device) is kept in a temporary file first, for the
 * engine reads where it wants and again.
 *
 * @param file  a path, or `-` for standard input
 * @throws Fault `file-vanished`, `file-unreadable`, `storage-full`
 */
export async function readInput(file: string, options: InputOptions): Promise<SourceInput> {
  const rest = {
    ...(options.format === undefined ? {} : { format: options.format }),
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    ...(options.zone === undefined ? {} : { zone: options.zone }),
  };
  if (file === '-') return { name: STDIN_NAME, ...(await keep(options.stdin, STDIN_NAME, options)), ...rest };
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) throw new Fault('file-unreadable', 'it is a folder');
    // A size of 0 may be the truth, or a file of /proc, which has none.
    if (!stats.isFile() || stats.size === 0)
      return { name: file, ...(await keep(createReadStream(file), file, options)), ...rest };
    return {
      name: file,
      bytes: { kind: 'path', path: file, size: stats.size, identity: identityOf(stats) },
      lastModified: Math.floor(stats.mtimeMs),
      ...rest,
    };
  } catch (error) {
    throw toFault(error, file);
  }
}

async function keep(
  stream: Readable,
  name: string,
  options: InputOptions,
): Promise<Pick<SourceInput, 'bytes' | 'lastModified'>> {
  const path = options.temp.newPath();
  const target = createWriteStream(path);
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    options.onPiped(name, size);
  });
  try {
    await pipeline(stream, target);
  } catch (error) {
    throw toFault(error, name);
  }
  return { bytes: { kind: 'path', path, size }, lastModified: Date.now() };
}
