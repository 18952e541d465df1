/**
 * Finding a needle, and the records that hold it.
 *
 *   for each position: if the needle stands there, it is found
 *   markMatches: find; set the bit of the record it lies in; go on at the next record
 *   markMatchesWithin: for each record of a set, find in its text; set its bit
 *
 * The real code looks at two bytes of the needle only, the two rarest in logs, at their places, for 64 positions a step;
 * where both agree it compares the whole needle, 16 bytes at a time. Positions are tried in order, so the first found is
 * the first there is. A step may load up to 63 bytes past `end`: positions behind the last one that leaves room for the
 * needle are refused, and a comparison masks off what lies past the needle.
 *
 * Without case: a letter of the needle (given in lower case) is compared after OR 0x20 on the text, any other byte as it
 * is. `x | 0x20` equals a lower-case letter only for that letter in either case, so this is exact: '@' is not taken for
 * '`', nor '[' for '{', as it would be if all bytes were folded.
 *
 * Marking restarts at the next record's start after each hit, also after one that reaches past its record's end: a later
 * one in the same record would reach past it too. Hits ascend, so the record of a hit is found by walking the offsets,
 * doubling the stride when hits are far apart.
 */

import { join64 } from './scan';

const NEWLINE: u32 = 0x0a;
const RETURN: u32 = 0x0d;
const CASE_BIT: u8 = 0x20;

/** Records walked one by one before the stride begins to double. */
const WALK: u32 = 4;

const NONE: usize = usize.MAX_VALUE;

/**
 * How common a byte is in logs: 8 × log2(1 + parts per million), the mean over eight public logs of Android, Apache httpd,
 * Hadoop, HealthApp, macOS, Proxifier, Thunderbird and ZooKeeper (2026-11). By hand: tab, quotes and braces are higher than
 * there (JSON logs), lead bytes of UTF-8 above continuations, both below letters. It only steers speed.
 */
const COMMONNESS = memory.data<u8>([
  60, 0, 0, 0, 0, 0, 0, 0, 0, 70, 103, 0, 0, 102, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 35, 0, 0, 0, 0,
  131, 38, 115, 94, 75, 35, 40, 62, 91, 91, 85, 34, 108, 111, 116, 105,
  125, 123, 120, 114, 113, 114, 111, 112, 110, 108, 119, 61, 65, 97, 61, 26,
  86, 96, 86, 99, 95, 91, 88, 65, 82, 93, 78, 78, 88, 95, 95, 87,
  92, 79, 97, 105, 95, 79, 76, 93, 42, 48, 51, 104, 50, 104, 0, 100,
  0, 120, 101, 117, 115, 127, 99, 104, 109, 118, 83, 105, 113, 109, 120, 122,
  110, 76, 122, 117, 122, 111, 101, 98, 100, 102, 67, 85, 96, 85, 0, 0,
  40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40,
  40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40,
  40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40,
  40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40,
  0, 0, 55, 70, 55, 55, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50,
  70, 70, 55, 55, 50, 50, 50, 60, 60, 60, 50, 50, 50, 50, 50, 50,
  60, 60, 65, 65, 65, 65, 65, 65, 65, 65, 60, 60, 60, 60, 50, 50,
  50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

function isLetter(lower: u32): bool {
  return lower - 0x61 < 26;
}

function commonness(byte: u32, folded: bool): u32 {
  const here = u32(load<u8>(COMMONNESS + usize(byte)));
  return folded && isLetter(byte) ? max(here, u32(load<u8>(COMMONNESS + usize(byte - 0x20)))) : here;
}

/** The place of the needle's rarest byte, leaving out the place `except` and, where another is to be had, its byte. */
function rarestPlace(needle: usize, length: usize, folded: bool, except: usize): usize {
  const avoid: u32 = except == NONE ? 256 : u32(load<u8>(needle + except));
  let best: usize = NONE;
  let least: u32 = u32.MAX_VALUE;
  for (let place: usize = 0; place < length; place++) {
    if (place == except) continue;
    const byte = u32(load<u8>(needle + place));
    const here = commonness(byte, folded) + (byte == avoid ? 256 : 0);
    if (here < least) {
      least = here;
      best = place;
    }
  }
  return best;
}

/** What to OR the text with before it is compared with `needle`: the case bit where the needle has a letter. */
function foldFor(needle: v128, caseBit: v128): v128 {
  return v128.and(i8x16.lt_u(i8x16.sub(needle, i8x16.splat(0x61)), i8x16.splat(26)), caseBit);
}

function standsAt(at: usize, needle: usize, length: usize, caseBit: v128): bool {
  for (let done: usize = 0; done < length; done += 16) {
    const wanted = v128.load(needle + done);
    const seen = v128.or(v128.load(at + done), foldFor(wanted, caseBit));
    const rest = length - done;
    const mask: u32 = rest >= 16 ? 0xffff : (1 << u32(rest)) - 1;
    if (u32(i8x16.bitmask(i8x16.ne(seen, wanted))) & mask) return false;
  }
  return true;
}

/**
 * First position in [from, last] where the needle stands, or NONE. `rare`, `other`: the needle's two rarest bytes in every
 * lane, `rareAt`, `otherAt` their places, `rareFold`, `otherFold` what to OR the text with before comparing.
 */
function search(
  from: usize, last: usize, needle: usize, length: usize, caseBit: v128,
  rareAt: usize, rare: v128, rareFold: v128, otherAt: usize, other: v128, otherFold: v128,
): usize {
  for (let at = from; at <= last; at += 64) {
    const a = at + rareAt;
    const b = at + otherAt;
    const first = v128.and(
      i8x16.eq(v128.or(v128.load(a), rareFold), rare),
      i8x16.eq(v128.or(v128.load(b), otherFold), other),
    );
    const second = v128.and(
      i8x16.eq(v128.or(v128.load(a, 16), rareFold), rare),
      i8x16.eq(v128.or(v128.load(b, 16), otherFold), other),
    );
    const third = v128.and(
      i8x16.eq(v128.or(v128.load(a, 32), rareFold), rare),
      i8x16.eq(v128.or(v128.load(b, 32), otherFold), other),
    );
    const fourth = v128.and(
      i8x16.eq(v128.or(v128.load(a, 48), rareFold), rare),
      i8x16.eq(v128.or(v128.load(b, 48), otherFold), other),
    );
    if (!v128.any_true(v128.or(v128.or(first, second), v128.or(third, fourth)))) continue;

    let bits = join64(i8x16.bitmask(first), i8x16.bitmask(second), i8x16.bitmask(third), i8x16.bitmask(fourth));
    do {
      const found = at + usize(ctz(bits));
      if (found > last) return NONE;
      if (standsAt(found, needle, length, caseBit)) return found;
      bits &= bits - 1;
    } while (bits);
  }
  return NONE;
}

function find(start: usize, end: usize, needle: usize, length: usize, folded: bool): usize {
  if (end - start < length) return NONE;
  const caseBit = i8x16.splat(folded ? CASE_BIT : 0);
  const rareAt = rarestPlace(needle, length, folded, NONE);
  const otherAt = length > 1 ? rarestPlace(needle, length, folded, rareAt) : rareAt;
  const rare = i8x16.splat(load<u8>(needle + rareAt));
  const other = i8x16.splat(load<u8>(needle + otherAt));
  return search(
    start, end - length, needle, length, caseBit,
    rareAt, rare, foldFor(rare, caseBit), otherAt, other, foldFor(other, caseBit),
  );
}

export function findExact(start: usize, end: usize, needle: usize, length: usize): usize {
  return find(start, end, needle, length, false);
}

export function findFolded(start: usize, end: usize, needle: usize, length: usize): usize {
  return find(start, end, needle, length, true);
}

/** The last record in [from, count) that starts at or before `place`; that of `from` does. */
function recordAt(offsets: usize, count: u32, from: u32, place: u32): u32 {
  let low = from;
  for (let step: u32 = 0; step < WALK; step++) {
    if (low + 1 >= count || load<u32>(offsets + (usize(low + 1) << 2)) > place) return low;
    low++;
  }
  let stride: u32 = 1;
  while (low + stride < count && load<u32>(offsets + (usize(low + stride) << 2)) <= place) {
    low += stride;
    stride <<= 1;
  }
  // It lies in [low, low + stride).
  let high = min(low + stride, count);
  while (high - low > 1) {
    const middle = low + ((high - low) >> 1);
    if (load<u32>(offsets + (usize(middle) << 2)) <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** Where the text of a record [start, end) ends: before its line end, if it has one (\n, \r\n or \r). */
function textEnd(bytes: usize, start: u32, end: u32): u32 {
  if (end > start && u32(load<u8>(bytes + usize(end) - 1)) == NEWLINE) end--;
  if (end > start && u32(load<u8>(bytes + usize(end) - 1)) == RETURN) end--;
  return end;
}

export function markMatches(
  bytes: usize, bytesEnd: u32, offsets: usize, count: u32, needle: usize, length: u32, folded: u32, bits: usize,
): u32 {
  if (count == 0 || bytesEnd < length) return 0;
  const isFolded = folded != 0;
  const caseBit = i8x16.splat(isFolded ? CASE_BIT : 0);
  const rareAt = rarestPlace(needle, length, isFolded, NONE);
  const otherAt = length > 1 ? rarestPlace(needle, length, isFolded, rareAt) : rareAt;
  const rare = i8x16.splat(load<u8>(needle + rareAt));
  const other = i8x16.splat(load<u8>(needle + otherAt));
  const rareFold = foldFor(rare, caseBit);
  const otherFold = foldFor(other, caseBit);

  const last = bytes + usize(bytesEnd - length);
  let marked: u32 = 0;
  let record: u32 = 0;
  let from = bytes + usize(load<u32>(offsets));
  while (from <= last) {
    const found = search(from, last, needle, length, caseBit, rareAt, rare, rareFold, otherAt, other, otherFold);
    if (found == NONE) break;
    const place = u32(found - bytes);
    record = recordAt(offsets, count, record, place);
    const next = record + 1 < count ? load<u32>(offsets + (usize(record + 1) << 2)) : bytesEnd;
    // Two bytes of room for the line end make looking at it needless.
    if (place + length + 2 <= next || place + length <= textEnd(bytes, load<u32>(offsets + (usize(record) << 2)), next)) {
      const word = bits + (usize(record >> 5) << 2);
      const bit: u32 = 1 << (record & 31);
      const set = load<u32>(word);
      marked += u32((set & bit) == 0);
      store<u32>(word, set | bit);
    }
    from = bytes + usize(next);
  }
  return marked;
}

export function markMatchesWithin(
  bytes: usize, bytesEnd: u32, offsets: usize, count: u32, needle: usize, length: u32, folded: u32, within: usize, bits: usize,
): u32 {
  const isFolded = folded != 0;
  const caseBit = i8x16.splat(isFolded ? CASE_BIT : 0);
  const rareAt = rarestPlace(needle, length, isFolded, NONE);
  const otherAt = length > 1 ? rarestPlace(needle, length, isFolded, rareAt) : rareAt;
  const rare = i8x16.splat(load<u8>(needle + rareAt));
  const other = i8x16.splat(load<u8>(needle + otherAt));
  const rareFold = foldFor(rare, caseBit);
  const otherFold = foldFor(other, caseBit);

  let marked: u32 = 0;
  for (let first: u32 = 0; first < count; first += 32) {
    const place = usize(first >> 5) << 2;
    let left = load<u32>(within + place);
    let set = load<u32>(bits + place);
    while (left != 0) {
      const record = first + u32(ctz(left));
      left &= left - 1;
      if (record >= count) break;
      const start = load<u32>(offsets + (usize(record) << 2));
      const next = record + 1 < count ? load<u32>(offsets + (usize(record + 1) << 2)) : bytesEnd;
      const end = textEnd(bytes, start, next);
      if (end - start < length) continue;
      const from = bytes + usize(start);
      const last = bytes + usize(end - length);
      if (search(from, last, needle, length, caseBit, rareAt, rare, rareFold, otherAt, other, otherFold) == NONE) continue;
      const bit: u32 = 1 << (record & 31);
      marked += u32((set & bit) == 0);
      set |= bit;
    }
    store<u32>(bits + place, set);
  }
  return marked;
}
