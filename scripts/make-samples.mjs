/**
 * `node scripts/make-samples.mjs` writes the sample logs of public/samples: one incident seen by three programs. All of it
 * is made up, and drawn from a fixed seed, so the files change only when this script does.
 *
 *     14:02:11  payments-api 2.49.0 starts
 *     14:04:00  its refund job begins, and keeps one connection for each batch for as long as the batch takes
 *     14:06:31  the connection pool is empty: requests time out, the gateway answers 503 and retries
 *     14:47:20  payments-api 2.48.0 is back
 */
import { mkdirSync, writeFileSync } from 'node:fs';

import { at, isProgram } from './project.mjs';

const DAY = Date.UTC(2026, 4, 19);
const clock = (/** @type {string} */ text) => DAY + Date.parse(`1970-01-01T${text}Z`);
const NEW_VERSION = clock('14:02:11.084');
const REFUNDS = clock('14:04:00.012');
const POOL_EMPTY = clock('14:06:31.207');
const OLD_VERSION = clock('14:47:20.415');

/** @typedef {{ time: number, text: string }} Entry */
/** @typedef {ReturnType<typeof createRandom>} Random */

/** Every file with its content, without writing it. @returns {{ name: string, text: string }[]} */
export function makeSamples() {
  return [
    { name: 'payments-api.log', text: toText(makePayments(createRandom(20_260_519))) },
    { name: 'gateway.jsonl', text: toText(makeGateway(createRandom(20_260_520))) },
    { name: 'postgres.log', text: toText(makePostgres(createRandom(20_260_521))) },
  ];
}

/** In the order of time; entries of the same millisecond keep the order they were made in. @param {Entry[]} entries */
function toText(entries) {
  return entries
    .sort((a, b) => a.time - b.time)
    .map(({ text }) => `${text}\n`)
    .join('');
}

/** Mulberry32: small, and the same everywhere. @param {number} seed */
function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** A whole number, both ends included. @param {number} low @param {number} high */
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    /** @template T @param {readonly T[]} list @returns {T} */
    pick: (list) => /** @type {T} */ (list[Math.floor(next() * list.length)]),
    /** @param {number} share */
    chance: (share) => next() < share,
    /** @param {number} digits */
    hex: (digits) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join(''),
  };
}

/**
 * Calls `add` at uneven moments.
 *
 * @param {Random} random
 * @param {number} start
 * @param {number} end
 * @param {number} everyMs  on average
 * @param {(time: number) => void} add
 */
function during(random, start, end, everyMs, add) {
  for (let time = start; ; ) {
    time += random.whole(Math.ceil(everyMs * 0.3), Math.ceil(everyMs * 1.7));
    if (time >= end) return;
    add(time);
  }
}

/** "2026-05-19 14:06:31.207" @param {number} time */
const stamp = (time) => new Date(time).toISOString().replace('T', ' ').slice(0, -1);

const TIMEOUT_TRACE = [
  'org.springframework.transaction.CannotCreateTransactionException: Could not open JPA EntityManager for transaction',
  '\tat org.springframework.orm.jpa.JpaTransactionManager.doBegin(JpaTransactionManager.java:466)',
  '\tat org.springframework.transaction.interceptor.TransactionInterceptor.invoke(TransactionInterceptor.java:119)',
  '\tat org.example.payments.CardPaymentService.authorize(CardPaymentService.java:88)',
  '\tat org.example.payments.PaymentController.create(PaymentController.java:41)',
  '\t... 52 common frames omitted',
];
const LEAK_TRACE = [
  'java.lang.Exception: Apparent connection leak detected',
  '\tat com.zaxxer.hikari.HikariDataSource.getConnection(HikariDataSource.java:127)',
  '\tat org.example.payments.refund.RefundBatch.run(RefundBatch.java:57)',
  '\tat org.example.payments.refund.RefundJob.lambda$start$0(RefundJob.java:33)',
  '\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)',
];

/** Logback: time, thread, level, logger, message. @param {Random} random */
function makePayments(random) {
  /** @type {Entry[]} */
  const entries = [];
  /** @param {number} time @param {string} thread @param {string} level @param {string} logger @param {string} text @param {string[]} [trace] */
  const log = (time, thread, level, logger, text, trace = []) => {
    entries.push({
      time,
      text: [`${stamp(time)} [${thread}] ${level.padEnd(5)} ${logger} - ${text}`, ...trace].join('\n'),
    });
  };
  const worker = () => `http-nio-8080-exec-${random.whole(1, 24)}`;
  const order = () => `ord-${random.whole(480_000, 499_999)}`;
  const amount = () => `${random.whole(3, 240)}.${String(random.whole(0, 99)).padStart(2, '0')} EUR`;
  /** @param {number} time */
  const payment = (time) => {
    const id = `pay-${random.hex(8)}`;
    log(
      time,
      worker(),
      'INFO',
      'o.e.p.CardPaymentService',
      `payment ${id} for ${order()} authorized, ${amount()}, ${random.whole(34, 180)} ms`,
    );
    if (random.chance(0.08))
      log(
        time + 40,
        worker(),
        'WARN',
        'o.e.p.RiskClient',
        `risk score of ${id} came late: ${random.whole(810, 1400)} ms, default used`,
      );
  };
  /** @param {number} time @param {string} version @param {number} pid */
  const start = (time, version, pid) => {
    log(
      time,
      'main',
      'INFO',
      'o.e.p.PaymentsApplication',
      `Starting payments-api ${version} using Java 21.0.7 with PID ${pid}`,
    );
    log(time + 1210, 'main', 'INFO', 'c.zaxxer.hikari.HikariDataSource', 'HikariPool-1 - Starting...');
    log(
      time + 1655,
      'main',
      'INFO',
      'c.zaxxer.hikari.HikariDataSource',
      'HikariPool-1 - Start completed: maximumPoolSize=20',
    );
    log(time + 4820, 'main', 'INFO', 'o.e.p.PaymentsApplication', `Started payments-api ${version} in 4.82 seconds`);
  };

  during(random, clock('13:55:00.000'), NEW_VERSION - 9000, 11_000, payment);
  log(NEW_VERSION - 6100, 'shutdown-hook', 'INFO', 'o.e.p.PaymentsApplication', 'Stopping payments-api 2.48.0');
  start(NEW_VERSION, '2.49.0', 31_877);
  during(random, NEW_VERSION + 5000, POOL_EMPTY, 6000, payment);

  log(
    REFUNDS,
    'refund-scheduler',
    'INFO',
    'o.e.p.refund.RefundJob',
    'refund job started: 18,420 refunds open, 20 batches in parallel (new in 2.49.0)',
  );
  during(random, REFUNDS, POOL_EMPTY, 11_000, (time) => {
    const active = Math.min(20, 6 + Math.round(((time - REFUNDS) / (POOL_EMPTY - REFUNDS)) * 14));
    log(
      time,
      `refund-${random.whole(1, 20)}`,
      'INFO',
      'o.e.p.refund.RefundBatch',
      `batch ${random.whole(1, 400)} keeps its connection, waiting for the bank`,
    );
    log(
      time + 3,
      'HikariPool-1 housekeeper',
      active > 15 ? 'WARN' : 'DEBUG',
      'com.zaxxer.hikari.pool.HikariPool',
      `HikariPool-1 - Pool stats (total=20, active=${active}, idle=${20 - active}, waiting=0)`,
    );
  });

  log(
    POOL_EMPTY,
    'HikariPool-1 housekeeper',
    'ERROR',
    'com.zaxxer.hikari.pool.HikariPool',
    'HikariPool-1 - Pool is empty (total=20, active=20, idle=0, waiting=7)',
  );
  during(random, POOL_EMPTY + 900, OLD_VERSION - 14_000, 115_000, (time) => {
    const waiting = random.whole(18, 61);
    const cause = `Caused by: java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after ${random.whole(30_000, 30_014)}ms (total=20, active=20, idle=0, waiting=${waiting})`;
    log(time, worker(), 'ERROR', 'o.e.p.PaymentController', `payment for ${order()} failed`, [
      ...TIMEOUT_TRACE,
      cause,
      '\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:686)',
      '\t... 57 common frames omitted',
    ]);
  });
  during(random, POOL_EMPTY, OLD_VERSION - 14_000, 62_000, (time) => {
    log(
      time,
      'HikariPool-1 housekeeper',
      'WARN',
      'com.zaxxer.hikari.pool.HikariPool',
      `HikariPool-1 - Pool stats (total=20, active=20, idle=0, waiting=${random.whole(18, 61)})`,
    );
  });
  during(random, POOL_EMPTY + 60_000, OLD_VERSION - 14_000, 400_000, (time) => {
    log(
      time,
      'HikariPool-1 housekeeper',
      'WARN',
      'c.z.hikari.pool.ProxyLeakTask',
      `Connection leak detection triggered for org.postgresql.jdbc.PgConnection@${random.hex(8)} on thread refund-${random.whole(1, 20)}, stack trace follows`,
      LEAK_TRACE,
    );
  });
  during(random, POOL_EMPTY, OLD_VERSION - 14_000, 95_000, payment);

  log(OLD_VERSION - 12_300, 'shutdown-hook', 'INFO', 'o.e.p.PaymentsApplication', 'Stopping payments-api 2.49.0');
  log(
    OLD_VERSION - 11_900,
    'refund-scheduler',
    'WARN',
    'o.e.p.refund.RefundJob',
    'refund job stopped: 2,960 of 18,420 refunds done',
  );
  start(OLD_VERSION, '2.48.0', 32_410);
  during(random, OLD_VERSION + 5000, clock('14:56:00.000'), 8000, payment);
  return entries;
}

/** One JSON object a line. @param {Random} random */
function makeGateway(random) {
  /** @type {Entry[]} */
  const entries = [];
  /** @param {number} time @param {string} level @param {string} msg @param {Record<string, string | number>} fields */
  const log = (time, level, msg, fields) => {
    entries.push({ time, text: JSON.stringify({ time: new Date(time).toISOString(), level, msg, ...fields }) });
  };
  const routes = /** @type {const} */ ([
    ['GET', '/v1/catalog'],
    ['GET', '/v1/orders'],
    ['POST', '/v1/cart'],
    ['GET', '/v1/account'],
  ]);
  /** @param {number} time */
  const other = (time) => {
    const [method, path] = random.pick(routes);
    log(time, 'info', 'request', {
      method,
      path,
      status: random.chance(0.03) ? 404 : 200,
      durationMs: random.whole(4, 70),
      requestId: random.hex(8),
    });
  };
  /** @param {number} time */
  const paid = (time) =>
    log(time, 'info', 'request', {
      method: 'POST',
      path: '/v1/payments',
      status: 201,
      durationMs: random.whole(60, 240),
      requestId: random.hex(8),
    });
  /** Three tries, each until the pool gives up or the gateway does. @param {number} time */
  const refused = (time) => {
    const requestId = random.hex(8);
    for (const [attempt, waitMs] of [250, 1000].entries()) {
      log(time + attempt * 1400, 'warn', 'upstream answered 503, retrying', {
        upstream: 'payments-api',
        attempt: attempt + 1,
        waitMs,
        requestId,
      });
    }
    log(time + 3300, 'error', 'request failed', {
      method: 'POST',
      path: '/v1/payments',
      status: 503,
      durationMs: random.whole(30_100, 33_900),
      attempts: 3,
      requestId,
    });
  };

  const end = clock('14:56:00.000');
  during(random, clock('13:55:00.000'), end, 50_000, other);
  during(random, clock('13:55:00.000'), NEW_VERSION - 6200, 22_000, paid);
  log(NEW_VERSION - 5900, 'warn', 'upstream left the pool', { upstream: 'payments-api', version: '2.48.0' });
  log(NEW_VERSION + 5100, 'info', 'upstream joined the pool', { upstream: 'payments-api', version: '2.49.0' });
  during(random, NEW_VERSION + 5200, POOL_EMPTY, 16_000, paid);
  during(random, POOL_EMPTY + 400, OLD_VERSION - 13_000, 45_000, refused);
  during(random, POOL_EMPTY + 400, OLD_VERSION - 13_000, 210_000, paid);
  log(POOL_EMPTY + 61_000, 'error', 'circuit breaker opened', {
    upstream: 'payments-api',
    failures: 25,
    windowMs: 60_000,
  });
  log(OLD_VERSION - 12_100, 'warn', 'upstream left the pool', { upstream: 'payments-api', version: '2.49.0' });
  log(OLD_VERSION + 5000, 'info', 'upstream joined the pool', { upstream: 'payments-api', version: '2.48.0' });
  log(OLD_VERSION + 5600, 'info', 'circuit breaker closed', { upstream: 'payments-api' });
  during(random, OLD_VERSION + 5700, end, 13_000, paid);
  return entries;
}

/** log_line_prefix = '%m [%p] %q%u@%d ' @param {Random} random */
function makePostgres(random) {
  /** @type {Entry[]} */
  const entries = [];
  /** @param {number} time @param {number} pid @param {string} text @param {string} [who] */
  const log = (time, pid, text, who = '') => entries.push({ time, text: `${stamp(time)} UTC [${pid}] ${who}${text}` });
  const client = 'payments@payments ';
  const backend = () => random.whole(9100, 9119);

  log(clock('13:55:00.004'), 1, 'LOG:  database system is ready to accept connections');
  let checkpoint = clock('13:57:12.000');
  for (; checkpoint < clock('14:56:00.000'); checkpoint += 300_000) {
    log(checkpoint, 64, 'LOG:  checkpoint starting: time');
    log(
      checkpoint + random.whole(20_000, 40_000),
      64,
      `LOG:  checkpoint complete: wrote ${random.whole(210, 900)} buffers (${random.whole(1, 5)}.${random.whole(0, 9)}%); 0 WAL file(s) added, 0 removed, ${random.whole(0, 2)} recycled`,
    );
  }
  /** @param {number} start @param {number} first */
  const connect = (start, first) => {
    for (let index = 0; index < 20; index++) {
      log(
        start + index * 31,
        first + index,
        `LOG:  connection authorized: user=payments database=payments application_name=payments-api`,
        client,
      );
    }
  };
  connect(NEW_VERSION + 1300, 9100);
  during(random, REFUNDS, OLD_VERSION - 13_000, 40_000, (time) => {
    log(
      time,
      backend(),
      `LOG:  duration: ${random.whole(41_000, 188_000)}.${random.whole(100, 999)} ms  statement: SELECT * FROM refunds WHERE batch_id = ${random.whole(1, 400)} FOR UPDATE`,
      client,
    );
  });
  during(random, REFUNDS + 30_000, OLD_VERSION - 13_000, 120_000, (time) => {
    const [waiter, holder] = [random.whole(9100, 9109), random.whole(9110, 9119)];
    log(
      time,
      waiter,
      `LOG:  process ${waiter} still waiting for ShareLock on transaction ${random.whole(7_710_000, 7_719_999)} after 1000.${random.whole(100, 999)} ms`,
      client,
    );
    log(time, waiter, `DETAIL:  Process holding the lock: ${holder}. Wait queue: ${waiter}.`, client);
    log(
      time,
      waiter,
      `CONTEXT:  while locking tuple (${random.whole(10, 900)},${random.whole(1, 60)}) in relation "refunds"`,
      client,
    );
    log(
      time,
      waiter,
      "STATEMENT:  UPDATE refunds\n\tSET state = 'done', settled_at = now()\n\tWHERE batch_id = $1",
      client,
    );
  });
  during(random, POOL_EMPTY, OLD_VERSION - 13_000, 420_000, (time) => {
    log(time, backend(), 'ERROR:  canceling statement due to lock timeout', client);
    log(time, backend(), "STATEMENT:  UPDATE payments SET state = 'refunded' WHERE id = $1", client);
  });
  for (let pid = 9100; pid < 9120; pid++)
    log(
      OLD_VERSION - 12_000 + pid - 9100,
      pid,
      'LOG:  unexpected EOF on client connection with an open transaction',
      client,
    );
  connect(OLD_VERSION + 1300, 9240);
  return entries;
}

if (isProgram(import.meta.url)) {
  mkdirSync(at('public', 'samples'), { recursive: true });
  for (const { name, text } of makeSamples()) {
    writeFileSync(at('public', 'samples', name), text);
    console.log(`public/samples/${name}: ${Buffer.byteLength(text)} bytes, ${text.split('\n').length - 1} lines`);
  }
}
