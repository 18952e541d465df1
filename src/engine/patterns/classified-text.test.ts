import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { CLASSIFIED_LENGTH, classifiedTextOf } from './classified-text';

describe('the exception', () => {
  test.each([
    ['Java', 'java.lang.NullPointerException: Cannot invoke "x"', 'java.lang.NullPointerException'],
    [
      'Java, innermost cause',
      'Request failed\norg.a.ServletException: x\n\tat a.B.c(B.java:1)\nCaused by: java.net.ConnectException: refused\n\t... 3 more',
      'java.net.ConnectException',
    ],
    [
      '.NET',
      'Unhandled exception. System.NullReferenceException: Object reference not set',
      'System.NullReferenceException',
    ],
    [
      '.NET, inner',
      'System.Net.Http.HttpRequestException: x\n ---> System.Net.Sockets.SocketException (111): Connection refused\n   at A.B()',
      'System.Net.Sockets.SocketException',
    ],
    [
      'Python',
      'Traceback (most recent call last):\n  File "/a.py", line 1, in b\n    raise ValueError("x")\npsycopg2.errors.UniqueViolation: duplicate',
      'psycopg2.errors.UniqueViolation',
    ],
    [
      'JavaScript',
      "TypeError: Cannot read properties of undefined (reading 'id')\n    at f (/a/b.js:1:2)",
      'TypeError',
    ],
    ['Ruby', "undefined method `name' for nil:NilClass (NoMethodError)", 'NoMethodError'],
    ['Rails', "ActiveRecord::RecordNotFound (Couldn't find User)", 'ActiveRecord::RecordNotFound'],
    ['PHP', 'PHP Fatal error:  Uncaught TypeError: x in /a.php:3', 'TypeError'],
    ['Laravel', 'Illuminate\\Database\\QueryException: SQLSTATE[42S02]', 'Illuminate\\Database\\QueryException'],
    ['Go', 'panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:', 'panic'],
    ['Rust', "thread 'main' panicked at src/main.rs:4:5:\nindex out of bounds", 'panic'],
    ['none', 'Error: connection to 10.0.0.1 failed', ''],
  ])('%s', (_name, text, exception) => {
    expect(classifiedTextOf(text, 0).exception).toBe(exception);
  });
});

describe('the status', () => {
  test.each([
    ['upstream failed status=503 after 3 tries', 503],
    ['{"status":503,"path":"/x"}', 503],
    ['"GET /x HTTP/1.1" 503 17', 503],
    ['call returned 502', 502],
    ['Request failed with status code 429', 429],
    ['429 Too Many Requests', 429],
    ['500 Server Error: Internal Server Error for url', 500],
    ['HTTP/1.1 404 Not Found', 404],
    ['answered with code 429', 429],
    ['HttpError: 403 Resource not accessible', 403],
    ['status 200, then status 500', 500],
    ['took 503 ms', null],
    ['exited with exit code 137', null],
    ['port 404', null],
  ])('%s', (text, status) => {
    expect(classifiedTextOf(text, 0).status).toBe(status);
  });
});

test('frames are the stack, all else is the message', () => {
  const lines = [
    'Handler failed',
    'Traceback (most recent call last):',
    '  File "/srv/app/a.py", line 12, in go',
    '    raise TimeoutError("x")',
    'KeyError: 1',
    '    at com.a.B.c(B.java:12)',
    '    at A.B.C(String x) in /src/A.cs:line 4',
    '    at f (/a/b.js:1:2)',
    '\t... 12 more',
    '\t/go/src/app/main.go:17 +0x1d',
    "app/models/a.rb:3:in `b'",
    '#0 /var/www/a.php(3): f()',
    'DETAIL: at noon',
  ];
  const text = classifiedTextOf(`10:00 ${lines.join('\n')}`, 6);
  expect(text.message.split('\n')).toEqual([lines[0], lines[1], lines[4], lines[12]]);
  expect(text.stack.split('\n')).toHaveLength(9);
});

test('any text is read, as far as its first 16 KiB', () => {
  const piece = fc.constantFrom(
    'at ',
    'a.B:1',
    '(',
    ')',
    '\n',
    '\r',
    'File "',
    '", line 1',
    '503',
    'status',
    ' ',
    'X::',
    '.',
    '$',
    'é',
    '"',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 200 }), fc.nat(50), (pieces, start) => {
      const record = pieces.join('');
      const text = classifiedTextOf(record, start);
      expect(text.message.length + text.stack.length).toBeLessThanOrEqual(record.length);
    }),
    { seed: 4, numRuns: 500 },
  );
  expect(classifiedTextOf(`${'a '.repeat(20_000)}NullPointerException`, 0).exception).toBe('');
  expect(classifiedTextOf('x'.repeat(30_000), 0).message).toHaveLength(CLASSIFIED_LENGTH);
});
