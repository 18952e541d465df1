/**
 * A log with everything that makes logs hard: Java stack traces (15 % of the records, 5 to 40 lines), text that is not
 * ASCII (20 %), times out of order (2 %), ANSI colours (5 %), stretches with CRLF, lines of 10 KB to 1 MB (one in 20,000
 * records) and bytes that are not UTF-8 (one in 10,000).
 */
import { LEVELS, LOGGERS, MESSAGES } from './app-log.mjs';
import { CORPUS_START_MS, Clock } from './clock.mjs';
import { compileMessage } from './message.mjs';
import { Random } from './random.mjs';

const FOREIGN = [
  'Verbindung zu {ip} abgelehnt: Zeitüberschreitung nach {ms} ms (Gerät „Düsseldorf-{octet}“)',
  'Auftrag {id} für Größe {octet} übermittelt, Prüfsumme {hex8}',
  'ユーザー{id}の注文を処理できませんでした。再試行 {octet} 回目（{ms} ミリ秒）',
  '接続プールが枯渇しました: {ip} 待機中 {octet}',
  'deploy {hex8} 🚀 finished in {ms} ms ✅ — {octet} pods 👩‍💻',
  'café №{id} naïve façade … {size} bytes €{octet}',
].map(compileMessage);

const COLOURED = [
  '\u001b[31mfailed\u001b[0m to write \u001b[1m/var/data/{hex8}\u001b[0m after {ms} ms',
  '\u001b[38;5;208mslow query\u001b[0m {ms} ms rows={size} \u001b[2mtrace {hex16}\u001b[0m',
].map(compileMessage);

const THROWN = [
  'request {uuid} failed\njava.lang.IllegalStateException: pool {hex8} is closed',
  'cannot read block blk_{block}\njava.io.IOException: Connection reset by peer: {ip}:50010',
  'unexpected answer\njava.lang.NullPointerException: Cannot invoke "Order.total()" because "order" is null',
].map(compileMessage);

const FRAMES = [
  '\tat org.example.shop.order.OrderService.place(OrderService.java:{octet})',
  '\tat org.example.shop.web.Filter$Chain.doFilter(Filter.java:{octet})',
  '\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:{ms})',
  '\tat org.example.db.Pool.lambda$borrow$3(Pool.java:{octet})',
  '\tat jdk.internal.reflect.GeneratedMethodAccessor{octet}.invoke(Unknown Source)',
  '\t... {octet} common frames omitted',
].map(compileMessage);
const CAUSE = compileMessage('Caused by: java.net.SocketTimeoutException: Read timed out after {ms} ms');
const FILLING = compileMessage('{hex16}{hex16}{hex16}{hex16} ');

// A lone continuation byte, an overlong slash, the first two bytes of a three-byte character, Latin-1 "ü", 0xFF.
const INVALID = [[0x80], [0xc0, 0xaf], [0xe3, 0x81], [0xfc], [0xff, 0xfe]].map((bytes) => Uint8Array.from(bytes));

/**
 * @param {import('./byte-writer.mjs').ByteWriter} out
 * @returns {() => void} writes one record, of one or more lines
 */
export function createHard(out) {
  const random = new Random(17);
  const clock = new Clock(out);
  const afterLogger = Buffer.from('] ');
  let timeMs = CORPUS_START_MS;
  let recordIndex = 0;
  let isCrlf = false;

  const endLine = () => {
    if (isCrlf) out.byte(13);
    out.byte(10);
  };

  const writeTrace = () => {
    const frameCount = 3 + random.below(36);
    for (let i = 0; i < frameCount; i++) {
      (i === 12 ? CAUSE : random.pick(FRAMES))(out, random);
      endLine();
    }
  };

  /** Log-uniform between 10 KB and 1 MB: each power of two is as likely as the next. */
  const writeLongMessage = () => {
    const end = out.length + 10_000 * 100 ** (random.below(1000) / 1000);
    while (out.length < end) FILLING(out, random);
  };

  return () => {
    if (recordIndex++ % 5000 === 0) isCrlf = random.chance(0.1);
    timeMs += random.below(41);
    clock.writeIso(random.chance(0.02) ? timeMs - random.below(5000) : timeMs, 32, 46);
    out.text(random.pick(LEVELS));
    out.text(random.pick(LOGGERS));
    out.text(afterLogger);

    const kind = random.below(100);
    if (kind < 15) random.pick(THROWN)(out, random);
    else if (kind < 35) random.pick(FOREIGN)(out, random);
    else if (kind < 40) random.pick(COLOURED)(out, random);
    else random.pick(MESSAGES)(out, random);
    if (random.chance(1 / 20_000)) writeLongMessage();
    if (random.chance(1 / 10_000)) out.text(random.pick(INVALID));
    endLine();
    if (kind < 15) writeTrace();
  };
}
