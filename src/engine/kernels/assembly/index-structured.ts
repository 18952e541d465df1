/** JSON objects and key=value lines of the format machine. See `portable/index-machine.ts`. */

import { KEY_LEVEL, KEY_MESSAGE } from '../index-layout';
import { levelOfValue, scanLevel } from './index-levels';
import { level, messageEnd, messageStart, run, setLevel, setMessage } from './index-machine';
import { hasTime, setHasTime } from './index-time';

let messageRank: u32 = 255;
let levelRank: u32 = 255;
let timeRank: u32 = 255;
let program: usize = 0;
let keys: usize = 0;
let timeProgram: usize = 0;

/** A bit for each length and first letter of the table's keys: most keys of a line are none of them, and stop here. */
let keySet: u64 = 0;
let keySetOf: usize = 0; // the table it was made from; 0: none

/** A program has come to the place of another. */
export function resetKeys(): void {
  keySetOf = 0;
}

// @ts-ignore: decorator
@inline
function keyBit(first: u32, length: usize): u64 {
  return <u64>1 << <u64>((first + <u32>length * 7) & 63);
}

function collectKeys(): void {
  keySet = 0;
  keySetOf = keys;
  for (let at = keys; load<u8>(at) != 0; at += 3 + <usize>load<u8>(at, 2)) keySet |= keyBit(load<u8>(at, 3), load<u8>(at, 2));
}

function begin(programAt: usize, keysAt: usize, timeProgramAt: usize): void {
  program = programAt;
  keys = keysAt;
  timeProgram = timeProgramAt;
  if (keySetOf != keys) collectKeys();
  messageRank = 255;
  levelRank = 255;
  timeRank = 255;
}

/** Position of the quote that closes a string whose inside begins at p, or 0; 16 bytes a step. */
export function closingQuote(p: usize, end: usize): usize {
  const quote = i8x16.splat(34);
  const backslash = i8x16.splat(92);
  while (p < end) {
    const bytes = v128.load(p);
    const hits = i8x16.bitmask(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)));
    if (hits == 0) {
      p += 16;
      continue;
    }
    p += <usize>ctz(hits);
    if (p >= end) return 0;
    if (load<u8>(p) == 34) return p;
    p += 2;
  }
  return 0;
}

// @ts-ignore: decorator
@inline
function byteAt(p: usize, end: usize): u32 {
  return p < end ? <u32>load<u8>(p) : 0xffffffff;
}

// @ts-ignore: decorator
@inline
function skipSpace(p: usize, end: usize): usize {
  while (p < end && load<u8>(p) <= 32) p++;
  return p;
}

// @ts-ignore: decorator
@inline
function isBlank(p: usize): bool {
  return load<u8>(p) == 32 || load<u8>(p) == 9;
}

/** `length` bytes at p are those at `text`; reads up to 15 bytes past both. */
// @ts-ignore: decorator
@inline
function isText(p: usize, text: usize, length: usize): bool {
  for (; length > 16; length -= 16) {
    if (v128.any_true(v128.xor(v128.load(p), v128.load(text)))) return false;
    p += 16;
    text += 16;
  }
  const same = <u32>i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(text)));
  return ctz(~same) >= <u32>length;
}

export function readJson(programAt: usize, keysAt: usize, timeProgramAt: usize, p: usize, end: usize): usize {
  while (p < end && isBlank(p)) p++;
  if (byteAt(p, end) != 123) return 0;
  p++;
  while (p < end && isBlank(p)) p++;
  const byte = byteAt(p, end);
  if (byte != 34 && byte != 125) return 0;
  begin(programAt, keysAt, timeProgramAt);
  readMembers(p, end, 0, 0);
  scanMessage();
  return end;
}

/** No column held the level: look for one in the message. */
function scanMessage(): void {
  if (level == 0 && levelRank == 255 && messageStart != 0) setLevel(scanLevel(program, messageStart, messageEnd));
}

/** Members from p (at a key or the closing brace); behind the brace, or `end` when the object breaks off. */
function readMembers(p: usize, end: usize, prefix: usize, prefixLength: usize): usize {
  let q = p;
  while (true) {
    q = skipSpace(q, end);
    if (byteAt(q, end) == 125) return q + 1;
    if (byteAt(q, end) != 34) return end;
    const key = q + 1;
    const keyEnd = closingQuote(key, end);
    if (keyEnd == 0) return end;
    q = skipSpace(keyEnd + 1, end);
    if (byteAt(q, end) != 58) return end;
    q = skipSpace(q + 1, end);
    const opener = byteAt(q, end);
    let valueEnd: usize = 0;
    if (opener == 34) {
      const close = closingQuote(q + 1, end);
      if (close == 0) {
        readValue(prefix, prefixLength, key, keyEnd, q + 1, end);
        return end;
      }
      readValue(prefix, prefixLength, key, keyEnd, q + 1, close);
      valueEnd = close + 1;
    } else if (opener == 123 && prefixLength == 0 && hasPrefix(key, keyEnd)) {
      valueEnd = readMembers(q + 1, end, key, keyEnd - key);
    } else if (opener == 123 || opener == 91) {
      valueEnd = skipNested(q, end);
      readValue(prefix, prefixLength, key, keyEnd, q, valueEnd);
    } else {
      valueEnd = q;
      while (valueEnd < end && load<u8>(valueEnd) != 44 && load<u8>(valueEnd) != 125) valueEnd++;
      let trimmed = valueEnd;
      while (trimmed > q && isBlank(trimmed - 1)) trimmed--;
      readValue(prefix, prefixLength, key, keyEnd, q, trimmed);
    }
    if (messageRank == 1 && levelRank == 1 && timeRank == 1) return end;
    q = skipSpace(valueEnd, end);
    if (byteAt(q, end) == 44) q++;
    else if (byteAt(q, end) != 125) return end;
  }
}

/** Behind the object or array that begins at p, or `end`. */
function skipNested(p: usize, end: usize): usize {
  let depth = 0;
  while (p < end) {
    const byte = load<u8>(p);
    if (byte == 34) {
      const close = closingQuote(p + 1, end);
      if (close == 0) return end;
      p = close;
    } else if (byte == 123 || byte == 91) depth++;
    else if (byte == 125 || byte == 93) {
      depth--;
      if (depth == 0) return p + 1;
    }
    p++;
  }
  return end;
}

/** Whether the table has a dotted key that begins with this key and a dot. */
function hasPrefix(key: usize, keyEnd: usize): bool {
  const length = keyEnd - key;
  for (let at = keys; load<u8>(at) != 0; at += 3 + <usize>load<u8>(at, 2)) {
    if (<usize>load<u8>(at, 2) > length + 1 && isText(key, at + 3, length) && load<u8>(at + length, 3) == 46) return true;
  }
  return false;
}

// @ts-ignore: decorator
@inline
function readValue(prefix: usize, prefixLength: usize, key: usize, keyEnd: usize, value: usize, valueEnd: usize): void {
  if (prefixLength > 0) readPrefixed(prefix, prefixLength, key, keyEnd, value, valueEnd);
  else if ((keySet & keyBit(load<u8>(key), keyEnd - key)) != 0) readPlain(key, keyEnd, value, valueEnd);
}

function readPlain(key: usize, keyEnd: usize, value: usize, valueEnd: usize): void {
  const length = keyEnd - key;
  for (let at = keys; load<u8>(at) != 0; at += 3 + <usize>load<u8>(at, 2)) {
    if (<usize>load<u8>(at, 2) == length && isText(key, at + 3, length)) takeValue(load<u8>(at), load<u8>(at, 1), value, valueEnd);
  }
}

function readPrefixed(prefix: usize, prefixLength: usize, key: usize, keyEnd: usize, value: usize, valueEnd: usize): void {
  const length = keyEnd - key;
  const whole = prefixLength + 1 + length;
  for (let at = keys; load<u8>(at) != 0; at += 3 + <usize>load<u8>(at, 2)) {
    if (<usize>load<u8>(at, 2) != whole || load<u8>(at + prefixLength, 3) != 46) continue;
    if (isText(prefix, at + 3, prefixLength) && isText(key, at + 4 + prefixLength, length)) takeValue(load<u8>(at), load<u8>(at, 1), value, valueEnd);
  }
}

function takeValue(kind: u32, rank: u32, value: usize, valueEnd: usize): void {
  if (kind == KEY_MESSAGE) {
    if (rank >= messageRank) return;
    messageRank = rank;
    setMessage(value, valueEnd);
  } else if (kind == KEY_LEVEL) {
    if (rank >= levelRank) return;
    const found = levelOfValue(program, value, valueEnd);
    if (found < 0) return;
    levelRank = rank;
    setLevel(found);
  } else {
    if (rank >= timeRank || valueEnd == value) return;
    const hadTime = hasTime;
    const levelBefore = level;
    setHasTime(false);
    const behind = run(timeProgram, value, valueEnd);
    setLevel(levelBefore);
    if (behind != 0 && hasTime) timeRank = rank;
    else setHasTime(hadTime);
  }
}

export function readLogfmt(programAt: usize, keysAt: usize, timeProgramAt: usize, p: usize, end: usize): usize {
  if (p < end && isBlank(p)) return 0;
  begin(programAt, keysAt, timeProgramAt);
  let q = p;
  let pairs = 0;
  let bare = 0;
  while (q < end) {
    while (q < end && isBlank(q)) q++;
    const key = q;
    while (q < end && load<u8>(q) > 32 && load<u8>(q) != 61 && load<u8>(q) != 34) q++;
    if (q == key || byteAt(q, end) != 61) {
      bare++;
      while (q < end && !isBlank(q)) q++;
      if (pairs == 0) return 0;
      continue;
    }
    pairs++;
    const value = q + 1;
    if (byteAt(value, end) == 34) {
      const close = closingQuote(value + 1, end);
      const valueEnd = close == 0 ? end : close;
      readValue(0, 0, key, q, value + 1, valueEnd);
      q = close == 0 ? end : close + 1;
    } else {
      let valueEnd = value;
      while (valueEnd < end && !isBlank(valueEnd)) valueEnd++;
      readValue(0, 0, key, q, value, valueEnd);
      q = valueEnd;
    }
  }
  const isKnown = messageRank < 255 || levelRank < 255 || timeRank < 255;
  if (!isKnown && (pairs < 2 || bare > pairs)) return 0;
  scanMessage();
  return end;
}
