/** Fetches a log from an address, on the person's wish only. The content security policy decides where it may reach. */

import { Fault } from '../base/fault';
import type { OpenRequest } from './sources';

// The first answer must come within this; the body may take as long as it takes, and can be cancelled.
const DEADLINE_MS = 20_000;

/**
 * @param text  what was typed: http or https, or relative to the page
 * @throws Fault `address-refused` (not http, or the policy forbids it), `address-unreachable` (no answer, or not a good one),
 *         `stale` when `signal` was aborted
 */
export async function readAddress(text: string, signal: AbortSignal): Promise<OpenRequest> {
  const url = parseAddress(text);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), DEADLINE_MS);
  let isForbidden = false;
  const onViolation = (event: SecurityPolicyViolationEvent) => {
    if (url.href.startsWith(event.blockedURI)) isForbidden = true;
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, deadline.signal]),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    clearTimeout(timer);
    if (!response.ok)
      throw new Fault('address-unreachable', `it answered ${response.status} ${response.statusText}`.trim());
    const blob = await response.blob();
    const changed = Date.parse(response.headers.get('last-modified') ?? '');
    return { name: nameOf(url), blob, lastModified: Number.isNaN(changed) ? Date.now() : changed };
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (signal.aborted) throw new Fault('stale', 'given up by the person');
    if (deadline.signal.aborted)
      throw new Fault('address-unreachable', `no answer within ${DEADLINE_MS / 1000} s`, { cause: error });
    // The browser tells a page no more than "failed"; the violation event is told a moment before or after.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (isForbidden) throw new Fault('address-refused', 'the content security policy forbids it', { cause: error });
    throw new Fault('address-unreachable', 'no connection, or it does not allow other pages to read it', {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    document.removeEventListener('securitypolicyviolation', onViolation);
  }
}

function parseAddress(text: string): URL {
  const url = URL.parse(text.trim(), location.href);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Fault('address-refused', 'only http and https addresses can be fetched');
  }
  return url;
}

/** The last part of the path, else the host. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  return last === '' ? url.host : decodeName(last);
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text; // a stray % in a file name
    throw error;
  }
}
