/** Formats of the logging libraries of Go and Rust. */

import type { LayoutFormat } from './format';
import { ISO, RFC3339 } from './fragments';

export const GO_LOG: LayoutFormat = {
  kind: 'layout',
  id: 'go-log',
  title: 'Go log package',
  family: 'Applications',
  source: 'https://pkg.go.dev/log',
  // slog's default handler writes the level before the message.
  layouts: ['{time:yyyy/MM/dd HH:mm:ss?.?f} ({file:not=:}:{line:digits}: )?({level:upper} {message}|{scan}{message})'],
  samples: [
    { text: '2009/01/23 01:23:23 message', time: '2009-01-23T01:23:23', message: 'message' },
    {
      text: '2009/01/23 01:23:23.123123 /a/b/c/d.go:23: message',
      time: '2009-01-23T01:23:23.123',
      message: 'message',
      fields: { file: '/a/b/c/d.go', line: '23' },
    },
    {
      text: '2009/11/10 23:00:00 main.go:23: Hello, log file!',
      time: '2009-11-10T23:00:00',
      message: 'Hello, log file!',
      fields: { file: 'main.go', line: '23' },
    },
    {
      text: '2022/11/08 15:28:26 INFO hello count=3',
      time: '2022-11-08T15:28:26',
      level: 'INFO',
      message: 'hello count=3',
    },
  ],
};

export const ZAP_CONSOLE: LayoutFormat = {
  kind: 'layout',
  id: 'zap-console',
  title: 'zap console encoder (Go)',
  family: 'Applications',
  source: 'https://pkg.go.dev/go.uber.org/zap/zapcore#NewConsoleEncoder',
  layouts: [`${RFC3339} {level}( {logger:not=:} {file:not=:}:{line:digits}| {file:not=:}:{line:digits}) {message}`],
  samples: [
    {
      text: '2017-07-12T10:42:57.322-0700\tINFO\tfoo/main.go:12\tFailed to fetch URL.\t{"attempt": 3}',
      time: '2017-07-12T17:42:57.322Z',
      level: 'INFO',
      message: 'Failed to fetch URL.\t{"attempt": 3}',
      fields: { file: 'foo/main.go', line: '12' },
    },
    {
      text: '2020-01-17T12:00:00.000Z\terror\tcontroller-runtime.manager\tmanager/internal.go:45\tproblem running manager',
      time: '2020-01-17T12:00:00Z',
      level: 'ERROR',
      message: 'problem running manager',
      fields: { logger: 'controller-runtime.manager', file: 'manager/internal.go', line: '45' },
    },
    {
      text: '2022-03-01T08:00:01.500Z\tDPANIC\tcmd/main.go:7\tshould not happen\nmain.main\n\t/src/cmd/main.go:7',
      time: '2022-03-01T08:00:01.500Z',
      level: 'FATAL',
      message: 'should not happen',
    },
  ],
};

export const LOGRUS: LayoutFormat = {
  kind: 'layout',
  id: 'logrus-text',
  title: 'logrus on a terminal (Go)',
  family: 'Applications',
  source: 'https://github.com/sirupsen/logrus#readme',
  levels: { erro: 'ERROR', debu: 'DEBUG', trac: 'TRACE', fata: 'FATAL', pani: 'FATAL' },
  layouts: [`{level:upper}[({elapsed:digits}]|${ISO}]) {message}`, `{level}[({elapsed:digits}]|${ISO}]) {message}`],
  samples: [
    {
      text: 'INFO[0000] A walrus appears                              animal=walrus',
      level: 'INFO',
      message: 'A walrus appears                              animal=walrus',
      fields: { elapsed: '0000' },
    },
    {
      text: "WARN[0001] The group's number increased tremendously!",
      level: 'WARN',
      message: "The group's number increased tremendously!",
    },
    {
      text: 'ERRO[2014-03-10T19:57:38-04:00] The ice breaks!  number=100',
      time: '2014-03-10T23:57:38Z',
      level: 'ERROR',
      message: 'The ice breaks!  number=100',
    },
  ],
};

export const RUST_ENV_LOGGER: LayoutFormat = {
  kind: 'layout',
  id: 'env-logger',
  title: 'env_logger (Rust)',
  family: 'Applications',
  source: 'https://docs.rs/env_logger/latest/env_logger/',
  layouts: [`[${RFC3339} {level} {logger:not=]}] {message}`, '[{level} {logger:not=]}] {message}'],
  samples: [
    {
      text: '[2017-11-09T02:12:24Z ERROR main] this is printed by default',
      time: '2017-11-09T02:12:24Z',
      level: 'ERROR',
      message: 'this is printed by default',
      fields: { logger: 'main' },
    },
    {
      text: '[2018-11-03T06:09:06Z INFO  default] starting up',
      time: '2018-11-03T06:09:06Z',
      level: 'INFO',
      message: 'starting up',
      fields: { logger: 'default' },
    },
    {
      text: '[2023-05-01T10:00:00.123456Z DEBUG hyper::proto::h1] read 12 bytes',
      time: '2023-05-01T10:00:00.123Z',
      level: 'DEBUG',
      message: 'read 12 bytes',
      fields: { logger: 'hyper::proto::h1' },
    },
  ],
};

export const RUST_TRACING: LayoutFormat = {
  kind: 'layout',
  id: 'tracing',
  title: 'tracing-subscriber (Rust)',
  family: 'Applications',
  source: 'https://docs.rs/tracing-subscriber/latest/tracing_subscriber/fmt/format/struct.Full.html',
  layouts: [
    `${RFC3339} {level:upper} ({span:id}{spanFields:nested}:( )?)?({_:id}{_:nested}:( )?)?{logger:until=: }: {message}`,
  ],
  samples: [
    {
      text: '2022-02-15T18:40:14.289898Z  INFO fmt: preparing to shave yaks number_of_yaks=3',
      time: '2022-02-15T18:40:14.289Z',
      level: 'INFO',
      message: 'preparing to shave yaks number_of_yaks=3',
      fields: { logger: 'fmt' },
    },
    {
      text: '2022-02-15T18:40:14.289974Z  INFO shaving_yaks{yaks=3}: fmt::yak_shave: shaving yaks',
      time: '2022-02-15T18:40:14.289Z',
      level: 'INFO',
      message: 'shaving yaks',
      fields: { span: 'shaving_yaks', spanFields: '{yaks=3}', logger: 'fmt::yak_shave' },
    },
    {
      text: '2022-02-15T18:40:14.290102Z  WARN shaving_yaks{yaks=3}:shave{yak=3}: fmt::yak_shave: could not locate yak',
      time: '2022-02-15T18:40:14.290Z',
      level: 'WARN',
      message: 'could not locate yak',
      fields: { span: 'shaving_yaks', logger: 'fmt::yak_shave' },
    },
  ],
};
