/** Installing the app: the browser's offer is kept until a person asks for it, and never made by the page itself. */
import { createSignal, onCleanup } from 'solid-js';

/** Chromium's; others have a menu of their own for it. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

export function createInstalling() {
  const [offer, setOffer] = createSignal<InstallPrompt | null>(null);
  const onOffer = (event: Event) => {
    event.preventDefault(); // no bar of the browser
    setOffer(event as InstallPrompt);
  };
  const onInstalled = () => setOffer(null);
  window.addEventListener('beforeinstallprompt', onOffer);
  window.addEventListener('appinstalled', onInstalled);
  onCleanup(() => {
    window.removeEventListener('beforeinstallprompt', onOffer);
    window.removeEventListener('appinstalled', onInstalled);
  });
  return {
    /** The browser would install it, and it is not installed yet. */
    isOffered: () => offer() !== null,
    /** To be called by a person's click or key. An offer can be used once. */
    install(): void {
      const kept = offer();
      setOffer(null);
      void kept?.prompt();
    },
  };
}
