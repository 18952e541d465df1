/** Two projects: with the Solid plugin loaded, vitest wants jsdom for every test, and the engine must do without a DOM. */
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: './scripts/kernels.mjs',
    projects: [
      {
        extends: true,
        test: {
          name: 'engine',
          environment: 'node',
          include: ['{src,workers,cli}/**/*.test.ts', 'scripts/**/*.test.mjs'],
        },
      },
      {
        extends: true,
        plugins: [solid()],
        test: {
          name: 'page',
          environment: 'jsdom',
          include: ['src/**/*.test.tsx'],
          // A whole page in jsdom takes seconds where other work shares the cores; an answer that never comes is still told.
          testTimeout: 30_000,
        },
      },
    ],
  },
});
