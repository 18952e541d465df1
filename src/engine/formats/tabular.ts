/** Formats whose columns are named in the text itself: tables with a first line of names, and W3C logs with #Fields. */

import type { LayoutFormat } from './format';

export const W3C: LayoutFormat = {
  kind: 'layout',
  id: 'w3c-extended',
  title: 'W3C extended log (IIS, CloudFront, Exchange)',
  family: 'Web',
  source: 'https://www.w3.org/TR/WD-logfile.html',
  header: 'directives',
  layouts: [
    '#{directive:alpha}:( {time:yyyy-MM-dd HH:mm:ss})?{message}',
    // What IIS writes as it is installed, for files that lost their #Fields line.
    [
      '{time:yyyy-MM-dd HH:mm:ss} {s-ip:word} {start}{cs-method:word} {cs-uri-stem:word} {cs-uri-query:word} {s-port:digits} ',
      '{cs-username:word} {c-ip:word} {cs-User-Agent:word} {cs-Referer:word} {sc-status:status} {sc-substatus:digits} ',
      '{sc-win32-status:digits} {time-taken:digits}(!{_:word})',
    ].join(''),
  ],
  samples: [
    {
      text: '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
      level: null,
      message:
        'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
      fields: { directive: 'Fields' },
    },
    {
      text: '#Date: 2023-07-19 08:14:03',
      time: '2023-07-19T08:14:03',
      level: null,
      message: '',
      fields: { directive: 'Date' },
    },
    {
      text: '2023-07-19 08:14:05 10.0.0.4 GET /favicon.ico - 443 - 203.0.113.9 Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64) https://example.com/ 404 0 2 15',
      time: '2023-07-19T08:14:05',
      level: 'WARN',
      message:
        'GET /favicon.ico - 443 - 203.0.113.9 Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64) https://example.com/ 404 0 2 15',
      fields: { 's-ip': '10.0.0.4', 'cs-method': 'GET', 'c-ip': '203.0.113.9', 'sc-status': '404', 'time-taken': '15' },
    },
  ],
};

const TIME = '{time:yyyy-MM-dd[T ]HH:mm:ss?[.]?f?z}';
const QUOTED_TIME = `("${TIME}"|${TIME})`;
const QUOTED_LEVEL = '("{level}"|{level})(!(!,))';

export const CSV: LayoutFormat = {
  kind: 'layout',
  id: 'csv',
  title: 'CSV, TSV (columns named by the first line)',
  family: 'Structured',
  source: 'https://www.rfc-editor.org/rfc/rfc4180',
  header: 'first-line',
  // Without a line of names: a time, a level at once or behind one more column, a text.
  layouts: [`${QUOTED_TIME},(${QUOTED_LEVEL}|{source:cell=,},${QUOTED_LEVEL}),{message:cell=,}({more:rest})?`],
  samples: [
    {
      text: '2024-01-15T10:23:45.123Z,ERROR,"payment refused, card expired",shop',
      time: '2024-01-15T10:23:45.123Z',
      level: 'ERROR',
      message: 'payment refused, card expired',
      fields: { more: ',shop' },
    },
    {
      text: '2024-01-15 10:23:46,INFO,started',
      time: '2024-01-15T10:23:46',
      level: 'INFO',
      message: 'started',
    },
    {
      text: '"2024-01-15 10:23:47","gateway","warning","he said ""slow""\nand left"',
      time: '2024-01-15T10:23:47',
      level: 'WARN',
      message: 'he said ""slow""',
      fields: { source: 'gateway' },
    },
  ],
};
