/** Formats of proxies that write lines of their own making: HAProxy, Traefik, Caddy. */

import type { LayoutFormat } from './format';
import { RFC3339 } from './fragments';

/** What a syslog daemon puts before HAProxy's line; its stamp is when the line was written, not when the client came. */
const SYSLOG_HEAD =
  '((<{_:digits}>)?({_:alpha} {_:digits} {_:word} |{_:word} ){host:word} {process:not=[:}[{pid:digits}]: )?';
const ACCEPTED = '{client:word} [{time:dd/MMM/yyyy:HH:mm:ss.f}] ';

export const HAPROXY: LayoutFormat = {
  kind: 'layout',
  id: 'haproxy',
  title: 'HAProxy (HTTP, TCP and error log)',
  family: 'Web',
  source: 'https://docs.haproxy.org/2.8/configuration.html#8.2',
  layouts: [
    [
      `${SYSLOG_HEAD}${ACCEPTED}{frontend:word} {backend:not=/}/{server:word} {timers:word} {start}`,
      //  HTTP: status, bytes, cookies, how it ended, connections, queues, captured headers, request
      '(({level:status}|-1) {bytes:word} {_:word} {_:word} {ending:word} {connections:not={"} {queues:not={"} ',
      '({captures:nested} )?({responseCaptures:nested} )?"({method:alpha} {path:not="}( {protocol:not="})?|{request:until="})"',
      //  TCP: bytes, how it ended, connections, queues
      '|{bytes:digits} {ending:not=0123456789} {connections:word} {queues:word})',
    ].join(''),
    // A connection that never became a session.
    `${SYSLOG_HEAD}${ACCEPTED}{frontend:not=/}/{bind:not=:}: {message}`,
  ],
  samples: [
    {
      text: 'Feb  6 12:14:14 localhost haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"',
      time: '2009-02-06T12:14:14.655',
      level: 'INFO',
      message: '200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"',
      fields: {
        host: 'localhost',
        pid: '14389',
        client: '10.0.1.2:33317',
        frontend: 'http-in',
        backend: 'static',
        server: 'srv1',
        timers: '10/0/30/69/109',
        captures: '{1wt.eu}',
        method: 'GET',
        path: '/index.html',
      },
    },
    {
      text: 'Feb  6 12:12:56 localhost haproxy[14387]: 10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0',
      time: '2009-02-06T12:12:51.443',
      level: null,
      message: '212 -- 0/0/0/0/3 0/0',
      fields: { frontend: 'fnt', backend: 'bck', bytes: '212', ending: '--' },
    },
    {
      text: '10.0.1.2:33319 [06/Feb/2009:12:14:15.001] http-in static/<NOSRV> 0/-1/-1/-1/4 503 212 - - SC-- 1/1/0/0/0 0/0 "POST /cart HTTP/1.1"',
      time: '2009-02-06T12:14:15.001',
      level: 'ERROR',
      message: '503 212 - - SC-- 1/1/0/0/0 0/0 "POST /cart HTTP/1.1"',
      fields: { server: '<NOSRV>', ending: 'SC--' },
    },
    {
      text: 'Dec  3 18:27:14 localhost haproxy[6103]: 127.0.0.1:56059 [03/Dec/2012:17:35:10.380] frt/f1: Connection error during SSL handshake',
      time: '2012-12-03T17:35:10.380',
      level: null,
      message: 'Connection error during SSL handshake',
      fields: { frontend: 'frt', bind: 'f1' },
    },
  ],
};

export const TRAEFIK_ACCESS: LayoutFormat = {
  kind: 'layout',
  id: 'traefik-access',
  title: 'Traefik access log',
  family: 'Web',
  source: 'https://doc.traefik.io/traefik/observe/logs-and-access-logs/',
  layouts: [
    [
      '{client:word} {identity:word} {user:word} [{time:dd/MMM/yyyy:HH:mm:ss z}] ',
      '{start}"{method:word} {path:not="}( {protocol:not="})?" ({level:status}|-|0) {bytes:word} ',
      '"{referer:until="}" "{agent:until="}" {count:digits} "{router:until="}" "{server:until="}" {duration:digits}ms',
    ].join(''),
  ],
  samples: [
    {
      text: '172.18.0.1 - - [10/Jun/2019:06:58:29 +0000] "GET / HTTP/1.1" 200 1234 "-" "-" 7 "whoami@docker" "http://172.18.0.3:80" 2ms',
      time: '2019-06-10T06:58:29Z',
      level: 'INFO',
      message: '"GET / HTTP/1.1" 200 1234 "-" "-" 7 "whoami@docker" "http://172.18.0.3:80" 2ms',
      fields: { router: 'whoami@docker', server: 'http://172.18.0.3:80', duration: '2' },
    },
    {
      text: '10.0.0.9 - admin [10/Jun/2019:06:58:30 +0000] "GET /api/rawdata HTTP/2.0" 404 19 "https://example.com/" "Mozilla/5.0 (X11; Linux x86_64)" 8 "-" "-" 0ms',
      time: '2019-06-10T06:58:30Z',
      level: 'WARN',
      message:
        '"GET /api/rawdata HTTP/2.0" 404 19 "https://example.com/" "Mozilla/5.0 (X11; Linux x86_64)" 8 "-" "-" 0ms',
      fields: { user: 'admin', agent: 'Mozilla/5.0 (X11; Linux x86_64)', router: '-' },
    },
    {
      text: '10.0.0.9 - - [10/Jun/2019:06:58:31 +0000] "POST /orders HTTP/1.1" 502 11 "-" "curl/7.68.0" 9 "orders@file" "http://10.1.0.4:8080" 3021ms',
      time: '2019-06-10T06:58:31Z',
      level: 'ERROR',
      message: '"POST /orders HTTP/1.1" 502 11 "-" "curl/7.68.0" 9 "orders@file" "http://10.1.0.4:8080" 3021ms',
      fields: { count: '9', duration: '3021' },
    },
  ],
};

export const ZEROLOG_CONSOLE: LayoutFormat = {
  kind: 'layout',
  id: 'zerolog-console',
  title: 'zerolog console writer (Traefik 3 and others)',
  family: 'Applications',
  source: 'https://github.com/rs/zerolog#pretty-logging',
  // A caller stands before a >; the level is cut to three letters, which few others do.
  layouts: [
    `(${RFC3339}|{time:h:mma}) (!(!TRC |DBG |INF |WRN |ERR |FTL |PNC )){level:upper} ({file:not=:>}:{line:digits} > )?{message}`,
  ],
  levels: { pnc: 'FATAL' },
  samples: [
    {
      text: '2024-04-29T14:25:59Z INF Traefik version 3.0.0 built on 2024-04-29T14:25:59Z version=3.0.0',
      time: '2024-04-29T14:25:59Z',
      level: 'INFO',
      message: 'Traefik version 3.0.0 built on 2024-04-29T14:25:59Z version=3.0.0',
    },
    {
      text: '2024-05-02T08:11:10+02:00 ERR github.com/traefik/traefik/v3/pkg/provider/docker/pdocker.go:90 > Failed to retrieve information of the docker client and server host error="permission denied" providerName=docker',
      time: '2024-05-02T06:11:10Z',
      level: 'ERROR',
      message:
        'Failed to retrieve information of the docker client and server host error="permission denied" providerName=docker',
      fields: { file: 'github.com/traefik/traefik/v3/pkg/provider/docker/pdocker.go', line: '90' },
    },
    { text: '3:04PM INF Hello World foo=bar', time: 'T15:04:00', level: 'INFO', message: 'Hello World foo=bar' },
  ],
};

export const CADDY_CONSOLE: LayoutFormat = {
  kind: 'layout',
  id: 'caddy-console',
  title: 'Caddy on a terminal',
  family: 'Web',
  source: 'https://caddyserver.com/docs/caddyfile/directives/log#console',
  // Columns stand between tabs; a logger's name holds no blank.
  layouts: ['{time:yyyy/MM/dd HH:mm:ss.f}\t{level:upper}\t({logger:not=}\t)?{message}'],
  samples: [
    {
      text: '2022/03/09 21:30:01.524\tINFO\thttp.log.access.log0\thandled request\t{"request": {"method": "GET", "uri": "/"}, "status": 200}',
      time: '2022-03-09T21:30:01.524',
      level: 'INFO',
      message: 'handled request\t{"request": {"method": "GET", "uri": "/"}, "status": 200}',
      fields: { logger: 'http.log.access.log0' },
    },
    {
      text: '2022/03/09 21:29:58.011\tINFO\tusing adjacent Caddyfile',
      time: '2022-03-09T21:29:58.011',
      level: 'INFO',
      message: 'using adjacent Caddyfile',
    },
    {
      text: '2022/03/09 21:29:58.020\tERROR\ttls.obtain\twill retry\t{"error": "[example.com] Obtain: no such host", "attempt": 1}',
      time: '2022-03-09T21:29:58.020',
      level: 'ERROR',
      message: 'will retry\t{"error": "[example.com] Obtain: no such host", "attempt": 1}',
      fields: { logger: 'tls.obtain' },
    },
  ],
};
