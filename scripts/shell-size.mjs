/**
 * What has to arrive before the page is there: index.html and everything it imports without being asked, packed as a host
 * would pack it. What is fetched later (dialogs, workers, samples) is not counted.
 *
 *     node scripts/shell-size.mjs      prints each file and the sum; fails above the limit
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

import { at, isProgram } from './project.mjs';

/** Bytes after brotli (quality 11). */
export const SHELL_LIMIT = 120_000;

//                 ┌ import or export, not import(      ┌ names …           ┌ a file beside it
const STATIC = /(?:^|[\s;}])(?:import|export)(?:\s*(?:[\w$*\s{},]+?)\s*from)?\s*["'](\.{1,2}\/[^"']+)["']/g;
const LINKED = /<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"/g;

/** Paths a built file imports when it is loaded. @param {string} text */
export function staticImports(text) {
  return [...text.matchAll(STATIC)].map((match) => match[1] ?? '');
}

/** Scripts and styles that a page loads. @param {string} html */
export function linkedFiles(html) {
  return [...html.matchAll(LINKED)].map((match) => match[1] ?? '');
}

/**
 * @param {string} folder  of the built app
 * @returns {{ file: string, bytes: number, packedBytes: number }[]} each file once, the page first
 */
export function measureShell(folder) {
  const page = join(folder, 'index.html');
  /** @type {Map<string, Buffer>} */
  const found = new Map([[page, readFileSync(page)]]);
  const open = linkedFiles(String(found.get(page))).map((path) => join(folder, path));
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    const bytes = readFileSync(path);
    found.set(path, bytes);
    if (path.endsWith('.js')) for (const next of staticImports(String(bytes))) open.push(join(dirname(path), next));
  }
  return [...found].map(([path, bytes]) => ({
    file: relative(folder, path),
    bytes: bytes.length,
    packedBytes: brotliCompressSync(bytes).length,
  }));
}

/** Prints the figures. @returns {boolean} whether the shell is within its limit */
export function checkShellSize() {
  const files = measureShell(at('dist/app'));
  for (const { file, bytes, packedBytes } of files)
    console.log(`${String(packedBytes).padStart(8)} of ${bytes}  ${file}`);
  const sum = files.reduce((total, { packedBytes }) => total + packedBytes, 0);
  const isWithin = sum <= SHELL_LIMIT;
  console.log(
    `Shell: ${(sum / 1000).toFixed(1)} kB after brotli, limit ${SHELL_LIMIT / 1000} kB${isWithin ? '' : ': too much'}`,
  );
  return isWithin;
}

if (isProgram(import.meta.url) && !checkShellSize()) process.exitCode = 1;
