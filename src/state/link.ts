/** A session in an address: `#s=` and its JSON, deflated, in base64url. Holds no text of the log and no way to a file. */
import { EMPTY_SESSION, parseSession, type Session, type SessionOutcome } from '../protocol/session';
import { isSameValue } from './filter-parts';

/** Longer addresses are cut by chats and mail. */
export const LINK_LIMIT = 8192;

// What a link of that length can grow to is bounded before it is read.
const MAX_JSON_BYTES = 1024 * 1024;
const PREFIX = '#s=';
const KEPT_SOURCES = 20;

export interface Link {
  /** Begins with `#s=`. */
  readonly hash: string;
  /** Parts left out because the link grew too long, as people call them. */
  readonly leftOut: readonly string[];
}

/** What is given up when a link grows too long, in this order. */
const CUTS: readonly { readonly name: string; readonly cut: (session: Session) => Session }[] = [
  { name: 'the zoom of the timeline', cut: (session) => ({ ...session, timeline: EMPTY_SESSION.timeline }) },
  { name: `all but ${KEPT_SOURCES} sources`, cut: withFewSources },
  { name: 'the filter', cut: (session) => ({ ...session, filter: EMPTY_SESSION.filter }) },
];

/** @param limit  characters, `#s=` included */
export async function encodeLink(session: Session, limit = LINK_LIMIT): Promise<Link> {
  let kept: Session = { ...session, layout: null, beside: null };
  const leftOut: string[] = [];
  for (const { name, cut } of CUTS) {
    const hash = await toHash(kept);
    if (hash.length <= limit) return { hash, leftOut };
    kept = cut(kept);
    leftOut.push(name);
  }
  return { hash: await toHash(kept), leftOut };
}

/** Whether an address carries a session at all. */
export const isLinkHash = (hash: string) => hash.startsWith(PREFIX);

/** Reads the hash of an address. Never throws, whatever it holds. */
export async function decodeLink(hash: string): Promise<SessionOutcome> {
  const cut: SessionOutcome = { kind: 'refused', reason: 'is cut off or damaged' };
  if (!isLinkHash(hash) || hash.length > 16 * LINK_LIMIT) return cut;
  const json = await inflate(fromBase64Url(hash.slice(PREFIX.length)));
  if (json === null) return cut;
  try {
    return parseSession(JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError) return cut;
    throw error;
  }
}

/** Parts as every session begins with them: reading fills them in. */
const PLAIN = new Map<string, unknown>(Object.entries(EMPTY_SESSION));

async function toHash(session: Session): Promise<string> {
  const changed = Object.entries(session).filter(([part, value]) => !isSameValue(value, PLAIN.get(part)));
  const whole = { version: session.version, ...Object.fromEntries(changed) };
  const json = new TextEncoder().encode(JSON.stringify(whole, withoutDefaults));
  const bytes = await pass(json, new CompressionStream('deflate-raw'), Infinity);
  return PREFIX + toBase64Url(bytes ?? new Uint8Array());
}

/** @returns null when it comes to more than `maxBytes`. @throws what the stream does with bytes it cannot take */
async function pass(
  bytes: Uint8Array<ArrayBuffer>,
  { readable, writable }: CompressionStream | DecompressionStream,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const writer = writable.getWriter();
  // What goes wrong on the way in is thrown by the way out.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const reader = readable.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    chunks.push(value);
    if (size > maxBytes) {
      await reader.cancel();
      return null;
    }
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Reading fills in what is missing: what is as it would be filled in is not carried. */
function withoutDefaults(name: string, value: unknown): unknown {
  const isItem = /^\d+$/.test(name); // of a list: null there is a value
  return !isItem && (value === null || value === false) ? undefined : value;
}

/** Those that the place refers to, then the first ones. */
function withFewSources(session: Session): Session {
  const { top, selected } = session.place;
  const needed = new Set([top?.source, selected?.source]);
  const rest = KEPT_SOURCES - session.sources.filter(({ key }) => needed.has(key)).length;
  let room = rest;
  const sources = session.sources.filter(({ key }) => {
    if (needed.has(key)) return true;
    room -= 1;
    return room >= 0;
  });
  return { ...session, sources };
}

/** @returns null when it is not deflated text, or more of it than a session can be */
async function inflate(bytes: Uint8Array<ArrayBuffer> | null): Promise<string | null> {
  if (!bytes) return null;
  try {
    const text = await pass(bytes, new DecompressionStream('deflate-raw'), MAX_JSON_BYTES);
    return text && new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch (error) {
    if (error instanceof Error) return null; // not deflated, cut off, not UTF-8: a TypeError here, in Node one of zlib
    throw error;
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @returns null when there are other signs in it */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}
