/** Browser tests against the built app; `npm run e2e` builds it first and chooses a free port. */
import { defineConfig, devices } from '@playwright/test';

import { launchOptions } from './scripts/chromium.mjs';

const port = Number(process.env.LOUPE_E2E_PORT ?? 4199);
const WITH_SERVICE_WORKER = /(offline|pwa|updates)[^/]*\.spec\.ts$/;
const origin = `http://localhost:${port}`;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  reporter: 'list',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  use: {
    ...devices['Desktop Chrome'],
    baseURL: origin,
    launchOptions: launchOptions(),
    trace: 'retain-on-failure',
  },
  projects: [
    // A service worker hides requests from page.route, so only the specs about it have one.
    { name: 'app', testIgnore: WITH_SERVICE_WORKER, use: { serviceWorkers: 'block' } },
    { name: 'offline', testMatch: WITH_SERVICE_WORKER, use: { serviceWorkers: 'allow' } },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort`,
    url: origin,
    reuseExistingServer: false,
  },
});
