/**
 * Solid makes elements out of markup that the compiler wrote: the one place where text becomes markup. In the built app that
 * place gets a Trusted Types policy which lives in Solid's own module: no other code can reach it.
 */

/** The line of Solid that parses a template. A release that words it otherwise fails the build, not the page. */
const SINK = 't.innerHTML = html;';
export const TEMPLATE_POLICY = 'loupe-templates';

const PRELUDE = `const loupeTemplates = globalThis.trustedTypes?.createPolicy('${TEMPLATE_POLICY}', { createHTML: (html) => html });\n`;
const GUARDED = 't.innerHTML = loupeTemplates ? loupeTemplates.createHTML(html) : html;';

/** @returns {import('vite').Plugin} */
export const trustedTypesPlugin = () => ({
  name: 'loupe:trusted-types',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /\/solid-js\/web\/dist\/web\.js(\?|$)/ },
    handler(code) {
      if (code.split(SINK).length !== 2) throw new Error(`solid-js/web has no single line \`${SINK}\` any more`);
      return { code: PRELUDE + code.replace(SINK, GUARDED), map: null };
    },
  },
});
