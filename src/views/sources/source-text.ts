/** What a source is in words: its state, what its times lack, how it is packed. */
import type { SourceSummary } from '../../engine/api';
import { toDurationText, toFileSizeText, toPercentText } from '../../ui/size-text';

export function toStateText(source: SourceSummary): string {
  const share = source.sizeBytes === 0 ? 1 : source.indexedBytes / source.sizeBytes;
  switch (source.state) {
    case 'opening':
      return `opening, ${toPercentText(share)}`;
    case 'open':
      return `${source.isFromCache ? 'kept index read' : 'read'} in ${toDurationText(source.elapsedMs)}`;
    case 'partial':
      return `stopped at ${toPercentText(share)}; what was read is here`;
    case 'failed':
      return 'could not be read';
    case 'detached':
      return 'no longer at hand; what is in memory is here';
  }
}

/** Whether a zone has to be given to its times. */
export function hasLocalTimes(source: SourceSummary): boolean {
  return source.timeKind !== 'absolute' && source.timeKind !== 'none';
}

export function toZoneNote(source: SourceSummary): string {
  switch (source.timeKind) {
    case 'absolute':
      return 'written in the times';
    case 'zoneless':
      return 'the times name none';
    case 'yearless':
      return 'the times name neither zone nor year';
    case 'dateless':
      return 'the times name neither zone nor day';
    case 'mixed':
      return 'for the times that name none';
    case 'none':
      return 'no times';
  }
}

type Encoding = SourceSummary['encoding'];

/** In the order of the menu: by script, the usual one first. */
export const ENCODING_TITLES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little-endian',
  'utf-16be': 'UTF-16, big-endian',
  'journal-export': 'systemd journal export, as JSON lines',
  'windows-1252': 'Western (Windows-1252, Latin-1)',
  'windows-1250': 'Central European (Windows-1250)',
  'iso-8859-2': 'Central European (ISO 8859-2)',
  'windows-1257': 'Baltic (Windows-1257)',
  'windows-1254': 'Turkish (Windows-1254)',
  'windows-1251': 'Cyrillic (Windows-1251)',
  'koi8-r': 'Cyrillic (KOI8-R)',
  'koi8-u': 'Cyrillic (KOI8-U)',
  'iso-8859-5': 'Cyrillic (ISO 8859-5)',
  ibm866: 'Cyrillic (DOS 866)',
  'windows-1253': 'Greek (Windows-1253)',
  'iso-8859-7': 'Greek (ISO 8859-7)',
  'windows-1255': 'Hebrew (Windows-1255)',
  'windows-1256': 'Arabic (Windows-1256)',
  'windows-1258': 'Vietnamese (Windows-1258)',
  'windows-874': 'Thai (Windows-874)',
  shift_jis: 'Japanese (Shift-JIS)',
  'euc-jp': 'Japanese (EUC-JP)',
  gb18030: 'Chinese, simplified (GB18030, GBK)',
  big5: 'Chinese, traditional (Big5)',
  'euc-kr': 'Korean (EUC-KR)',
};

export function toPackingText(source: SourceSummary): string {
  const encoding = source.encoding === 'utf-8' ? 'UTF-8' : source.encoding.toUpperCase();
  const unpacked = source.packing === 'gzip' ? `gzip of ${toFileSizeText(source.decodedBytes)}, ` : '';
  return source.kind === 'text' ? `${unpacked}${encoding}, ${source.lineEnding}` : unpacked;
}
