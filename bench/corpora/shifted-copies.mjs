/** Bigger corpora: the application log again and again, each copy some days later, every line as long as before. */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 8 * 1024 * 1024;
const DATE_BYTES = 10;
const DAY_MS = 86_400_000;
const NEWLINE = 10;

/**
 * @param {number} file      an open file whose every line begins with `yyyy-MM-dd`
 * @param {number} position  of a line's first byte
 */
function dateAt(file, position) {
  const date = Buffer.alloc(DATE_BYTES);
  readSync(file, date, 0, DATE_BYTES, position);
  return date.toString('latin1');
}

/** The date of the last line: the byte after the last newline but one. @param {number} file */
function lastDate(file) {
  const { size } = fstatSync(file);
  const tail = Buffer.alloc(Math.min(size, 4096));
  readSync(file, tail, 0, tail.length, size - tail.length);
  return tail.toString('latin1', tail.lastIndexOf(NEWLINE, tail.length - 2) + 1).slice(0, DATE_BYTES);
}

/** @param {string} date  `yyyy-MM-dd` */
const toDay = (date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/**
 * @param {string} from   the file to copy; every line begins with `yyyy-MM-dd`
 * @param {string} to     made or emptied
 * @param {number} copies
 */
export function writeShiftedCopies(from, to, copies) {
  const input = openSync(from, 'r');
  const output = openSync(to, 'w');
  const firstDay = toDay(dateAt(input, 0));
  const daysPerCopy = toDay(lastDate(input)) - firstDay + 1;
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);

  for (let copy = 0; copy < copies; copy++) {
    /** Few dates, many lines: by the last two digits of the day, the shifted date. @type {Map<number, Uint8Array>} */
    const shifted = new Map();
    const shiftDate = (/** @type {number} */ at) => {
      const key = chunk.readUInt16LE(at + 8) + chunk.readUInt16LE(at + 5) * 65536;
      let date = shifted.get(key);
      if (!date) {
        const day = toDay(chunk.toString('latin1', at, at + DATE_BYTES)) + copy * daysPerCopy;
        date = Buffer.from(new Date(day * DAY_MS).toISOString().slice(0, DATE_BYTES));
        shifted.set(key, date);
      }
      chunk.set(date, at);
    };

    for (let position = 0; ; ) {
      const read = readSync(input, chunk, 0, CHUNK_BYTES, position);
      if (read === 0) break;
      // Whole lines only: the rest is read again as the head of the next chunk.
      const end = chunk.lastIndexOf(NEWLINE, read - 1) + 1;
      if (end === 0) throw new Error(`${from}: a line over ${CHUNK_BYTES} bytes at ${position}`);
      for (let line = 0; line < end; line = chunk.indexOf(NEWLINE, line) + 1) shiftDate(line);
      for (let done = 0; done < end; ) done += writeSync(output, chunk, done, end - done);
      position += end;
    }
  }
  closeSync(input);
  closeSync(output);
}
