/** Formats of Java and its logging libraries. */

import type { LayoutFormat } from './format';
import { ISO } from './fragments';

export const SPRING_BOOT: LayoutFormat = {
  kind: 'layout',
  id: 'spring-boot',
  title: 'Spring Boot',
  family: 'Applications',
  source: 'https://docs.spring.io/spring-boot/reference/features/logging.html',
  layouts: [
    //       time   level   pid            application and thread, or thread alone                            logger
    `${ISO} {level}( {pid:digits})? ---( [{application:until=]}] [( )?{thread:until=]}]( [{trace:until=]}])?| [( )?{thread:until=]}]) {logger:word} : {message}`,
  ],
  samples: [
    {
      text: '2014-03-05 10:57:51.112  INFO 45469 --- [           main] org.apache.catalina.core.StandardEngine  : Starting Servlet Engine: Apache Tomcat/7.0.52',
      time: '2014-03-05T10:57:51.112',
      level: 'INFO',
      message: 'Starting Servlet Engine: Apache Tomcat/7.0.52',
      fields: { pid: '45469', thread: 'main', logger: 'org.apache.catalina.core.StandardEngine' },
    },
    {
      text: '2014-03-05 10:57:51.253  INFO 45469 --- [ost-startStop-1] o.a.c.c.C.[Tomcat].[localhost].[/]       : Initializing Spring embedded WebApplicationContext',
      time: '2014-03-05T10:57:51.253',
      level: 'INFO',
      message: 'Initializing Spring embedded WebApplicationContext',
      fields: { thread: 'ost-startStop-1', logger: 'o.a.c.c.C.[Tomcat].[localhost].[/]' },
    },
    {
      text: '2025-05-10T01:34:33.608Z  INFO 88909 --- [myapp] [           main] o.s.b.d.f.logexample.MyApplication       : Starting MyApplication using Java 17.0.15 with PID 88909',
      time: '2025-05-10T01:34:33.608Z',
      level: 'INFO',
      message: 'Starting MyApplication using Java 17.0.15 with PID 88909',
      fields: { pid: '88909', application: 'myapp', thread: 'main', logger: 'o.s.b.d.f.logexample.MyApplication' },
    },
  ],
};

export const LOGBACK: LayoutFormat = {
  kind: 'layout',
  id: 'logback',
  title: 'Logback, Log4j (thread before level)',
  family: 'Applications',
  source: 'https://logback.qos.ch/manual/introduction.html',
  layouts: [
    `({time:HH:mm:ss[,.]f}|${ISO}) [{thread:until=] }] {level} ({logger:word} - {message}|{logger:not=:[]}: {message})`,
  ],
  samples: [
    {
      text: '20:49:07.962 [main] DEBUG chapters.introduction.HelloWorld1 - Hello world.',
      time: 'T20:49:07.962',
      level: 'DEBUG',
      message: 'Hello world.',
      fields: { thread: 'main', logger: 'chapters.introduction.HelloWorld1' },
    },
    {
      text: '17:13:01.540 [main] ERROR com.foo.Bar - Did it again!',
      time: 'T17:13:01.540',
      level: 'ERROR',
      message: 'Did it again!',
      fields: { thread: 'main', logger: 'com.foo.Bar' },
    },
    {
      text: '2010-10-05 14:25:36,113 [main] DEBUG com.foo.Bar - Did it again!\njava.lang.IllegalStateException: no more\n\tat com.foo.Bar.doIt(Bar.java:12)\n\tat com.foo.MyApp.main(MyApp.java:9)',
      time: '2010-10-05T14:25:36.113',
      level: 'DEBUG',
      message: 'Did it again!',
      fields: { logger: 'com.foo.Bar' },
    },
  ],
};

export const LOG4J: LayoutFormat = {
  kind: 'layout',
  id: 'log4j',
  title: 'Log4j (level before thread or logger)',
  family: 'Applications',
  source: 'https://logging.apache.org/log4j/2.x/manual/pattern-layout.html',
  layouts: [
    [
      `${ISO} {level} (`,
      String.raw`[{thread:until=] }] (\({file:not=:()}:{line:digits}\)|{logger:word}) - {message}|`,
      '{logger:word} ([{thread:until=] }] {message}|- {message}))',
    ].join(''),
  ],
  samples: [
    {
      text: '2010-10-05 14:25:36,113 DEBUG [main] com.foo.Bar - Entering application.',
      time: '2010-10-05T14:25:36.113',
      level: 'DEBUG',
      message: 'Entering application.',
      fields: { thread: 'main', logger: 'com.foo.Bar' },
    },
    {
      text: '2012-11-02 14:34:02,781 INFO  [main] com.foo.MyApp - Exiting application.',
      time: '2012-11-02T14:34:02.781',
      level: 'INFO',
      message: 'Exiting application.',
      fields: { thread: 'main', logger: 'com.foo.MyApp' },
    },
    {
      text: '2012-11-02 14:34:02,781 ERROR com.foo.MyApp - Caught in main\njava.io.IOException: disk full\n\tat com.foo.MyApp.main(MyApp.java:14)',
      time: '2012-11-02T14:34:02.781',
      level: 'ERROR',
      message: 'Caught in main',
      fields: { logger: 'com.foo.MyApp' },
    },
  ],
};

export const LOG4J_TTCC: LayoutFormat = {
  kind: 'layout',
  id: 'log4j-ttcc',
  title: 'Log4j TTCC (ms since start)',
  family: 'Applications',
  source: 'https://logging.apache.org/log4j/1.x/manual.html',
  layouts: ['{elapsed:digits} [{thread:until=] }] {level} {logger:word}( {ndc:not=-})? - {message}'],
  samples: [
    {
      text: '0    [main] INFO  MyApp  - Entering application.',
      level: 'INFO',
      message: 'Entering application.',
      fields: { elapsed: '0', thread: 'main', logger: 'MyApp' },
    },
    {
      text: '36   [main] DEBUG com.foo.Bar  - Did it again!',
      level: 'DEBUG',
      message: 'Did it again!',
      fields: { elapsed: '36', logger: 'com.foo.Bar' },
    },
    {
      text: '176 [main] INFO  org.foo.Bar - Located nearest gas station.',
      level: 'INFO',
      message: 'Located nearest gas station.',
      fields: { thread: 'main' },
    },
  ],
};

export const TOMCAT: LayoutFormat = {
  kind: 'layout',
  id: 'tomcat',
  title: 'Apache Tomcat',
  family: 'Applications',
  source: 'https://tomcat.apache.org/tomcat-9.0-doc/logging.html',
  layouts: ['{time:dd-MMM-yyyy HH:mm:ss?.?f} {level} [{thread:until=] }] {logger:word} {message}'],
  samples: [
    {
      text: '11-Nov-2017 01:24:45.104 INFO [main] org.apache.catalina.core.StandardService.startInternal Starting service [Catalina]',
      time: '2017-11-11T01:24:45.104',
      level: 'INFO',
      message: 'Starting service [Catalina]',
      fields: { thread: 'main', logger: 'org.apache.catalina.core.StandardService.startInternal' },
    },
    {
      text: '11-Nov-2017 01:24:45.112 INFO [main] org.apache.catalina.core.StandardEngine.startInternal Starting Servlet Engine: Apache Tomcat/8.5.23',
      time: '2017-11-11T01:24:45.112',
      level: 'INFO',
      message: 'Starting Servlet Engine: Apache Tomcat/8.5.23',
    },
    {
      text: '24-May-2021 20:02:37.292 SEVERE [http-nio-8080-exec-1] org.apache.catalina.core.StandardWrapperValve.invoke Servlet.service() for servlet [jsp] threw exception\n\tjava.lang.NullPointerException\n\t\tat org.apache.jsp.index_jsp._jspService(index_jsp.java:88)',
      time: '2021-05-24T20:02:37.292',
      level: 'ERROR',
      message: 'Servlet.service() for servlet [jsp] threw exception',
      fields: { thread: 'http-nio-8080-exec-1' },
    },
  ],
};

export const JAVA_UTIL_LOGGING: LayoutFormat = {
  kind: 'layout',
  id: 'java-util-logging',
  title: 'java.util.logging (SimpleFormatter, two lines)',
  family: 'Applications',
  source: 'https://docs.oracle.com/en/java/javase/21/docs/api/java.logging/java/util/logging/SimpleFormatter.html',
  // The level stands on the second line, which belongs to this record; the columns here hold none.
  layouts: ['{time:MMM d, yyyy h:mm:ss a} {start}{logger:not=[]():} {method:not=[]():}'],
  samples: [
    {
      text: 'Mar 22, 2011 1:11:31 PM MyClass fatal\nSEVERE: several message with an exception\njava.lang.IllegalArgumentException: invalid argument\n\tat MyClass.mash(MyClass.java:9)\n\tat MyClass.crunch(MyClass.java:6)\n\tat MyClass.main(MyClass.java:3)',
      time: '2011-03-22T13:11:31',
      message: 'MyClass fatal',
      fields: { logger: 'MyClass', method: 'fatal' },
    },
    {
      text: 'Mar 22, 2011 1:10:10 AM com.example.Main main\nINFO: started',
      time: '2011-03-22T01:10:10',
      message: 'com.example.Main main',
    },
    {
      text: 'Sep 30, 2012 12:00:01 AM org.apache.coyote.AbstractProtocol init\nINFO: Initializing ProtocolHandler ["http-bio-8080"]',
      time: '2012-09-30T00:00:01',
      message: 'org.apache.coyote.AbstractProtocol init',
    },
  ],
};

export const JVM_GC: LayoutFormat = {
  kind: 'layout',
  id: 'jvm-unified',
  title: 'JVM unified logging (-Xlog)',
  family: 'Applications',
  source: 'https://openjdk.org/jeps/158',
  layouts: [
    "[{time:yyyy-MM-dd'T'HH:mm:ss.fz}]([{uptime:number}s])?([{pid:digits}])?([{tid:digits}])?[{level}( )?][{tags:not=]}( )?]{message}",
    '[{uptime:number}s][{level}( )?][{tags:not=]}( )?]{message}',
  ],
  samples: [
    {
      text: '[0.008s][info][gc] Using G1',
      level: 'INFO',
      message: 'Using G1',
      fields: { uptime: '0.008', tags: 'gc' },
    },
    {
      text: '[6.567s][info][gc,old] Old collection complete',
      level: 'INFO',
      message: 'Old collection complete',
      fields: { tags: 'gc,old' },
    },
    {
      text: '[2019-06-17T10:15:30.123+0000][0.151s][warning][gc,start     ] GC(0) Pause Young (Normal) (G1 Evacuation Pause)',
      time: '2019-06-17T10:15:30.123Z',
      level: 'WARN',
      message: 'GC(0) Pause Young (Normal) (G1 Evacuation Pause)',
      fields: { tags: 'gc,start' },
    },
  ],
};

export const JVM_GC_LEGACY: LayoutFormat = {
  kind: 'layout',
  id: 'jvm-gc',
  title: 'JVM garbage collection before Java 9 (-Xloggc)',
  family: 'Applications',
  source: 'https://docs.oracle.com/javase/8/docs/technotes/guides/troubleshoot/felog002.html',
  layouts: [
    [
      "({time:yyyy-MM-dd'T'HH:mm:ss.fz}: ({uptime:number}: )?|{uptime:number}: ){start}",
      String.raw`([(Full GC|GC)( pause)?( \(((!--){cause:until=)})\))?|[{phase:id}|{_:alpha} time)`,
    ].join(''),
  ],
  samples: [
    {
      text: '2010-11-09T18:45:52.548+0800: 38500.303: [Full GC [PSYoungGen: 42686K->0K(512000K)] [PSOldGen: 958137K->140581K(958464K)] 1000824K->140581K(1470464K) [PSPermGen: 52608K->52608K(131072K)], 0.4473140 secs] [Times: user=0.45 sys=0.00, real=0.44 secs]',
      time: '2010-11-09T10:45:52.548Z',
      level: null,
      message:
        '[Full GC [PSYoungGen: 42686K->0K(512000K)] [PSOldGen: 958137K->140581K(958464K)] 1000824K->140581K(1470464K) [PSPermGen: 52608K->52608K(131072K)], 0.4473140 secs] [Times: user=0.45 sys=0.00, real=0.44 secs]',
      fields: { uptime: '38500.303' },
    },
    {
      text: '2020-10-25T10:57:51.647+0800: [GC (Allocation Failure) [PSYoungGen: 131584K->21501K(153088K)] 131584K->43650K(502784K), 0.0073107 secs] [Times: user=0.00 sys=0.00, real=0.01 secs]',
      time: '2020-10-25T02:57:51.647Z',
      level: null,
      message:
        '[GC (Allocation Failure) [PSYoungGen: 131584K->21501K(153088K)] 131584K->43650K(502784K), 0.0073107 secs] [Times: user=0.00 sys=0.00, real=0.01 secs]',
      fields: { cause: 'Allocation Failure' },
    },
    {
      text: '21.103: [GC (Allocation Failure) [PSYoungGen: 32197K->5104K(37888K)] 32197K->19976K(123904K), 0.0143535 secs] [Times: user=0.05 sys=0.05, real=0.01 secs]',
      level: null,
      message:
        '[GC (Allocation Failure) [PSYoungGen: 32197K->5104K(37888K)] 32197K->19976K(123904K), 0.0143535 secs] [Times: user=0.05 sys=0.05, real=0.01 secs]',
      fields: { uptime: '21.103', cause: 'Allocation Failure' },
    },
    {
      text: '12.001: [CMS-concurrent-mark-start]',
      level: null,
      message: '[CMS-concurrent-mark-start]',
      fields: { uptime: '12.001', phase: 'CMS-concurrent-mark-start' },
    },
  ],
};

export const THREAD_DUMP: LayoutFormat = {
  kind: 'layout',
  id: 'thread-dump',
  title: 'JVM thread dump (jstack, kill -3)',
  family: 'Applications',
  source: 'https://docs.oracle.com/en/java/javase/17/docs/specs/man/jstack.html',
  // A record per thread: its stack is indented below it. The time of the dump stands alone on a line before all of them.
  layouts: [
    [
      '{start}"{thread:until="}"( #{number:digits})?( [{osId:digits}])?( daemon)?( prio={priority:digits})?( os_prio={_:number})?',
      '( cpu={cpu:word})?( elapsed={elapsed:word})?( allocated={_:word})?( defined_classes={_:word})? tid={tid:word}( nid={nid:word})?',
    ].join(''),
    '{start}Full thread dump {vm:rest}',
    '{time:yyyy-MM-dd HH:mm:ss}(! )(!{_:word}){message}',
  ],
  samples: [
    {
      text: '"main" #1 prio=5 os_prio=0 cpu=141.20ms elapsed=12.33s tid=0x00007f1f2c012800 nid=0x1b03 waiting on condition  [0x00007f1f31b5d000]\n   java.lang.Thread.State: TIMED_WAITING (sleeping)\n\tat java.lang.Thread.sleep(java.base@17.0.1/Native Method)',
      level: null,
      message:
        '"main" #1 prio=5 os_prio=0 cpu=141.20ms elapsed=12.33s tid=0x00007f1f2c012800 nid=0x1b03 waiting on condition  [0x00007f1f31b5d000]',
      fields: { thread: 'main', number: '1', priority: '5', cpu: '141.20ms', tid: '0x00007f1f2c012800', nid: '0x1b03' },
    },
    {
      text: '"http-nio-8080-exec-1" #25 daemon prio=5 os_prio=0 tid=0x00007f8b4c5d1000 nid=0x5a runnable [0x00007f8b0d7f8000]',
      level: null,
      message:
        '"http-nio-8080-exec-1" #25 daemon prio=5 os_prio=0 tid=0x00007f8b4c5d1000 nid=0x5a runnable [0x00007f8b0d7f8000]',
      fields: { thread: 'http-nio-8080-exec-1', nid: '0x5a' },
    },
    {
      text: '"VM Thread" os_prio=0 cpu=3.01ms elapsed=12.40s tid=0x00007f1f2c0f1000 nid=0x1b0a runnable',
      level: null,
      message: '"VM Thread" os_prio=0 cpu=3.01ms elapsed=12.40s tid=0x00007f1f2c0f1000 nid=0x1b0a runnable',
      fields: { thread: 'VM Thread' },
    },
    {
      text: 'Full thread dump OpenJDK 64-Bit Server VM (17.0.1+12-39 mixed mode, sharing):',
      level: null,
      message: 'Full thread dump OpenJDK 64-Bit Server VM (17.0.1+12-39 mixed mode, sharing):',
    },
    { text: '2024-01-15 10:23:45', time: '2024-01-15T10:23:45', level: null, message: '' },
  ],
};
