/**
 * Layout of what host and `indexLines` share: opcodes of the format program and the state struct in WebAssembly memory.
 * Plain `export const` numbers, so that AssemblyScript and TypeScript both import this file.
 */

// ── Opcodes (a PEG machine after LPeg; addresses are u16 LE from the program's start) ──────────────────────────────────
export const OP_FAIL = 0;
export const OP_ACCEPT = 1; //        u8 format
export const OP_CHOICE = 2; //        u16 address   remember (address, position); go on
export const OP_COMMIT = 3; //        u16 address   forget the last choice; jump
export const OP_BYTE = 4; //          u8
export const OP_TEXT = 5; //          u8 n, n bytes
export const OP_BLANKS = 6; //        one or more
export const OP_BLANKS0 = 7; //       any number
export const OP_SPAN = 8; //          u8 min, u8 max (255: no limit), 32 bytes bitmap: bytes in the set
export const OP_UNTIL_TEXT = 9; //    u8 n, n bytes  up to, not into, the text; fails when it is not on the line
export const OP_NESTED = 10; //       ( [ { to its partner
export const OP_QUOTED = 11; //       "…" with \ escapes
export const OP_REST = 12; //         to the line's end
export const OP_FIELD_BEGIN = 13; //  u8 field name index (the kernel skips it; details and samples use it)
export const OP_FIELD_END = 14; //    u8
export const OP_LEVEL_WORD = 15;
export const OP_LEVEL_LETTER = 16;
export const OP_LEVEL_PRI = 17;
export const OP_LEVEL_STATUS = 18;
export const OP_LEVEL_NUMBER = 19;
export const OP_TIME_BEGIN = 20; //   u16 address behind OP_TIME_MEMO, 0: no memo; u16 memo: layouts that begin alike share one
export const OP_TIME_MEMO = 21; //    u16 memo: date and clock are complete, remember them
export const OP_NUM = 22; //          u8 slot, u8 min digits, u8 max digits, u16 lowest, u16 highest
export const OP_MONTH_NAME = 23;
export const OP_DAY_NAME = 24;
export const OP_AMPM = 25;
export const OP_FRACTION = 26;
export const OP_MILLIS = 27;
export const OP_ZONE = 28;
export const OP_EPOCH = 29; //        u8 unit: 0 s, 1 ms, 2 µs, 3 ns, 4 by length
export const OP_TIME_END = 30;
export const OP_MESSAGE = 31;
export const OP_SCAN_LEVEL = 32;
export const OP_JSON = 33; //         u16 address of key table, u16 address of time program
export const OP_LOGFMT = 34; //       the same
export const OP_PLAIN = 35; //        fails on an indented line
export const OP_CLASS = 36; //        u8 n, n bytes: one of them
export const OP_LENIENT_BLANKS = 37; // one blank or more, or the end of the line

export const OP_UNTIL = 38; //         u8 field name index (255: none), 4 bytes: one or more bytes up to one of them, or to the line's end
export const OP_LEVEL_UPPER = 39; //   a level word in upper case, of those that are no ordinary English
export const OP_TEST = 40; //          u16 address, 32 bytes bitmap: goes there when the next byte is not in the set
export const OP_MAYBE = 41; //         u8 size of the next instruction, which may fail: the program goes on behind it
export const OP_START = 42; //         the message begins here, and the layout goes on
export const OP_CELL = 43; //          u8 field name index (255: none), u8 delimiter, u8 1: it is the message   a cell of a table, which may be empty

/** Field index of OP_UNTIL: what it takes is no field. */
export const NO_FIELD = 255;

// Slots of OP_NUM.
export const SLOT_YEAR = 0;
export const SLOT_YEAR2 = 1;
export const SLOT_MONTH = 2;
export const SLOT_DAY = 3;
export const SLOT_HOUR = 4;
export const SLOT_HOUR12 = 5;
export const SLOT_MINUTE = 6;
export const SLOT_SECOND = 7;

// Key table of OP_JSON and OP_LOGFMT: entries u8 kind, u8 rank (1 is best), u8 length, bytes; a 0 kind ends it.
export const KEY_TIME = 1;
export const KEY_LEVEL = 2;
export const KEY_MESSAGE = 3;

// ── Program header (u16 each) ─────────────────────────────────────────────────────────────────────────────────────────
// [0] address of the level table   [2] number of formats (F)   [4] address of the zone table   [6 + 2 i] entry of format i
export const PROGRAM_LEVELS = 0;
export const PROGRAM_FORMATS = 2;
export const PROGRAM_ZONES = 4;
export const PROGRAM_ENTRIES = 6;
// Level table: 256 slots of 16 bytes: u64 first eight bytes lower-cased, u8 length (0: free), u8 level, u8 flags: 1 {scan} may use it, 2 {level:upper} may.
export const LEVEL_SLOTS = 256;
// Zone table: entries of 10 bytes: u64 name in upper case (zero-padded), i16 minutes east of UTC; a zero name ends it.
export const ZONE_ENTRY = 10;

// ── Record flags, in the level column above the level's 4 bits ────────────────────────────────────────────────────────
export const FLAG_ABSOLUTE = 0x10; // the time carries its own zone or is an epoch
export const FLAG_YEARLESS = 0x20;
export const FLAG_DATELESS = 0x40;
export const FLAG_UNMATCHED = 0x80; // no format accepted its first line (head of a source, piece of a giant line)

// ── Times in a block: i32 ms from the block's base ────────────────────────────────────────────────────────────────────
export const TIME_NONE = -2147483648;
export const TIME_WIDE = -2147483647; // too far from the base: its value is in the block's wide list
export const TIME_MIN = -2147483646;

// ── What indexLines returns ───────────────────────────────────────────────────────────────────────────────────────────
export const INDEX_MORE = 0; //        consumed every complete line up to the limit
export const INDEX_BLOCK_FULL = 1; //  give it a fresh block and call again
export const INDEX_SKELETONS_FULL = 2; // give it a larger skeleton table and call again
export const INDEX_DONE = 3; //        final and at the limit

// ── State struct (byte offsets) ───────────────────────────────────────────────────────────────────────────────────────
export const S_PROGRAM = 0; //         u32 pointer
export const S_BYTES = 4; //           u32 pointer to the shard's first byte
export const S_POSITION = 8; //        u32 next line's start, from S_BYTES
export const S_LIMIT = 12; //          u32 bytes that are there
export const S_FINAL = 16; //          u32 1: nothing comes after the limit
export const S_SCANNED = 20; //        u32 no newline in [position, scanned)
export const S_OFFSETS = 24; //        u32 pointer to u32 × capacity
export const S_TIMES = 28; //          u32 pointer to i32 × capacity
export const S_LEVELS = 32; //         u32 pointer to u8 × capacity
export const S_SKELETONS = 36; //      u32 pointer to u32 × capacity
export const S_COUNT = 40; //          u32 records in the block
export const S_CAPACITY = 44; //       u32
export const S_HAS_BASE = 48; //       u32
export const S_WIDE = 52; //           u32 pointer to {u32 index, u32 0, f64 raw ms} × S_WIDE_CAPACITY
export const S_WIDE_COUNT = 56; //     u32
export const S_WIDE_CAPACITY = 60; //  u32
export const S_BASE = 64; //           f64 raw ms of the block's base
export const S_TIME_MIN = 72; //       i32 least delta in the block
export const S_TIME_MAX = 76; //       i32
export const S_LINES = 80; //          u32 lines so far in the shard
export const S_TABLE = 84; //          u32 pointer to u32 × S_TABLE_SLOTS: SLOT_TAG of the hash's upper half | entry index + 1; 0 free
export const S_TABLE_SLOTS = 88; //    u32 power of two
export const S_ENTRIES = 92; //        u32 pointer to ENTRY_BYTES × S_ENTRY_CAPACITY
export const S_ENTRY_COUNT = 96; //    u32
export const S_ENTRY_CAPACITY = 100; // u32
export const S_ENTRY_LIMIT = 104; //   u32 past it, records with new skeletons are told apart by SKELETON_COARSE
export const S_PREVIOUS_RAW = 112; //  f64 nominal raw ms of the last year-less or date-less record, before roll-overs
export const S_HAS_PREVIOUS = 120; //  u32
export const S_ROLLS = 124; //         i32 year or midnight roll-overs so far in the shard
export const S_INVERSIONS = 128; //    u32 records earlier than the one before
export const S_UNTIMED = 132; //       u32 records without a time
export const S_REFUSED_RUN = 136; //   u32 lines refused in a row just now
export const S_REFUSED_AT = 140; //    u32 where that run began
export const S_REFUSED_MAX = 144; //   u32 longest such run
export const S_REFUSED_MAX_AT = 148; // u32
export const S_CRS = 152; //           u32 lines that ended in CR LF
export const S_LEVEL_COUNTS = 160; //  u32 × 8
export const S_FORMAT_COUNTS = 192; // u32 × 32 records per format
export const S_LAST_RAW = 320; //      f64 raw ms of the last timed record, roll-overs included
export const S_FIRST_RAW = 328; //     f64 of the first
export const S_HAS_FIRST = 336; //     u32
export const S_FLAGS_SEEN = 340; //    u32 OR of the records' flags
export const S_FIRST_ERROR = 344; //   u32 offset of the first ERROR or FATAL, 0xffffffff: none
export const S_LAST_ERROR = 348; //    u32
export const S_FIRST_RECORD = 352; //  u32 offset of the first record start that a format accepted, 0xffffffff: none
export const S_HAS_RECORD = 356; //    u32 a record was begun in this shard
export const S_SKIP_SKELETONS = 360; // u32 1: leave the skeleton column alone
export const STATE_BYTES = 512;

/** In a slot of the skeleton table: which other skeletons there are is told without a look at their entries, nearly always. */
export const SLOT_TAG = 0xffe00000;
export const SLOT_INDEX = 0x001fffff;

// ── A skeleton's entry; its index is its id, what the skeleton column holds ─────────────────────────────────────────────
export const ENTRY_HASH = 0; //        u64
export const ENTRY_RECORD = 8; //      u32 offset of the first record that has it
export const ENTRY_COUNT = 12; //      u32 records that have it
export const ENTRY_MESSAGE = 16; //    u32 offset of that first record's message
export const ENTRY_LENGTH = 20; //     u16 bytes of it that take part, at most SKELETON_BYTES
export const ENTRY_COARSE = 22; //     u16 its class by how it begins: `coarseOf` in portable/index-skeleton.ts
export const ENTRY_BYTES = 24;

/** In the skeleton column, with the coarse class in the low 16 bits: a skeleton that came past the limit, which is below. */
export const SKELETON_COARSE = 0xffff0000;
export const COARSE_CLASSES = 65536;
/** Bytes of a skeleton's text that its coarse class goes by. */
export const COARSE_BYTES = 16;
/** Bytes of a message that take part in its skeleton. */
export const SKELETON_BYTES = 1024;
/** Stands for a masked part in a skeleton's text: a byte that log lines do without, and what the kernel's shuffles fill with. */
export const SKELETON_MARK = 0;
/** Nested choices a program may have open at once. */
export const STACK_FRAMES = 64;
/** Longest date and clock that is remembered. */
export const MEMO_BYTES = 40;
/** Bytes of a message that {scan} looks through. */
export const SCAN_BYTES = 96;
