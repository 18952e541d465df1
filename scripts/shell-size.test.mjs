import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { linkedFiles, measureShell, staticImports } from './shell-size.mjs';

/** @type {string[]} */
const folders = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test('what is imported at once is found, what is imported when wanted is not', () => {
  const text =
    'import{a as b}from"./a.js";import"./b.js";import c,{d}from"./c.js";export*from"./e.js";' +
    'const f=()=>import("./lazy.js");const g="import from \'./text.js\'";\nimport * as h from "../h.js";';
  expect(staticImports(text)).toEqual(['./a.js', './b.js', './c.js', './e.js', '../h.js']);
});

test('scripts, styles and what is loaded beforehand are linked; icons and manifests are not', () => {
  const html =
    '<link rel="icon" href="./icon.svg"><script type="module" crossorigin src="./assets/i.js"></script>' +
    '<link rel="modulepreload" crossorigin href="./assets/s.js"><link rel="stylesheet" href="./assets/i.css">';
  expect(linkedFiles(html)).toEqual(['./assets/i.js', './assets/s.js', './assets/i.css']);
});

test('each file counts once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loupe-shell-'));
  folders.push(folder);
  writeFileSync(join(folder, 'index.html'), '<script src="./a.js"></script><link href="./s.css">');
  writeFileSync(join(folder, 'a.js'), 'import"./b.js";import("./lazy.js")');
  writeFileSync(join(folder, 'b.js'), 'import"./a.js"');
  writeFileSync(join(folder, 's.css'), 'a{}');
  writeFileSync(join(folder, 'lazy.js'), '0');
  const files = measureShell(folder);
  expect(files.map(({ file }) => file).sort()).toEqual(['a.js', 'b.js', 'index.html', 's.css']);
  for (const { packedBytes } of files) expect(packedBytes).toBeGreaterThan(0);
});
