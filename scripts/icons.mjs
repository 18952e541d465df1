/** Draws the app's PNG icons from public/icon.svg, in a browser: `node scripts/icons.mjs`. They are kept beside it. */
import { readFileSync, writeFileSync } from 'node:fs';

import { chromium } from '@playwright/test';

import { launchOptions } from './chromium.mjs';
import { at } from './project.mjs';

const svg = readFileSync(at('public/icon.svg'), 'utf8');
// A maskable icon may be cut to a circle of 80 % of its width: the drawing is made smaller, and its ground goes to the edges.
const maskable = svg
  .replace(' rx="14"', '')
  .replace(/(<rect [^>]*\/>)/, '$1<g transform="translate(8.5 8.5) scale(0.73)">')
  .replace('</svg>', '</g></svg>');

const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage();
  for (const { file, size, text } of [
    { file: 'icon-192.png', size: 192, text: svg },
    { file: 'icon-512.png', size: 512, text: svg },
    { file: 'icon-maskable-512.png', size: 512, text: maskable },
  ]) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${text}`);
    const png = await page.screenshot({ omitBackground: true });
    writeFileSync(at(`public/${file}`), png);
    console.log(`public/${file}: ${png.length} bytes`);
  }
} finally {
  await browser.close();
}
