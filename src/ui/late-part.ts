/** Parts of the page whose code is fetched when they are first drawn. */
import { lazy } from 'solid-js';

let onTheWay = 0;

/** A component as of Solid's `lazy`; the page is not idle while its code is on the way. */
export const latePart: typeof lazy = (load) =>
  lazy(async () => {
    onTheWay += 1;
    try {
      return await load();
    } finally {
      onTheWay -= 1;
    }
  });

/** Every part that was asked for is here, or has failed to come. */
export const areLatePartsHere = () => onTheWay === 0;
