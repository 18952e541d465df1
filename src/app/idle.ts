/** Waiting until nothing is under way and the screen answers what was asked. As `window.whenIdle()` for end-to-end tests. */

declare global {
  interface Window {
    whenIdle: () => Promise<void>;
  }
}

/**
 * @param isIdle  asked once per frame; two frames in a row make it true, since a settled answer may ask the next question
 * @param hurry   does at once what is only put off for a pause: keeping the workspace, writing the address
 * @param signal  ends the waiting: the promise resolves
 */
export async function waitUntilIdle(isIdle: () => boolean, hurry: () => void, signal?: AbortSignal): Promise<void> {
  for (let quietFrames = 0; quietFrames < 2 && !signal?.aborted; ) {
    await new Promise((resolve) => setTimeout(resolve, 16)); // unlike a frame, it comes in a hidden tab too
    hurry();
    quietFrames = isIdle() ? quietFrames + 1 : 0;
  }
}

export function installWhenIdle(isIdle: () => boolean, hurry: () => void) {
  window.whenIdle = () => waitUntilIdle(isIdle, hurry);
}
