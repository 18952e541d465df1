/** What may leave this page and what has left it: requests by kind, and a trial that the content policy must refuse. */

/** Kinds of requests as the browser names their initiators, summed for people. */
export type RequestKind = 'page' | 'script' | 'style' | 'picture' | 'worker' | 'fetch' | 'other';

export interface RequestCount {
  readonly kind: RequestKind;
  readonly count: number;
  /** Bytes of the answers' bodies, unpacked; 0 for what the browser does not tell. */
  readonly bytes: number;
}

export interface Outbound {
  /** In the order of `RequestKind`; kinds without a request are left out. */
  readonly counts: readonly RequestCount[];
  readonly total: number;
  /** Of them, those that did not go to this page's own origin: origins, each once. */
  readonly foreignOrigins: readonly string[];
  /** Before the first of them was forgotten, the browser's list was full: there were at least so many. */
  readonly isCut: boolean;
}

/** What is used of a `PerformanceResourceTiming`. */
export interface RequestEntry {
  readonly name: string;
  readonly initiatorType: string;
  readonly decodedBodySize: number;
}

const KINDS: readonly RequestKind[] = ['page', 'script', 'style', 'picture', 'worker', 'fetch', 'other'];

/** @see https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-initiatortype */
function kindOf(name: string, initiatorType: string): RequestKind {
  if (initiatorType === 'navigation') return 'page';
  if (/[.]worker-[^/]*[.]js$/.test(name)) return 'worker';
  if (['fetch', 'xmlhttprequest', 'beacon', 'eventsource'].includes(initiatorType)) return 'fetch';
  if (initiatorType === 'script' || (/[.]js$/.test(name) && initiatorType !== 'css')) return 'script';
  if (initiatorType === 'css' || /[.]css$/.test(name)) return 'style';
  if (['img', 'image', 'icon'].includes(initiatorType) || /[.](svg|png|ico)$/.test(name)) return 'picture';
  return 'other';
}

/**
 * @param origin  of the page; what is made of bytes at hand (`blob:`, `data:`) is no request
 * @param refused  addresses that the policy forbade: the browser lists them too, though nothing was sent
 */
export function countRequests(
  entries: readonly RequestEntry[],
  origin: string,
  { isCut = false, refused = new Set<string>() }: { isCut?: boolean; refused?: ReadonlySet<string> } = {},
): Outbound {
  const sums = new Map<RequestKind, { count: number; bytes: number }>();
  const foreign = new Set<string>();
  let total = 0;
  for (const entry of entries) {
    const url = URL.parse(entry.name);
    if (url === null || url.protocol === 'blob:' || url.protocol === 'data:' || refused.has(url.href)) continue;
    total++;
    if (url.origin !== origin) foreign.add(url.origin);
    const kind = kindOf(url.pathname, entry.initiatorType);
    const sum = sums.get(kind) ?? { count: 0, bytes: 0 };
    sums.set(kind, { count: sum.count + 1, bytes: sum.bytes + entry.decodedBodySize });
  }
  return {
    counts: KINDS.flatMap((kind) => {
      const sum = sums.get(kind);
      return sum === undefined ? [] : [{ kind, ...sum }];
    }),
    total,
    foreignOrigins: [...foreign].sort(),
    isCut,
  };
}

/** Of trials that were made on this page. */
const refusedTrials = new Set<string>();

/** Browsers keep 250 entries of their own accord and say nothing of the others. */
const FULL_AT = 250;

/** What this page has asked for since it was opened, as the browser counted. */
export function readOutbound(): Outbound {
  const entries = [
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
  ] as PerformanceResourceTiming[];
  return countRequests(entries, location.origin, { isCut: entries.length > FULL_AT, refused: refusedTrials });
}

export type TrialWay = 'fetch' | 'beacon' | 'socket' | 'picture';

export interface TrialResult {
  readonly way: TrialWay;
  /** refused: the policy forbade it, nothing left; open: no refusal was told, so it may have left. */
  readonly outcome: 'refused' | 'open';
  /** The directive of the policy that forbade it; empty when none did. */
  readonly directive: string;
}

// Reserved for documents and never given to anyone (RFC 2606): were the policy missing, nobody would be asked.
const ELSEWHERE = 'loupe-outbound-trial.invalid';

/** Directives of the page's own policy; null where it has none: a development server. Headers are not shown to a page. */
export function readPolicy(): ReadonlyMap<string, string> | null {
  const meta = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  if (!meta) return null;
  return new Map(
    meta.content.split(';').map((directive): [string, string] => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

/** How long the browser may take to tell of a refusal. */
const TOLD_WITHIN_MS = 3000;

const TRIALS: Readonly<Record<TrialWay, { readonly url: string; readonly send: (url: string) => unknown }>> = {
  fetch: {
    url: `https://${ELSEWHERE}/fetch`,
    send: (url) => fetch(url, { signal: AbortSignal.timeout(TOLD_WITHIN_MS), mode: 'no-cors' }),
  },
  beacon: { url: `https://${ELSEWHERE}/beacon`, send: (url) => navigator.sendBeacon(url, 'trial') },
  socket: {
    url: `wss://${ELSEWHERE}/socket`,
    send(url) {
      new WebSocket(url).onopen = (event) => (event.target as WebSocket).close();
    },
  },
  picture: {
    url: `https://${ELSEWHERE}/picture`,
    send(url) {
      new Image().src = url;
    },
  },
};

/** Tries to send something elsewhere in every way a page has, and says how each ended. Holds nothing of a log. */
export function tryToSend(): Promise<readonly TrialResult[]> {
  return Promise.all((Object.keys(TRIALS) as TrialWay[]).map(tryOne));
}

function tryOne(way: TrialWay): Promise<TrialResult> {
  const { url, send } = TRIALS[way];
  return new Promise((resolve) => {
    const finish = (outcome: TrialResult['outcome'], directive: string) => {
      clearTimeout(timer);
      document.removeEventListener('securitypolicyviolation', onViolation);
      resolve({ way, outcome, directive });
    };
    const onViolation = (event: SecurityPolicyViolationEvent) => {
      if (event.blockedURI.startsWith(url) && event.disposition === 'enforce') {
        refusedTrials.add(url);
        finish('refused', event.effectiveDirective);
      }
    };
    const timer = setTimeout(() => finish('open', ''), TOLD_WITHIN_MS);
    document.addEventListener('securitypolicyviolation', onViolation);
    // Refused or not found, it fails: what tells them apart is the event.
    void attempt(() => send(url));
  });
}

async function attempt(send: () => unknown): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return false;
    throw error;
  }
}
