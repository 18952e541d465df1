import { expect, test } from 'vitest';

import { summarise } from './trace-summary';

test('a Java trace: frames, the innermost cause, own frames from the inside out', () => {
  const trace = [
    '14:06:31.207 ERROR HikariPool-1 - Connection is not available',
    'com.acme.pay.LedgerException: append failed',
    '\tat com.acme.pay.LedgerRepository.append(LedgerRepository.java:88)',
    '\tat org.springframework.aop.framework.ReflectiveMethodInvocation.proceed(ReflectiveMethodInvocation.java:184)',
    '\tat com.acme.pay.ChargeService.capture(ChargeService.java:141)',
    'Caused by: java.sql.SQLTransientConnectionException: HikariPool-1 - timed out after 30000ms',
    '\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:696)',
    '\tat java.base/java.lang.Thread.run(Thread.java:833)',
    '\t... 43 more',
  ].join('\n');
  expect(summarise(trace)).toEqual({
    frameCount: 5,
    exception: 'SQLTransientConnectionException',
    ownFrames: ['LedgerRepository.append:88', 'ChargeService.capture:141'],
  });
});

test('Python tells the outermost frame first; the summary does not', () => {
  const trace = [
    'ERROR Traceback (most recent call last):',
    '  File "/app/main.py", line 10, in serve',
    '    handle(request)',
    '  File "/usr/lib/python3/dist-packages/django/core.py", line 47, in inner',
    '  File "/app/pool.py", line 41, in acquire',
    'psycopg2.OperationalError: connection refused',
  ].join('\n');
  expect(summarise(trace)).toEqual({
    frameCount: 3,
    exception: 'OperationalError',
    ownFrames: ['acquire:41', 'serve:10'],
  });
});

test.each([
  ['    at pool.ts:41', 'pool.ts:41'],
  ['    at Pool.acquire (/srv/app/pool.js:41:7)', 'Pool.acquire:41'],
  ['   at Acme.Pay.Ledger.Append(String id) in /src/Ledger.cs:line 88', 'Ledger.Append:88'],
  ['\t/srv/pay/ledger.go:88 +0x1d', 'pay/ledger.go:88'],
  ["\tfrom /srv/app/ledger.rb:88:in `append'", 'append:88'],
])('a frame of another language: %s', (line, own) => {
  expect(summarise(`failed\n${line}`)?.ownFrames).toEqual([own]);
});

test.each(['    at Module._compile (node:internal/modules:1254:14)', '    at run (/srv/node_modules/pg/pool.js:41:7)'])(
  'a library’s frame counts and is not named: %s',
  (line) => {
    expect(summarise(`TypeError: x is undefined\n${line}`)).toEqual({
      frameCount: 1,
      exception: 'TypeError',
      ownFrames: [],
    });
  },
);

test('further lines that are no frames are no trace', () => {
  expect(summarise('config\n  port: 80\n  host: a')).toBeNull();
});
