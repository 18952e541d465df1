/** A host of the built app that can be given another build while pages are open, and that can go away. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';

import { cspHeader } from '../scripts/csp.mjs';
import { at } from '../scripts/project.mjs';
import { writeServiceWorker } from '../scripts/service-worker.mjs';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export class AppHost {
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  private server: Server | undefined;
  private port = 0;
  private readonly made: string[] = [];

  private constructor(private folder: string) {}

  /** Serves the build of dist/app. */
  static async start(): Promise<AppHost> {
    const host = new AppHost(at('dist/app'));
    await host.comeBack();
    return host;
  }

  get origin() {
    return `http://localhost:${this.port}`;
  }

  /** Serves again, at the address it had before. */
  async comeBack() {
    const server = createServer((request, response) => {
      const asked = normalize(new URL(request.url ?? '/', this.origin).pathname);
      const path = asked === '/' ? '/index.html' : asked;
      this.asked.push(asked);
      try {
        const bytes = readFileSync(join(this.folder, path));
        response.writeHead(200, {
          'Content-Type': TYPES[extname(path)] ?? 'text/plain',
          'Content-Security-Policy': cspHeader,
          'Cache-Control': 'no-store', // what is answered without the host comes from the service worker
        });
        response.end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(this.port, 'localhost', resolve));
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** The host is gone: nothing answers at its address. */
  async goAway() {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    await new Promise<unknown>((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  }

  /**
   * Puts another build in the place of the one that is served: the same app, with another hash in every name.
   *
   * @returns names of its files below `assets/`
   */
  async release(): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'loupe-build-'));
    this.made.push(folder);
    cpSync(this.folder, folder, { recursive: true, filter: (path) => !path.endsWith('.map') });
    const assets = readdirSync(join(folder, 'assets'));
    //                                     ┌ hash
    const renamed = assets.map((name) => name.replace(/-([\w-]{8})(?=\.\w+$)/, (_, hash: string) => `-${turn(hash)}`));
    for (const [index, name] of assets.entries())
      renameSync(join(folder, 'assets', name), join(folder, 'assets', renamed[index] ?? name));
    for (const path of ['index.html', ...renamed.map((name) => `assets/${name}`)]) {
      if (!/\.(html|js|css)$/.test(path)) continue;
      const text = readFileSync(join(folder, path), 'utf8');
      writeFileSync(
        join(folder, path),
        assets.reduce((changed, name, index) => changed.replaceAll(name, renamed[index] ?? name), text),
      );
    }
    await writeServiceWorker(folder);
    this.folder = folder;
    return renamed;
  }

  async end() {
    await this.goAway();
    for (const folder of this.made) rmSync(folder, { recursive: true, force: true });
  }
}

/** Another hash of the same letters. */
function turn(hash: string): string {
  return `${hash.slice(1)}${hash.slice(0, 1)}`;
}
