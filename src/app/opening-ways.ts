/** The ways in besides dropping: picking, pasting, an address, a sample. All end in the same request to the sources. */
import { isFault } from '../base/fault';
import { readAddress } from '../state/read-address';
import type { OpenRequest } from '../state/sources';
import type { Workspace } from '../state/workspace';
import type { Sample } from '../views/start/samples';
import { pickFiles, pickFolder } from './pickers';
import { toRequests } from './read-drop';

export function createOpeningWays({ sources, cursor, noteRequest }: Workspace) {
  async function open(files: readonly OpenRequest[]): Promise<void> {
    if (files.length > 0) await sources.open(files);
  }

  /** @param how  how it came: the first word of its name */
  function openText(text: string, how = 'Pasted'): Promise<void> {
    const clock = new Date().toTimeString().slice(0, 8);
    return open([{ name: `${how} ${clock}`, blob: new Blob([text]), lastModified: Date.now() }]);
  }

  return {
    open,
    openText,
    /** @param fallback  the picker of every browser, which gives files without a way back to them */
    async pickFiles(fallback: () => void): Promise<void> {
      const picked = await pickFiles();
      if (picked === 'none') fallback();
      else if (picked) await open(picked);
    },
    async pickFolder(fallback: () => void): Promise<void> {
      const picked = await pickFolder();
      if (picked === 'none') fallback();
      else if (picked) await open(picked);
    },
    /** Opens what was picked; the picker is emptied, so that the same file can be picked again. */
    async takePicked(picker: HTMLInputElement): Promise<void> {
      const files = toRequests([...(picker.files ?? [])]);
      picker.value = '';
      await open(files);
    },
    async paste(): Promise<void> {
      try {
        await openText(await navigator.clipboard.readText());
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        cursor.say('The browser keeps the clipboard closed to buttons: press Ctrl V'); // NotAllowedError
      }
    },
    /** @throws Fault as `readAddress` does */
    async fetchAddress(address: string, signal: AbortSignal): Promise<void> {
      const url = URL.parse(address, location.href);
      if (url?.protocol.startsWith('http')) noteRequest(url.host);
      await open([await readAddress(address, signal)]);
    },
    async openSample(sample: Sample): Promise<void> {
      try {
        const { signal } = new AbortController();
        await open(await Promise.all(sample.files.map((file) => readAddress(`samples/${file}`, signal))));
      } catch (error) {
        if (!isFault(error)) throw error;
        sources.addFault(null, sample.title, error);
      }
    },
  };
}
