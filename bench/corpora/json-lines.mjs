/** JSON lines with the keys of the Elastic Common Schema's logging libraries, some 250 bytes a line. */
import { CORPUS_START_MS, Clock } from './clock.mjs';
import { compileMessage } from './message.mjs';
import { Random, weighTable } from './random.mjs';

const LEVELS = weighTable([
  [85, 'INFO'],
  [8, 'WARN'],
  [4, 'ERROR'],
  [3, 'DEBUG'],
]).map((level) => Buffer.from(`Z","log.level":"${level}","message":"`));

const MESSAGES = [
  'order {id} placed by user u{id}, {octet} items, total {size} cents',
  'payment {uuid} authorised in {ms} ms by {ip}',
  'payment {uuid} declined: insufficient funds, attempt {octet}',
  'cart {hex16} abandoned after {ms} s with {octet} items',
  'cache miss for key user:{id}:profile, loading from {ip}',
  'upstream {ip}:8443 answered 503 after {ms} ms, retrying',
  'search for \\"{hex8}\\" gave {id} hits in {ms} ms',
  'e-mail {uuid} queued for delivery, {size} bytes',
  'stock of item {id} is down to {octet}',
  'session {hex16} renewed for user u{id}',
].map(compileMessage);

const TAILS = ['checkout', 'payment', 'catalogue', 'mailer', 'gateway'].flatMap((service) =>
  ['blue', 'green'].map((colour) =>
    compileMessage(
      `","ecs.version":"1.2.0","service.name":"${service}-${colour}","trace.id":"{hex16}{hex16}",` +
        `"duration_ms":{ms}}\n`,
    ),
  ),
);

/**
 * @param {import('./byte-writer.mjs').ByteWriter} out
 * @returns {() => void} writes one record
 */
export function createJsonLines(out) {
  const random = new Random(11);
  const clock = new Clock(out);
  const head = Buffer.from('{"@timestamp":"');
  let timeMs = CORPUS_START_MS;
  return () => {
    timeMs += random.below(41);
    out.text(head);
    clock.writeIso(timeMs, 84, 46);
    out.text(random.pick(LEVELS));
    random.pick(MESSAGES)(out, random);
    random.pick(TAILS)(out, random);
  };
}
