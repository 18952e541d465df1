/** What people call encodings, as the names that the engine has for them. */

const ALIASES: Readonly<Record<string, string>> = {
  ascii: 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  utf16: 'utf-16le',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  koi8: 'koi8-r',
  cp866: 'ibm866',
  sjis: 'shift_jis',
  'shift-jis': 'shift_jis',
  cp932: 'shift_jis',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
  cp949: 'euc-kr',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
  'big-5': 'big5',
  cp950: 'big5',
};

/** `Latin1` → `windows-1252`, `cp1251` → `windows-1251`; a name that is not known stays as it is. */
export function toEncodingName(name: string): string {
  const lower = name.trim().toLowerCase();
  const windows = /^(?:cp|windows)-?(125[0-8]|874)$/.exec(lower);
  return windows === null ? (ALIASES[lower] ?? lower) : `windows-${windows[1]}`;
}
