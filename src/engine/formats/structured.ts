/** JSON lines and logfmt: the dialects of known writers, then any object. */

import type { JsonFormat, LogfmtFormat } from './format';

export const ECS: JsonFormat = {
  kind: 'json',
  id: 'ecs-json',
  title: 'Elastic Common Schema, Logstash JSON',
  family: 'Structured',
  source: 'https://www.elastic.co/guide/en/ecs-logging/overview/current/intro.html',
  required: ['@timestamp', 'message'],
  time: ['@timestamp'],
  level: ['log.level', 'level', 'severity'],
  message: ['message'],
  samples: [
    {
      text: '{"@timestamp":"2019-08-06T12:09:12.375Z","log.level":"INFO","message":"Tomcat started on port(s): 8080 (http) with context path \'\'","service.name":"spring-petclinic","process.thread.name":"restartedMain","log.logger":"org.springframework.boot.web.embedded.tomcat.TomcatWebServer"}',
      time: '2019-08-06T12:09:12.375Z',
      level: 'INFO',
      message: "Tomcat started on port(s): 8080 (http) with context path ''",
    },
    {
      text: '{"@timestamp":"2019-08-06T12:09:12.379Z","log.level":"ERROR","message":"Something went wrong","log":{"logger":"org.example.App"}}',
      time: '2019-08-06T12:09:12.379Z',
      level: 'ERROR',
      message: 'Something went wrong',
    },
    {
      text: '{"@timestamp":"2014-11-14T10:23:01.123+01:00","@version":1,"message":"low on disk","logger_name":"com.acme.Disk","thread_name":"main","level":"WARN","level_value":30000}',
      time: '2014-11-14T09:23:01.123Z',
      level: 'WARN',
      message: 'low on disk',
    },
  ],
};

export const BUNYAN: JsonFormat = {
  kind: 'json',
  id: 'pino-bunyan',
  title: 'pino, bunyan (Node.js)',
  family: 'Structured',
  source: 'https://github.com/pinojs/pino#readme',
  required: ['level', 'time', 'pid', 'hostname', 'msg'],
  time: ['time'],
  level: ['level'],
  message: ['msg'],
  samples: [
    {
      text: '{"level":30,"time":1531171074631,"msg":"hello world","pid":657,"hostname":"Davids-MBP-3.fritz.box"}',
      time: '2018-07-09T21:17:54.631Z',
      level: 'INFO',
      message: 'hello world',
    },
    {
      text: '{"name":"myapp","hostname":"banana.local","pid":40161,"level":30,"msg":"hi","time":"2013-01-04T18:46:23.851Z","v":0}',
      time: '2013-01-04T18:46:23.851Z',
      level: 'INFO',
      message: 'hi',
    },
    {
      text: '{"name":"myapp","hostname":"banana.local","pid":40161,"level":50,"err":{"message":"boom","name":"TypeError"},"msg":"operation went boom: TypeError","time":"2012-02-02T04:42:53.206Z","v":0}',
      time: '2012-02-02T04:42:53.206Z',
      level: 'ERROR',
      message: 'operation went boom: TypeError',
    },
  ],
};

export const ZAP_JSON: JsonFormat = {
  kind: 'json',
  id: 'zap-json',
  title: 'zap, Caddy, controller-runtime (Go)',
  family: 'Structured',
  source: 'https://pkg.go.dev/go.uber.org/zap',
  required: ['level', 'ts', 'msg'],
  time: ['ts'],
  level: ['level'],
  message: ['msg'],
  samples: [
    {
      text: '{"level":"info","ts":1257894000,"caller":"main.go:12","msg":"constructed a logger"}',
      time: '2009-11-10T23:00:00Z',
      level: 'INFO',
      message: 'constructed a logger',
    },
    {
      text: '{"level":"error","ts":1646861401.5241024,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"127.0.0.1","method":"GET"},"status":500}',
      time: '2022-03-09T21:30:01.524Z',
      level: 'ERROR',
      message: 'handled request',
    },
    {
      text: '{"level":"warn","ts":"2020-01-17T12:00:00.000Z","msg":"slow reconcile","seconds":3.5}',
      time: '2020-01-17T12:00:00Z',
      level: 'WARN',
      message: 'slow reconcile',
    },
  ],
};

export const SERILOG_CLEF: JsonFormat = {
  kind: 'json',
  id: 'serilog-clef',
  title: 'Serilog compact JSON (CLEF)',
  family: 'Structured',
  source: 'https://github.com/serilog/serilog-formatting-compact#readme',
  required: ['@t'],
  time: ['@t'],
  level: ['@l'],
  message: ['@m', '@mt'],
  samples: [
    {
      text: '{"@t":"2016-06-07T03:44:57.8532799Z","@mt":"Hello, {User}","User":"nblumhardt"}',
      time: '2016-06-07T03:44:57.853Z',
      message: 'Hello, {User}',
    },
    {
      text: '{"@t":"2016-06-07T03:44:57.8532799Z","@m":"Hello, \\"nblumhardt\\"","@i":"7a8b9c0d","User":"nblumhardt"}',
      time: '2016-06-07T03:44:57.853Z',
      message: 'Hello, \\"nblumhardt\\"',
    },
    {
      text: '{"@t":"2016-06-07T03:44:58.0000000Z","@mt":"Could not connect","@l":"Error","@x":"System.IO.IOException: gone"}',
      time: '2016-06-07T03:44:58Z',
      level: 'ERROR',
      message: 'Could not connect',
    },
  ],
};

export const GELF: JsonFormat = {
  kind: 'json',
  id: 'gelf',
  title: 'Graylog (GELF)',
  family: 'Structured',
  source: 'https://go2docs.graylog.org/current/getting_in_log_data/gelf.html',
  required: ['version', 'host', 'short_message'],
  time: ['timestamp'],
  level: ['level'],
  message: ['short_message'],
  samples: [
    {
      text: '{"version":"1.1","host":"example.org","short_message":"A short message that helps you identify what is going on","full_message":"Backtrace here\\n\\nmore stuff","timestamp":1385053862.3072,"level":1,"_user_id":9001,"_some_info":"foo"}',
      time: '2013-11-21T17:11:02.307Z',
      level: 'FATAL',
      message: 'A short message that helps you identify what is going on',
    },
    {
      text: '{"version":"1.1","host":"web01","short_message":"disk nearly full","timestamp":1385053863.5,"level":4}',
      time: '2013-11-21T17:11:03.500Z',
      level: 'WARN',
      message: 'disk nearly full',
    },
    {
      text: '{"version":"1.1","host":"web01","short_message":"started","timestamp":1385053864,"level":6}',
      time: '2013-11-21T17:11:04Z',
      level: 'INFO',
      message: 'started',
    },
  ],
};

export const JOURNAL_JSON: JsonFormat = {
  kind: 'json',
  id: 'journal-json',
  title: 'systemd journal (journalctl -o json)',
  family: 'Structured',
  source: 'https://systemd.io/JOURNAL_EXPORT_FORMATS/',
  required: ['__REALTIME_TIMESTAMP', 'MESSAGE'],
  time: ['__REALTIME_TIMESTAMP'],
  level: ['PRIORITY'],
  message: ['MESSAGE'],
  samples: [
    {
      text: '{"__CURSOR":"s=bcce4fb8","__REALTIME_TIMESTAMP":"1342540861416409","__MONOTONIC_TIMESTAMP":"21415215982","PRIORITY":"6","_TRANSPORT":"stdout","SYSLOG_IDENTIFIER":"gdomap","MESSAGE":"Started Session 3","_PID":"1"}',
      time: '2012-07-17T16:01:01.416Z',
      level: 'INFO',
      message: 'Started Session 3',
    },
    {
      text: '{"__REALTIME_TIMESTAMP":"1423944916375353","_HOSTNAME":"fedora","PRIORITY":"3","MESSAGE":"Failed to start LSB","_PID":"1"}',
      time: '2015-02-14T20:15:16.375Z',
      level: 'ERROR',
      message: 'Failed to start LSB',
    },
    {
      text: '{"__REALTIME_TIMESTAMP":"1423944916375354","PRIORITY":"4","MESSAGE":"clock skew"}',
      time: '2015-02-14T20:15:16.375Z',
      level: 'WARN',
      message: 'clock skew',
    },
  ],
};

export const GOOGLE_CLOUD: JsonFormat = {
  kind: 'json',
  id: 'google-cloud',
  title: 'Google Cloud Logging',
  family: 'Structured',
  source: 'https://cloud.google.com/logging/docs/structured-logging',
  required: ['severity'],
  time: ['timestamp', 'time', 'receiveTimestamp', 'timestampSeconds'],
  level: ['severity'],
  message: ['message', 'textPayload', 'jsonPayload.message', 'msg'],
  levels: { default: 'INFO' },
  samples: [
    {
      text: '{"severity":"ERROR","message":"There was an error in the application.","httpRequest":{"requestMethod":"GET"},"time":"2020-10-12T07:20:50.52Z"}',
      time: '2020-10-12T07:20:50.520Z',
      level: 'ERROR',
      message: 'There was an error in the application.',
    },
    {
      text: '{"insertId":"42","timestamp":"2020-10-12T07:20:51Z","severity":"NOTICE","textPayload":"instance started","resource":{"type":"gce_instance"}}',
      time: '2020-10-12T07:20:51Z',
      level: 'INFO',
      message: 'instance started',
    },
    {
      text: '{"insertId":"43","jsonPayload":{"message":"quota exceeded"},"severity":"CRITICAL","timestamp":"2020-10-12T07:20:52.000000001Z"}',
      time: '2020-10-12T07:20:52Z',
      level: 'FATAL',
      message: 'quota exceeded',
    },
  ],
};

export const JSON_LINES: JsonFormat = {
  kind: 'json',
  id: 'json',
  title: 'JSON lines',
  family: 'Structured',
  source: 'https://jsonlines.org/',
  required: [],
  time: [
    '@timestamp',
    'timestamp',
    'time',
    'ts',
    'datetime',
    'date',
    't',
    '@t',
    'eventTime',
    'event_time',
    'asctime',
    'created',
    'Timestamp',
    'Time',
    'when',
  ],
  level: [
    'level',
    'log.level',
    'severity',
    'lvl',
    'loglevel',
    'log_level',
    'levelname',
    'Level',
    'LogLevel',
    'priority',
    '@l',
    'severity_text',
    'SeverityText',
  ],
  message: [
    'message',
    'msg',
    'log',
    '@m',
    '@mt',
    'text',
    'event',
    'body',
    'Message',
    'RenderedMessage',
    'MessageTemplate',
    'short_message',
    'textPayload',
    'error',
    'err.message',
  ],
  samples: [
    {
      text: '{"time":"2022-11-08T15:28:26.000000000-05:00","level":"INFO","msg":"hello","count":3}',
      time: '2022-11-08T20:28:26Z',
      level: 'INFO',
      message: 'hello',
    },
    {
      text: '{"level":"info","message":"What time is the testing at?","timestamp":"2017-09-30T03:57:26.875Z"}',
      time: '2017-09-30T03:57:26.875Z',
      level: 'INFO',
      message: 'What time is the testing at?',
    },
    {
      text: '{"event": "key_not_found", "not_found": "who", "level": "warning", "timestamp": "2022-10-07T10:41:29.123456Z"}',
      time: '2022-10-07T10:41:29.123Z',
      level: 'WARN',
      message: 'key_not_found',
    },
    {
      text: '{"Timestamp":"2016-06-07T13:44:57.8532799+10:00","Level":"Information","MessageTemplate":"Hello, {User}","Properties":{"User":"nblumhardt"}}',
      time: '2016-06-07T03:44:57.853Z',
      level: 'INFO',
      message: 'Hello, {User}',
    },
  ],
};

export const LOGFMT: LogfmtFormat = {
  kind: 'logfmt',
  id: 'logfmt',
  title: 'logfmt (key=value)',
  family: 'Structured',
  source: 'https://brandur.org/logfmt',
  time: ['time', 'ts', 'timestamp', 't', '@timestamp', 'datetime'],
  level: ['level', 'lvl', 'severity', 'loglevel', 'at'],
  message: ['msg', 'message', 'event', 'err', 'error'],
  samples: [
    {
      text: 'time="2015-03-26T01:27:38-04:00" level=debug msg="Started observing beach" animal=walrus number=8',
      time: '2015-03-26T05:27:38Z',
      level: 'DEBUG',
      message: 'Started observing beach',
    },
    {
      text: 'time=2022-11-08T15:28:26.000-05:00 level=INFO msg=hello count=3',
      time: '2022-11-08T20:28:26Z',
      level: 'INFO',
      message: 'hello',
    },
    {
      text: 'ts=2023-05-03T09:12:14.123Z caller=main.go:500 level=error msg="Error opening storage" err="lock DB directory: resource temporarily unavailable"',
      time: '2023-05-03T09:12:14.123Z',
      level: 'ERROR',
      message: 'Error opening storage',
    },
  ],
};
