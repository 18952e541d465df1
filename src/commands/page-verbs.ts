/** What commands do outside the workspace's stores: the front hall's part, handed in. */
import type { SecondWindow } from '../state/second-window';

/** Panels that open over or beside the log. Opening one that is open closes it. */
export type Panel =
  | 'keys'
  | 'go-to'
  | 'address'
  | 'sources'
  | 'table'
  | 'palette'
  | 'settings'
  | 'help'
  | 'workspaces'
  | 'marks'
  | 'zone'
  | 'filters'
  | 'top'
  | 'note'
  | 'analyses'
  | 'rules'
  | 'health'
  | 'outbound';

export interface PageVerbs {
  readonly focusFilter: () => void;
  /** The focus, into the view that is shown. */
  readonly focusView: () => void;
  readonly openFiles: () => void;
  readonly openFolder: () => void;
  readonly toggle: (panel: Panel) => void;
  readonly isOpen: (panel: Panel) => boolean;
  /** @param prefix  what stands in its field: empty, or the sign of a mode such as `>` */
  readonly openPalette: (prefix: string) => void;
  /** @param part  the part to begin with: `keys`; empty: the top */
  readonly openSettings: (part: string) => void;
  /** Puts text on the clipboard and says so. */
  readonly copy: (text: string) => void;
  readonly workspaces: {
    /** A workspace is on screen. */
    readonly isOpen: () => boolean;
    readonly create: () => void;
    readonly rename: () => void;
    readonly list: () => void;
    readonly remove: () => void;
    readonly copyLink: () => void;
  };
  /** Analyses kept with the workspace. */
  readonly analyses: {
    /** There is a workspace to keep them with. */
    readonly isOpen: () => boolean;
    readonly hasPatterns: () => boolean;
    readonly hasFirstLook: () => boolean;
    readonly keepPatterns: () => void;
    readonly keepFirstLook: () => void;
  };
  /** Places a person has been, walked apart from undo. */
  readonly places: {
    /** Where there is no place, says so: the keys must not fall through to the browser, which would leave the page. */
    readonly back: () => void;
    readonly forward: () => void;
  };
  /** The app as a program on this device. */
  readonly app: {
    readonly canInstall: () => boolean;
    readonly install: () => void;
    /** Takes the newer version where there is one, or looks for one, and says what it found. */
    readonly update: () => void;
    readonly canKeepOffline: () => boolean;
    readonly keepOffline: () => void;
  };
  /** This page as one of several windows. */
  readonly windows: SecondWindow;
  /** One step back: a dialog, the dock, reading, the selection, the brush. */
  readonly stepBack: () => void;
}
