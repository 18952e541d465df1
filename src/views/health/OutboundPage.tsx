/** What may leave the device, what has left it, and a trial that shows the browser refusing. */
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
// biome-ignore-all lint/a11y/useSemanticElements: a scrolling region, not a section of its own
import { type Component, createSignal, For, onCleanup, Show } from 'solid-js';

import {
  type Outbound,
  readOutbound,
  readPolicy,
  type RequestKind,
  type TrialResult,
  type TrialWay,
  tryToSend,
} from '../../state/outbound';
import type { Workspace } from '../../state/workspace';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { toCountText, toFileSizeText, toNumberText } from '../../ui/size-text';
import styles from './Health.module.css';

const EVERY_MS = 500;

const KIND_TITLES: Record<RequestKind, string> = {
  page: 'The page',
  script: 'Scripts',
  style: 'Styles',
  picture: 'Pictures',
  worker: 'Workers',
  fetch: 'Fetched by the page',
  other: 'Other files',
};

const WAY_TITLES: Record<TrialWay, string> = {
  fetch: 'Fetch from another site',
  beacon: 'Beacon to another site',
  socket: 'WebSocket to another site',
  picture: 'Picture from another site',
};

export const OutboundPage: Component<{ workspace: Workspace }> = (props) => {
  const [outbound, setOutbound] = createSignal<Outbound>(readOutbound());
  const timer = setInterval(() => setOutbound(readOutbound()), EVERY_MS);
  onCleanup(() => clearInterval(timer));
  const policy = readPolicy();
  const [results, setResults] = createSignal<readonly TrialResult[] | null>(null);
  const [isTrying, setIsTrying] = createSignal(false);

  async function test(): Promise<void> {
    setIsTrying(true);
    try {
      setResults(await tryToSend());
    } finally {
      setIsTrying(false);
    }
  }
  const openCount = () => results()?.filter(({ outcome }) => outcome === 'open').length ?? 0;
  const { requests } = props.workspace;

  return (
    <div class={styles.page} role="region" aria-label="What leaves this device" tabIndex={0}>
      <p class={styles.summary}>
        {requests().length === 0
          ? 'Nothing of a log has left this device.'
          : `Nothing of a log has left this device; ${toCountText(requests().length, 'address', 'addresses')} fetched because you asked.`}
      </p>
      <section class={styles.section} aria-label="What may leave">
        <h3>What may leave</h3>
        <dl class={styles.facts}>
          <div>
            <dt>Requests</dt>
            <dd>{connectText(policy)}</dd>
          </div>
          <div>
            <dt>Pictures, fonts</dt>
            <dd>
              {ownText(policy, ['img-src', 'font-src'], 'Only from this site, or from bytes that are here already.')}
            </dd>
          </div>
          <div>
            <dt>Code</dt>
            <dd>
              {ownText(
                policy,
                ['script-src', 'worker-src'],
                'Only files of this site. No inline script, and no text is run as code.',
              )}
            </dd>
          </div>
          <div>
            <dt>Forms, frames</dt>
            <dd>{ownText(policy, ['form-action', 'default-src'], 'None: no form is sent, no page is framed.')}</dd>
          </div>
        </dl>
      </section>
      <section class={styles.section} aria-label="What left">
        <h3>What left</h3>
        <p class={styles.note}>
          {toCountText(outbound().total, 'request')} {outbound().isCut ? 'or more ' : ''}since the page was opened,{' '}
          {outbound().foreignOrigins.length === 0
            ? 'all of them for files of this site.'
            : `also to ${outbound().foreignOrigins.join(', ')}.`}{' '}
          None carries anything of a log. Workers load their own files besides, under the same policy; the browser does
          not show those to the page.
        </p>
        <table class={styles.table}>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col">Requests</th>
              <th scope="col">Received</th>
            </tr>
          </thead>
          <tbody>
            <For each={outbound().counts}>
              {({ kind, count, bytes }) => (
                <tr>
                  <th scope="row">{KIND_TITLES[kind]}</th>
                  <td>{toNumberText(count)}</td>
                  <td>{toFileSizeText(bytes)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
        <Show when={requests().length > 0}>
          <p class={styles.note}>Asked for by you, in this order: {requests().join(', ')}.</p>
        </Show>
      </section>
      <section class={styles.section} aria-label="Test">
        <h3>Test</h3>
        <p class={styles.note}>
          The page tries to reach another site in four ways, with nothing of a log. The browser should refuse each; the
          site it names does not exist.
        </p>
        <span class={styles.verbs}>
          <Button look="primary" disabled={isTrying()} onClick={() => void test()}>
            Try to send
          </Button>
        </span>
        <Show when={results()}>
          {(list) => (
            <>
              <p role="status">
                <b>
                  {openCount() === 0
                    ? `All ${list().length} were refused by the browser: nothing left.`
                    : `${openCount()} of ${list().length} were not refused: this copy of Loupe is served without its policy.`}
                </b>
              </p>
              <ul aria-label="Results of the test">
                <For each={list()}>
                  {({ way, outcome, directive }) => (
                    <li
                      class={`${styles.check} ${styles.trial}`}
                      data-trial={way}
                      data-state={outcome === 'refused' ? 'pass' : 'fail'}
                    >
                      <span class={styles.state}>
                        <Icon name={outcome === 'refused' ? 'check' : 'warning'} />
                        {outcome === 'refused' ? 'Refused' : 'Open'}
                      </span>
                      <b>{WAY_TITLES[way]}</b>
                      <span class={styles.text}>
                        {outcome === 'refused'
                          ? `Forbidden by ${directive}.`
                          : 'The browser told of no refusal within 3 seconds.'}
                      </span>
                    </li>
                  )}
                </For>
              </ul>
            </>
          )}
        </Show>
      </section>
    </div>
  );
};

type Policy = ReturnType<typeof readPolicy>;

const NO_POLICY = 'Anything: this copy of Loupe is served without its policy, as a development server does.';

function connectText(policy: Policy): string {
  if (policy === null) return NO_POLICY;
  const sources = (policy.get('connect-src') ?? policy.get('default-src') ?? '').split(' ');
  if (sources.join() === "'self'") {
    return `Only to ${location.origin}, where Loupe itself comes from. The browser refuses every other address, to the page and to its workers.`;
  }
  const others = sources.filter((source) => source !== "'self'");
  return `To ${location.origin} and to: ${others.join(', ')}. The browser refuses every other address.`;
}

/** The sentence, as long as these directives name nobody else. */
function ownText(policy: Policy, directives: readonly string[], sentence: string): string {
  if (policy === null) return NO_POLICY;
  const named = directives.flatMap((name) => (policy.get(name) ?? policy.get('default-src') ?? '*').split(' '));
  const others = named.filter((source) => !/^('.+'|data:|blob:)$/.test(source));
  return others.length === 0 ? sentence : `Also from: ${[...new Set(others)].join(', ')}.`;
}
