/** A dot on the icon of the installed app: a log that was being opened is complete, and nobody has looked since. */
import { type Accessor, createEffect, on, onCleanup } from 'solid-js';

interface Badges {
  readonly setAppBadge?: () => Promise<void>;
  readonly clearAppBadge?: () => Promise<void>;
}

export function createBadge(isOpening: Accessor<boolean>): void {
  const badges = navigator as Badges;
  let isSet = false;
  // A browser may refuse (no such icon, a policy): the dot is an extra.
  const change = (wanted: boolean) => {
    isSet = wanted;
    void (wanted ? badges.setAppBadge?.() : badges.clearAppBadge?.())?.catch(() => undefined);
  };
  createEffect(
    on(isOpening, (now, before) => {
      if (before === true && !now && document.visibilityState === 'hidden') change(true);
    }),
  );
  const onLook = () => {
    if (document.visibilityState === 'visible' && isSet) change(false);
  };
  document.addEventListener('visibilitychange', onLook);
  onCleanup(() => document.removeEventListener('visibilitychange', onLook));
}
