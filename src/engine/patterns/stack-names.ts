/** What a frame is told apart by: its function without what a compiler, a bundler or a run put into its name. */

import type { StackLanguage } from './stack-library';

/** Functions that stand for none: what tells them apart is the file. */
const NAMELESS =
  /^(?:<?anonymous>?|<module>|<lambda>|<listcomp>|<genexpr>|<dictcomp>|<main>|<top \(required\)>|eval|\?+|)$/;

/**
 * @param name  without arguments
 * @param file  '' for none
 */
export function frameKey(language: StackLanguage, name: string, file: string): string {
  const base = plainFile(file);
  switch (language) {
    case 'jvm':
      return jvmName(name);
    case 'dotnet':
      return dotnetName(name);
    case 'go':
      return goName(name);
    case 'rust':
      return rustName(name);
    case 'php':
    case 'elixir':
      return name;
    case 'native':
      return inFile(name.replace(/\[abi:\w+\]/g, '').replace(/ \[clone [^\]]*\]/g, ''), base);
    case 'script':
      return inFile(scriptName(name), base);
    case 'python':
      return inFile(name, base);
    case 'ruby':
      return inFile(name.replace(/^(?:block (?:\([^)]*\) )?in |rescue in |ensure in )+/, ''), base);
  }
}

function inFile(name: string, base: string): string {
  if (NAMELESS.test(name)) return base;
  return base === '' ? name : `${name} (${base})`;
}

//                 ┌ of Scala and Spring, up to the method   ┌ the method a lambda stands in                      ┌ counted classes
function jvmName(name: string): string {
  return name
    .replace(/\$\$[^.]*/g, '')
    .replace(/(?<=\.)(?:lambda\$|\$anonfun\$)(\w+?)(?:\$\d+)?(?:\$adapted)?$/, '$1')
    .replace(/\$(?:Lambda|anonfun|anon)\b[^.]*/g, '')
    .replace(/\$\d+/g, '')
    .replace(/\$(?=\.|$)/g, '')
    .replace(/\b(Generated(?:Method|Constructor)Accessor|Proxy)\d+/g, '$1');
}

/** `Orders.<SaveAsync>d__12.MoveNext`: Orders.SaveAsync; `Orders.<>c__DisplayClass3_0.<Run>b__1`: Orders.Run. */
function dotnetName(name: string): string {
  return name
    .replace(/\.<>c(?:__DisplayClass\w*)?(?=\.)/g, '')
    .replace(/<(\w+)>[bdg]__\w+(?:\|\w+)?/g, '$1')
    .replace(/\.MoveNext$/, '')
    .replace(/\[[^\]]*\]$/, '')
    .replace(/`\d+/g, '');
}

function goName(name: string): string {
  return name
    .replace(/\[[^\]]*\]/g, '')
    .replace(/-fm$/, '')
    .replace(/(?:\.(?:func|gowrap)\d+|\.\d+|\.deferwrap\d*)+$/, '');
}

function rustName(name: string): string {
  return name.replace(/::h[0-9a-f]{16}$/, '').replace(/(?:::\{\{?closure\}?\}(?:#\d+)?)+/g, '');
}

function scriptName(name: string): string {
  const bare = name
    .replace(/^(?:async |new )+/, '')
    .replace(/ \[as [^\]]*\]$/, '')
    .replace(/^(?:Object|Module|global|globalThis|Window)\./, '')
    .replace(/[/<]+$/, '');
  return /(?:^|\.)<anonymous>$/.test(bare) ? '' : bare;
}

/** The file's name without its folders, its query and what a bundler hashed into it: `main.3f2a1c9b.js` is main.js. */
export function plainFile(file: string): string {
  let end = file.search(/[?#]/);
  if (end < 0) end = file.length;
  const path = file.slice(0, end);
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  // A hash has a digit among its eight or more characters; a word of a name has none.
  return base.replace(/[.-](?=[a-zA-Z_-]*\d)[\da-zA-Z_]{8,}(?=\.)/, '');
}

/** The exception's type as a group goes by it: without counted classes. */
export function plainType(type: string): string {
  return type.replace(/\$\d+/g, '').replace(/`\d+/g, '').replace(/\$$/, '');
}

/** Without its package: of `com.acme.LedgerException`, LedgerException; of `Foo::Error`, Foo::Error, since its name alone tells nothing. */
export function shortType(type: string): string {
  const parts = type.split(/(\.|::|\\|\/)/);
  const last = parts.at(-1) ?? type;
  return isGenericType(last) && parts.length > 2 && !GENERIC_OWNERS.test(type) ? parts.slice(-3).join('') : last;
}

const GENERIC = new Set(
  'Error Exception RuntimeException Throwable StandardError RuntimeError ApplicationException SystemException ErrorException Fault Failure panic'.split(
    ' ',
  ),
);

//                        ┌ packages of the languages themselves
const GENERIC_OWNERS = /^(?:(?:java\.lang|kotlin|scala|System|builtins|exceptions|core|errors)\.\w+|\\\w+)$/;

/** A type that says only that something went wrong: `Error`, `java.lang.RuntimeException`. A package of one's own tells more. */
export function isGenericType(type: string): boolean {
  return GENERIC.has(type) || (GENERIC_OWNERS.test(type) && GENERIC.has(type.slice(type.search(/\w+$/))));
}

/** What titles show of a frame: the class and the function, without the package. */
export function shortFrame(key: string): string {
  if (key.includes(' ') || key.includes('/') || key.includes('::') || key.includes('\\')) {
    return key.slice(key.lastIndexOf('/') + 1);
  }
  const parts = key.split('.');
  return parts.length > 2 ? parts.slice(-2).join('.') : key;
}
