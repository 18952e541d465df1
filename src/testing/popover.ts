/** jsdom hides popovers and cannot show them: shown ones get an attribute, and hiding one says so as the browser does. */

const OPEN = 'data-popover-open';

export function standInForPopover() {
  HTMLElement.prototype.showPopover = function showPopover() {
    this.setAttribute(OPEN, '');
    this.style.setProperty('display', 'block');
  };
  HTMLElement.prototype.hidePopover = function hidePopover() {
    if (!this.hasAttribute(OPEN)) return;
    this.removeAttribute(OPEN);
    this.style.removeProperty('display');
    this.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'closed', oldState: 'open' }));
  };
}
