/** Compiles the engine's kernels, AssemblyScript to WebAssembly, when their sources are newer than the last result. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { ensureInstalled } from './install.mjs';
import { at, filesBelow, isProgram, newestMs, runTool } from './project.mjs';

const SOURCES = 'src/engine/kernels/assembly';
const ENTRY = `${SOURCES}/entry.ts`;
const RESULT = 'src/engine/kernels/kernels.wasm';

// The memory is the shard worker's and handed in; bulk-memory (memory.copy, memory.fill) is on by default in asc.
// 65,536 pages of 64 KiB are the 4 GiB a 32-bit memory can have. Memory is not shared: the app runs without COOP/COEP.
const FLAGS =
  '-O3 --noAssert --enable simd --runtime stub --importMemory --noExportMemory --initialMemory 1 --maximumMemory 65536';

export function areKernelsStale() {
  const sources = [...filesBelow(at(SOURCES)), fileURLToPath(import.meta.url)];
  return newestMs([at(RESULT)]) < newestMs(sources);
}

/** @throws Error when there is no entry file, or asc refuses it, after saying why on stderr */
export async function ensureKernels() {
  if (!existsSync(at(ENTRY))) throw new Error(`kernels: ${ENTRY} is missing, so there is nothing to compile`);
  if (!areKernelsStale()) return;

  // Renamed into place: whoever reads meanwhile (a dev server, a second script) never sees half a file.
  const partial = `${RESULT}.${process.pid}.part`;
  const startMs = performance.now();
  // A process of its own: importing asc would bring its global declarations (a poorer `console`) into our types.
  const args = [ENTRY, '--outFile', partial, ...FLAGS.split(' ')];
  if ((await runTool('assemblyscript/bin/asc.js', args, { toStderr: true })) !== 0) {
    rmSync(at(partial), { force: true });
    throw new Error('kernels: asc refused the sources, see above');
  }
  renameSync(at(partial), at(RESULT));
  console.error(`kernels: compiled in ${Math.round(performance.now() - startMs)} ms`);
}

/** vitest's globalSetup: a bare `vitest` finds fresh kernels too. */
export const setup = ensureKernels;

if (isProgram(import.meta.url)) {
  await ensureInstalled();
  await ensureKernels().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
