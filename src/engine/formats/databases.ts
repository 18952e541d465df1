/** Formats of databases. */

import type { JsonFormat, LayoutFormat } from './format';
import { ISO } from './fragments';

/** DETAIL, HINT … explain the record before, and carry no level of their own. */
const POSTGRES_TEXT = '({level}({verbosity:digits})?|(DETAIL|HINT|QUERY|CONTEXT|STATEMENT|LOCATION)): {message}';

export const POSTGRES: LayoutFormat = {
  kind: 'layout',
  id: 'postgresql',
  title: 'PostgreSQL',
  family: 'Applications',
  source: 'https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-LINE-PREFIX',
  layouts: [
    [
      '{time:yyyy-MM-dd HH:mm:ss?.?f z}(:{client:not=:[}:{user:not=@:}@{database:not=:}:)?( )?[{pid:not=]}](:)?',
      `( {user:not=@:[}@{database:not=:})?( )?${POSTGRES_TEXT}`,
    ].join(''),
    // '%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ', which pgBadger asks for
    [
      '{time:yyyy-MM-dd HH:mm:ss?.?f z} [{pid:digits}]: [{sequence:not=]}] ',
      `user={user:not=,}(,db={database:not=,})?(,app={application:until=,client=})?(,client={client:word})?( )?${POSTGRES_TEXT}`,
    ].join(''),
  ],
  samples: [
    {
      text: '2024-10-16 14:45:42.419 UTC [1] LOG:  database system is ready to accept connections',
      time: '2024-10-16T14:45:42.419Z',
      level: 'INFO',
      message: 'database system is ready to accept connections',
      fields: { pid: '1' },
    },
    {
      text: '2019-02-20 08:19:39.354 UTC [40] FATAL:  the database system is starting up',
      time: '2019-02-20T08:19:39.354Z',
      level: 'FATAL',
      message: 'the database system is starting up',
      fields: { pid: '40' },
    },
    {
      text: '2022-11-30 13:17:44.921 -03 [1] app@shop ERROR:  relation "basket" does not exist at character 15',
      time: '2022-11-30T16:17:44.921Z',
      level: 'ERROR',
      message: 'relation "basket" does not exist at character 15',
      fields: { user: 'app', database: 'shop' },
    },
    {
      text: '2022-11-30 13:17:44.921 -03 [1] app@shop STATEMENT:  SELECT * FROM basket',
      time: '2022-11-30T16:17:44.921Z',
      level: null,
      message: 'SELECT * FROM basket',
    },
    {
      text: '2024-10-16 14:45:42 UTC [4711]: [3-1] user=app,db=shop,app=psql,client=10.0.0.1 ERROR:  duplicate key value violates unique constraint "basket_pkey"',
      time: '2024-10-16T14:45:42Z',
      level: 'ERROR',
      message: 'duplicate key value violates unique constraint "basket_pkey"',
      fields: { pid: '4711', user: 'app', database: 'shop', application: 'psql', client: '10.0.0.1' },
    },
  ],
};

export const POSTGRES_CSV: LayoutFormat = {
  kind: 'layout',
  id: 'postgresql-csv',
  title: 'PostgreSQL (csvlog)',
  family: 'Applications',
  source: 'https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG',
  layouts: [
    [
      '{time:yyyy-MM-dd HH:mm:ss?.?f z},{user:cell=,},{database:cell=,},{pid:digits},{client:cell=,},{session:cell=,},',
      '{sequence:digits},{command:cell=,},{_:cell=,},{_:cell=,},{transaction:cell=,},{level},{code:cell=,},{message:cell=,}',
      // Behind the message: detail, hint, internal query and its position, context, statement, its position, place, application.
      '(,{detail:cell=,})?(,{hint:cell=,})?(,{_:cell=,})?(,{_:cell=,})?(,{context:cell=,})?(,{statement:cell=,})?',
      '(,{_:cell=,})?(,{place:cell=,})?(,{application:cell=,})?',
    ].join(''),
  ],
  samples: [
    {
      text: '2024-10-16 14:45:42.419 UTC,"app","shop",4711,"10.0.0.1:50522",670fd2a6.1267,3,"INSERT",2024-10-16 14:45:40 UTC,3/12,745,ERROR,23505,"duplicate key value violates unique constraint ""basket_pkey""","Key (id)=(1) already exists.",,,,,"INSERT INTO basket VALUES (1)",,,"psql","client backend",,0',
      time: '2024-10-16T14:45:42.419Z',
      level: 'ERROR',
      message: 'duplicate key value violates unique constraint ""basket_pkey""',
      fields: {
        user: 'app',
        database: 'shop',
        client: '10.0.0.1:50522',
        code: '23505',
        detail: 'Key (id)=(1) already exists.',
        statement: 'INSERT INTO basket VALUES (1)',
        application: 'psql',
      },
    },
    {
      text: '2024-10-16 14:45:40.001 UTC,,,4700,,670fd2a4.125c,1,,2024-10-16 14:45:40 UTC,,0,LOG,00000,"database system is ready to accept connections",,,,,,,,,"","postmaster",,0',
      time: '2024-10-16T14:45:40.001Z',
      level: 'INFO',
      message: 'database system is ready to accept connections',
      fields: { pid: '4700' },
    },
    {
      text: '2024-10-16 14:45:43.000 UTC,"app","shop",4711,"[local]",670fd2a6.1267,4,"SELECT",2024-10-16 14:45:40 UTC,3/13,0,FATAL,57P01,"terminating connection due to administrator command",,,,,,"SELECT *\nFROM basket",,,"psql"',
      time: '2024-10-16T14:45:43Z',
      level: 'FATAL',
      message: 'terminating connection due to administrator command',
      fields: { client: '[local]' },
    },
  ],
};

export const MYSQL: LayoutFormat = {
  kind: 'layout',
  id: 'mysql',
  title: 'MySQL, MariaDB error log',
  family: 'Applications',
  source: 'https://dev.mysql.com/doc/refman/8.0/en/error-log-format.html',
  levels: { system: 'INFO' },
  layouts: [
    `${ISO} {thread:digits} [{level}]( [{code:not=]}])?( [{subsystem:not=]}])?{message}`,
    // Up to 5.5 and 5.6, and MariaDB up to 10.0: no thread, and a year of two digits.
    '({time:yyMMdd H:mm:ss}|{time:yyyy-MM-dd HH:mm:ss}) [{level}]{message}',
  ],
  samples: [
    {
      text: '2019-07-29T06:11:23.035233Z 0 [System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld 8.0.17) starting as process 5731',
      time: '2019-07-29T06:11:23.035Z',
      level: 'INFO',
      message: '/usr/sbin/mysqld (mysqld 8.0.17) starting as process 5731',
      fields: { thread: '0', code: 'MY-010116', subsystem: 'Server' },
    },
    {
      text: '2019-07-29T06:11:23.049201Z 1 [ERROR] [MY-012592] [InnoDB] Operating system error number 13 in a file operation.',
      time: '2019-07-29T06:11:23.049Z',
      level: 'ERROR',
      message: 'Operating system error number 13 in a file operation.',
      fields: { subsystem: 'InnoDB' },
    },
    {
      text: '2017-04-26T10:13:08.123456Z 0 [Note] InnoDB: Waiting for purge to start',
      time: '2017-04-26T10:13:08.123Z',
      level: 'INFO',
      message: 'InnoDB: Waiting for purge to start',
    },
    {
      text: '140330  9:46:21 [ERROR] InnoDB: Unable to lock ./ibdata1, error: 11',
      time: '2014-03-30T09:46:21',
      level: 'ERROR',
      message: 'InnoDB: Unable to lock ./ibdata1, error: 11',
    },
  ],
};

export const MONGODB: JsonFormat = {
  kind: 'json',
  id: 'mongodb',
  title: 'MongoDB 4.4 and later',
  family: 'Applications',
  source: 'https://www.mongodb.com/docs/manual/reference/log-messages/',
  required: ['t', 's', 'c', 'ctx', 'msg'],
  time: ['t.$date', 't'],
  level: ['s'],
  message: ['msg'],
  samples: [
    {
      text: '{"t":{"$date":"2020-05-20T19:18:40.604+00:00"},"s":"I","c":"NETWORK","id":12345,"ctx":"listener","msg":"Listening on","attr":{"address":"127.0.0.1"}}',
      time: '2020-05-20T19:18:40.604Z',
      level: 'INFO',
      message: 'Listening on',
    },
    {
      text: '{"t":{"$date":"2020-05-01T15:16:17.180+00:00"},"s":"I","c":"NETWORK","id":12345,"ctx":"listener","msg":"Listening on","attr":{"address":"127.0.0.1"}}',
      time: '2020-05-01T15:16:17.180Z',
      level: 'INFO',
      message: 'Listening on',
    },
    {
      text: '{"t":{"$date":"2021-03-09T10:00:00.000+01:00"},"s":"W","c":"STORAGE","id":22271,"ctx":"initandlisten","msg":"Detected unclean shutdown"}',
      time: '2021-03-09T09:00:00Z',
      level: 'WARN',
      message: 'Detected unclean shutdown',
    },
  ],
};

export const MONGODB_TEXT: LayoutFormat = {
  kind: 'layout',
  id: 'mongodb-text',
  title: 'MongoDB before 4.4',
  family: 'Applications',
  source: 'https://www.mongodb.com/docs/v4.2/reference/log-messages/',
  layouts: [
    "{time:yyyy-MM-dd'T'HH:mm:ss.fz} {level:letter}({verbosity:digits})? {component:not=[]:} [{thread:not=]}]{message}",
  ],
  samples: [
    {
      text: '2014-11-03T18:28:32.450-0500 I NETWORK [initandlisten] waiting for connections on port 27017',
      time: '2014-11-03T23:28:32.450Z',
      level: 'INFO',
      message: 'waiting for connections on port 27017',
      fields: { component: 'NETWORK', thread: 'initandlisten' },
    },
    {
      text: '2018-04-11T05:00:38.981+0000 I NETWORK  [initandlisten] connection accepted from 172.23.0.3:55336 #1 (1 connection now open)',
      time: '2018-04-11T05:00:38.981Z',
      level: 'INFO',
      message: 'connection accepted from 172.23.0.3:55336 #1 (1 connection now open)',
    },
    {
      text: '2019-09-04T10:11:12.001+0200 E STORAGE  [conn7] WiredTiger error (28) No space left on device',
      time: '2019-09-04T08:11:12.001Z',
      level: 'ERROR',
      message: 'WiredTiger error (28) No space left on device',
      fields: { thread: 'conn7' },
    },
  ],
};

export const REDIS: LayoutFormat = {
  kind: 'layout',
  id: 'redis',
  title: 'Redis, Valkey',
  family: 'Applications',
  source: 'https://redis.io/docs/latest/operate/oss_and_stack/management/config-file/',
  // The level is one mark (. - * #), which is kept as a field: it tells verbosity, not seriousness.
  layouts: [
    '{pid:digits}:{role:alpha} {time:dd MMM yyyy HH:mm:ss.f} {mark:not=0123456789} {scan}{message}',
    String.raw`{pid:digits}:{role:id} \({time:epoch_s}\) {scan}{message}`,
    '[{pid:digits}] {time:dd MMM HH:mm:ss.f} {mark:not=0123456789} {scan}{message}',
  ],
  samples: [
    {
      text: '1:M 08 Aug 2026 05:41:56.032 * Ready to accept connections tcp',
      time: '2026-08-08T05:41:56.032',
      level: null,
      message: 'Ready to accept connections tcp',
      fields: { pid: '1', role: 'M', mark: '*' },
    },
    {
      text: '1:C 01 Jan 2021 10:00:00.123 # WARNING overcommit_memory is set to 0! Background save may fail under low memory condition.',
      time: '2021-01-01T10:00:00.123',
      level: 'WARN',
      message: 'WARNING overcommit_memory is set to 0! Background save may fail under low memory condition.',
      fields: { mark: '#' },
    },
    {
      text: '9:S 12 Mar 2020 23:59:59.999 - Accepted 127.0.0.1:50000',
      time: '2020-03-12T23:59:59.999',
      level: null,
      message: 'Accepted 127.0.0.1:50000',
      fields: { role: 'S' },
    },
    {
      text: '1:signal-handler (1583057700) Received SIGTERM scheduling shutdown...',
      time: '2020-03-01T10:15:00Z',
      level: null,
      message: 'Received SIGTERM scheduling shutdown...',
      fields: { role: 'signal-handler' },
    },
    {
      text: '[4018] 14 Nov 07:01:22.119 * Background saving terminated with success',
      time: '--11-14T07:01:22.119',
      level: null,
      message: 'Background saving terminated with success',
      fields: { pid: '4018', mark: '*' },
    },
  ],
};

export const CLICKHOUSE: LayoutFormat = {
  kind: 'layout',
  id: 'clickhouse',
  title: 'ClickHouse',
  family: 'Applications',
  source: 'https://clickhouse.com/docs/en/operations/server-configuration-parameters/settings#logger',
  layouts: ['{time:yyyy.MM.dd HH:mm:ss.f} [ {tid:digits} ] {query:nested} <{level}> {logger:until=: }: {message}'],
  samples: [
    {
      text: '2021.03.25 13:54:00.202137 [ 2 ] {} <Information> Application: Ready for connections.',
      time: '2021-03-25T13:54:00.202',
      level: 'INFO',
      message: 'Ready for connections.',
      fields: { tid: '2', logger: 'Application' },
    },
    {
      text: '2020.07.11 10:12:13.456789 [ 4711 ] {f3b1c1c2-5a0e} <Debug> executeQuery: (from 127.0.0.1:50522) SELECT 1',
      time: '2020-07-11T10:12:13.456',
      level: 'DEBUG',
      message: '(from 127.0.0.1:50522) SELECT 1',
      fields: { query: '{f3b1c1c2-5a0e}' },
    },
    {
      text: '2020.07.11 10:12:14.000001 [ 4711 ] {f3b1c1c2-5a0e} <Error> executeQuery: Code: 60, e.displayText() = DB::Exception: Table default.t does not exist\n0. DB::Exception::Exception() @ 0x9f1a in /usr/bin/clickhouse',
      time: '2020-07-11T10:12:14.000',
      level: 'ERROR',
      message: 'Code: 60, e.displayText() = DB::Exception: Table default.t does not exist',
    },
  ],
};
