/**
 * Trusted Types: where the policy asks for them, a thread starts scripts of this app by their addresses, and no others; text
 * never becomes markup. Solid's templates have a policy of their own, which nobody else can reach (`scripts/trusted-types.mjs`).
 */

/** As far as it is used: not every browser has it. @see https://w3c.github.io/trusted-types/dist/spec/ */
interface TrustedTypesFactory {
  createPolicy(name: 'default', rules: { createScriptURL: (url: string) => string | null }): unknown;
}

/**
 * @param base  address of the file that asks: it lies in the app's folder `assets`
 * @returns whether a script of this address belongs to the app: a `.js` file in its folder, without a query
 */
export function isOwnScript(url: string, base: string): boolean {
  const folder = new URL('..', base).href;
  const wanted = URL.canParse(url, base) ? new URL(url, base).href : '';
  return wanted.startsWith(folder) && wanted.endsWith('.js') && !/[?#]/.test(wanted);
}

/** To be called before the first worker is started, once in each thread that starts any. */
export function allowOwnScripts(base: string): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  trustedTypes?.createPolicy('default', {
    // The default policy is asked for every plain string. Without a rule for markup and for code, those are refused.
    createScriptURL: (url) => (isOwnScript(url, base) ? url : null),
  });
}
