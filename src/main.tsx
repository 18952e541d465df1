/** Mounts the app. */
import { render } from 'solid-js/web';

// First: the modules of the parts come after it and win.
import './ui/ground.css';
import { App } from './app/App';
import { registerOffline } from './app/offline';
import { createEngineClient } from './bridge/engine-client';

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app');

/** The browser's storage, where it grants one. */
function findStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined; // SecurityError: blocked for this site
    throw error;
  }
}

render(
  () => (
    <App
      createEngine={() =>
        createEngineClient(
          new Worker(new URL('../workers/engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
        )
      }
      storage={findStorage()}
      registerOffline={registerOffline}
    />
  ),
  root,
);
