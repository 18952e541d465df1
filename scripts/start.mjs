/** `npm start`: installs what is missing, builds, and serves the production build on localhost until Ctrl-C. */
import { buildApp } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { endWithCaller, root } from './project.mjs';

endWithCaller();
await ensureInstalled();
console.log('Building Loupe …');
await buildApp().catch((error) => {
  console.error(error.message);
  process.exit(1);
});

const { preview } = await import('vite');
// Without strictPort, Vite takes the next free port when this one is taken.
const server = await preview({ root, preview: { port: Number(process.env.PORT ?? 4173), strictPort: false } });
console.log(`Loupe is at ${server.resolvedUrls?.local[0]} (Ctrl-C to stop)`);
