/** Message shapes: `Job {hex16} done, rows={size}` compiled once, written with fresh values each time. */

/** @typedef {import('./byte-writer.mjs').ByteWriter} ByteWriter */
/** @typedef {import('./random.mjs').Random} Random */

/** What may stand in braces. @type {Record<string, (out: ByteWriter, random: Random) => void>} */
const SLOTS = {
  id: (out, random) => out.number(random.below(100_000)),
  octet: (out, random) => out.number(random.below(256)),
  ms: (out, random) => out.number(random.below(3000)),
  size: (out, random) => out.number(100 + random.below(99_999_900)),
  hex8: (out, random) => out.hex(random.bits(), 8),
  hex16(out, random) {
    out.hex(random.bits(), 8);
    out.hex(random.bits(), 8);
  },
  ip(out, random) {
    const bits = random.bits();
    out.byte(49);
    out.byte(48);
    out.byte(46);
    out.number(bits & 255);
    out.byte(46);
    out.number((bits >>> 8) & 255);
    out.byte(46);
    out.number((bits >>> 16) & 255);
  },
  /** A block number as HDFS writes it: up to 19 digits, half of them negative. */
  block(out, random) {
    if (random.chance(0.5)) out.byte(45);
    out.number(1 + random.below(999_999_999));
    out.digits(random.below(1_000_000_000), 9);
  },
  uuid(out, random) {
    out.hex(random.bits(), 8);
    out.byte(45);
    const middle = random.bits();
    out.hex(middle >>> 16, 4);
    out.byte(45);
    out.byte(52);
    out.hex(middle, 3);
    out.byte(45);
    out.byte(97);
    out.hex(random.bits(), 3);
    out.byte(45);
    out.hex(random.bits(), 8);
    out.hex(random.bits(), 4);
  },
};

/**
 * @param {string} shape  text with {slots}
 * @returns {(out: ByteWriter, random: Random) => void}
 */
export function compileMessage(shape) {
  const parts = shape.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return Buffer.from(part);
    const slot = SLOTS[part];
    if (!slot) throw new Error(`${shape}: there is no slot {${part}}`);
    return slot;
  });
  return (out, random) => {
    for (const part of parts) {
      if (typeof part === 'function') part(out, random);
      else out.text(part);
    }
  };
}
