/** The focus, into the view that is shown. */
import type { ViewId } from '../state/view';

/** Of the lines it is the log that has the keys; the other views are elements named after themselves. */
export function focusView(view: ViewId) {
  document.getElementById(view === 'lines' ? 'log' : view)?.focus();
}
