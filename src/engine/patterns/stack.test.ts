/** Stack traces of many languages: which exception, which frames, and which of them are a person's own. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readStack, type StackTrace, traceKey } from './stack';

function read(text: string, messageStart = 0): StackTrace {
  return readStack(text, messageStart) ?? { exception: '', chain: [], frames: [] };
}

const own = (text: string) => traceKey(read(text));

describe('Java and its kin', () => {
  const TRACE = `2026-05-19 14:00:00,100 ERROR [http-1] c.a.Checkout - order 77 failed
com.acme.shop.CheckoutException: order 77: no ledger
	at com.acme.shop.Checkout.lambda$submit$3(Checkout.java:91)
	at com.acme.shop.Checkout$$Lambda$412/0x0000000800f1.apply(Unknown Source)
	at java.base/java.util.Optional.map(Optional.java:260)
	at com.acme.shop.Checkout$1.run(Checkout.java:33) ~[shop.jar:1.0]
	at app//org.springframework.aop.framework.CglibAopProxy.intercept(CglibAopProxy.java:1)
	at com.acme.shop.Orders$$SpringCGLIB$$0.place(<generated>)
	Suppressed: java.io.IOException: close
		at com.acme.shop.Pool.close(Pool.java:9)
		Caused by: com.acme.shop.InnerCloseException: x
			at com.acme.shop.Pool.drop(Pool.java:1)
		... 3 more
Caused by: java.lang.IllegalStateException: ledger closed
	at com.acme.ledger.LedgerRepository.append(LedgerRepository.kt:88)
	at com.acme.ledger.LedgerRepository.append(LedgerRepository.kt:80)
	at java.base/jdk.internal.reflect.GeneratedMethodAccessor77.invoke(Unknown Source)
	... 12 more
Caused by: [CIRCULAR REFERENCE: com.acme.shop.CheckoutException: order 77: no ledger]`;

  test('the innermost cause first, with frames of the classes that were written', () => {
    const trace = read(TRACE, 40);
    expect(trace.chain).toEqual(['com.acme.shop.CheckoutException', 'java.lang.IllegalStateException']);
    expect(trace.frames.map(({ name, line }) => [name, line]).slice(0, 4)).toEqual([
      ['com.acme.ledger.LedgerRepository.append', 88],
      ['com.acme.ledger.LedgerRepository.append', 80],
      ['jdk.internal.reflect.GeneratedMethodAccessor77.invoke', null],
      ['com.acme.shop.Checkout.lambda$submit$3', 91],
    ]);
    expect(trace.frames).toHaveLength(9);
    expect(traceKey(trace)).toEqual({
      type: 'java.lang.IllegalStateException',
      frames: [
        'com.acme.ledger.LedgerRepository.append',
        'com.acme.shop.Checkout.submit',
        'com.acme.shop.Checkout.apply',
        'com.acme.shop.Checkout.run',
        'com.acme.shop.Orders.place',
      ],
    });
  });

  test('the root cause first, as Logback may write it', () => {
    const trace = read(`x
java.net.ConnectException: refused
	at com.acme.Pool.open(Pool.java:1)
	... 2 common frames omitted
Wrapped by: com.acme.PoolException: no connection
	at com.acme.Pool.take(Pool.java:9)`);
    expect(trace.chain).toEqual(['com.acme.PoolException', 'java.net.ConnectException']);
    expect(trace.frames.map(({ key }) => key)).toEqual(['com.acme.Pool.open', 'com.acme.Pool.take']);
  });

  test('Scala and Kotlin', () => {
    const keys = read(`x
scala.MatchError: 7
	at com.acme.Jobs$.$anonfun$run$1(Jobs.scala:12)
	at com.acme.Jobs$$anonfun$main$2.apply(Jobs.scala:9)
	at com.acme.Flow$collect$2.invokeSuspend(Flow.kt:3)
	at com.acme.Jobs$Inner$.go(Jobs.scala)`).frames.map(({ key }) => key);
    expect(keys).toEqual([
      'com.acme.Jobs.run',
      'com.acme.Jobs.apply',
      'com.acme.Flow$collect.invokeSuspend',
      'com.acme.Jobs$Inner.go',
    ]);
  });

  test('an exception whose name does not say so, and a trace without its head', () => {
    expect(own('x\ncom.acme.NoLedger: 7\n\tat com.acme.A.b(A.java:1)')).toEqual({
      type: 'com.acme.NoLedger',
      frames: ['com.acme.A.b'],
    });
    expect(own('x\n\tat com.acme.A.b(A.java:1)\n\tat com.acme.A.c(A.ja')).toEqual({
      type: '',
      frames: ['com.acme.A.b'],
    });
  });

  test('a cause that says little gives way to what says more', () => {
    expect(own('x\ncom.acme.LedgerException: a\nCaused by: java.lang.RuntimeException: b')?.type).toBe(
      'com.acme.LedgerException',
    );
  });
});

test('.NET: inner exceptions, state machines, closures', () => {
  const trace = read(`Unhandled exception. System.InvalidOperationException: cannot save
 ---> Acme.Data.StoreException (0x80004005): gone
   at Acme.Data.Store.<SaveAsync>d__12.MoveNext() in C:\\src\\in here\\Store.cs:line 41
   --- End of inner exception stack trace ---
   at Acme.Web.Orders.<>c__DisplayClass3_0.<Post>b__1(Order order) in /src/Orders.cs:line 7
--- End of stack trace from previous location ---
   at System.Runtime.CompilerServices.TaskAwaiter.ThrowForNonSuccess(Task task)
   at Acme.Web.Api\`1.Run[T](T value)`);
  expect(trace.chain).toEqual(['System.InvalidOperationException', 'Acme.Data.StoreException']);
  expect(trace.frames[0]).toMatchObject({ file: 'C:\\src\\in here\\Store.cs', line: 41 });
  expect(traceKey(trace)).toEqual({
    type: 'Acme.Data.StoreException',
    frames: ['Acme.Data.Store.SaveAsync', 'Acme.Web.Orders.Post', 'Acme.Web.Api.Run'],
  });
  const old = read(`fail
System.Exception: a ---> System.Net.WebException: b ---> System.Net.Sockets.SocketException: c
   at Acme.Net.Open(String host)
   --- End of inner exception stack trace ---
   at Acme.Net.Get()
   --- End of inner exception stack trace ---
   at Acme.Main.Run()`);
  expect(old.chain).toEqual(['System.Exception', 'System.Net.WebException', 'System.Net.Sockets.SocketException']);
  expect(old.frames.map(({ key }) => key)).toEqual(['Acme.Net.Open', 'Acme.Net.Get', 'Acme.Main.Run']);
});

test('Python: the last frame is the innermost, the first traceback the cause', () => {
  const trace = read(`ERROR:root:cannot charge
Traceback (most recent call last):
  File "/srv/shop/ledger.py", line 88, in append
    raise KeyError(account)
          ^^^^^^^^^^^^^^^^^
KeyError: 'acc-7'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/shop/web.py", line 12, in <module>
    main()
  File "/usr/lib/python3.12/site-packages/flask/app.py", line 1, in wsgi_app
    x()
  File "/srv/shop/billing.py", line 41, in charge
    ledger.append(x)
shop.errors.ChargeFailed: account acc-7
second line: of the message`);
  expect(trace.chain).toEqual(['shop.errors.ChargeFailed', 'KeyError']);
  expect(traceKey(trace)).toEqual({
    type: 'KeyError',
    frames: ['append (ledger.py)', 'charge (billing.py)', 'web.py'],
  });
  expect(own('Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyboardInterrupt')?.type).toBe(
    'KeyboardInterrupt',
  );
  const group = own(`  + Exception Group Traceback (most recent call last):
  |   File "/srv/a.py", line 3, in run
  |     raise ExceptionGroup("several", errors)
  | ExceptionGroup: several (2 sub-exceptions)`);
  expect(group).toEqual({ type: 'ExceptionGroup', frames: ['run (a.py)'] });
});

test('JavaScript: V8 with causes, Firefox, bundles', () => {
  expect(
    own(`Unhandled rejection TypeError: Cannot read properties of undefined (reading 'id')
    at async Orders.submit [as post] (/srv/shop/orders.js:41:7)
    at /srv/shop/node_modules/express/lib/router.js:3:1
    at new Cart (file:///srv/shop/cart.mjs:2:2)
    at Object.<anonymous> (/srv/shop/main.3f2a1c9b.js:9:1)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
  code: 'X',
  [cause]: RangeError [ERR_X]: bad
      at check (/srv/shop/check.js:1:1)
}`),
  ).toEqual({
    type: 'RangeError',
    frames: ['check (check.js)', 'Orders.submit (orders.js)', 'Cart (cart.mjs)', 'main.js'],
  });
  expect(
    own(
      'Uncaught TypeError: x is null\nsubmit@https://shop.example/app.4e1a77c0.js?v=2:12:5\n@https://shop.example/b.js:1:1',
    ),
  ).toEqual({
    type: 'TypeError',
    frames: ['submit (app.js)', 'b.js'],
  });
});

test('Go: the goroutine that panicked', () => {
  expect(
    own(`panic: runtime error: index out of range [5] with length 3

goroutine 7 [running]:
panic({0x1234, 0x5678})
	/usr/local/go/src/runtime/panic.go:770 +0x132
github.com/acme/shop/orders.(*Server).handle.func1({0xc0000b2000, 0x1})
	/home/u/shop/orders/server.go:42 +0x1b
main.Map[...](0x1)
	/home/u/shop/main.go:12 +0x25
created by net/http.(*Server).Serve in goroutine 1
	/usr/local/go/src/net/http/server.go:3086 +0x5cb

goroutine 8 [select]:
main.wait()
	/home/u/shop/wait.go:1 +0x1`),
  ).toEqual({
    type: 'runtime error: index out of range',
    frames: ['github.com/acme/shop/orders.(*Server).handle', 'main.Map'],
  });
});

test('Rust, Ruby, PHP, C++ and Elixir', () => {
  expect(
    own(`thread 'main' panicked at src/handler.rs:12:9:
called \`Option::unwrap()\` on a \`None\` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6/library/std/src/panicking.rs:645:5
   1: core::panicking::panic_fmt
             at /rustc/90b35a6/library/core/src/panicking.rs:72:14
   2: shop::handler::run::{{closure}}::h0123456789abcdef
             at ./src/handler.rs:12:9`),
  ).toEqual({ type: 'panic', frames: ['shop::handler::run'] });
  expect(
    own(`app/models/user.rb:12:in \`block (2 levels) in find': no such user (Shop::NotFound)
	from /usr/lib/ruby/gems/3.2.0/gems/rack-2.2/lib/rack.rb:3:in \`call'
	from app/main.rb:3:in '<main>'`),
  ).toEqual({ type: 'Shop::NotFound', frames: ['find (user.rb)', 'main.rb'] });
  expect(
    own(`PHP Fatal error:  Uncaught Acme\\LedgerException: closed in /var/www/src/Ledger.php:12
Stack trace:
#0 /var/www/src/Billing.php(34): Acme\\Ledger->append('x')
#1 /var/www/vendor/slim/slim/App.php(3): Acme\\Billing->charge()
#2 {main}

Next RuntimeException: cannot charge in /var/www/src/Web.php:3
Stack trace:
#0 {main}
  thrown in /var/www/src/Ledger.php on line 12`),
  ).toEqual({ type: 'Acme\\LedgerException', frames: ['Acme\\Ledger->append'] });
  expect(
    own(`==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x602 at pc 0x1
READ of size 4 at 0x602 thread T0
    #0 0x4f2a11 in shop::Cart::total(int) /src/shop/cart.cc:12:3
    #1 0x7f3a00 in __libc_start_main (/lib/x86_64-linux-gnu/libc.so.6+0x2409a)`),
  ).toEqual({ type: 'AddressSanitizer: heap-use-after-free', frames: ['shop::Cart::total (cart.cc)'] });
  expect(
    own(`Program received signal SIGSEGV, Segmentation fault.
#0  0x00007ffff in raise () from /usr/lib/libc.so.6
#1  0x00005555 in parse (text=0x0) at src/parse.c:88
#2  main (argc=1, argv=0x7ffe) at src/main.c:9`),
  ).toEqual({ type: 'SIGSEGV', frames: ['parse (parse.c)', 'main (main.c)'] });
  expect(
    own(`GenServer terminating
** (KeyError) key :id not found
    (shop 0.1.0) lib/shop/cart.ex:12: Shop.Cart.total/1
    (stdlib 5.0) gen_server.erl:1123: :gen_server.try_handle_call/4`),
  ).toEqual({ type: 'KeyError', frames: ['shop Shop.Cart.total/1'] });
});

describe('records of one line', () => {
  const trace =
    'java.lang.IllegalStateException: closed\n\tat com.acme.Ledger.append(Ledger.java:88)\n\tat java.lang.Thread.run(Thread.java:1)\n';

  test.each(['stack_trace', 'exception', 'err.stack'])('a trace in a field of JSON: %s', (field) => {
    const line = JSON.stringify({
      time: '2026-05-19T14:00:00Z',
      level: 'error',
      msg: 'cannot "append"',
      [field]: trace,
      n: 1,
    });
    expect(own(line)).toEqual({ type: 'java.lang.IllegalStateException', frames: ['com.acme.Ledger.append'] });
    const nested = JSON.stringify({ log: line });
    expect(own(nested)).toEqual({ type: 'java.lang.IllegalStateException', frames: ['com.acme.Ledger.append'] });
  });

  test('a trace in a quoted value, and one whose line ends syslog wrote as numbers', () => {
    const key = { type: 'java.lang.IllegalStateException', frames: ['com.acme.Ledger.append'] };
    expect(own(`level=error msg="no" err=${JSON.stringify(trace)}`)).toEqual(key);
    expect(own(trace.replaceAll('\n', '#012'))).toEqual(key);
  });

  test('an exception that is only named', () => {
    expect(own('request 7 failed: java.net.ConnectException: refused')).toEqual({
      type: 'java.net.ConnectException',
      frames: [],
    });
    expect(own('{"level":"Error","msg":"request failed"}')).toBeNull();
    expect(readStack('connection refused', 0)).toBeNull();
    expect(own('failed: UserInfo={NSUnderlyingError=0x1f}')).toBeNull();
  });

  test('what stands before the message is not read', () => {
    expect(readStack('12:00 ERROR acme.ApiError - refused', 28)).toBeNull();
  });
});

test('numbers, hashes and line numbers do not tell traces apart, names do', () => {
  const java = (n: number, name: string) =>
    own(`x\nA${n}Exception: ${n}\n\tat a.B$${n}.${name}(B.java:${n})\n\tat a.C.lambda$x$${n}(C.java:${n})`)?.frames;
  expect(java(1, 'run')).toEqual(java(22, 'run'));
  expect(java(1, 'run')).not.toEqual(java(1, 'stop'));
});

test('recursion is one frame, and no more than eight count', () => {
  const deep = Array.from({ length: 5000 }, (_, i) => `\tat a.B.f${i % 2}(B.java:${i})`).join('\n');
  expect(own(`x\njava.lang.StackOverflowError\n${deep}`)).toEqual({
    type: 'java.lang.StackOverflowError',
    frames: ['a.B.f0', 'a.B.f1'],
  });
  const long = Array.from({ length: 20 }, (_, i) => `\tat a.B.f${i}(B.java:${i})`).join('\n');
  expect(own(`x\njava.lang.Error\n${long}`)?.frames).toHaveLength(8);
});

test('whatever a record holds is read, and in time that grows with its length', () => {
  const piece = fc.constantFrom(
    'at ',
    'a.B.c(',
    'D.java:1',
    ')',
    '\n',
    '\n\t',
    ' ---> ',
    'Caused by: ',
    'x.YException',
    ': ',
    'File "',
    '", line 1',
    '#0 ',
    '0x1f ',
    ' in ',
    'goroutine 1 [running]:',
    '.go:1',
    '@',
    '/',
    ':1',
    '"',
    '\\',
    '\\n',
    '\\u12',
    '$$',
    '(',
    '::',
    '<',
    '...',
    "'",
    ':in ',
    '#012',
    'Traceback (most recent call last):',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 60 }), (pieces) => {
      traceKey(read(pieces.join('')));
    }),
    { seed: 20261120, numRuns: 2000 },
  );
  // A minute and more where any of these took time by the square of its length.
  for (const part of [
    '(',
    'a.',
    '@/',
    ' in ',
    ':1',
    ' ---> A',
    '\\',
    '"',
    '$$',
    '/a.go',
    '#0 0x',
    'lambda$',
    '(a)',
    'a/',
    '[',
    '::a',
    ' at ',
  ])
    for (const head of ['', 'x\nat ', 'x\n#0 ', 'x\nCaused by: ']) read(`${head}${part.repeat(100_000)}`);
});
