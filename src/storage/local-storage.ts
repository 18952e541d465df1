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
