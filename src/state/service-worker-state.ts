/** How offline use stands, as the browser tells the page. */
import type { HealthFacts } from './health-facts';

export async function readServiceWorker(): Promise<NonNullable<HealthFacts['serviceWorker']>> {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined; // missing over plain http
  const isControlling = Boolean(container?.controller);
  const registration = await findRegistration(container);
  if (registration?.waiting) return { state: 'waiting', isControlling };
  if (registration?.active) return { state: 'active', isControlling };
  return { state: registration?.installing ? 'installing' : 'none', isControlling };
}

async function findRegistration(
  container: ServiceWorkerContainer | undefined,
): Promise<ServiceWorkerRegistration | undefined> {
  try {
    return await container?.getRegistration();
  } catch (error) {
    if (error instanceof DOMException) return undefined; // SecurityError: a blocked site
    throw error;
  }
}
