/** Memory of the browser's renderers, read from /proc. Linux only; elsewhere there is nothing to read. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';

export const canMeasureMemory = existsSync('/proc/self/status');

/** The text of a file under /proc, or undefined when its process is gone. */
function readProc(path) {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}

/** Process ids of all renderers that this process started, through however many processes between. */
export function rendererIds() {
  /** @type {Map<number, number[]>} children by parent */
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readProc(`${name}/stat`);
    if (stat === undefined) continue;
    // `pid (name) state ppid …`; the name may hold blanks and brackets.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [];
  const open = [process.pid];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    open.push(...(children.get(id) ?? []));
    if (readProc(`${id}/cmdline`)?.includes('--type=renderer')) found.push(id);
  }
  return found;
}

/** @returns {Record<string, number> | undefined} sizes in bytes by their names in /proc/<pid>/status; undefined: gone */
function readSizes(id) {
  const status = readProc(`${id}/status`);
  if (status === undefined) return undefined;
  return Object.fromEntries(
    [...status.matchAll(/^(Vm\w+|Rss\w+):\s+(\d+) kB$/gm)].map(([, name, kib]) => [name, Number(kib) * 1024]),
  );
}

/**
 * Watches all renderers of this process's browsers until `stop`.
 *
 * @returns {{ stop: () => MemoryPeaks }}
 *
 * @typedef {object} MemoryPeaks
 * @property {number} largestBytes    VmHWM of the largest renderer, which is the page's: peak RSS, shared libraries included
 * @property {number} highWaterBytes  VmHWM summed over all renderers, the browser's empty first page and its spare one too
 * @property {number} rssBytes        highest sum of VmRSS seen at one moment
 * @property {number} anonymousBytes  highest sum of RssAnon seen at one moment: without files mapped by every renderer
 */
export function watchRenderers(everyMs = 50) {
  /** @type {Map<number, number>} VmHWM by process */
  const highWater = new Map();
  let rssBytes = 0;
  let anonymousBytes = 0;
  const look = () => {
    let rss = 0;
    let anonymous = 0;
    for (const id of rendererIds()) {
      const sizes = readSizes(id);
      if (sizes === undefined || sizes.VmHWM === undefined) continue;
      highWater.set(id, sizes.VmHWM);
      rss += sizes.VmRSS ?? 0;
      anonymous += sizes.RssAnon ?? 0;
    }
    rssBytes = Math.max(rssBytes, rss);
    anonymousBytes = Math.max(anonymousBytes, anonymous);
  };
  look();
  const timer = setInterval(look, everyMs);
  return {
    stop() {
      clearInterval(timer);
      look();
      const peaks = [...highWater.values()];
      const highWaterBytes = peaks.reduce((sum, peak) => sum + peak, 0);
      return { largestBytes: Math.max(0, ...peaks), highWaterBytes, rssBytes, anonymousBytes };
    },
  };
}
