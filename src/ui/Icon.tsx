/** The inline sprite: icons of 16 px and level glyphs of 12 px, drawn in the colour of their text. */
import type { Component } from 'solid-js';

import styles from './Icon.module.css';

const LINES = {
  loupe: 'M11.9 6.8a5.1 5.1 0 1 1-10.2 0 5.1 5.1 0 0 1 10.2 0M10.6 10.6 14.4 14.4M4.4 5.7h4.8M4.4 8h3',
  filter: 'M2.2 3.2h11.6L9.4 8.6v4.1l-2.8 1.2V8.6z',
  down: 'm4 6.2 4 3.8 4-3.8',
  right: 'm6.2 4 3.8 4-3.8 4',
  close: 'm4 4 8 8m0-8-8 8',
  plus: 'M8 3.2v9.6M3.2 8h9.6',
  copy: 'M5.6 5.6h7.6v7.6H5.6zM10.4 5.4V2.8H2.8v7.6h2.6',
  folder:
    'M1.8 4.4c0-.8.5-1.3 1.3-1.3h2.8l1.5 1.8h5.5c.8 0 1.3.5 1.3 1.3v5.5c0 .8-.5 1.3-1.3 1.3H3.1c-.8 0-1.3-.5-1.3-1.3z',
  file: 'M3.6 1.8h5.6l3.2 3.2v9.2H3.6zM9 1.8v3.4h3.4',
  clip: 'M5.4 3.2H3.2v10.6h9.6V3.2h-2.2M5.6 1.8h4.8v2.8H5.6z',
  globe:
    'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M2 8h12M8 2c2 1.8 2.8 3.8 2.8 6S10 12.2 8 14C6 12.2 5.2 10.2 5.2 8S6 3.8 8 2z',
  shield: 'm8 1.7 5 1.9v4.1c0 3.2-2.1 5.4-5 6.5-2.9-1.1-5-3.3-5-6.5V3.6zm-2.3 6.2 1.7 1.7 3-3.3',
  check: 'm3 8.6 3.3 3.3L13 4.6',
  clock: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M8 4.4V8l2.5 1.6',
  drawer: 'M2.2 2.8h11.6v10.4H2.2zM10 2.8v10.4',
  help: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M6.3 6.5c0-1 .7-1.7 1.7-1.7s1.7.6 1.7 1.6c0 1.3-1.7 1.4-1.7 2.8M8 11.4v.01',
  table: 'M2.2 2.8h11.6v10.4H2.2zM2.2 6.2h11.6M6.6 6.2v7',
  lock: 'M4 7.2h8v6.2H4zM5.6 7V5.2a2.4 2.4 0 0 1 4.8 0V7',
  windows: 'M1.8 2.6h8.6v6.6H1.8zM5.4 9.4v3.8h8.8V6.4h-3.6',
  layers: 'm8 2.2 6 3-6 3-6-3zM2 8.2l6 3 6-3M2 11.2l6 3 6-3',
  mark: 'M4 2.2h8v11.6l-4-3-4 3z',
  keyboard: 'M1.6 4h12.8v8.4H1.6zM4 6.6h.01M6.6 6.6h.01M9.3 6.6h.01M12 6.6h.01M4 9.8h.01M6 9.8h4M12 9.8h.01',
  settings:
    'M2.2 4.6h6.2M11.4 4.6h2.4M2.2 11.4h2.4M7.6 11.4h6.2M11.4 4.6a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0M7.6 11.4a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0',
  note: 'M2.8 2.8h10.4v7.2l-3.4 3.2h-7zM13 10H9.8v3.2M5.2 5.6h5.6M5.2 8h3.4',
  warning: 'M8 2.2 14.4 13.4H1.6zM8 6.4v3.4M8 11.6v.01',
  minus: 'M3.2 8h9.6',
  search: 'M11.6 7a4.6 4.6 0 1 1-9.2 0 4.6 4.6 0 0 1 9.2 0m-1.2 3.4 3.6 3.6',
  up: 'm4 9.8 4-3.8 4 3.8',
  star: 'm8 1.9 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.3l-3.7 2.1.8-4.2L2 6.3l4.2-.5z',
  split: 'M2.2 2.8h11.6v10.4H2.2zM2.2 9h11.6',
  inplace: 'M2.2 2.8h11.6v10.4H2.2zM4.8 6h6.4M4.8 8.2h6.4M4.8 10.4h4',
  sort: 'M5 3v10m0 0-2.4-2.6M5 13l2.4-2.6M11 13V3m0 0L8.6 5.6M11 3l2.4 2.6',
  link: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.9-.9',
  more: 'M3.4 8h.01M8 8h.01M12.6 8h.01',
  columns: 'M2.2 2.8h11.6v10.4H2.2zM6 2.8v10.4M10 2.8v10.4',
} as const;

export type IconName = keyof typeof LINES | 'theme' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** A picture beside a word, or inside a control that has a name of its own: never read out. */
export const Icon: Component<{ name: IconName; small?: boolean; class?: string | undefined }> = (props) => (
  <svg class={`${styles.icon} ${props.small ? styles.small : ''} ${props.class ?? ''}`} aria-hidden="true">
    <use href={`#i-${props.name}`} />
  </svg>
);

/** Put once into the page, before anything that draws icons. */
export const Sprite: Component = () => (
  <svg class={styles.sprite} width="0" height="0" aria-hidden="true">
    <defs>
      {Object.entries(LINES).map(([name, path]) => (
        <symbol id={`i-${name}`} viewBox="0 0 16 16">
          <path class="icon-line" d={path} />
        </symbol>
      ))}
      <symbol id="i-theme" viewBox="0 0 16 16">
        <path class="icon-line" d="M13.6 8A5.6 5.6 0 1 1 2.4 8a5.6 5.6 0 0 1 11.2 0" />
        <path class="icon-fill" d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" />
      </symbol>
      <symbol id="i-fatal" viewBox="0 0 12 12">
        <path class="icon-fill" d="M.8.8h10.4v10.4H.8z" />
        <path class="glyph-cut" d="m3.8 3.8 4.4 4.4m0-4.4L3.8 8.2" />
      </symbol>
      <symbol id="i-error" viewBox="0 0 12 12">
        <circle class="icon-fill" cx="6" cy="6" r="5.3" />
        <path class="glyph-cut" d="M3.3 6h5.4" />
      </symbol>
      <symbol id="i-warn" viewBox="0 0 12 12">
        <path class="icon-fill" d="M6 .7 11.7 11.2H.3z" />
        <path class="glyph-cut" d="M6 4.3v3.1M6 9.1v.3" />
      </symbol>
      <symbol id="i-info" viewBox="0 0 12 12">
        <circle class="glyph-open" cx="6" cy="6" r="4.5" />
        <circle class="icon-fill" cx="6" cy="6" r="1.4" />
      </symbol>
      <symbol id="i-debug" viewBox="0 0 12 12">
        <path class="glyph-open" d="M6 1.5 10.5 6 6 10.5 1.5 6z" />
      </symbol>
      <symbol id="i-trace" viewBox="0 0 12 12">
        <path class="icon-fill" d="M2 4.9a1.1 1.1 0 1 0 .01 0M6 4.9a1.1 1.1 0 1 0 .01 0M10 4.9a1.1 1.1 0 1 0 .01 0" />
      </symbol>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path class={styles.hatch} d="M0 0v6" />
      </pattern>
    </defs>
  </svg>
);
