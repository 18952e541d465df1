/**
 * The floor for opening a file: workers read their parts of it and, for the resident read, copy the bytes into their
 * WebAssembly memories. Nothing looks at the bytes.
 */

/**
 * @typedef {object} ReadOptions
 * @property {number} workerCount  the file is divided evenly among them
 * @property {number} sliceBytes
 * @property {number} inFlight     reads under way at a time, per worker
 * @property {boolean} isResident  copy the bytes into WebAssembly memory; otherwise they are dropped
 * @property {'byob' | 'slice' | 'reader-sync'} method  a stream of a slice into a buffer of ours, or slices in one piece
 */

/** @returns {Promise<MessageEvent>} the next message */
const nextMessage = (worker) =>
  new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = (event) => reject(new Error(event.message));
  });

/** @type {Worker[]} */
let workers = [];

/** Starts the workers and waits until each has run, as the app's are before it is given a file. */
async function prepare(workerCount) {
  workers = Array.from({ length: workerCount }, () => new Worker('resident-read.worker.mjs', { type: 'module' }));
  await Promise.all(workers.map(nextMessage));
}

/**
 * @param {ReadOptions} options
 * @returns {Promise<{ elapsedMs: number, bytes: number, readMs: number, copyMs: number }>} the last two summed over workers
 */
async function read(options) {
  const file = document.querySelector('#file').files[0];
  const startMs = performance.now();
  const partBytes = Math.ceil(file.size / workers.length);
  const parts = workers.map((worker, i) => {
    const answer = nextMessage(worker);
    const start = i * partBytes;
    worker.postMessage({ ...options, file, start, end: Math.min(start + partBytes, file.size) });
    return answer;
  });
  const results = (await Promise.all(parts)).map((event) => event.data);
  const elapsedMs = performance.now() - startMs;
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  if (sum('bytes') !== file.size) throw new Error(`read ${sum('bytes')} of ${file.size} bytes`);
  return { elapsedMs, bytes: file.size, readMs: sum('readMs'), copyMs: sum('copyMs') };
}

globalThis.residentRead = { prepare, read };
