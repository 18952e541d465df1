/**
 * What other apps share with this one: taken from the form that the browser posts, held in memory until the page that is
 * being opened asks for it. Nothing of it is stored or sent.
 */

export interface Shared {
  readonly files: readonly File[];
  /** Title, text and address, a line each; empty when only files were shared. */
  readonly text: string;
}

// A page is there within seconds; what nobody has come for by then is let go.
const HELD_MS = 60_000;

export function createShares(scope: string) {
  const waiting = new Map<string, { shared: Shared; release: () => void }>();

  return {
    isShare: (request: Pick<Request, 'method' | 'url'>) =>
      request.method === 'POST' && request.url.replace(/[?#].*$/, '') === new URL('share', scope).href,
    /**
     * @returns the answer that sends the browser to the page, and a promise for as long as something is held: a service
     *   worker that is ended before would lose it
     */
    async receive(request: Pick<Request, 'formData'>): Promise<{ response: Response; held: Promise<void> }> {
      const form = await request.formData();
      const lines = ['title', 'text', 'url'].flatMap((name) => {
        const value = form.get(name);
        return typeof value === 'string' && value.trim() !== '' ? [value] : [];
      });
      const files = form.getAll('files').filter((value): value is File => value instanceof File && value.name !== '');
      const id = crypto.randomUUID();
      const held = new Promise<void>((release) => {
        waiting.set(id, { shared: { files, text: lines.join('\n') }, release });
        setTimeout(() => {
          waiting.delete(id);
          release();
        }, HELD_MS);
      });
      return { response: Response.redirect(new URL(`./?shared=${id}`, scope).href, 303), held };
    },
    /** Hands it over, once. @returns null when it is not there any more */
    take(id: string): Shared | null {
      const entry = waiting.get(id);
      waiting.delete(id);
      entry?.release();
      return entry?.shared ?? null;
    },
  };
}
