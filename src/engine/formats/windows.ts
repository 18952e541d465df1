/** Formats of Windows servicing and setup, and of Windows programs with logs of their own. */

import type { LayoutFormat } from './format';

export const WINDOWS_CBS: LayoutFormat = {
  kind: 'layout',
  id: 'windows-cbs',
  title: 'Windows servicing and setup (CBS.log, setupact.log, DISM)',
  family: 'System',
  source: 'https://learn.microsoft.com/en-us/windows/deployment/upgrade/log-files',
  layouts: ['{time:yyyy-MM-dd HH:mm:ss}, {level}( [{code:not=]}])? {component:word} {message}'],
  samples: [
    {
      text: '2016-09-08 09:23:50, Warning               MIG    Could not replace object C:\\Users\\name\\Cookies. Target Object cannot be removed.',
      time: '2016-09-08T09:23:50',
      level: 'WARN',
      message: 'Could not replace object C:\\Users\\name\\Cookies. Target Object cannot be removed.',
      fields: { component: 'MIG' },
    },
    {
      text: '2025-02-27 08:58:35, Info                  CBS    CommitPackagesState: Completed persisting state of packages',
      time: '2025-02-27T08:58:35',
      level: 'INFO',
      message: 'CommitPackagesState: Completed persisting state of packages',
      fields: { component: 'CBS' },
    },
    {
      text: '2017-11-24 14:07:40, Error                 CBS    Failed to pre- stage package: Microsoft-Windows-InternetExplorer-Package-TopLevel~31bf3856ad364e35~amd64~~11.2.9600.16428 [HRESULT = 0x80070002 - ERROR_FILE_NOT_FOUND]',
      time: '2017-11-24T14:07:40',
      level: 'ERROR',
      message:
        'Failed to pre- stage package: Microsoft-Windows-InternetExplorer-Package-TopLevel~31bf3856ad364e35~amd64~~11.2.9600.16428 [HRESULT = 0x80070002 - ERROR_FILE_NOT_FOUND]',
    },
    {
      text: '2016-10-05 23:27:00, Info       [0x080489] MIG    Setting system object filter context (System)',
      time: '2016-10-05T23:27:00',
      level: 'INFO',
      message: 'Setting system object filter context (System)',
      fields: { code: '0x080489', component: 'MIG' },
    },
  ],
};

export const PROXIFIER: LayoutFormat = {
  kind: 'layout',
  id: 'proxifier',
  title: 'Proxifier (month, day and clock in brackets)',
  family: 'Applications',
  source: 'https://www.proxifier.com/docs/win-v4/log.html',
  layouts: ['[{time:MM.dd HH:mm:ss?.?f}] {process:until= - } - {scan}{message}'],
  samples: [
    {
      text: '[10.30 17:47:23] QQ.exe - cgi.qqweb.qq.com:80 open through proxy proxy.example.com:5070 HTTPS',
      time: '--10-30T17:47:23',
      level: null,
      message: 'cgi.qqweb.qq.com:80 open through proxy proxy.example.com:5070 HTTPS',
      fields: { process: 'QQ.exe' },
    },
    {
      text: '[10.30 16:49:06] chrome.exe *64 - www.example.com:443 close, 403 bytes sent, 426 bytes received, lifetime <1 sec',
      time: '--10-30T16:49:06',
      level: null,
      message: 'www.example.com:443 close, 403 bytes sent, 426 bytes received, lifetime <1 sec',
      fields: { process: 'chrome.exe *64' },
    },
    {
      text: '[01.02 03:04:05] Dropbox.exe - Warning: could not resolve client.dropbox.com',
      time: '--01-02T03:04:05',
      level: 'WARN',
      message: 'Warning: could not resolve client.dropbox.com',
    },
  ],
};
