/** Formats of syslog and of what writes through it. */

import type { LayoutFormat } from './format';
import { RFC3339, SYSLOG_TAG } from './fragments';

/** The stamp of RFC 3164, with the fraction and the year that some daemons add. */
const STAMP = '({time:MMM d HH:mm:ss?.?f}|{time:MMM d yyyy HH:mm:ss?.?f})';
/** Without a host, as programs write into /dev/log: the tag follows at once. */
const HOSTLESS_TAG = '{process:not=:[(}([{pid:not=]}])?:';

export const SYSLOG: LayoutFormat = {
  kind: 'layout',
  id: 'syslog',
  title: 'syslog (RFC 3164)',
  family: 'System',
  source: 'https://www.rfc-editor.org/rfc/rfc3164',
  // A tag of its own follows the host, or the stamp where a program writes into /dev/log, or there is none:
  // "last message repeated 3 times", "-- MARK --". A priority makes the search for a level needless.
  layouts: [
    `(<{level:pri}>)?${STAMP} (${HOSTLESS_TAG} {scan}{message}|{host:word} (${SYSLOG_TAG} {scan}{message}|{scan}{message}))`,
  ],
  samples: [
    {
      text: "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
      time: '--10-11T22:14:15',
      level: 'FATAL',
      message: "'su root' failed for lonvick on /dev/pts/8",
      fields: { host: 'mymachine', process: 'su' },
    },
    {
      text: '<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!',
      time: '--02-05T17:32:18',
      level: 'INFO',
      message: 'Use the BFG!',
      fields: { host: '10.0.0.99' },
    },
    {
      text: 'Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=218.188.2.4',
      time: '--06-14T15:16:01',
      level: null,
      message: 'authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=218.188.2.4',
      fields: { host: 'combo', process: 'sshd', unit: 'pam_unix', pid: '19939' },
    },
    {
      text: 'Jul  8 09:31:02 laptop Microsoft Word[14463]: error: connection invalidated',
      time: '--07-08T09:31:02',
      level: 'ERROR',
      message: 'error: connection invalidated',
      fields: { process: 'Microsoft Word', pid: '14463' },
    },
    {
      text: 'Jul  8 09:31:05 laptop com.apple.xpc.launchd[1] (com.apple.quicklook[13387]): Endpoint has been activated through legacy launch(3) APIs.',
      time: '--07-08T09:31:05',
      level: null,
      message: 'Endpoint has been activated through legacy launch(3) APIs.',
      fields: { process: 'com.apple.xpc.launchd', pid: '1', unit: 'com.apple.quicklook[13387]' },
    },
    {
      text: 'Jul  8 09:32:00 laptop last message repeated 3 times',
      time: '--07-08T09:32:00',
      level: null,
      message: 'last message repeated 3 times',
      fields: { host: 'laptop' },
    },
    {
      text: 'Jun  9 06:06:20 combo syslogd 1.4.1: restart.',
      time: '--06-09T06:06:20',
      level: null,
      message: 'restart.',
      fields: { process: 'syslogd', version: '1.4.1' },
    },
    {
      text: 'Mar  5 10:11:12 kernel: [12.345678] ERROR: device not ready\n\tcall trace follows',
      time: '--03-05T10:11:12',
      level: 'ERROR',
      message: '[12.345678] ERROR: device not ready',
      fields: { process: 'kernel' },
    },
  ],
};

export const SYSLOG_ISO: LayoutFormat = {
  kind: 'layout',
  id: 'syslog-iso',
  title: 'syslog with ISO time (rsyslog, journalctl -o short-iso)',
  family: 'System',
  source: 'https://www.rsyslog.com/doc/configuration/templates.html#reserved-template-names',
  layouts: [
    `(<{level:pri}>)?${RFC3339} (!{level} ){host:not=[]()<>|} ${SYSLOG_TAG} {scan}{message}`,
    `${RFC3339} (!{level} ){host:not=[]()<>|} {start}last message repeated {count:digits} times`,
  ],
  samples: [
    {
      text: '2019-02-06T22:16:23.004356+01:00 web01 systemd[1]: Started Session 12 of user root.',
      time: '2019-02-06T21:16:23.004Z',
      level: null,
      message: 'Started Session 12 of user root.',
      fields: { host: 'web01', process: 'systemd', pid: '1' },
    },
    {
      text: '2013-05-16T12:04:38-0400 localhost kernel: Initializing cgroup subsys cpuset',
      time: '2013-05-16T16:04:38Z',
      level: null,
      message: 'Initializing cgroup subsys cpuset',
      fields: { host: 'localhost', process: 'kernel' },
    },
    {
      text: '2024-03-01T00:00:01.5Z db02 sshd[911]: error: maximum authentication attempts exceeded for root from 203.0.113.9 port 4711 ssh2 [preauth]',
      time: '2024-03-01T00:00:01.500Z',
      level: 'ERROR',
      message: 'error: maximum authentication attempts exceeded for root from 203.0.113.9 port 4711 ssh2 [preauth]',
      fields: { pid: '911' },
    },
  ],
};

export const SYSLOG_5424: LayoutFormat = {
  kind: 'layout',
  id: 'syslog-5424',
  title: 'syslog (RFC 5424)',
  family: 'System',
  source: 'https://www.rfc-editor.org/rfc/rfc5424',
  layouts: [
    [
      //              octet count (RFC 6587)   priority and version                     time or nil
      `({_:digits} )?<{level:pri}>{version:digits} (${RFC3339} |- )`,
      // host, app, process, message id; a lone dash is nil and no field
      '(- |{host:word} )(- |{process:word} )(- |{pid:word} )(- |{msgid:word} )',
      // Nil; one element; several, up to "] before a blank, as values may hold brackets; or all of the rest.
      '(-|{structured:nested}(!{_:word})|{structured:until="] }"]|(!(![)){structured:rest})( ',
      '\uFEFF',
      ')?{message}',
    ].join(''),
  ],
  samples: [
    {
      text: "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed for lonvick on /dev/pts/8",
      time: '2003-10-11T22:14:15.003Z',
      level: 'FATAL',
      message: "'su root' failed for lonvick on /dev/pts/8",
      fields: { host: 'mymachine.example.com', process: 'su', msgid: 'ID47' },
    },
    {
      text: "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.",
      time: '2003-08-24T12:14:15.000Z',
      level: 'INFO',
      message: "%% It's time to make the do-nuts.",
      fields: { host: '192.0.2.1', process: 'myproc', pid: '8710' },
    },
    {
      text: '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"] \uFEFFAn application event log entry...',
      time: '2003-10-11T22:14:15.003Z',
      level: 'INFO',
      message: 'An application event log entry...',
      fields: {
        process: 'evntslog',
        structured: '[exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"]',
      },
    },
    {
      text: '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"][examplePriority@32473 class="high"]',
      time: '2003-10-11T22:14:15.003Z',
      level: 'INFO',
      message: '',
      fields: { host: 'mymachine.example.com' },
    },
    { text: '<14>1 - - - - - - no header values at all', level: 'INFO', message: 'no header values at all' },
  ],
};

export const JOURNAL_TEXT: LayoutFormat = {
  kind: 'layout',
  id: 'journal-text',
  title: 'systemd journal (journalctl -o short-full, short-unix, short-monotonic)',
  family: 'System',
  source: 'https://www.freedesktop.org/software/systemd/man/latest/journalctl.html#-o',
  layouts: [
    `({time:EEE yyyy-MM-dd HH:mm:ss?.?f z}|{time:epoch_s}|[( )?{uptime:number}( <{_:until=>}>)?]) {host:not=[]()<>|:=} ${SYSLOG_TAG} {scan}{message}`,
    '{start}-- (Boot {boot:hex}|Logs begin at|Journal begins at|No entries|Reboot)',
  ],
  samples: [
    {
      text: 'Mon 2024-01-15 10:23:45 UTC web01 systemd[1]: Started Session 12 of user root.',
      time: '2024-01-15T10:23:45Z',
      level: null,
      message: 'Started Session 12 of user root.',
      fields: { host: 'web01', process: 'systemd', pid: '1' },
    },
    {
      text: '1705314225.123456 web01 sshd[911]: error: kex_exchange_identification: Connection closed by remote host',
      time: '2024-01-15T10:23:45.123Z',
      level: 'ERROR',
      message: 'error: kex_exchange_identification: Connection closed by remote host',
      fields: { host: 'web01', process: 'sshd' },
    },
    {
      text: '[    2.345678] web01 kernel: EXT4-fs (sda1): mounted filesystem with ordered data mode',
      level: null,
      message: 'EXT4-fs (sda1): mounted filesystem with ordered data mode',
      fields: { uptime: '2.345678', host: 'web01', process: 'kernel' },
    },
    {
      text: '-- Boot 5e1c0d7a8b1f4a6f9d0e1f2a3b4c5d6e --',
      level: null,
      message: '-- Boot 5e1c0d7a8b1f4a6f9d0e1f2a3b4c5d6e --',
      fields: { boot: '5e1c0d7a8b1f4a6f9d0e1f2a3b4c5d6e' },
    },
  ],
};

export const DMESG: LayoutFormat = {
  kind: 'layout',
  id: 'dmesg',
  title: 'Linux kernel ring buffer (dmesg)',
  family: 'System',
  source: 'https://man7.org/linux/man-pages/man1/dmesg.1.html',
  layouts: [
    '<{level:pri}>[( )?{uptime:number}]{message}',
    // "[  123.456789] text": seconds since boot. "[Tue Jan  2 10:11:12 2024] text": dmesg -T.
    '[( )?(!{_:digits}]){uptime:number}] {scan}{message}',
    '[{time:EEE MMM d HH:mm:ss yyyy}] {scan}{message}',
  ],
  samples: [
    {
      text: '[    0.000000] Linux version 5.4.0-42-generic (buildd@lgw01-amd64-038) (gcc version 9.3.0)',
      message: 'Linux version 5.4.0-42-generic (buildd@lgw01-amd64-038) (gcc version 9.3.0)',
      level: null,
      fields: { uptime: '0.000000' },
    },
    {
      text: '<3>[   12.345678] usb 1-1: device descriptor read/64, error -71',
      level: 'ERROR',
      message: 'usb 1-1: device descriptor read/64, error -71',
    },
    {
      text: '[  231.443125] WARNING: CPU: 0 PID: 1 at kernel/workqueue.c:1473 __queue_work+0x2c4/0x3a0',
      level: 'WARN',
      message: 'WARNING: CPU: 0 PID: 1 at kernel/workqueue.c:1473 __queue_work+0x2c4/0x3a0',
    },
    {
      text: '[Sun Dec  4 04:47:44 2022] EXT4-fs (sda1): mounted filesystem with ordered data mode',
      time: '2022-12-04T04:47:44',
      level: null,
      message: 'EXT4-fs (sda1): mounted filesystem with ordered data mode',
    },
  ],
};

export const AUDITD: LayoutFormat = {
  kind: 'layout',
  id: 'auditd',
  title: 'Linux audit daemon',
  family: 'System',
  source:
    'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/7/html/security_guide/sec-understanding_audit_log_files',
  layouts: [String.raw`(node={host:word} )?type={type:word} msg=audit\({time:epoch_s}:{serial:digits}\):{message}`],
  samples: [
    {
      text: 'type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e syscall=2 success=no exit=-13 a0=7fffd19c5592 a1=0 a2=7fffd19c4b50 a3=a items=1 ppid=2686 pid=3538',
      time: '2013-03-28T14:36:03.243Z',
      message:
        'arch=c000003e syscall=2 success=no exit=-13 a0=7fffd19c5592 a1=0 a2=7fffd19c4b50 a3=a items=1 ppid=2686 pid=3538',
      fields: { type: 'SYSCALL', serial: '24287' },
    },
    {
      text: 'type=CWD msg=audit(1364481363.243:24287):  cwd="/home/shadowman"',
      time: '2013-03-28T14:36:03.243Z',
      message: 'cwd="/home/shadowman"',
      fields: { type: 'CWD' },
    },
    {
      text: 'node=web01 type=DAEMON_START msg=audit(1363713609.192:5426): auditd start, ver=2.2 format=raw kernel=2.6.32-358.2.1.el6.x86_64 auid=500 pid=4979 res=success',
      time: '2013-03-19T17:20:09.192Z',
      message: 'auditd start, ver=2.2 format=raw kernel=2.6.32-358.2.1.el6.x86_64 auid=500 pid=4979 res=success',
      fields: { host: 'web01', type: 'DAEMON_START' },
    },
  ],
};

export const CISCO_IOS: LayoutFormat = {
  kind: 'layout',
  id: 'cisco-ios',
  title: 'Cisco IOS, NX-OS, ASA',
  family: 'System',
  source: 'https://www.cisco.com/c/en/us/td/docs/routers/access/wireless/software/guide/SysMsgLogging.html',
  layouts: [
    [
      '(<{_:digits}>)?({sequence:digits}: )?((!{time:MMM d HH:mm:ss}|*|.|{time:HH:mm:ss}:){host:not=:}( )?: )?(*|.)?',
      '({time:MMM d yyyy HH:mm:ss?.?f? ?z}|{time:MMM d HH:mm:ss?.?f? ?z}|{time:HH:mm:ss?.?f})( )?: ',
      '%{facility:not=-:}(-{subfacility:not=-:0123456789})?-{level:pri}-{mnemonic:not=:}:{message}',
    ].join(''),
  ],
  samples: [
    {
      text: '*Mar  1 18:48:50.483 UTC: %SYS-5-CONFIG_I: Configured from console by vty2 (10.34.195.36)',
      time: '--03-01T18:48:50.483',
      level: 'INFO',
      message: 'Configured from console by vty2 (10.34.195.36)',
      fields: { facility: 'SYS', mnemonic: 'CONFIG_I' },
    },
    {
      text: '00:00:46: %LINK-3-UPDOWN: Interface Port-channel1, changed state to up',
      time: 'T00:00:46',
      level: 'ERROR',
      message: 'Interface Port-channel1, changed state to up',
      fields: { facility: 'LINK', mnemonic: 'UPDOWN' },
    },
    {
      text: '*Mar  1 18:46:11: %SYS-5-CONFIG_I: Configured from console by vty2 (10.34.195.36)',
      time: '--03-01T18:46:11',
      level: 'INFO',
      message: 'Configured from console by vty2 (10.34.195.36)',
    },
  ],
};
