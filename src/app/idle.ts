/** `window.whenIdle()`: resolves when nothing is under way and the screen answers what was asked. For end-to-end tests. */

declare global {
  interface Window {
    whenIdle: () => Promise<void>;
  }
}

/**
 * @param isIdle  asked once per frame; two frames in a row make it true, since a settled answer may ask the next question
 * @param hurry   does at once what is only put off for a pause: keeping the workspace, writing the address
 */
export function installWhenIdle(isIdle: () => boolean, hurry: () => void) {
  window.whenIdle = async () => {
    for (let quietFrames = 0; quietFrames < 2; ) {
      await new Promise((resolve) => setTimeout(resolve, 16)); // unlike a frame, it comes in a hidden tab too
      hurry();
      quietFrames = isIdle() ? quietFrames + 1 : 0;
    }
  };
}
