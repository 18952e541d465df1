/** Formats of .NET logging libraries. */

import type { LayoutFormat } from './format';
import { ISO } from './fragments';

export const DOTNET_CONSOLE: LayoutFormat = {
  kind: 'layout',
  id: 'dotnet-console',
  title: '.NET console logger',
  family: 'Applications',
  source: 'https://learn.microsoft.com/en-us/dotnet/core/extensions/console-log-formatter',
  levels: { trce: 'TRACE', dbug: 'DEBUG', fail: 'ERROR' },
  // With the default formatter the message stands on the next, indented line.
  layouts: [`({time:HH:mm:ss?.?f} |${ISO} )?{level}: {logger:not=[}[{event:digits}]{message}`],
  samples: [
    {
      text: 'info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: https://localhost:7083',
      level: 'INFO',
      message: '',
      fields: { logger: 'Microsoft.Hosting.Lifetime', event: '14' },
    },
    {
      text: 'info: Microsoft.Hosting.Lifetime[0] Application started. Press Ctrl+C to shut down.',
      level: 'INFO',
      message: 'Application started. Press Ctrl+C to shut down.',
    },
    {
      text: '06:12:03 fail: Microsoft.AspNetCore.Server.Kestrel[13]\n      Connection id "0HMFE", Request id "0HMFE:00000002": An unhandled exception was thrown by the application.\n      System.InvalidOperationException: broken\n         at Program.<Main>$(String[] args) in C:\\src\\Program.cs:line 12',
      time: 'T06:12:03',
      level: 'ERROR',
      message: '',
      fields: { logger: 'Microsoft.AspNetCore.Server.Kestrel' },
    },
  ],
};

export const SERILOG: LayoutFormat = {
  kind: 'layout',
  id: 'serilog',
  title: 'Serilog',
  family: 'Applications',
  source: 'https://github.com/serilog/serilog/wiki/Formatting-Output',
  layouts: [
    '{time:yyyy-MM-dd HH:mm:ss.f z} [{level}] {message}',
    "{time:yyyy-MM-dd'T'HH:mm:ss.fz} [{level}] {message}",
    '[{time:HH:mm:ss?.?f} {level}]( {logger:not=:<>}:)? {message}',
  ],
  samples: [
    {
      text: '2021-08-20 21:44:16.252 +03:00 [INF] Starting up...',
      time: '2021-08-20T18:44:16.252Z',
      level: 'INFO',
      message: 'Starting up...',
    },
    {
      text: '2017-05-09T01:23:45.96950Z [INF] Checking for updates to version 123.4',
      time: '2017-05-09T01:23:45.969Z',
      level: 'INFO',
      message: 'Checking for updates to version 123.4',
    },
    { text: '[12:17:11 INF] Hello, Serilog!', time: 'T12:17:11', level: 'INFO', message: 'Hello, Serilog!' },
    {
      text: '[12:17:12 ERR] Something went wrong\nSystem.DivideByZeroException: Attempted to divide by zero.\n   at Program.Main(String[] args) in Program.cs:line 23',
      time: 'T12:17:12',
      level: 'ERROR',
      message: 'Something went wrong',
    },
  ],
};

export const NLOG: LayoutFormat = {
  kind: 'layout',
  id: 'nlog',
  title: 'NLog',
  family: 'Applications',
  source: 'https://github.com/NLog/NLog/wiki/Simple-Layout',
  layouts: [String.raw`${ISO}\|({event:digits}\|)?{level}\|{logger:not=|}\|{message}`],
  samples: [
    {
      text: '2018-12-05 18:27:46.7382|ERROR|NLog.Targets.KafkaAppender.Test.Program|hello world',
      time: '2018-12-05T18:27:46.738',
      level: 'ERROR',
      message: 'hello world',
      fields: { logger: 'NLog.Targets.KafkaAppender.Test.Program' },
    },
    {
      text: '2020-02-18 09:51:50.2391|INFO|MyApp.Program|Starting worker 3',
      time: '2020-02-18T09:51:50.239',
      level: 'INFO',
      message: 'Starting worker 3',
      fields: { logger: 'MyApp.Program' },
    },
    {
      text: '2020-02-18 09:51:50.2391|0|WARN|Microsoft.AspNetCore.DataProtection|No XML encryptor configured.',
      time: '2020-02-18T09:51:50.239',
      level: 'WARN',
      message: 'No XML encryptor configured.',
      fields: { event: '0', logger: 'Microsoft.AspNetCore.DataProtection' },
    },
  ],
};
