/** The browser's storage for small things, where it grants one. */

/** Undefined in a blocked site or a private window of some browsers. */
export function findLocalStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined; // SecurityError
    throw error;
  }
}

/** The same for what lasts as long as the tab. */
export function findSessionStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined; // SecurityError
    throw error;
  }
}
