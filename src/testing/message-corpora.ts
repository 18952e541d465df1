/** Messages of many systems with the templates they come from, written from memory; the values are invented and drawn by code. */

import { SERVICE_TEMPLATES } from './service-templates';
import { SYSTEM_TEMPLATES } from './system-templates';

const TEMPLATES = { ...SYSTEM_TEMPLATES, ...SERVICE_TEMPLATES };

const USERS =
  'root admin test guest oracle postgres mysql ubuntu pi git nagios ftpuser deploy jenkins ann bob carol dave erin support user1 www-data backup info web student tomcat hadoop cyrus news'.split(
    ' ',
  );
const SERVICES =
  'nginx cron sshd rsyslogd postfix docker cupsd bluetooth ntpd crond httpd named mysqld xinetd haproxy snapd auditd gpm sendmail irqbalance'.split(
    ' ',
  );
const HOSTS =
  'web-01 db-main node7 cache.internal ip-10-0-3-17.ec2.internal mail.example.org ns.dynamic-pool.example.net LabSZ-tencent worker-a gw.example.com cp-1.slowvm1.example.net localhost'.split(
    ' ',
  );
const WORDS =
  'billing orders invoice report alpha session cart main catalog search avatar thumbs export nightly profile'.split(
    ' ',
  );

type Draw = (random: () => number) => string;

function pick(list: readonly string[]): Draw {
  return (random) => list[Math.floor(random() * list.length)] as string;
}

function digits(least: number, most: number): Draw {
  return (random) =>
    String(
      Math.floor(
        10 ** (least - 1 + random() * (most - least + 1)) * (0.1 + 0.9 * random()) +
          (least > 1 ? 10 ** (least - 1) : 0),
      ),
    );
}

function hex(length: number): Draw {
  return (random) => Array.from({ length }, () => '0123456789abcdef'[Math.floor(random() * 16)]).join('');
}

function below(limit: number, width = 1): Draw {
  return (random) => String(Math.floor(random() * limit)).padStart(width, '0');
}

/** Parts in a row. */
function all(...parts: readonly (string | Draw)[]): Draw {
  return (random) => parts.map((part) => (typeof part === 'string' ? part : part(random))).join('');
}

const ip = all(below(223), '.', below(256), '.', below(256), '.', below(256));
const word = pick(WORDS);
const blk: Draw = (random) => `blk_${random() < 0.5 ? '-' : ''}${digits(15, 19)(random)}`;
const uuid = all(hex(8), '-', hex(4), '-', hex(4), '-', hex(4), '-', hex(12));
const base64: Draw = (random) =>
  Array.from(
    { length: 22 },
    () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[Math.floor(random() * 62)],
  ).join('');
const path = pick([
  '/var/lib/nova/instances/_base',
  '/home/ann/bin',
  '/opt/app/current',
  '/usr/share/data',
  '/p/gb1/stella/RAPTOR',
  '/g/g90/glosli/src',
  '/srv',
  '/data/kafka-logs',
  '/usr/sbin',
]);
const pod: Draw = (random) => `${word(random)}-${random() < 0.7 ? `${hex(10)(random)}-${hex(5)(random)}` : 'worker'}`;
const host = pick(HOSTS);

const DRAWN: Readonly<Record<string, Draw>> = {
  n: digits(2, 6),
  d: below(10),
  dd: below(60, 2),
  ip,
  port: digits(4, 5),
  blk,
  blks: (random) => Array.from({ length: 1 + Math.floor(random() * 6) }, () => blk(random)).join(' '),
  hdfspath: (random) =>
    random() < 0.7
      ? `/user/root/rand/_temporary/_task_200811${digits(8, 8)(random)}_m_000${below(999, 3)(random)}_0/part-00${below(999, 3)(random)}`
      : `/mnt/hadoop/mapred/system/job_${digits(9, 9)(random)}/job.jar`,
  hex2: hex(2),
  hex4: hex(4),
  hex8: hex(8),
  hex16: hex(16),
  hex32: hex(32),
  uuid,
  base64,
  mac: all(hex(2), ':', hex(2), ':', hex(2), ':', hex(2), ':', hex(2), ':', hex(2)),
  path,
  user: pick(USERS),
  service: pick(SERVICES),
  host,
  hostip: (random) => (random() < 0.7 ? ip(random) : host(random)),
  word,
  axis: pick(['x+', 'x-', 'y+', 'y-', 'z+', 'z-']),
  bglloc: all('R', below(99, 2), '-M', below(2), '-L', below(4), '-U', below(30)),
  bglnode: all('U', below(30), '-J', below(20)),
  bglslot: all('J', below(20)),
  weekday: pick(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']),
  month: pick(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']),
  clock: all(below(24, 2), ':', below(60, 2), ':', below(60, 2)),
  year: pick(['2004', '2005', '2016', '2024', '2025']),
  func: pick(['sendPacket', 'receiveFrame', 'listOrders', 'handleLogin', 'findAll']),
  iface: pick(['eth0', 'ens3', 'wlp2s0', 'alt0', 'ee0', 'lo']),
  status: pick(['200', '202', '204', '301', '400', '404', '409', '500', '502', '503']),
  sparkservice: pick([
    'sparkExecutorActorSystem',
    'org.apache.spark.network.netty.NettyBlockTransferService',
    'SparkUI',
    'sparkDriver',
  ]),
  sparkkey: pick([
    'mapred.tip.id',
    'mapreduce.task.id',
    'mapred.task.is.map',
    'mapreduce.task.ismap',
    'mapred.job.id',
    'mapreduce.job.id',
    'mapred.task.partition',
  ]),
  ns: pick(['default', 'kube-system', 'prod', 'monitoring', 'ingress-nginx']),
  pod,
  container: pick(['app', 'sidecar', 'istio-proxy', 'web', 'redis', 'coredns', 'fluentd', 'migrate']),
  volume: pick(['config', 'kube-api-access-x7k2p', 'secrets', 'data', 'tls-certs']),
  image: pick([
    'nginx:1.25',
    'registry.example.com/shop/web:v2.3.1',
    'redis',
    'busybox',
    'ghcr.io/acme/worker@sha256:abcd1234abcd1234',
  ]),
  controller: pick([
    'deployment',
    'endpoint',
    'garbage collector',
    'node',
    'RequestHeaderAuthRequestController',
    'service account',
    'job',
  ]),
  ext: pick(['ico', 'png', 'html', 'php', 'txt']),
  urlpath: pick([
    '/',
    '/api/v1/users/17',
    '/login',
    '/cart/items',
    '/search?q=red+shoes&page=2',
    '/static/app.js',
    '/orders/88231/items/3',
    '/healthz',
  ]),
  url: pick(['https://api.example.com/v1/pay', 'http://10.2.3.4:8080/x?y=1', 'https://hooks.example.org/a/b/c']),
  db: pick(['app', 'orders', 'postgres', 'analytics', 'template1']),
  table: pick(['users', 'orders', 'order_items', 'accounts', 'events', 'sessions', 'products']),
  column: pick(['email', 'id', 'created_at', 'status', 'total', 'name']),
  app: pick(['ShopApplication', 'BillingApplication', 'GatewayApplication']),
  method: pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
  email: pick(['ann@example.org', 'bob.k@mail.example.com', 'x+y@example.net', 'support@shop.example']),
  dur: pick(['1.2ms', '350µs', '2.75s', '1m3.5s', '87ms', '12.034ms', '0s']),
  topic: pick(['orders', 'payments', 'user-events', 'audit.log', 'clicks', 'inventory', 'metrics-v2']),
  unit: pick([
    'Daily apt download activities',
    'nginx.service',
    'Network Manager',
    'OpenBSD Secure Shell server',
    'Cleanup of Temporary Directories',
    'cron.service',
    'Docker Application Container Engine',
    'Rotate log files',
    'User Manager for UID 1000',
  ]),
  target: pick(['Timers', 'Paths', 'Sockets', 'Basic System', 'Multi-User System', 'Shutdown']),
  module: pick([
    'x-pack-core',
    'aggs-matrix-stats',
    'lang-painless',
    'reindex',
    'transport-netty4',
    'ingest-common',
    'analysis-common',
    'percolator',
  ]),
};

export interface Corpus {
  readonly name: string;
  readonly messages: readonly string[];
  /** Index of each message's template. */
  readonly truth: readonly number[];
  readonly templates: readonly string[];
}

/** The same for the same seed. Templates have between 1 and 60 messages, most few. */
export function drawCorpora(seed: number): Corpus[] {
  return Object.entries(TEMPLATES).map(([name, templates]) => {
    const random = randomOf(seed + name.length * 7919 + templates.length);
    const messages: string[] = [];
    const truth: number[] = [];
    templates.forEach((template, index) => {
      const count = Math.ceil(60 * random() ** 3) + (random() < 0.2 ? 0 : 3);
      for (let i = 0; i < count; i++) {
        messages.push(template.replace(/\{([a-z0-9]+)\}/g, (whole, slot: string) => DRAWN[slot]?.(random) ?? whole));
        truth.push(index);
      }
    });
    return { name, messages, truth, templates };
  });
}

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
