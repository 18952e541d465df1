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

export function toPackingText(source: SourceSummary): string {
  const encoding = source.encoding === 'utf-8' ? 'UTF-8' : source.encoding.toUpperCase();
  const unpacked = source.packing === 'gzip' ? `gzip of ${toFileSizeText(source.decodedBytes)}, ` : '';
  return source.kind === 'text' ? `${unpacked}${encoding}, ${source.lineEnding}` : unpacked;
}
