/**
 * The firewall: a content security policy for the page and its workers, and the headers beside it. Nothing from elsewhere, no
 * inline script or style, no eval, no text that becomes markup or a script's address; WebAssembly may compile.
 *
 * A host that sends no headers still gets the policy, by the `<meta>` of the built page. What a `<meta>` cannot carry:
 * `frame-ancestors` (another page may frame this one), and every other header below. It holds for the page alone: a worker has
 * the policy of its own response. From the second visit on the service worker answers on such a host too, with all headers.
 */
import { TEMPLATE_POLICY } from './trusted-types.mjs';

const POLICY = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  // `default`: addresses of the app's own scripts, src/bridge/own-scripts.ts.
  // `dompurify` cleans notes, and keeps its policy to itself.
  'trusted-types': `${TEMPLATE_POLICY} default dompurify`,
};

/** What a log workbench never needs. Names that Chromium 156 knows: an unknown one is a warning in its console. */
const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** @param {Record<string, string>} policy */
const write = (policy) =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/** For the `<meta>` element of the built page: holds on hosts that send no headers. */
export const cspMeta = write(POLICY);

/** For the response header; frame-ancestors is meaningless in a `<meta>`. */
export const cspHeader = write({ ...POLICY, 'frame-ancestors': "'none'" });

/** For every response: of the page, its workers, and its other files. */
export const responseHeaders = {
  'Content-Security-Policy': cspHeader,
  'Permissions-Policy': DENIED_FEATURES.map((feature) => `${feature}=()`).join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** @returns {import('vite').Plugin} puts the policy first in the built page's head; the dev server does without */
export const cspPlugin = () => ({
  name: 'loupe:csp',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: cspMeta }, injectTo: 'head-prepend' },
    { tag: 'meta', attrs: { name: 'referrer', content: 'no-referrer' }, injectTo: 'head' },
  ],
});
