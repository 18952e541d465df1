/** Builds a file in memory a few MiB at a time and writes it out: bytes, not strings, so that 1 GB takes seconds. */
import { closeSync, openSync, writeSync } from 'node:fs';

const FLUSH_BYTES = 8 * 1024 * 1024;
/** The longest record a generator may make between two flushes; the hard corpus has lines of 1 MB. */
const SLACK_BYTES = 4 * 1024 * 1024;

export class ByteWriter {
  #file;
  #flushedBytes = 0;
  /** Everything before `length` is pending. Generators write through the methods only. */
  bytes = Buffer.allocUnsafe(FLUSH_BYTES + SLACK_BYTES);
  length = 0;

  /** @param {string} path  made or emptied */
  constructor(path) {
    this.#file = openSync(path, 'w');
  }

  /** Bytes of the file so far, pending ones included. */
  get size() {
    return this.#flushedBytes + this.length;
  }

  /**
   * Takes back what was written since the file had `size` bytes.
   *
   * @param {number} size
   * @throws Error when some of that was flushed already
   */
  cutTo(size) {
    if (size < this.#flushedBytes) throw new Error(`cannot take back ${size}: ${this.#flushedBytes} are on disk`);
    this.length = size - this.#flushedBytes;
  }

  flushIfFull() {
    if (this.length >= FLUSH_BYTES) this.#flush();
  }

  close() {
    this.#flush();
    closeSync(this.#file);
  }

  #flush() {
    for (let done = 0; done < this.length; ) done += writeSync(this.#file, this.bytes, done, this.length - done);
    this.#flushedBytes += this.length;
    this.length = 0;
  }

  /** @param {number} value  0..255 */
  byte(value) {
    this.bytes[this.length++] = value;
  }

  /** @param {Uint8Array} text  encoded once, written often; a loop beats `set` below some 100 bytes */
  text(text) {
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < text.length; i++) bytes[at++] = /** @type {number} */ (text[i]);
    this.length = at;
  }

  /** @param {number} value  a whole number ≥ 0 */
  number(value) {
    let width = 1;
    for (let limit = 10; value >= limit; limit *= 10) width++;
    this.digits(value, width);
  }

  /**
   * The last `width` decimal digits, zeros in front.
   *
   * @param {number} value  a whole number ≥ 0
   * @param {number} width
   */
  digits(value, width) {
    const { bytes } = this;
    let rest = value;
    for (let at = this.length + width - 1; at >= this.length; at--) {
      const next = Math.floor(rest / 10);
      bytes[at] = 48 + (rest - next * 10);
      rest = next;
    }
    this.length += width;
  }

  /**
   * The lowest hex digits of an unsigned 32-bit number.
   *
   * @param {number} value
   * @param {number} width  1..8
   */
  hex(value, width) {
    const { bytes } = this;
    for (let shift = (width - 1) * 4; shift >= 0; shift -= 4) {
      const digit = (value >>> shift) & 15;
      bytes[this.length++] = digit < 10 ? 48 + digit : 87 + digit;
    }
  }
}
