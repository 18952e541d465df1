/** Formats of the logging libraries of Python, Ruby, PHP, Node and Elixir. */

import type { LayoutFormat } from './format';
import { ISO } from './fragments';

export const PYTHON: LayoutFormat = {
  kind: 'layout',
  id: 'python-logging',
  title: 'Python logging (asctime - name - level - message)',
  family: 'Applications',
  source: 'https://docs.python.org/3/howto/logging.html',
  layouts: [
    `${ISO} - ({level} - {message}|{logger:until= - } - {level} - {message})`,
    '{level:upper}:{logger:not=:}:{message}',
  ],
  samples: [
    {
      text: '2005-03-19 15:10:26,618 - simple_example - DEBUG - debug message',
      time: '2005-03-19T15:10:26.618',
      level: 'DEBUG',
      message: 'debug message',
      fields: { logger: 'simple_example' },
    },
    {
      text: '2005-03-19 15:10:26,697 - simple_example - CRITICAL - critical message',
      time: '2005-03-19T15:10:26.697',
      level: 'FATAL',
      message: 'critical message',
    },
    { text: 'WARNING:root:Watch out!', level: 'WARN', message: 'Watch out!', fields: { logger: 'root' } },
    {
      text: 'ERROR:__main__:Exception occurred\nTraceback (most recent call last):\n  File "exceptions.py", line 6, in <module>\n    c = a / b\nZeroDivisionError: division by zero',
      level: 'ERROR',
      message: 'Exception occurred',
      fields: { logger: '__main__' },
    },
  ],
};

export const GUNICORN: LayoutFormat = {
  kind: 'layout',
  id: 'gunicorn',
  title: 'Gunicorn',
  family: 'Applications',
  source: 'https://docs.gunicorn.org/en/stable/run.html',
  layouts: ['[{time:yyyy-MM-dd HH:mm:ss z}] [{pid:digits}] [{level}] {message}'],
  samples: [
    {
      text: '[2014-09-10 10:22:28 +0000] [30869] [INFO] Listening at: http://127.0.0.1:8000 (30869)',
      time: '2014-09-10T10:22:28Z',
      level: 'INFO',
      message: 'Listening at: http://127.0.0.1:8000 (30869)',
      fields: { pid: '30869' },
    },
    {
      text: '[2014-09-10 10:22:28 +0000] [30869] [INFO] Using worker: sync',
      time: '2014-09-10T10:22:28Z',
      level: 'INFO',
      message: 'Using worker: sync',
    },
    {
      text: '[2014-09-10 10:22:28 +0000] [30874] [INFO] Booting worker with pid: 30874',
      time: '2014-09-10T10:22:28Z',
      level: 'INFO',
      message: 'Booting worker with pid: 30874',
      fields: { pid: '30874' },
    },
  ],
};

export const CELERY: LayoutFormat = {
  kind: 'layout',
  id: 'celery',
  title: 'Celery',
  family: 'Applications',
  source: 'https://docs.celeryq.dev/en/stable/userguide/configuration.html#worker-log-format',
  layouts: ['[{time:yyyy-MM-dd HH:mm:ss,f}: {level}/{process:not=]}]( {task:until=: }:)?{message}'],
  samples: [
    {
      text: '[2014-09-12 00:31:25,150: WARNING/MainProcess] celery@localhost ready.',
      time: '2014-09-12T00:31:25.150',
      level: 'WARN',
      message: 'celery@localhost ready.',
      fields: { process: 'MainProcess' },
    },
    {
      text: '[2020-07-24 15:17:34,270: INFO/MainProcess] mingle sync with 1 nodes',
      time: '2020-07-24T15:17:34.270',
      level: 'INFO',
      message: 'mingle sync with 1 nodes',
    },
    {
      text: "[2026-01-07 09:03:22,903: CRITICAL/MainProcess] beat raised exception <class 'ModuleNotFoundError'>",
      time: '2026-01-07T09:03:22.903',
      level: 'FATAL',
      message: "beat raised exception <class 'ModuleNotFoundError'>",
    },
  ],
};

export const RUBY: LayoutFormat = {
  kind: 'layout',
  id: 'ruby-logger',
  title: 'Ruby Logger, Rails production log',
  family: 'Applications',
  source: 'https://docs.ruby-lang.org/en/master/Logger.html',
  layouts: [
    //                 severity's letter  time                       pid               severity   program
    `{_:alpha}, [${ISO} #{pid:digits}] {level} -- ({process:until=: }:|{process:until=:}:){message}`,
  ],
  levels: { any: 'INFO' },
  samples: [
    {
      text: 'I, [1999-03-03T02:34:24.895701 #19074]  INFO -- Main: info.',
      time: '1999-03-03T02:34:24.895',
      level: 'INFO',
      message: 'info.',
      fields: { pid: '19074', process: 'Main' },
    },
    {
      text: 'D, [2022-04-29T14:48:15.842149 #33012] DEBUG -- : Maximum size of log file reached',
      time: '2022-04-29T14:48:15.842',
      level: 'DEBUG',
      message: 'Maximum size of log file reached',
      fields: { pid: '33012' },
    },
    {
      text: "F, [2022-05-07T17:03:27.343246 #20536] FATAL -- My::App: Unhandled exception\n(irb):5:in `divide': divided by 0 (ZeroDivisionError)\n\tfrom (irb):5:in `/'",
      time: '2022-05-07T17:03:27.343',
      level: 'FATAL',
      message: 'Unhandled exception',
      fields: { process: 'My::App' },
    },
  ],
};

export const RAILS_REQUEST: LayoutFormat = {
  kind: 'layout',
  id: 'rails-request',
  title: 'Rails development log (a record per request)',
  family: 'Applications',
  source: 'https://guides.rubyonrails.org/action_controller_overview.html',
  // The lines of a request carry no time of their own and stay with the line that does.
  layouts: ['{start}Started {method:alpha} "{path:until="}" for {client:word} at {time:yyyy-MM-dd HH:mm:ss z}'],
  samples: [
    {
      text: 'Started GET "/articles" for 127.0.0.1 at 2018-10-18 20:09:23 -0400\nProcessing by ArticlesController#index as HTML\nCompleted 200 OK in 9ms (Views: 7.5ms | ActiveRecord: 0.9ms)',
      time: '2018-10-19T00:09:23Z',
      message: 'Started GET "/articles" for 127.0.0.1 at 2018-10-18 20:09:23 -0400',
      fields: { method: 'GET', path: '/articles', client: '127.0.0.1' },
    },
    {
      text: 'Started POST "/articles" for ::1 at 2018-10-18 20:09:23 +0000',
      time: '2018-10-18T20:09:23Z',
      message: 'Started POST "/articles" for ::1 at 2018-10-18 20:09:23 +0000',
      fields: { method: 'POST', client: '::1' },
    },
    {
      text: 'Started GET "/" for 127.0.0.1 at 2012-07-02 13:54:11 +0200',
      time: '2012-07-02T11:54:11Z',
      message: 'Started GET "/" for 127.0.0.1 at 2012-07-02 13:54:11 +0200',
    },
  ],
};

export const MONOLOG: LayoutFormat = {
  kind: 'layout',
  id: 'monolog',
  title: 'Monolog, Laravel, Symfony (PHP)',
  family: 'Applications',
  source: 'https://seldaek.github.io/monolog/doc/message-structure.html',
  layouts: [`[${ISO}] {logger:not=.:[]}.{level}: {message}`],
  samples: [
    {
      text: '[2021-08-07 06:49:11] local.INFO: Batch01Command start from Scheduler. {"Command":"Batch01Command"}',
      time: '2021-08-07T06:49:11',
      level: 'INFO',
      message: 'Batch01Command start from Scheduler. {"Command":"Batch01Command"}',
      fields: { logger: 'local' },
    },
    {
      text: '[2022-10-27 16:58:15] local.ERROR: Class "App\\Http\\Controllers\\Api\\Auth" not found {"exception":"[object] (Error)\n[stacktrace]\n#0 /app/vendor/laravel/framework/src/Illuminate/Routing/Controller.php(54): App\\Http\\Controllers->show()\n"}',
      time: '2022-10-27T16:58:15',
      level: 'ERROR',
      message: 'Class "App\\Http\\Controllers\\Api\\Auth" not found {"exception":"[object] (Error)',
    },
    {
      text: '[2019-12-12T14:26:01.123456+01:00] security.DEBUG: Checking for authenticator support. {"firewall_name":"main"} []',
      time: '2019-12-12T13:26:01.123Z',
      level: 'DEBUG',
      message: 'Checking for authenticator support. {"firewall_name":"main"} []',
      fields: { logger: 'security' },
    },
  ],
};

export const PHP_ERROR: LayoutFormat = {
  kind: 'layout',
  id: 'php-error',
  title: 'PHP error log, PHP-FPM',
  family: 'Applications',
  source: 'https://www.php.net/manual/en/errorfunc.configuration.php#ini.error-log',
  levels: { parse: 'FATAL', recoverable: 'ERROR', catchable: 'ERROR' },
  layouts: [
    '[{time:dd-MMM-yyyy HH:mm:ss?.?f? ?z}] (PHP {level}( fatal| error)?( error)?: {message}|{level}: {message}|{scan}{message})',
  ],
  samples: [
    {
      text: '[01-Jan-2025 12:34:56 UTC] PHP Warning:  Undefined variable $x in /srv/app/index.php on line 123',
      time: '2025-01-01T12:34:56Z',
      level: 'WARN',
      message: 'Undefined variable $x in /srv/app/index.php on line 123',
    },
    {
      text: '[01-Jan-2025 12:34:57 UTC] PHP Fatal error:  Uncaught Exception: broken in /srv/app/index.php:7\nStack trace:\n#0 {main}\n  thrown in /srv/app/index.php on line 7',
      time: '2025-01-01T12:34:57Z',
      level: 'FATAL',
      message: 'Uncaught Exception: broken in /srv/app/index.php:7',
    },
    {
      text: '[01-Jan-2016 21:50:40] NOTICE: fpm is running, pid 1',
      time: '2016-01-01T21:50:40',
      level: 'INFO',
      message: 'fpm is running, pid 1',
    },
  ],
};

export const PINO_PRETTY: LayoutFormat = {
  kind: 'layout',
  id: 'pino-pretty',
  title: 'pino-pretty (Node.js)',
  family: 'Applications',
  source: 'https://github.com/pinojs/pino-pretty#readme',
  layouts: [
    String.raw`[({time:epoch_ms}|{time:HH:mm:ss.f}|{time:yyyy-MM-dd HH:mm:ss.f? ?z})] {level:upper}( \({pid:until=)}\))?: {message}`,
  ],
  samples: [
    {
      text: '[1522431328992] INFO (42 on foo): hello world',
      time: '2018-03-30T17:35:28.992Z',
      level: 'INFO',
      message: 'hello world',
      fields: { pid: '42 on foo' },
    },
    {
      text: '[17:35:28.992] INFO (42): hello world',
      time: 'T17:35:28.992',
      level: 'INFO',
      message: 'hello world',
      fields: { pid: '42' },
    },
    {
      text: '[2018-03-30 17:35:28.992 +0000] ERROR (42): boom\n    err: {\n      "type": "Error",\n      "message": "boom"\n    }',
      time: '2018-03-30T17:35:28.992Z',
      level: 'ERROR',
      message: 'boom',
    },
  ],
};

export const ELIXIR: LayoutFormat = {
  kind: 'layout',
  id: 'elixir-logger',
  title: 'Elixir Logger',
  family: 'Applications',
  source: 'https://hexdocs.pm/logger/Logger.html',
  layouts: ['{time:HH:mm:ss.f} ((!{level} ){metadata:until=[}[|[){level}( )?] {message}'],
  samples: [
    {
      text: '10:00:00.123 [info] Running MyAppWeb.Endpoint at localhost:4000 (http)',
      time: 'T10:00:00.123',
      level: 'INFO',
      message: 'Running MyAppWeb.Endpoint at localhost:4000 (http)',
    },
    {
      text: '18:43:12.439 request_id=gs9ukhpc7gnvq0gk [error] GenServer terminating\n** (RuntimeError) oops\n    (stdlib 3.13) gen_server.erl:680: :gen_server.try_handle_info/3',
      time: 'T18:43:12.439',
      level: 'ERROR',
      message: 'GenServer terminating',
    },
    { text: '18:43:12.440 [warn] deprecated call', time: 'T18:43:12.440', level: 'WARN', message: 'deprecated call' },
  ],
};

export const UVICORN: LayoutFormat = {
  kind: 'layout',
  id: 'uvicorn',
  title: 'Uvicorn',
  family: 'Applications',
  source: 'https://www.uvicorn.org/settings/#logging',
  // The level and its colon are padded to ten places, which tells these lines from others that begin with a level.
  layouts: [
    String.raw`INFO:\ \ \ \ \ {client:not="} - {start}"{method:alpha} {path:not="} {protocol:not="}" {level:status}`,
    String.raw`(!(!INFO:\ \ \ \ \ |(ERROR|DEBUG|TRACE):\ \ \ \ |WARNING:\ \ ))(!INFO: {_:not="} - "{_:alpha} {_:not="} {_:not="}" {_:digits}){level:upper}: {message}`,
    'CRITICAL: {message}',
  ],
  samples: [
    {
      text: 'INFO:     127.0.0.1:52776 - "GET / HTTP/1.1" 200 OK',
      level: 'INFO',
      message: '"GET / HTTP/1.1" 200 OK',
      fields: { client: '127.0.0.1:52776', method: 'GET', path: '/', protocol: 'HTTP/1.1' },
    },
    {
      text: 'INFO:     10.1.2.3:40112 - "POST /orders HTTP/1.1" 500 Internal Server Error',
      level: 'ERROR',
      message: '"POST /orders HTTP/1.1" 500 Internal Server Error',
    },
    { text: 'INFO:     Application startup complete.', level: 'INFO', message: 'Application startup complete.' },
    {
      text: 'ERROR:    Exception in ASGI application\nTraceback (most recent call last):\n  File "/app/main.py", line 3, in root',
      level: 'ERROR',
      message: 'Exception in ASGI application',
    },
  ],
};
