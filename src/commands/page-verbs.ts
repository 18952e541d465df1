/** What commands do outside the workspace's stores: the front hall's part, handed in. */

/** Panels that open over or beside the log. Opening one that is open closes it. */
export type Panel = 'keys' | 'go-to' | 'address' | 'sources' | 'table' | 'palette' | 'settings' | 'help' | 'workspaces';

export interface PageVerbs {
  focusFilter(): void;
  focusLog(): void;
  openFiles(): void;
  openFolder(): void;
  toggle(panel: Panel): void;
  isOpen(panel: Panel): boolean;
  /** Puts text on the clipboard and says so. */
  copy(text: string): void;
  /** One step back: a dialog, the dock, reading, the selection, the brush. */
  stepBack(): void;
}
