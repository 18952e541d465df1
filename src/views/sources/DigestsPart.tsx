/** What identifies a source's bytes: its fingerprint, and the digests that others can compare with theirs. */
import { type Component, Match, Show, Switch } from 'solid-js';

import type { SourceSummary } from '../../engine/api';
import type { DigestsStore } from '../../state/digests';
import { Button, IconButton } from '../../ui/Button';
import { toFileSizeText, toPercentText } from '../../ui/size-text';
import { bindVars } from '../../ui/vars';
import { toFaultText } from '../fault-text';
import styles from './DigestsPart.module.css';

interface DigestsPartProps {
  source: SourceSummary;
  digests: DigestsStore;
  onCopy: (text: string) => void;
}

export const DigestsPart: Component<DigestsPartProps> = (props) => {
  const id = () => props.source.id;
  const running = () => {
    const run = props.digests.runOf(id());
    return run?.kind === 'running' ? run : null;
  };
  const failed = () => {
    const run = props.digests.runOf(id());
    return run?.kind === 'failed' ? run.fault : null;
  };
  const share = () => {
    const run = running();
    return run && run.totalBytes > 0 ? run.doneBytes / run.totalBytes : 0;
  };
  const compute = (label: string) => (
    <Button
      size="small"
      disabled={props.source.state === 'opening'}
      aria-label={`${label} of ${props.source.name}`}
      onClick={() => props.digests.compute(id())}
    >
      {label}
    </Button>
  );

  return (
    <div class={styles.part}>
      <dl class={styles.list}>
        <Show when={props.source.digests}>
          {(digests) => (
            <>
              <Value name="BLAKE3" text={digests().blake3} source={props.source.name} onCopy={props.onCopy} />
              <Value name="SHA-256" text={digests().sha256} source={props.source.name} onCopy={props.onCopy} />
            </>
          )}
        </Show>
        <Show when={props.source.fingerprint}>
          {(fingerprint) => (
            <Value
              name="Fingerprint"
              text={fingerprint()}
              note="XXH3 of the first and the last MiB and the size"
              source={props.source.name}
              onCopy={props.onCopy}
            />
          )}
        </Show>
      </dl>
      <Show when={!props.source.digests}>
        <Switch
          fallback={
            <p class={styles.row}>
              {compute('Compute digests')}
              <span class={styles.faint}>
                BLAKE3 and SHA-256 of all {toFileSizeText(props.source.sizeBytes)} of the file as it is on disk
              </span>
            </p>
          }
        >
          <Match when={running()}>
            {(run) => (
              <p class={styles.row}>
                <span
                  class={styles.progress}
                  role="progressbar"
                  aria-label={`Digests of ${props.source.name}`}
                  aria-valuemin={0}
                  aria-valuemax={100}
                  aria-valuenow={Math.floor(share() * 100)}
                  aria-valuetext={toPercentText(share())}
                  ref={(element) => bindVars(element, () => ({ '--share': String(share()) }))}
                />
                <span class={styles.faint}>
                  {toFileSizeText(run().doneBytes)} of {toFileSizeText(run().totalBytes)}
                </span>
                <Button
                  size="small"
                  aria-label={`Cancel the digests of ${props.source.name}`}
                  onClick={() => props.digests.stop(id())}
                >
                  Cancel
                </Button>
              </p>
            )}
          </Match>
          <Match when={failed()}>
            {(fault) => (
              <p class={styles.row}>
                <span>
                  <b>No digests.</b> {toFaultText(fault(), props.source.name).what}
                </span>
                {compute('Try again')}
              </p>
            )}
          </Match>
        </Switch>
      </Show>
    </div>
  );
};

const Value: Component<{
  name: string;
  text: string;
  note?: string;
  source: string;
  onCopy: (text: string) => void;
}> = (props) => (
  <div class={styles.row}>
    <dt class={styles.name}>{props.name}</dt>
    <dd class={styles.value}>{props.text}</dd>
    <dd>
      <IconButton
        icon="copy"
        label={`Copy the ${props.name} of ${props.source}`}
        onClick={() => props.onCopy(props.text)}
      />
    </dd>
    <Show when={props.note}>
      <dd class={styles.faint}>{props.note}</dd>
    </Show>
  </div>
);
