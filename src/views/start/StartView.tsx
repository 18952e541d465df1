/** What one sees with nothing open: one action in a glance, and why one may trust it. */
import { type Component, For, type JSX, Show } from 'solid-js';

import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import type { Sample } from './samples';
import styles from './StartView.module.css';

export interface OpenVerbs {
  openFiles: () => void;
  openFolder: () => void;
  paste: () => void;
  openAddress: () => void;
  openSample: (sample: Sample) => void;
}

interface StartViewProps {
  verbs: OpenVerbs;
  samples: readonly Sample[];
  /** Kept workspaces, or nothing when there are none. */
  recents?: JSX.Element;
  /** Installs the app; absent where the browser does not offer it. */
  onInstall?: (() => void) | undefined;
}

export const StartView: Component<StartViewProps> = (props) => (
  <main class={styles.start} data-region="log" tabIndex={-1}>
    <section class={styles.drop} aria-labelledby="drop-title">
      <div class={styles.text}>
        <h1 id="drop-title">Drop a log anywhere on this page</h1>
        <p>
          Or forty of them, or a folder, or a gzip. Loupe reads it here and shows what is in it and when it broke.
          Nothing is uploaded.
        </p>
        <div class={styles.buttons}>
          <Button look="primary" size="large" icon="file" onClick={() => props.verbs.openFiles()}>
            Open files
            <span>
              <kbd>Ctrl</kbd>
              <kbd>O</kbd>
            </span>
          </Button>
          <Button size="large" icon="folder" onClick={() => props.verbs.openFolder()}>
            Open folder
          </Button>
          <Button size="large" icon="clip" onClick={() => props.verbs.paste()}>
            Paste
            <span>
              <kbd>Ctrl</kbd>
              <kbd>V</kbd>
            </span>
          </Button>
          <Button size="large" icon="globe" onClick={() => props.verbs.openAddress()}>
            From address
          </Button>
        </div>
        <p class={styles.formats}>
          Text, JSON lines, syslog, web server logs and many more, plain or gzipped, in UTF-8 or UTF-16. Files of many
          gigabytes are fine.
        </p>
      </div>
      <Lens />
    </section>
    {props.recents}
    <Show when={props.samples.length > 0}>
      <section aria-labelledby="samples">
        <h2 id="samples" class={styles.title}>
          Try a sample
        </h2>
        <ul class={styles.samples}>
          <For each={props.samples}>
            {(sample) => (
              <li>
                <button type="button" class={styles.sample} onClick={() => props.verbs.openSample(sample)}>
                  {sample.title}
                </button>
                <span class={styles.faint}>{sample.note}</span>
                <span class={styles.file}>{sample.files.join(', ')}</span>
              </li>
            )}
          </For>
        </ul>
        <p class={styles.faint}>Samples are part of the app and work offline.</p>
      </section>
    </Show>
    <Show when={props.onInstall}>
      {(install) => (
        <p class={styles.faint}>
          Installed, Loupe has a window of its own and opens log files from the system.{' '}
          <button type="button" class={styles.sample} onClick={() => install()()}>
            Install Loupe
          </button>
        </p>
      )}
    </Show>
    <section class={styles.promise} aria-label="Privacy">
      <Icon name="shield" class={styles.shield} />
      <p>
        <b>Your logs stay on this device.</b> Loupe has no server to send them to, and its content security policy lets
        the page reach only the place it came from.
      </p>
      <p class={styles.keys}>
        <kbd>/</kbd> filter <kbd>e</kbd> next error <kbd>g</kbd> <kbd>G</kbd> ends <kbd>?</kbd> all keys
      </p>
    </section>
  </main>
);

const Lens: Component = () => (
  <svg class={styles.lens} width="208" height="136" viewBox="0 0 208 136" aria-hidden="true">
    <path
      class={styles.lensLines}
      d="M0 14h26M34 14h14M56 14h94M0 30h26M34 30h14M56 30h62M0 46h26M34 46h14M56 46h114M0 62h26M34 62h14M56 62h76M0 78h26M34 78h14M56 78h40M0 94h26M34 94h14M56 94h102M0 110h26M34 110h14M56 110h68M0 126h26M34 126h14M56 126h32"
    />
    <circle class={styles.lensGlass} cx="120" cy="66" r="46" />
    <clipPath id="lens-clip">
      <circle cx="120" cy="66" r="45" />
    </clipPath>
    <g clip-path="url(#lens-clip)">
      <path class={styles.lensBig} d="M66 40h34M108 40h90M66 94h34M108 94h56" />
      <circle class={styles.lensDot} cx="92" cy="66" r="9" />
      <path class={styles.lensCut} d="M87.5 66h9" />
      <path class={styles.lensHit} d="M110 66h70" />
    </g>
    <circle class={styles.lensRing} cx="120" cy="66" r="46" />
    <path class={styles.lensHandle} d="m153 99 27 27" />
  </svg>
);
