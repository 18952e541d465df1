/** Formats of package managers and of the jobs that build and test. */

import type { LayoutFormat } from './format';

/** Seven digits of a second and Z: how .NET writes time, and with it the runners of GitHub and Azure. */
const SEVEN_DIGITS =
  '(!(!{_:digits4}-{_:digits2}-{_:digits2}T{_:digits2}:{_:digits2}:{_:digits2}.{_:digits4}{_:digits3}Z))';

export const CI_JOB: LayoutFormat = {
  kind: 'layout',
  id: 'ci-job',
  title: 'CI job (GitHub Actions, Azure Pipelines)',
  family: 'Applications',
  source: 'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands',
  layouts: [
    [
      `${SEVEN_DIGITS}{time:yyyy-MM-dd'T'HH:mm:ss.fz}`,
      '( ##[({level}]{message}|{command:not=]}]{message})|{scan}{message})',
    ].join(''),
  ],
  samples: [
    {
      text: '2023-04-20T04:20:53.4786895Z ##[group]Run actions/checkout@v2',
      time: '2023-04-20T04:20:53.478Z',
      level: null,
      message: 'Run actions/checkout@v2',
      fields: { command: 'group' },
    },
    {
      text: "2023-04-20T04:20:52.8254702Z Download action repository 'actions/setup-python@v1' (SHA:152ba7c4dd6521b8e9c93f72d362ce03bf6c4f20)",
      time: '2023-04-20T04:20:52.825Z',
      level: null,
      message: "Download action repository 'actions/setup-python@v1' (SHA:152ba7c4dd6521b8e9c93f72d362ce03bf6c4f20)",
    },
    {
      text: '2023-04-20T04:21:09.1023456Z ##[error]Process completed with exit code 1.',
      time: '2023-04-20T04:21:09.102Z',
      level: 'ERROR',
      message: 'Process completed with exit code 1.',
    },
    {
      text: '2023-04-20T04:21:08.9000000Z npm ERR! code ELIFECYCLE',
      time: '2023-04-20T04:21:08.900Z',
      level: 'ERROR',
      message: 'npm ERR! code ELIFECYCLE',
    },
  ],
};

export const GITLAB_JOB: LayoutFormat = {
  kind: 'layout',
  id: 'gitlab-job',
  title: 'GitLab CI job with timestamps',
  family: 'Applications',
  source: 'https://docs.gitlab.com/ci/jobs/job_logs/',
  // Two digits number the stream; O is standard output, E standard error; + goes on with the line before.
  layouts: [
    "{time:yyyy-MM-dd'T'HH:mm:ss.fz} (!(!{_:digits2}(O|E))){stream:not=+}( |+|(!{_:word}))({level:upper}: {message}|{scan}{message})",
  ],
  samples: [
    {
      text: '2026-09-29T01:06:30.100000Z 00O \x1b[0KRunning with gitlab-runner 18.4.0 (0123abcd)',
      time: '2026-09-29T01:06:30.100Z',
      level: null,
      message: '\x1b[0KRunning with gitlab-runner 18.4.0 (0123abcd)',
      fields: { stream: '00O' },
    },
    {
      text: '2026-04-20T03:57:21.992Z 01E  Container core-postgres Healthy',
      time: '2026-04-20T03:57:21.992Z',
      level: null,
      message: 'Container core-postgres Healthy',
      fields: { stream: '01E' },
    },
    {
      text: '2026-08-10T18:52:31.340190Z 00O \x1b[31;1mERROR: Job failed: exit code 1\x1b[0;m',
      time: '2026-08-10T18:52:31.340Z',
      level: 'ERROR',
      message: 'Job failed: exit code 1\x1b[0;m',
    },
    {
      text: '2026-08-10T18:52:30.272008Z 00O+WARNING: timeout',
      time: '2026-08-10T18:52:30.272Z',
      level: 'WARN',
      message: 'timeout',
    },
  ],
};

export const NPM: LayoutFormat = {
  kind: 'layout',
  id: 'npm',
  title: 'npm (debug log and terminal)',
  family: 'Applications',
  source: 'https://docs.npmjs.com/cli/v10/using-npm/logging',
  levels: { timing: 'DEBUG' },
  layouts: [
    // "npm ERR! code", "npm error code"
    '(!(!npm (ERR!|WARN|error |warn |notice |info |verb |http |sill |timing )))npm {level}(\\!)? {message}',
    // _logs/…-debug-0.log: every line is numbered, so that a line without a number continues the one before.
    '{sequence:digits} (!(!silly|verbose|timing|http|info|notice|warn|error)){level} {message}',
  ],
  samples: [
    {
      text: '0 verbose cli /usr/local/bin/node /usr/local/bin/npm',
      level: 'TRACE',
      message: 'cli /usr/local/bin/node /usr/local/bin/npm',
      fields: { sequence: '0' },
    },
    {
      text: '1 info using npm@9.5.1',
      level: 'INFO',
      message: 'using npm@9.5.1',
      fields: { sequence: '1' },
    },
    {
      text: '31 error code E404',
      level: 'ERROR',
      message: 'code E404',
      fields: { sequence: '31' },
    },
    {
      text: 'npm WARN deprecated request@2.88.2: request has been deprecated, see https://github.com/request/request/issues/3142',
      level: 'WARN',
      message:
        'deprecated request@2.88.2: request has been deprecated, see https://github.com/request/request/issues/3142',
    },
    { text: 'npm ERR! code ELIFECYCLE', level: 'ERROR', message: 'code ELIFECYCLE' },
    { text: 'npm error code ENOENT', level: 'ERROR', message: 'code ENOENT' },
  ],
};

export const PIP: LayoutFormat = {
  kind: 'layout',
  id: 'pip-log',
  title: 'pip (--log)',
  family: 'Applications',
  source: 'https://pip.pypa.io/en/stable/cli/pip/#cmdoption-log',
  // What a step does is indented behind the time; the level, where there is one, stands before a colon.
  layouts: ["{time:yyyy-MM-dd'T'HH:mm:ss,f} ({level:upper}: {message}|{scan}{message})"],
  samples: [
    {
      text: '2021-08-04T10:20:30,123 Using pip 21.2.2 from /usr/lib/python3.9/site-packages/pip (python 3.9)',
      time: '2021-08-04T10:20:30.123',
      level: null,
      message: 'Using pip 21.2.2 from /usr/lib/python3.9/site-packages/pip (python 3.9)',
    },
    {
      text: '2021-08-04T10:20:30,201   1 location(s) to search for versions of requests:',
      time: '2021-08-04T10:20:30.201',
      level: null,
      message: '1 location(s) to search for versions of requests:',
    },
    {
      text: '2021-08-04T10:20:31,455 ERROR: Could not find a version that satisfies the requirement nosuchthing (from versions: none)',
      time: '2021-08-04T10:20:31.455',
      level: 'ERROR',
      message: 'Could not find a version that satisfies the requirement nosuchthing (from versions: none)',
    },
  ],
};
