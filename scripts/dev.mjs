/** `npm run dev`: the app with hot reload. The service worker and the content security policy belong to the build. */
import { ensureInstalled } from './install.mjs';
import { ensureKernels } from './kernels.mjs';
import { endWithCaller, root } from './project.mjs';

endWithCaller();
await ensureInstalled();
await ensureKernels();
const { createServer } = await import('vite');
const server = await createServer({ root });
await server.listen();
server.printUrls();
