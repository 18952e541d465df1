/**
 * The logs that the benchmarks read: generated once into a cache folder outside the project, used again while their size and
 * the version of the generators stay the same.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAccessLog } from './access-log.mjs';
import { createAppLog } from './app-log.mjs';
import { ByteWriter } from './byte-writer.mjs';
import { createHard } from './hard.mjs';
import { createJsonLines } from './json-lines.mjs';
import { writeShiftedCopies } from './shifted-copies.mjs';

/** Raise it when a generator writes other bytes than before. */
const GENERATOR_VERSION = 1;
const MIB = 1024 * 1024;

/** By name: makes a function that writes one record. */
const GENERATORS = {
  'app-log': createAppLog,
  'json-lines': createJsonLines,
  'access-log': createAccessLog,
  hard: createHard,
};

/** @typedef {keyof typeof GENERATORS} CorpusName */
export const CORPUS_NAMES = /** @type {CorpusName[]} */ (Object.keys(GENERATORS));

export const corporaFolder = () => process.env.LOUPE_CORPORA || join(tmpdir(), 'loupe-corpora');

/**
 * @param {CorpusName} name
 * @param {number} mib  the file is as long as whole records allow without exceeding it
 * @returns {string} the path of the file, made now if it was not there
 */
export function ensureCorpus(name, mib) {
  return ensureFile(`${name}-${mib}`, (path) => {
    const out = new ByteWriter(path);
    const writeRecord = GENERATORS[name](out);
    for (;;) {
      const sizeBefore = out.size;
      writeRecord();
      if (out.size > mib * MIB) {
        out.cutTo(sizeBefore);
        break;
      }
      out.flushIfFull();
    }
    out.close();
  });
}

/**
 * The application log `copies` times, each copy's dates after those of the copy before.
 *
 * @param {number} copies
 * @param {number} mib  of one copy
 */
export function ensureShiftedCopies(copies, mib) {
  return ensureFile(`app-log-${mib}x${copies}`, (path) =>
    writeShiftedCopies(ensureCorpus('app-log', mib), path, copies),
  );
}

/**
 * @param {string} name
 * @param {(path: string) => void} write
 */
function ensureFile(name, write) {
  mkdirSync(corporaFolder(), { recursive: true });
  const path = join(corporaFolder(), `${name}.log`);
  const stampPath = join(corporaFolder(), `${name}.json`);
  if (isCurrent(path, stampPath)) return path;

  const startMs = performance.now();
  const partial = `${path}.${process.pid}.part`;
  try {
    write(partial);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
  const { size } = statSync(path);
  writeFileSync(stampPath, JSON.stringify({ version: GENERATOR_VERSION, size }));
  const seconds = (performance.now() - startMs) / 1000;
  console.error(`Wrote ${path}: ${(size / MIB).toFixed(0)} MiB in ${seconds.toFixed(1)} s`);
  return path;
}

/**
 * @param {string} path
 * @param {string} stampPath
 */
function isCurrent(path, stampPath) {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined || !statSync(stampPath, { throwIfNoEntry: false })) return false;
  const stamp = JSON.parse(readFileSync(stampPath, 'utf8'));
  return stamp.version === GENERATOR_VERSION && stamp.size === size;
}
