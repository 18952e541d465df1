/** Where a menu opens: below what it belongs to, or above it where there is more room; never out of the window. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface MenuPlace {
  readonly left: number;
  readonly top: number;
  /** What there is room for; a longer menu scrolls. */
  readonly maxHeight: number;
}

// So much stays free between the menu and its anchor, and between it and the window's edge, px.
const GAP = 4;
const EDGE = 8;

/** All in px of the window. @param menu  as large as it would like to be */
export function placeMenu(anchor: Box, menu: Size, view: Size): MenuPlace {
  const below = view.height - EDGE - (anchor.bottom + GAP);
  const above = anchor.top - GAP - EDGE;
  const isAbove = menu.height > below && above > below;
  const room = Math.max(0, isAbove ? above : below);
  const height = Math.min(menu.height, room);
  // It begins where its anchor begins, unless it would stick out: then it ends where the anchor ends.
  const isEndAligned = anchor.left + menu.width > view.width - EDGE;
  const left = isEndAligned ? anchor.right - menu.width : anchor.left;
  return {
    left: Math.max(EDGE, Math.min(left, view.width - EDGE - menu.width)),
    top: isAbove ? anchor.top - GAP - height : anchor.bottom + GAP,
    maxHeight: room,
  };
}
