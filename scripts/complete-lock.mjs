/**
 * Makes package-lock.json good for `npm ci` on every machine; run it after changing dependencies.
 *
 * 1. A registry may lack the packages of platforms that are not its own. npm then leaves them out of the lockfile, and
 *    `npm ci` refuses it: "Missing: @biomejs/cli-android-arm64@… from lock file". Each gets an entry here that says no
 *    more than its name, version and platform.
 * 2. Addresses of the registry it was made with are taken out.
 */
import { readFileSync, writeFileSync } from 'node:fs';

import { at } from './project.mjs';

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, resolved?: string, os?: string[], cpu?: string[],
 *   libc?: string[], optionalDependencies?: Record<string, string> }} Entry
 */

const SYSTEMS = ['darwin', 'win32', 'linux', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'android', 'openharmony'];
// The longer names first: "arm64" holds "arm".
const PROCESSORS = ['x64', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'arm'];

/**
 * Whether npm would find the package from there: in the folder's own node_modules or in one further up.
 *
 *     node_modules/a/node_modules/b  →  node_modules/a  →  (the root)
 *
 * @param {Record<string, Entry>} packages
 * @param {string} folder  a key of packages
 * @param {string} name
 */
function isReachable(packages, folder, name) {
  for (let place = folder; ; ) {
    if (packages[`${place === '' ? '' : `${place}/`}node_modules/${name}`]) return true;
    if (place === '') return false;
    const cut = place.lastIndexOf('node_modules/');
    place = place.slice(0, Math.max(0, cut - 1));
  }
}

/**
 * @param {string} name     of a package for one platform: @scope/tool-linux-x64-musl
 * @param {string} version
 * @param {Entry} parent
 * @returns {Entry | undefined} undefined when the name tells no platform
 */
function toStub(name, version, parent) {
  const system = SYSTEMS.find((one) => name.includes(one));
  const processor = PROCESSORS.find((one) => name.includes(one));
  if (!system || !processor || !/^\d/.test(version)) return undefined;
  return {
    version,
    cpu: [processor],
    ...(parent.dev ? { dev: true } : {}),
    ...(/musl|gnu/.test(name) ? { libc: [name.includes('musl') ? 'musl' : 'glibc'] } : {}),
    optional: true,
    os: [system],
  };
}

const lock = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));
/** @type {Record<string, Entry>} */
const packages = lock.packages;
let addedCount = 0;
for (const [folder, entry] of Object.entries({ ...packages })) {
  delete entry.resolved;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isReachable(packages, folder, name)) continue;
    const stub = toStub(name, version, entry);
    if (stub) {
      packages[`node_modules/${name}`] = stub;
      addedCount += 1;
    } else {
      console.error(`left out: ${name}@${version}, no platform known`);
    }
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(at('package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${addedCount} packages of other platforms added`);
