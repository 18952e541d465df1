/** The content security policy: nothing from elsewhere, no inline script or style, no eval; WebAssembly may compile. */

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
};

/** @param {Record<string, string>} policy */
const write = (policy) =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/** For the `<meta>` element of the built page: holds on hosts that send no headers. */
export const cspMeta = write(POLICY);

/** For the response header; frame-ancestors is meaningless in a `<meta>`. */
export const cspHeader = write({ ...POLICY, 'frame-ancestors': "'none'" });

/** @returns {import('vite').Plugin} puts the policy first in the built page's head; the dev server does without */
export const cspPlugin = () => ({
  name: 'loupe:csp',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: cspMeta }, injectTo: 'head-prepend' },
  ],
});
