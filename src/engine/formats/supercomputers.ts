/** Formats of the failure logs that supercomputer centres published through USENIX (the CFDR collection). */

import type { LayoutFormat } from './format';
import { SYSLOG_TAG } from './fragments';

const SOURCE = 'https://www.usenix.org/cfdr-data';

export const BLUE_GENE: LayoutFormat = {
  kind: 'layout',
  id: 'blue-gene',
  title: 'Blue Gene/L RAS log (CFDR)',
  family: 'System',
  source: SOURCE,
  layouts: [
    //           alert or -      the moment            node        local time, microseconds      node again  RAS        KERNEL              INFO
    '{label:word} {time:epoch_s} {_:word} {node:word} {local:not=:|} {_:word} {type:alpha} {facility:word}( {level})? {message}',
  ],
  samples: [
    {
      text: '- 1117838570 2005.06.03 R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.363779 R02-M1-N0-C:J12-U11 RAS KERNEL INFO instruction cache parity error corrected',
      time: '2005-06-03T22:42:50Z',
      level: 'INFO',
      message: 'instruction cache parity error corrected',
      fields: { label: '-', node: 'R02-M1-N0-C:J12-U11', type: 'RAS', facility: 'KERNEL' },
    },
    {
      text: '- 1117989506 2005.06.05 R30-M0-N1-C:J05-U01 2005-06-05-09.38.26.892021 R30-M0-N1-C:J05-U01 RAS KERNEL INFO generating core.1587',
      time: '2005-06-05T16:38:26Z',
      level: 'INFO',
      message: 'generating core.1587',
    },
    {
      text: 'KERNDTLB 1118536327 2005.06.11 R30-M0-N9-C:J16-U01 2005-06-11-17.32.07.581048 R30-M0-N9-C:J16-U01 RAS KERNEL FATAL data TLB error interrupt',
      time: '2005-06-12T00:32:07Z',
      level: 'FATAL',
      message: 'data TLB error interrupt',
      fields: { label: 'KERNDTLB' },
    },
  ],
};

export const CLUSTER_SYSLOG: LayoutFormat = {
  kind: 'layout',
  id: 'cluster-syslog',
  title: 'Thunderbird, Spirit, Liberty cluster syslog (CFDR)',
  family: 'System',
  source: SOURCE,
  // The epoch in the second column is the moment; the syslog stamp behind it has neither year nor zone.
  layouts: [
    [
      '{label:word} {time:epoch_s} {date:not=:-} {node:word} {month:alpha} {day:digits} {clock:number}:{_:digits}:{_:digits} ',
      `{host:word} (${SYSLOG_TAG} {scan}{message}|{scan}{message})`,
    ].join(''),
  ],
  samples: [
    {
      text: '- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond(pam_unix)[2915]: session closed for user root',
      time: '2005-11-09T20:01:01Z',
      level: null,
      message: 'session closed for user root',
      fields: { label: '-', node: 'dn228', host: 'dn228/dn228', process: 'crond', unit: 'pam_unix', pid: '2915' },
    },
    {
      text: '- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond[2916]: (root) CMD (run-parts /etc/cron.hourly)',
      time: '2005-11-09T20:01:01Z',
      level: null,
      message: '(root) CMD (run-parts /etc/cron.hourly)',
      fields: { process: 'crond', pid: '2916' },
    },
    {
      text: 'ECC 1131570000 2005.11.09 an12 Nov 9 13:00:00 an12/an12 last message repeated 2 times',
      time: '2005-11-09T21:00:00Z',
      level: null,
      message: 'last message repeated 2 times',
      fields: { label: 'ECC', host: 'an12/an12' },
    },
  ],
};

export const LANL_EVENTS: LayoutFormat = {
  kind: 'layout',
  id: 'lanl-events',
  title: 'LANL cluster events (CFDR)',
  family: 'System',
  source: SOURCE,
  layouts: ['{serial:digits} {node:word} {component:word} {state:word} {time:epoch_s} {flag:digits} {message}'],
  samples: [
    {
      text: '134681 node-246 unix.hw state_change.unavailable 1077804742 1 Component State Change: Component \\042alt0\\042 is in the unavailable state (HWID=1973)',
      time: '2004-02-26T14:12:22Z',
      message: 'Component State Change: Component \\042alt0\\042 is in the unavailable state (HWID=1973)',
      fields: {
        serial: '134681',
        node: 'node-246',
        component: 'unix.hw',
        state: 'state_change.unavailable',
        flag: '1',
      },
    },
    {
      text: '345940 node-231 unix.hw state_change.unavailable 1084369936 1 Component State Change: Component \\042SCSI-WWID:01000010:6005\\042 is in the unavailable state',
      time: '2004-05-12T13:52:16Z',
      message: 'Component State Change: Component \\042SCSI-WWID:01000010:6005\\042 is in the unavailable state',
    },
    {
      text: '2557 node-129 node status 1084680778 1 ambient=34',
      time: '2004-05-16T04:12:58Z',
      message: 'ambient=34',
      fields: { component: 'node', state: 'status' },
    },
  ],
};
