/** Sizes and places that come from data, as custom properties: the content security policy allows no style attributes. */
import { createRenderEffect } from 'solid-js';

/** Keeps custom properties of an element at the values of `read`, e.g. `{ '--y': '240px' }`. To be called in its `ref`. */
export function bindVars(element: HTMLElement | SVGElement, read: () => Readonly<Record<`--${string}`, string>>) {
  createRenderEffect(() => {
    for (const [name, value] of Object.entries(read())) element.style.setProperty(name, value);
  });
}
