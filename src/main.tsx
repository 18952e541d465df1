/** Mounts the app. */
import { render } from 'solid-js/web';

// First: the modules of the parts come after it and win.
import './ui/ground.css';
import { App } from './app/App';
import { registerOffline } from './app/offline';
import { createEngineClient } from './bridge/engine-client';
import { allowOwnScripts } from './bridge/own-scripts';
import { findLocalStorage, findSessionStorage } from './storage/local-storage';
import { createWorkspaceStore } from './storage/workspace-store';

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app');

if (import.meta.env.PROD) allowOwnScripts(import.meta.url);
render(
  () => (
    <App
      createEngine={() =>
        createEngineClient(
          new Worker(new URL('../workers/engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
        )
      }
      storage={findLocalStorage()}
      flags={findLocalStorage()}
      tab={findSessionStorage()}
      openStore={createWorkspaceStore}
      registerOffline={registerOffline}
    />
  ),
  root,
);
