/** Files that are no text, by their first bytes: so that a person is told "PNG image" and not "binary". */

interface Signature {
  /** Bytes as Latin-1 text; `?` stands for any byte. */
  readonly magic: string;
  readonly at?: number;
  readonly name: string;
}

// First match wins: longer and more telling ones stand before shorter ones.
const SIGNATURES: readonly Signature[] = [
  { magic: '\x89PNG\r\n\x1a\n', name: 'PNG image' },
  { magic: '\xff\xd8\xff', name: 'JPEG image' },
  { magic: 'GIF87a', name: 'GIF image' },
  { magic: 'GIF89a', name: 'GIF image' },
  { magic: 'RIFF????WEBP', name: 'WebP image' },
  { magic: 'RIFF????WAVE', name: 'WAV audio' },
  { magic: 'RIFF????AVI ', name: 'AVI video' },
  { magic: '%PDF-', name: 'PDF document' },
  { magic: '\x7fELF', name: 'ELF program' },
  { magic: 'SQLite format 3\0', name: 'SQLite database' },
  { magic: 'PK\x03\x04', name: 'ZIP archive' },
  { magic: 'PK\x05\x06', name: 'ZIP archive (empty)' },
  { magic: '\x1f\x8b\x08', name: 'gzip archive' },
  { magic: '\x28\xb5\x2f\xfd', name: 'Zstandard archive' },
  { magic: '\xfd7zXZ\0', name: 'XZ archive' },
  { magic: 'BZh?1AY&SY', name: 'bzip2 archive' },
  { magic: '\x04\x22\x4d\x18', name: 'LZ4 archive' },
  { magic: '\xff\x06\0\0sNaPpY', name: 'Snappy archive' },
  { magic: '7z\xbc\xaf\x27\x1c', name: '7-Zip archive' },
  { magic: 'Rar!\x1a\x07', name: 'RAR archive' },
  { magic: '\x1f\x9d', name: 'compress (.Z) archive' },
  { magic: 'ustar', at: 257, name: 'tar archive' },
  { magic: 'ElfFile\0', name: 'Windows event log (.evtx)' },
  { magic: 'LPKSHHRH', name: 'systemd journal' },
  { magic: '\xd4\xc3\xb2\xa1', name: 'packet capture' },
  { magic: '\xa1\xb2\xc3\xd4', name: 'packet capture' },
  { magic: '\x0a\x0d\x0d\x0a', name: 'packet capture (pcapng)' },
  { magic: 'JAVA PROFILE 1.0', name: 'Java heap dump' },
  { magic: 'FLR\0', name: 'Java flight recording' },
  { magic: '\xca\xfe\xba\xbe', name: 'Java class or macOS program' },
  { magic: '\xcf\xfa\xed\xfe', name: 'macOS program' },
  { magic: '\xce\xfa\xed\xfe', name: 'macOS program' },
  { magic: '\0asm', name: 'WebAssembly module' },
  { magic: 'PAR1', name: 'Parquet table' },
  { magic: 'Obj\x01', name: 'Avro file' },
  { magic: 'ORC\x11', name: 'ORC table' },
  { magic: 'ARROW1\0\0', name: 'Arrow file' },
  { magic: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', name: 'Microsoft Office document' },
  { magic: '????ftyp', name: 'MP4 video' },
  { magic: '\x1aE\xdf\xa3', name: 'Matroska video' },
  { magic: 'OggS\0', name: 'Ogg audio' },
  { magic: 'ID3\x03', name: 'MP3 audio' },
  { magic: 'ID3\x04', name: 'MP3 audio' },
  { magic: 'MDMP\x93\xa7', name: 'Windows minidump' },
  { magic: 'PAGEDU64', name: 'Windows memory dump' },
];

/** @returns what the file is, for people ("PNG image"); null when its first bytes are none of the known ones */
export function describeBinary(head: Uint8Array): string | null {
  for (const { magic, at = 0, name } of SIGNATURES) if (hasMagic(head, at, magic)) return name;
  // "MZ" alone could begin a text; a program has the offset of its header at 60, where that header says PE.
  if (hasMagic(head, 0, 'MZ') && head.length >= 64) {
    const header = new DataView(head.buffer, head.byteOffset).getUint32(60, true);
    if (hasMagic(head, header, 'PE\0\0')) return 'Windows program';
  }
  return null;
}

function hasMagic(head: Uint8Array, at: number, magic: string): boolean {
  if (head.length < at + magic.length) return false;
  for (let index = 0; index < magic.length; index++) {
    if (magic[index] !== '?' && head[at + index] !== magic.charCodeAt(index)) return false;
  }
  return true;
}
