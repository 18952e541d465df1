/** Formats of web servers, proxies and load balancers. */

import type { LayoutFormat } from './format';

export const ACCESS: LayoutFormat = {
  kind: 'layout',
  id: 'web-access',
  title: 'Web access log (common, combined)',
  family: 'Web',
  source: 'https://httpd.apache.org/docs/2.4/logs.html#accesslog',
  layouts: [
    [
      //           client        identity        user          (a virtual host may stand first; a user may hold blanks)
      '({client:word} {identity:word} {user:word} [|{vhost:word} {client:word} {identity:word} {user:word} [|{client:word} {identity:word} {user:until= [} [)',
      '({time:dd/MMM/yyyy[: ]HH:mm:ss?.?f z}|{time:dd/MMM/yyyy[: ]HH:mm:ss?.?f})] ',
      '{start}"({method:alpha} {path:not="}( {protocol:not="})?"|{request:until=" }") {level:status} {bytes:word}',
      '( "{referer:until="}" "{agent:until="}")?( {extra:rest})?',
    ].join(''),
  ],
  samples: [
    {
      text: '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
      time: '2000-10-10T20:55:36Z',
      level: 'INFO',
      message: '"GET /apache_pb.gif HTTP/1.0" 200 2326',
      fields: {
        client: '127.0.0.1',
        user: 'frank',
        method: 'GET',
        path: '/apache_pb.gif',
        protocol: 'HTTP/1.0',
        bytes: '2326',
      },
    },
    {
      text: '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326 "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"',
      time: '2000-10-10T20:55:36Z',
      level: 'INFO',
      message:
        '"GET /apache_pb.gif HTTP/1.0" 200 2326 "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"',
      fields: { referer: 'http://www.example.com/start.html', agent: 'Mozilla/4.08 [en] (Win98; I ;Nav)' },
    },
    {
      text: '10.0.0.7 - - [18/Feb/2021:00:39:21 +0000] "POST /api/cart HTTP/2.0" 502 157 "-" "curl/7.68.0" 122 0.003 [default-shop-80] [] 10.1.0.4:8080 0 0.003 502 7e1b',
      time: '2021-02-18T00:39:21Z',
      level: 'ERROR',
      message:
        '"POST /api/cart HTTP/2.0" 502 157 "-" "curl/7.68.0" 122 0.003 [default-shop-80] [] 10.1.0.4:8080 0 0.003 502 7e1b',
      fields: { agent: 'curl/7.68.0', extra: '122 0.003 [default-shop-80] [] 10.1.0.4:8080 0 0.003 502 7e1b' },
    },
    {
      text: 'example.com:80 192.0.2.9 - - [10/Oct/2000:13:55:36 -0700] "-" 408 0',
      time: '2000-10-10T20:55:36Z',
      level: 'WARN',
      message: '"-" 408 0',
      fields: { vhost: 'example.com:80', client: '192.0.2.9', request: '-' },
    },
    {
      text: '127.0.0.1 - - [12/Dec/2022 14:03:09] "GET /missing HTTP/1.1" 404 -',
      time: '2022-12-12T14:03:09',
      level: 'WARN',
      message: '"GET /missing HTTP/1.1" 404 -',
      fields: { bytes: '-' },
    },
  ],
};

export const NGINX_ERROR: LayoutFormat = {
  kind: 'layout',
  id: 'nginx-error',
  title: 'nginx error log',
  family: 'Web',
  source: 'https://nginx.org/en/docs/ngx_core_module.html#error_log',
  layouts: ['{time:yyyy/MM/dd HH:mm:ss} [{level}] {pid:digits}#{tid:digits}: (*{connection:digits} )?{message}'],
  samples: [
    {
      text: '2024/01/15 03:42:17 [error] 29#29: *1482 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.1.45, server: api.example.com, request: "POST /api/v2/orders HTTP/1.1", upstream: "http://127.0.0.1:3000/api/v2/orders", host: "api.example.com"',
      time: '2024-01-15T03:42:17',
      level: 'ERROR',
      message:
        'connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.1.45, server: api.example.com, request: "POST /api/v2/orders HTTP/1.1", upstream: "http://127.0.0.1:3000/api/v2/orders", host: "api.example.com"',
      fields: { pid: '29', tid: '29', connection: '1482' },
    },
    {
      text: '2017/05/25 11:41:00 [emerg] 1#1: host not found in upstream "backend" in /etc/nginx/conf.d/default.conf:5',
      time: '2017-05-25T11:41:00',
      level: 'FATAL',
      message: 'host not found in upstream "backend" in /etc/nginx/conf.d/default.conf:5',
      fields: { pid: '1' },
    },
    {
      text: '2021/09/09 16:01:12 [notice] 1#1: using the "epoll" event method',
      time: '2021-09-09T16:01:12',
      level: 'INFO',
      message: 'using the "epoll" event method',
    },
  ],
};

/** The client belongs to the message in the server's own manual: it is there only for some errors. */
const CLIENT = '{start}([client {client:until=]}])?';

export const APACHE_ERROR: LayoutFormat = {
  kind: 'layout',
  id: 'apache-error',
  title: 'Apache HTTP Server error log',
  family: 'Web',
  source: 'https://httpd.apache.org/docs/2.4/logs.html#errorlog',
  layouts: [
    [
      '[{time:EEE MMM d HH:mm:ss?.?f yyyy}] [({level}({verbosity:digits})?]|',
      '({module:not=:]})?:{level}({verbosity:digits})?] [pid {pid:digits}(:tid {tid:digits})?]) ',
      CLIENT,
    ].join(''),
  ],
  samples: [
    {
      text: '[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416] [client 72.15.99.187] File does not exist: /usr/local/apache2/htdocs/favicon.ico',
      time: '2011-09-09T10:42:29.902',
      level: 'ERROR',
      message: '[client 72.15.99.187] File does not exist: /usr/local/apache2/htdocs/favicon.ico',
      fields: { module: 'core', pid: '35708', tid: '4328636416', client: '72.15.99.187' },
    },
    {
      text: '[Wed Oct 11 14:32:52 2000] [error] [client 127.0.0.1] client denied by server configuration: /export/home/live/ap/htdocs/test',
      time: '2000-10-11T14:32:52',
      level: 'ERROR',
      message: '[client 127.0.0.1] client denied by server configuration: /export/home/live/ap/htdocs/test',
      fields: { client: '127.0.0.1' },
    },
    {
      text: '[Thu Jun 09 06:07:04 2005] [notice] LDAP: Built with OpenLDAP LDAP SDK',
      time: '2005-06-09T06:07:04',
      level: 'INFO',
      message: 'LDAP: Built with OpenLDAP LDAP SDK',
    },
    {
      text: '[Mon Jan 05 10:11:12.000123 2015] [:error] [pid 17] [client 10.0.0.9:51234] PHP Warning: broken',
      time: '2015-01-05T10:11:12.000',
      level: 'ERROR',
      message: '[client 10.0.0.9:51234] PHP Warning: broken',
      fields: { pid: '17', client: '10.0.0.9:51234' },
    },
  ],
};

export const AWS_ALB: LayoutFormat = {
  kind: 'layout',
  id: 'aws-alb',
  title: 'AWS application load balancer',
  family: 'Web',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html',
  layouts: [
    [
      "{type:alpha} {time:yyyy-MM-dd'T'HH:mm:ss?.?fz} {balancer:word} {client:word} {target:word} ",
      '{requestSeconds:word} {targetSeconds:word} {responseSeconds:word} ({level:status}|-) {targetStatus:word} ',
      '{received:digits} {bytes:digits} {start}"{request:until="}"',
    ].join(''),
    // Classic load balancers have no type.
    [
      "{time:yyyy-MM-dd'T'HH:mm:ss?.?fz} {balancer:word} {client:word} {target:word} ",
      '{requestSeconds:word} {targetSeconds:word} {responseSeconds:word} ({level:status}|-) {targetStatus:word} ',
      '{received:digits} {bytes:digits} {start}"{request:until="}"',
    ].join(''),
  ],
  samples: [
    {
      text: 'http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"',
      time: '2018-07-02T22:23:00.186Z',
      level: 'INFO',
      message:
        '"GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"',
      fields: { type: 'http', client: '192.168.131.39:2817', target: '10.0.0.1:80', bytes: '366' },
    },
    {
      text: 'http 2018-11-30T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 - 0.000 0.001 0.000 502 - 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - -',
      time: '2018-11-30T22:23:00.186Z',
      level: 'ERROR',
      message: '"GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - -',
      fields: { target: '-', targetStatus: '-' },
    },
    {
      text: '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -',
      time: '2015-05-13T23:39:43.945Z',
      level: 'INFO',
      message: '"GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -',
      fields: { balancer: 'my-loadbalancer', bytes: '29' },
    },
  ],
};

export const ENVOY_ACCESS: LayoutFormat = {
  kind: 'layout',
  id: 'envoy-access',
  title: 'Envoy access log',
  family: 'Web',
  source: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage',
  layouts: [
    `[{time:yyyy-MM-dd'T'HH:mm:ss?.?fz}] {start}"({method:alpha} {path:not="} {protocol:not="}|{request:until="})" ({level:status}|0) {flags:word}`,
  ],
  samples: [
    {
      text: '[2016-04-15T20:17:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "nsq2http" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "locations" "tcp://10.0.2.1:80"',
      time: '2016-04-15T20:17:00.310Z',
      level: 'INFO',
      message:
        '"POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "nsq2http" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "locations" "tcp://10.0.2.1:80"',
      fields: { method: 'POST', path: '/api/v1/locations', protocol: 'HTTP/2', flags: '-' },
    },
    {
      text: '[2020-11-25T21:26:18.409Z] "GET /status/418 HTTP/1.1" 418 - via_upstream - "-" 0 135 4 4 "-" "curl/7.73.0-DEV" "84961386-6d84-929d-98bd-c5aee93b5c88" "httpbin:8000" "127.0.0.1:80"',
      time: '2020-11-25T21:26:18.409Z',
      level: 'WARN',
      message:
        '"GET /status/418 HTTP/1.1" 418 - via_upstream - "-" 0 135 4 4 "-" "curl/7.73.0-DEV" "84961386-6d84-929d-98bd-c5aee93b5c88" "httpbin:8000" "127.0.0.1:80"',
      fields: { path: '/status/418' },
    },
    {
      text: '[2020-11-25T21:26:19.001Z] "GET /cart HTTP/1.1" 503 UF,URX 0 91 1027 - "-" "-" "-" "shop" "10.0.2.1:80"',
      time: '2020-11-25T21:26:19.001Z',
      level: 'ERROR',
      message: '"GET /cart HTTP/1.1" 503 UF,URX 0 91 1027 - "-" "-" "-" "shop" "10.0.2.1:80"',
      fields: { flags: 'UF,URX' },
    },
  ],
};

export const ENVOY: LayoutFormat = {
  kind: 'layout',
  id: 'envoy',
  title: 'Envoy application log',
  family: 'Web',
  source: 'https://www.envoyproxy.io/docs/envoy/latest/operations/cli#cmdoption-log-format',
  layouts: [
    '[{time:yyyy-MM-dd HH:mm:ss.f}][{tid:digits}][{level}( )?][{logger:not=]}]( [{file:not=:]}:{line:digits}])? {message}',
  ],
  samples: [
    {
      text: '[2018-01-30 15:36:29.021][1][info][main] [source/server/server.cc:330] initializing epoch 0',
      time: '2018-01-30T15:36:29.021',
      level: 'INFO',
      message: 'initializing epoch 0',
      fields: { tid: '1', logger: 'main', file: 'source/server/server.cc', line: '330' },
    },
    {
      text: '[2018-01-30 15:36:29.045][1][warning][upstream] [source/common/upstream/cluster_manager_impl.cc:128] cm init: all clusters initialized',
      time: '2018-01-30T15:36:29.045',
      level: 'WARN',
      message: 'cm init: all clusters initialized',
    },
    {
      text: '[2018-01-30 15:36:30.111][12][critical][assert] assert failure: false.',
      time: '2018-01-30T15:36:30.111',
      level: 'FATAL',
      message: 'assert failure: false.',
      fields: { tid: '12', logger: 'assert' },
    },
  ],
};

export const SQUID: LayoutFormat = {
  kind: 'layout',
  id: 'squid',
  title: 'Squid access log',
  family: 'Web',
  source: 'https://wiki.squid-cache.org/Features/LogFormat',
  layouts: [
    '{time:epoch_s} {elapsed:digits} {client:word} {start}{result:not=/}/({level:status}|000) {bytes:digits} {method:word} {url:word} {user:word} {hierarchy:word} {type:word}',
  ],
  samples: [
    {
      text: '1286536309.586    921 192.168.0.68 TCP_MISS/200 507 POST http://rcv-srv37.inplay.tubemogul.co...eiver/services - DIRECT/174.129.41.128 application/xml',
      time: '2010-10-08T11:11:49.586Z',
      level: 'INFO',
      message:
        'TCP_MISS/200 507 POST http://rcv-srv37.inplay.tubemogul.co...eiver/services - DIRECT/174.129.41.128 application/xml',
      fields: {
        elapsed: '921',
        client: '192.168.0.68',
        result: 'TCP_MISS',
        bytes: '507',
        method: 'POST',
        type: 'application/xml',
      },
    },
    {
      text: '1066036250.603    310 192.168.0.227 TCP_MISS/302 357 GET http://www.google.com/ - DIRECT/216.239.57.99 text/html',
      time: '2003-10-13T09:10:50.603Z',
      level: 'INFO',
      message: 'TCP_MISS/302 357 GET http://www.google.com/ - DIRECT/216.239.57.99 text/html',
    },
    {
      text: '1066037222.352     12 192.168.0.227 TCP_DENIED/403 1382 CONNECT bad.example:25 - NONE/- text/html',
      time: '2003-10-13T09:27:02.352Z',
      level: 'WARN',
      message: 'TCP_DENIED/403 1382 CONNECT bad.example:25 - NONE/- text/html',
      fields: { result: 'TCP_DENIED', hierarchy: 'NONE/-' },
    },
  ],
};
