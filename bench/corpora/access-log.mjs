/** A web server's log in the combined format, some 210 bytes a line. */
import { CORPUS_START_MS, Clock } from './clock.mjs';
import { compileMessage } from './message.mjs';
import { Random, weighTable } from './random.mjs';

const CLIENT = compileMessage('{ip} - ');
const USERS = weighTable([
  [9, Buffer.from('- [')],
  [1, Buffer.from('alice [')],
]);
const REQUESTS = [
  'GET /api/v1/users/{id}/orders?page={octet} HTTP/1.1',
  'GET /assets/app-{hex8}.js HTTP/1.1',
  'GET /assets/fonts/inter-{hex8}.woff2 HTTP/1.1',
  'POST /api/v1/sessions HTTP/1.1',
  'GET /products/{id}?ref=search&session={hex16} HTTP/1.1',
  'PUT /api/v1/carts/{uuid}/items/{id} HTTP/1.1',
  'DELETE /api/v1/carts/{uuid} HTTP/1.1',
  'GET /health HTTP/1.1',
].map(compileMessage);
const STATUSES = weighTable([
  [82, '200'],
  [6, '304'],
  [3, '302'],
  [4, '404'],
  [2, '401'],
  [2, '500'],
  [1, '503'],
]).map((status) => Buffer.from(`" ${status} `));
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
  'curl/8.11.0',
].map((agent) => compileMessage(` "https://shop.example.org/products/{id}" "${agent}"\n`));

/**
 * @param {import('./byte-writer.mjs').ByteWriter} out
 * @returns {() => void} writes one record
 */
export function createAccessLog(out) {
  const random = new Random(13);
  const clock = new Clock(out);
  const beforeRequest = Buffer.from(' +0000] "');
  let timeMs = CORPUS_START_MS;
  return () => {
    timeMs += random.below(41);
    CLIENT(out, random);
    out.text(random.pick(USERS));
    clock.writeAccess(timeMs);
    out.text(beforeRequest);
    random.pick(REQUESTS)(out, random);
    out.text(random.pick(STATUSES));
    out.number(100 + random.below(50_000));
    random.pick(AGENTS)(out, random);
  };
}
