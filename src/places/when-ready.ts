/** An object of promises as its own promise: calls made before it is there wait for it, so a door can answer at once. */

type Calls<T> = { [K in keyof T]: T[K] extends (...args: never[]) => Promise<unknown> ? T[K] : never };

export function whenReady<T extends Calls<T> & object>(later: Promise<T>): T {
  return new Proxy({} as T, {
    get: (_, name) => {
      if (typeof name !== 'string' || name === 'then') return undefined;
      return async (...args: unknown[]) => {
        const target = (await later) as Record<string, (...args: unknown[]) => Promise<unknown>>;
        const method = target[name];
        if (method === undefined) throw new TypeError(`there is no call ${name}`);
        return method(...args);
      };
    },
  });
}
