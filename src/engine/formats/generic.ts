/** Formats for lines of unknown origin, told apart by how they write their time; the last resorts of detection. */

import type { LayoutFormat, PlainFormat } from './format';
import { bracketed, generalLayout } from './fragments';

const ISO_DATE = 'yyyy-MM-dd[T _-]HH[:.]mm[:.]ss?[,.:]?f';

export const GENERIC_ISO: LayoutFormat = {
  kind: 'layout',
  id: 'generic-iso',
  title: 'ISO 8601 time, then level and message',
  family: 'Text',
  source: 'https://www.rfc-editor.org/rfc/rfc3339',
  layouts: [
    generalLayout(
      bracketed(
        `{time:${ISO_DATE} z}`,
        `{time:${ISO_DATE}?z}`,
        '{time:yyyyMMdd[T ]HH:mm:ss?[,.]?f?z}',
        "{time:yyyyMMdd'T'HHmmss?[,.]?f?z}",
      ),
    ),
    // No seconds.
    generalLayout(bracketed('{time:yyyy-MM-dd[T ]HH:mm?z}')),
  ],
  samples: [
    {
      text: '2010-12-12 11:41:42,612 is when this event was logged.',
      time: '2010-12-12T11:41:42.612',
      level: null,
      message: 'is when this event was logged.',
    },
    {
      text: '2025-01-01 10:00:00 Failed to open the pool',
      time: '2025-01-01T10:00:00',
      level: null,
      message: 'Failed to open the pool',
    },
    { text: '[2025-01-01 10:00:00] [info] msg', time: '2025-01-01T10:00:00', level: 'INFO', message: 'msg' },
    {
      text: '2025-01-01T10:00:00.250+01:00 [worker-3] WARN com.acme.Pool: slow [5 s]',
      time: '2025-01-01T09:00:00.250Z',
      level: 'WARN',
      message: 'slow [5 s]',
      fields: { thread: 'worker-3', logger: 'com.acme.Pool' },
    },
    {
      text: '2025-01-01 10:00:00 UTC | ERROR | payment refused\n  at pay.ts:12',
      time: '2025-01-01T10:00:00Z',
      level: 'ERROR',
      message: 'payment refused',
    },
    {
      text: '2025-01-01 10:00:00,5 INFO pool.py:41 - ready',
      time: '2025-01-01T10:00:00.500',
      level: 'INFO',
      message: 'ready',
      fields: { file: 'pool.py', line: '41' },
    },
    { text: '(2025-01-01T10:00:00Z) <debug> poll', time: '2025-01-01T10:00:00Z', level: 'DEBUG', message: 'poll' },
    {
      text: '2025-01-01 10:00:00.001 gateway [ERROR] upstream gone',
      time: '2025-01-01T10:00:00.001',
      level: 'ERROR',
      message: 'upstream gone',
      fields: { logger: 'gateway' },
    },
    { text: '2025-01-01 10:00 backup finished', time: '2025-01-01T10:00:00', level: null, message: 'backup finished' },
    { text: '20250101T100000Z error: no route', time: '2025-01-01T10:00:00Z', level: 'ERROR', message: 'no route' },
  ],
};

export const GENERIC_SLASH: LayoutFormat = {
  kind: 'layout',
  id: 'generic-slash-date',
  title: 'Year/month/day with slashes or dots',
  family: 'Text',
  source: 'https://www.unicode.org/reports/tr35/tr35-dates.html',
  layouts: [
    generalLayout(
      bracketed('{time:yyyy[/.]M[/.]d[ T-]H:mm:ss?[,.:]?f? z}', '{time:yyyy[/.]M[/.]d[ T-]H:mm:ss?[,.:]?f?z}'),
    ),
  ],
  samples: [
    { text: '2025/01/02 10:00:00 INFO started', time: '2025-01-02T10:00:00', level: 'INFO', message: 'started' },
    {
      text: '2025/01/02 10:00:00.123 [main] ERROR disk full\n\tat a.b.C',
      time: '2025-01-02T10:00:00.123',
      level: 'ERROR',
      message: 'disk full',
      fields: { thread: 'main' },
    },
    {
      text: '[2025.1.2 9:05:07] connection reset',
      time: '2025-01-02T09:05:07',
      level: null,
      message: 'connection reset',
    },
  ],
};

export const GENERIC_US: LayoutFormat = {
  kind: 'layout',
  id: 'generic-us-date',
  title: 'Month/day/year, 12- or 24-hour clock',
  family: 'Text',
  source: 'https://docs.python.org/3/howto/logging.html#displaying-the-date-time-in-messages',
  layouts: [
    generalLayout(
      bracketed(
        '{time:M/d/yyyy?, h:mm:ss?[,.]?f? a}',
        '{time:M/d/yyyy?, H:mm:ss?[,.]?f}',
        '{time:M/d/yy?, h:mm:ss?[,.]?f a}',
        '{time:M/d/yy?, H:mm:ss?[,.]?f}',
      ),
    ),
  ],
  samples: [
    {
      text: '12/12/2010 11:46:36 AM is when this event was logged.',
      time: '2010-12-12T11:46:36',
      level: null,
      message: 'is when this event was logged.',
    },
    {
      text: '1/31/2025 1:02:03 PM ERROR lost the lease',
      time: '2025-01-31T13:02:03',
      level: 'ERROR',
      message: 'lost the lease',
    },
    { text: '[01/31/2025 23:59:59.999] [warn] low', time: '2025-01-31T23:59:59.999', level: 'WARN', message: 'low' },
  ],
};

export const GENERIC_EUROPEAN: LayoutFormat = {
  kind: 'layout',
  id: 'generic-european-date',
  title: 'Day before month before year',
  family: 'Text',
  source: 'https://www.unicode.org/reports/tr35/tr35-dates.html',
  layouts: [
    generalLayout(bracketed('{time:d[./-]M[./-]yyyy?, H:mm:ss?[,.]?f?z}', '{time:d[./-]M[./-]yy?, H:mm:ss?[,.]?f?z}')),
  ],
  samples: [
    { text: '02.01.2025 10:00:00 INFO gestartet', time: '2025-01-02T10:00:00', level: 'INFO', message: 'gestartet' },
    {
      text: '31/12/2024 23:59:59,250 [7] ERROR Pool - leer',
      time: '2024-12-31T23:59:59.250',
      level: 'ERROR',
      message: 'leer',
      fields: { thread: '7', logger: 'Pool' },
    },
    {
      text: '31-12-2024 09:08:07 connection reset',
      time: '2024-12-31T09:08:07',
      level: null,
      message: 'connection reset',
    },
  ],
};

export const GENERIC_MONTH_NAME: LayoutFormat = {
  kind: 'layout',
  id: 'generic-month-name',
  title: 'Date with the name of the month',
  family: 'Text',
  source: 'https://pubs.opengroup.org/onlinepubs/9699919799/functions/asctime.html',
  layouts: [
    generalLayout(
      bracketed(
        '{time:d[ /-]MMM[ /-]yyyy?[,:]? H:mm:ss?[,.]?f z}',
        '{time:d[ /-]MMM[ /-]yyyy?[,:]? H:mm:ss?[,.]?f?z}',
        '{time:EEE MMM d H:mm:ss?[,.]?f yyyy}',
        '{time:EEE MMM d H:mm:ss?[,.]?f z yyyy}',
        '{time:EEE?, d MMM yyyy H:mm:ss?[,.]?f? ?z}',
      ),
    ),
    generalLayout(
      bracketed(
        '{time:MMM d, yyyy h:mm:ss?[,.]?f a}',
        '{time:MMM d, yyyy?, H:mm:ss?[,.]?f}',
        '{time:MMM d yyyy H:mm:ss?[,.]?f}',
      ),
    ),
  ],
  samples: [
    {
      text: '02-Jan-2025 10:00:00.123 queries: info: client 192.0.2.1#4711: query: example.com IN A',
      time: '2025-01-02T10:00:00.123',
      level: 'INFO',
      message: 'client 192.0.2.1#4711: query: example.com IN A',
      fields: { logger: 'queries' },
    },
    {
      text: 'Tue Jan  2 10:00:00 2024 ERROR no route to host',
      time: '2024-01-02T10:00:00',
      level: 'ERROR',
      message: 'no route to host',
    },
    { text: 'Jan 2, 2024 3:04:05 PM [WARN] retry', time: '2024-01-02T15:04:05', level: 'WARN', message: 'retry' },
    { text: 'Tue, 02 Jan 2024 10:00:00 GMT served', time: '2024-01-02T10:00:00Z', level: null, message: 'served' },
  ],
};

export const GENERIC_YEARLESS: LayoutFormat = {
  kind: 'layout',
  id: 'generic-yearless',
  title: 'Month, day and clock without a year',
  family: 'Text',
  source: 'https://www.unicode.org/reports/tr35/tr35-dates.html',
  layouts: [generalLayout(bracketed('{time:MMM d HH:mm:ss?[,.]?f}', '{time:MM[./-]dd[ T-]HH:mm:ss?[,.:]?f}'))],
  samples: [
    { text: 'Jan  2 10:00:00.125 INFO started', time: '--01-02T10:00:00.125', level: 'INFO', message: 'started' },
    { text: '[01-02 10:00:00] [error] lost', time: '--01-02T10:00:00', level: 'ERROR', message: 'lost' },
    { text: '12/31 23:59:59 connection reset', time: '--12-31T23:59:59', level: null, message: 'connection reset' },
  ],
};

export const GENERIC_CLOCK: LayoutFormat = {
  kind: 'layout',
  id: 'generic-clock',
  title: 'Clock without a date',
  family: 'Text',
  source: 'https://www.rfc-editor.org/rfc/rfc3339',
  layouts: [generalLayout(bracketed('{time:H:mm:ss?[,.]?f? a}', '{time:H:mm:ss?[,.]?f}'))],
  samples: [
    {
      text: '10:00:00.000 ERROR connection refused\n    at pool.ts:41',
      time: 'T10:00:00',
      level: 'ERROR',
      message: 'connection refused',
    },
    {
      text: '[10:00:01] [main/INFO]: Loading world',
      time: 'T10:00:01',
      level: 'INFO',
      message: 'Loading world',
      fields: { thread: 'main' },
    },
    { text: '9:05:07 server: listening', time: 'T09:05:07', level: null, message: 'server: listening' },
    {
      text: '23:59:59,999 WARN  [pool-1] Pool - empty',
      time: 'T23:59:59.999',
      level: 'WARN',
      message: 'empty',
      fields: { thread: 'pool-1', logger: 'Pool' },
    },
  ],
};

export const GENERIC_EPOCH: LayoutFormat = {
  kind: 'layout',
  id: 'generic-epoch',
  title: 'Unix time (s, ms, µs or ns)',
  family: 'Text',
  source: 'https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap04.html#tag_04_16',
  layouts: [generalLayout(bracketed('{time:epoch}'))],
  samples: [
    { text: '1700000000 ERROR disk full', time: '2023-11-14T22:13:20Z', level: 'ERROR', message: 'disk full' },
    {
      text: '1700000000.250 connection reset',
      time: '2023-11-14T22:13:20.250Z',
      level: null,
      message: 'connection reset',
    },
    { text: '[1700000000123] [warn] low', time: '2023-11-14T22:13:20.123Z', level: 'WARN', message: 'low' },
    { text: '1700000000123456 INFO ready', time: '2023-11-14T22:13:20.123Z', level: 'INFO', message: 'ready' },
    { text: '1700000000123456789 INFO ready', time: '2023-11-14T22:13:20.123Z', level: 'INFO', message: 'ready' },
  ],
};

/** Times that may stand behind a level. */
const BEHIND_LEVEL = bracketed(
  '{time:yyyy-MM-dd[T ]HH:mm:ss?[,.]?f z}',
  '{time:yyyy-MM-dd[T ]HH:mm:ss?[,.]?f?z}',
  '{time:yyyy/MM/dd HH:mm:ss?[,.]?f}',
  '{time:MM-dd HH:mm:ss?[,.]?f}',
  '{time:HH:mm:ss?[,.]?f}',
);

export const LEVEL_LED: LayoutFormat = {
  kind: 'layout',
  id: 'level-led',
  title: 'Level first',
  family: 'Text',
  source: 'https://www.uvicorn.org/settings/#logging',
  layouts: [
    String.raw`([( )?{level}( )?]|<{level}>|{level}(:| \|| -)?) ([{thread:not=[]:}] )?${BEHIND_LEVEL}(:|,)?( -| \|)?( [{thread:not=[]}])?( {logger:not=:[]()<>,;="'|}( )?: | {logger:not=:[]()<>,;="'|} - )?{message}`,
    String.raw`([( )?{level}( )?]|<{level}>|\({level}\))(:)?( [{thread:not=[]}])?{message}`,
    '{level}: {message}',
    // A bare word needs capitals, and columns behind it that prose has not.
    String.raw`{level:upper}( \|| -) {message}`,
    '{level:upper} [{thread:not=[]}]{message}',
  ],
  samples: [
    { text: 'INFO:     Application startup complete.', level: 'INFO', message: 'Application startup complete.' },
    {
      text: 'INFO:     127.0.0.1:52776 - "GET / HTTP/1.1" 200 OK',
      level: 'INFO',
      message: '127.0.0.1:52776 - "GET / HTTP/1.1" 200 OK',
    },
    {
      text: 'ERROR 2025-01-01 10:00:00 lost the lease\nTraceback (most recent call last):\n  File "a.py", line 1',
      time: '2025-01-01T10:00:00',
      level: 'ERROR',
      message: 'lost the lease',
    },
    { text: '[WARN] 2025-01-01T10:00:00Z low', time: '2025-01-01T10:00:00Z', level: 'WARN', message: 'low' },
    { text: '[ERROR] no such file', level: 'ERROR', message: 'no such file' },
    {
      text: 'DEBUG [main] 2025-01-01 10:00:00,250 com.acme.Pool - empty',
      time: '2025-01-01T10:00:00.250',
      level: 'DEBUG',
      message: 'empty',
      fields: { thread: 'main', logger: 'com.acme.Pool' },
    },
  ],
};

export const PIPES: LayoutFormat = {
  kind: 'layout',
  id: 'pipe-separated',
  title: 'Columns between pipes',
  family: 'Text',
  source: 'https://www.unicode.org/reports/tr35/tr35-dates.html',
  // Clock parts are not padded in some, and milliseconds then follow a colon as a plain number: 20:7:5:42.
  layouts: [
    String.raw`{time:yyyyMMdd-H:m:s:S}\|{component:not=|}\|{pid:digits}\|{message}`,
    [
      '({time:yyyyMMdd-H:m:s:S}|{time:yyyy[/-]MM[/-]dd[T -]H:m:s?[,.]?f?z}|{time:d[./]M[./]yyyy H:m:s?[,.]?f})',
      String.raw`( )?\|( )?({level}( )?\|(( )?{component:not=|}( )?\|)?{message}`,
      String.raw`|{component:not=|}( )?\|( )?{level}( )?\|{message}|({component:not=|}( )?\|)?{scan}{message})`,
    ].join(''),
  ],
  samples: [
    {
      text: '20171223-22:15:29:606|Recorder|30002312|onStep 3579',
      time: '2017-12-23T22:15:29.606',
      message: 'onStep 3579',
      fields: { component: 'Recorder', pid: '30002312' },
    },
    {
      text: '20171224-0:7:20:28|Store|30002312| total = 12',
      time: '2017-12-24T00:07:20.028',
      message: 'total = 12',
      fields: { component: 'Store' },
    },
    { text: '2025-01-01 10:00:00 | WARNING | low', time: '2025-01-01T10:00:00', level: 'WARN', message: 'low' },
    {
      text: '2025-01-01 10:00:00.5|gateway|ERROR|lost',
      time: '2025-01-01T10:00:00.500',
      level: 'ERROR',
      message: 'lost',
      fields: { component: 'gateway' },
    },
  ],
};

export const PLAIN: PlainFormat = {
  kind: 'plain',
  id: 'plain',
  title: 'Plain text',
  family: 'Text',
  source: 'https://www.rfc-editor.org/rfc/rfc2046#section-4.1.3',
  samples: [
    { text: 'connection refused\n    at pool.ts:41', level: null, message: 'connection refused' },
    { text: 'ERROR out of memory', level: 'ERROR', message: 'ERROR out of memory' },
    { text: 'main.c:12:5: warning: unused variable', level: 'WARN', message: 'main.c:12:5: warning: unused variable' },
  ],
};
