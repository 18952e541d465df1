/** Formats of mobile systems: Android's logcat in each of its output formats, Apple's unified log. */

import type { LayoutFormat } from './format';

/** A tag up to and with its colon; padded, with colons inside, or empty. */
const TAG = '({tag:not=:}( )?:|{tag:until=: }:|:)';
const STAMP = '({time:MM-dd HH:mm:ss.f}|{time:yyyy-MM-dd HH:mm:ss.f})( (+|-){_:digits4})?';

export const LOGCAT: LayoutFormat = {
  kind: 'layout',
  id: 'logcat',
  title: 'Android logcat (threadtime)',
  family: 'Mobile',
  source: 'https://developer.android.com/tools/logcat#outputFormat',
  layouts: [
    `${STAMP} ({pid:digits} {tid:digits} {level:letter} ${TAG} {message}|{user:word} {pid:digits} {tid:digits} {level:letter} ${TAG} {message})`,
  ],
  samples: [
    {
      text: '02-29 16:51:18.850   188   191 D test    : When he woke up, the dinosaur was still there',
      time: '--02-29T16:51:18.850',
      level: 'DEBUG',
      message: 'When he woke up, the dinosaur was still there',
      fields: { pid: '188', tid: '191', tag: 'test' },
    },
    {
      text: '10-01 18:11:02.219  4600  7513 I am_low_memory: 41',
      time: '--10-01T18:11:02.219',
      level: 'INFO',
      message: '41',
      fields: { pid: '4600', tag: 'am_low_memory' },
    },
    {
      text: '2022-12-29 04:00:18.823 30249 30321 E ProcessEngine: finalize called on uninitialized process\n\tat com.example.Engine.finalize(Engine.java:41)',
      time: '2022-12-29T04:00:18.823',
      level: 'ERROR',
      message: 'finalize called on uninitialized process',
      fields: { tid: '30321', tag: 'ProcessEngine' },
    },
    {
      text: '10-25 17:13:47.788  1000 21430 21430 W ActivityManager: Launch timeout has expired',
      time: '--10-25T17:13:47.788',
      level: 'WARN',
      message: 'Launch timeout has expired',
      fields: { user: '1000', pid: '21430' },
    },
  ],
};

export const LOGCAT_TIME: LayoutFormat = {
  kind: 'layout',
  id: 'logcat-time',
  title: 'Android logcat (time, long)',
  family: 'Mobile',
  source: 'https://developer.android.com/tools/logcat#outputFormat',
  layouts: [
    String.raw`${STAMP} {level:letter}/{tag:until=(}\(( )?{pid:digits}\): {message}`,
    // The message of the long format stands on the lines below.
    `[ ${STAMP} {pid:digits}:( )?{tid:digits} {level:letter}/{tag:until= ]} ]{message}`,
  ],
  samples: [
    {
      text: '02-29 16:51:18.850 I/ActivityManager(  585): Starting activity: Intent { action=android.intent.action...}',
      time: '--02-29T16:51:18.850',
      level: 'INFO',
      message: 'Starting activity: Intent { action=android.intent.action...}',
      fields: { tag: 'ActivityManager', pid: '585' },
    },
    {
      text: '[ 02-29 16:51:18.854   188:  193 W/test ]\nWhen he woke up, the dinosaur was still there',
      time: '--02-29T16:51:18.854',
      level: 'WARN',
      message: '',
      fields: { pid: '188', tid: '193', tag: 'test' },
    },
    {
      text: '02-29 16:51:29.154 F/test(580): When he woke up, the dinosaur was still there',
      time: '--02-29T16:51:29.154',
      level: 'FATAL',
      message: 'When he woke up, the dinosaur was still there',
    },
  ],
};

export const LOGCAT_BRIEF: LayoutFormat = {
  kind: 'layout',
  id: 'logcat-brief',
  title: 'Android logcat (brief, tag, process, thread)',
  family: 'Mobile',
  source: 'https://developer.android.com/tools/logcat#outputFormat',
  layouts: [
    String.raw`{level:letter}/{tag:until=(}\(( )?{pid:digits}\): {message}`,
    '{level:letter}/{tag:not=:(}( )?: {message}',
    String.raw`{level:letter}\(( )?{pid:digits}:( )?{tid:digits}\) {message}`,
    String.raw`{level:letter}\(( )?{pid:digits}\) {message}`,
  ],
  samples: [
    {
      text: 'I/ActivityManager(  585): Starting activity: Intent { action=android.intent.action...}',
      level: 'INFO',
      message: 'Starting activity: Intent { action=android.intent.action...}',
      fields: { tag: 'ActivityManager', pid: '585' },
    },
    {
      text: 'V/test    (  119): When he woke up, the dinosaur was still there',
      level: 'TRACE',
      message: 'When he woke up, the dinosaur was still there',
      fields: { pid: '119' },
    },
    {
      text: 'E/BatteryService(  348): set value: false',
      level: 'ERROR',
      message: 'set value: false',
      fields: { tag: 'BatteryService' },
    },
    {
      text: 'D(  188:  191) When he woke up, the dinosaur was still there',
      level: 'DEBUG',
      message: 'When he woke up, the dinosaur was still there',
      fields: { tid: '191' },
    },
  ],
};

export const APPLE_UNIFIED: LayoutFormat = {
  kind: 'layout',
  id: 'apple-unified',
  title: 'Apple unified log (log show)',
  family: 'Mobile',
  source: 'https://developer.apple.com/documentation/os/logging/viewing_log_messages',
  levels: { default: 'INFO', fault: 'FATAL', activity: 'INFO' },
  layouts: [
    '{time:yyyy-MM-dd HH:mm:ss.fz} 0x{thread:hex} {level} 0x{activity:hex} {pid:digits} {ttl:digits} {process:until=: }: {message}',
  ],
  samples: [
    {
      text: '2016-09-17 11:54:00.509022-0700 0x2b51     Default     0x0                  0      0    kernel: hibernate image path: /var/vm/sleepimage',
      time: '2016-09-17T18:54:00.509Z',
      level: 'INFO',
      message: 'hibernate image path: /var/vm/sleepimage',
      fields: { thread: '2b51', pid: '0', process: 'kernel' },
    },
    {
      text: '2020-03-04 13:55:28.176253+0100 0x1a9      Error       0x0                  95     0    locationd: (CoreLocation) [com.apple.locationd.Core:Client] not authorized',
      time: '2020-03-04T12:55:28.176Z',
      level: 'ERROR',
      message: '(CoreLocation) [com.apple.locationd.Core:Client] not authorized',
      fields: { pid: '95', process: 'locationd' },
    },
    {
      text: '2020-03-04 13:55:29.000001+0100 0x1aa      Fault       0x8b1                133    0    WindowServer: (SkyLight) invalid context',
      time: '2020-03-04T12:55:29.000Z',
      level: 'FATAL',
      message: '(SkyLight) invalid context',
      fields: { activity: '8b1' },
    },
  ],
};
