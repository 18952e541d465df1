/** Formats of container runtimes and of what runs Kubernetes. */

import type { JsonFormat, LayoutFormat } from './format';

export const DOCKER_JSON: JsonFormat = {
  kind: 'json',
  id: 'docker-json',
  title: 'Docker json-file',
  family: 'Containers',
  source: 'https://docs.docker.com/engine/logging/drivers/json-file/',
  required: ['log', 'stream', 'time'],
  time: ['time'],
  // Whatever the container wrote stands in `log`, so its level is looked for there.
  level: [],
  message: ['log'],
  samples: [
    {
      text: '{"log":"Log line is here\\n","stream":"stdout","time":"2019-01-01T11:11:11.111111111Z"}',
      time: '2019-01-01T11:11:11.111Z',
      level: null,
      message: 'Log line is here\\n',
    },
    {
      text: '{"log":"[error] connect() failed\\n","stream":"stderr","time":"2019-01-01T11:11:12.000000001Z"}',
      time: '2019-01-01T11:11:12Z',
      level: 'ERROR',
      message: '[error] connect() failed\\n',
    },
    {
      text: '{"log":"2015-06-01 WARN low disk\\n","stream":"stderr","attrs":{"production_status":"testing"},"time":"2015-06-01T10:00:00.5Z"}',
      time: '2015-06-01T10:00:00.500Z',
      level: 'WARN',
      message: '2015-06-01 WARN low disk\\n',
    },
  ],
};

export const CRI: LayoutFormat = {
  kind: 'layout',
  id: 'kubernetes-cri',
  title: 'Kubernetes container log (CRI)',
  family: 'Containers',
  source: 'https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md',
  layouts: [
    "{time:yyyy-MM-dd'T'HH:mm:ss?.?fz} (!(!(stdout|stderr) (F|P))){stream:alpha} {flag:not=:}( |(!{_:word})){scan}{message}",
  ],
  samples: [
    {
      text: '2016-10-06T00:17:09.669794202Z stdout F The content of the log entry 1',
      time: '2016-10-06T00:17:09.669Z',
      level: null,
      message: 'The content of the log entry 1',
      fields: { stream: 'stdout', flag: 'F' },
    },
    {
      text: '2016-10-06T00:17:10.113242941Z stderr P ERROR The content of the log entry 2',
      time: '2016-10-06T00:17:10.113Z',
      level: 'ERROR',
      message: 'ERROR The content of the log entry 2',
      fields: { stream: 'stderr', flag: 'P' },
    },
    {
      text: '2016-10-06T00:17:10.113242941+02:00 stdout F',
      time: '2016-10-05T22:17:10.113Z',
      level: null,
      message: '',
    },
  ],
};

export const KLOG: LayoutFormat = {
  kind: 'layout',
  id: 'klog',
  title: 'glog, klog (Kubernetes, Google)',
  family: 'Containers',
  source: 'https://kubernetes.io/docs/concepts/cluster-administration/system-logs/',
  layouts: [
    '{level:letter}({time:MMdd HH:mm:ss.f}|{time:yyyyMMdd HH:mm:ss.f}) {tid:word} {file:not=:]}:{line:digits}]{message}',
  ],
  samples: [
    {
      text: 'I1025 00:15:15.525108       1 httplog.go:79] GET /api/v1/namespaces/kube-system/pods/metrics-server-v0.3.1-57c75779f-9p8wg: (1.512ms) 200 [pod_nanny/v0.0.0 (linux/amd64) kubernetes/$Format 10.56.1.19:51756]',
      time: '--10-25T00:15:15.525',
      level: 'INFO',
      message:
        'GET /api/v1/namespaces/kube-system/pods/metrics-server-v0.3.1-57c75779f-9p8wg: (1.512ms) 200 [pod_nanny/v0.0.0 (linux/amd64) kubernetes/$Format 10.56.1.19:51756]',
      fields: { tid: '1', file: 'httplog.go', line: '79' },
    },
    {
      text: 'I1025 00:15:15.525108       1 example.go:79] This is a message\nwhich has a line break.',
      time: '--10-25T00:15:15.525',
      level: 'INFO',
      message: 'This is a message',
    },
    {
      text: "E0423 11:41:45.456532       1 reconcile.go:30] Upsert role 'xxx' failed: Failed to upsert ES role, expect StatusCode=200, but has 400",
      time: '--04-23T11:41:45.456',
      level: 'ERROR',
      message: "Upsert role 'xxx' failed: Failed to upsert ES role, expect StatusCode=200, but has 400",
    },
    {
      text: 'F20200825 16:42:37.123456 12345 main.cc:17] Check failed: x != 0\n*** Check failure stack trace: ***\n    @     0x7f0e  main',
      time: '2020-08-25T16:42:37.123',
      level: 'FATAL',
      message: 'Check failed: x != 0',
      fields: { tid: '12345', file: 'main.cc', line: '17' },
    },
  ],
};

export const KLOG_JSON: JsonFormat = {
  kind: 'json',
  id: 'klog-json',
  title: 'Kubernetes component (--logging-format=json)',
  family: 'Containers',
  source: 'https://kubernetes.io/docs/concepts/cluster-administration/system-logs/#json-log-format',
  required: ['ts', 'caller', 'msg', 'v'],
  time: ['ts'],
  // `v` is verbosity, not seriousness; errors have `err` instead of it.
  level: ['level'],
  message: ['msg'],
  samples: [
    {
      text: '{"ts":1580306777.04728,"v":4,"msg":"Pod status updated","pod":{"name":"nginx-1","namespace":"default"},"status":"ready","caller":"kubelet/kubelet.go:12"}',
      time: '2020-01-29T14:06:17.047Z',
      level: null,
      message: 'Pod status updated',
    },
    {
      text: '{"ts":1580306777047.2801,"caller":"app/server.go:448","msg":"Starting kubelet","v":0}',
      time: '2020-01-29T14:06:17.047Z',
      level: null,
      message: 'Starting kubelet',
    },
    {
      text: '{"ts":1580306778123.5,"caller":"scheduler/scheduler.go:90","msg":"Unable to schedule pod; no fit; waiting","v":2,"pod":{"name":"kube-dns","namespace":"kube-system"}}',
      time: '2020-01-29T14:06:18.123Z',
      level: null,
      message: 'Unable to schedule pod; no fit; waiting',
    },
  ],
};

export const CAPNSLOG: LayoutFormat = {
  kind: 'layout',
  id: 'capnslog',
  title: 'etcd before 3.4, flannel, dex (capnslog)',
  family: 'Containers',
  source: 'https://github.com/coreos/pkg/tree/master/capnslog',
  layouts: [String.raw`{time:yyyy-MM-dd HH:mm:ss.f} {level:letter} \| {logger:not=:}: {message}`],
  samples: [
    {
      text: '2018-11-26 17:35:02.672511 I | etcdserver: starting server... [version: 3.3.10, cluster version: to_be_decided]',
      time: '2018-11-26T17:35:02.672',
      level: 'INFO',
      message: 'starting server... [version: 3.3.10, cluster version: to_be_decided]',
      fields: { logger: 'etcdserver' },
    },
    {
      text: '2018-11-26 17:35:02.672700 E | etcdserver: cannot monitor file descriptor usage (cannot get FDUsage on darwin)',
      time: '2018-11-26T17:35:02.672',
      level: 'ERROR',
      message: 'cannot monitor file descriptor usage (cannot get FDUsage on darwin)',
    },
    {
      text: '2019-09-15 03:09:36.257974 W | auth: simple token is not cryptographically signed',
      time: '2019-09-15T03:09:36.257',
      level: 'WARN',
      message: 'simple token is not cryptographically signed',
      fields: { logger: 'auth' },
    },
  ],
};
