/** The help: short pages, as data, so that they can be searched. Text in backticks is code. */

export type HelpBlock =
  | { readonly kind: 'text'; readonly text: string }
  /** Filters that can be tried, and what they keep. */
  | {
      readonly kind: 'filters';
      readonly rows: readonly { readonly examples: readonly string[]; readonly text: string }[];
    }
  | { readonly kind: 'terms'; readonly rows: readonly { readonly term: string; readonly text: string }[] }
  /** Made from what the app knows: its formats, its keys, its version. */
  | { readonly kind: 'formats' | 'keys' | 'version' };

export interface HelpPage {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly HelpBlock[];
}

const text = (value: string): HelpBlock => ({ kind: 'text', text: value });
const keeps = (examples: readonly string[], value: string) => ({ examples, text: value });
const term = (name: string, value: string) => ({ term: name, text: value });

export const HELP_PAGES: readonly HelpPage[] = [
  {
    id: 'start',
    title: 'How to begin',
    blocks: [
      text(
        'Drop files or a folder anywhere on the page, paste text, or open files. The records are there while the rest is still being read, and the page says how each source was read and why.',
      ),
      text(
        'Several sources stand in one list, merged by time. `e` goes to the next error, `/` types a filter, `Enter` shows the details of a record, `Ctrl-K` finds everything else.',
      ),
      {
        kind: 'terms',
        rows: [
          term('Source', 'One file, archive or paste.'),
          term('Record', 'One thing that was logged: a line, or several, such as an error with its stack trace.'),
          term('Field', 'A named value of a record: the thread, the status, what its JSON holds.'),
          term('Filter', 'What is shown. There is one, for the list, the timeline and the counts.'),
          term('Mark', 'A record set apart, with a note if there is something to say about it.'),
          term('Workspace', 'A set of sources with their filter, marks, notes and layout, kept in this browser.'),
        ],
      },
    ],
  },
  {
    id: 'filter',
    title: 'The filter',
    blocks: [
      text('Choose an example to put it into the filter.'),
      {
        kind: 'filters',
        rows: [
          keeps(['timeout'], 'Records that hold the word, in any case.'),
          keeps(['Timeout', "'timeout'"], 'Exactly so: an upper-case letter or single quotes make it exact.'),
          keeps(['"connection reset"', '"Reset"i'], 'The phrase; `i` in any case although it has a capital.'),
          keeps(
            ['/after \\d{5}ms/', '/time(d )?out/i'],
            'A regular expression (ECMAScript). `i`: in any case. `s`: `.` matches line ends too.',
          ),
          keeps(
            ['level>=warn', 'level:warn,fatal', 'level:none'],
            'Levels, ranges and lists of them; records without a level.',
          ),
          keeps(
            ['time:14:06..14:10', 'time:[2026-05-19 14:00..]'],
            'Times, in the zone shown. A clock without a date lies on the last day it fits.',
          ),
          keeps(['time:-15m', 'time:+5m'], 'The last 15 minutes, the first 5.'),
          keeps(
            ['source:gateway.jsonl', 'source:"*.log"', 'source~gate'],
            'Sources by name, with `*` and `?`, or by a part of it.',
          ),
          keeps(
            ['status=503', 'thread~housekeeper', 'attempts>2', 'requestId:*'],
            'A field equals, contains, compares, exists.',
          ),
          keeps(['a b', 'a OR b', 'NOT c', '-c', '(a OR b) c'], 'Both, either, without. AND binds tighter than OR.'),
        ],
      },
      text(
        'A filter looks at whole records, stack traces included; a field is one of the record’s first line. Records without a level are kept by `level:none` and by negations only, records without a time by negations of `time` only.',
      ),
      text('A mistake is marked where it is, and the last good filter stays.'),
    ],
  },
  {
    id: 'keys',
    title: 'Keys',
    blocks: [
      text(
        'Every command has its place in the palette, with its key and what it would do. Keys can be changed in the settings.',
      ),
      { kind: 'keys' },
      text('No key works while a text is typed, except with Ctrl or Alt. On a Mac, ⌘ stands for Ctrl.'),
    ],
  },
  {
    id: 'data',
    title: 'What happens to your data',
    blocks: [
      text(
        'It stays on this device. Loupe has no server to send it to: its content security policy lets the page reach only the place it came from, and the status line tells which addresses were fetched.',
      ),
      {
        kind: 'terms',
        rows: [
          term(
            'In memory',
            'While the page is open: the bytes of the files up to the budget in the settings, about 13 bytes a record of columns, a bit a record for each filter that is kept.',
          ),
          term(
            'Kept by the browser',
            'Workspaces: names of sources, handles of files, filters, marks, notes, and the first screen of each, which is text of its log. Settings and keys. Loupe’s own files, so that it works offline.',
          ),
          term(
            'Analyses',
            'Patterns and first looks that were complete, with their workspace: counts, times, classes, and the texts of patterns, which are text of the log. The newest 20 of a workspace, and all that were kept by hand. Settings, Kept data, switches it off.',
          ),
          term(
            'In the private file system',
            'What was unpacked from a large archive, as long as it is open; what a closed tab left there is deleted the next time.',
          ),
          term('Never', 'Text of a log in an address, in a request, or anywhere off this device.'),
        ],
      },
      text('Settings, Kept data, shows how much of it there is, and deletes it.'),
    ],
  },
  {
    id: 'first-look',
    title: 'First look',
    blocks: [
      text(
        'A newly opened log begins with one page: what it is, when errors began and ended, what to look at first. `1` shows it, `2` the lines, `3` the patterns; `Alt-←` leads back from what was chosen. Settings can let a log begin with its lines.',
      ),
      text(
        'Every fact leads to its records. The page tells of all records that are shown, whatever the filter leaves; of several sources it can tell one. Its counts are exact; while files are read they are so far.',
      ),
      {
        kind: 'terms',
        rows: [
          term(
            'New error',
            'A pattern of ERROR or FATAL that was first seen when errors began, or since the pinned moment.',
          ),
          term(
            'Burst',
            'A pattern, or all records, far above the usual: ten times for a pattern; for all records more than six spreads above the median, and twice it.',
          ),
          term('Frequent', 'A pattern with errors or warnings from the start on, by its number of records.'),
          term(
            'Rare',
            'At most 5 records which are at most 1 % of all, or at most 0.01 % of all; without trouble only where few are.',
          ),
          term('New kind of message', 'First seen since that moment, and so often that chance does not explain it.'),
          term('Gap', 'The longest time without any record in which ten or more would have come.'),
        ],
      },
      text(
        'There are five at most. What comes always along with another is counted with it, and more of the same kind or the same minutes give way to others. Where nothing is left the page says that nothing stands out.',
      ),
    ],
  },
  {
    id: 'patterns',
    title: 'Patterns',
    blocks: [
      text(
        'A pattern is a kind of message: its text with what varies left open. Every record belongs to one, so the counts of all patterns add up to the records. The table follows the filter; `Enter` shows the records of a pattern, `h` hides it, `o` goes to its next record.',
      ),
      text(
        'The slider tells messages apart more finely or more coarsely. What is one for you can be merged (pick with `Space`, then `m`), split with `S`, and named with `r`. All of it is remembered with the workspace and can be undone.',
      ),
      {
        kind: 'terms',
        rows: [
          term(
            'New',
            'First seen at the dashed moment or after it: the pinned one, or when errors began. Where errors are there from the start, or nothing came before, nothing is new.',
          ),
          term('Rare', 'At most 5 records which are at most 1 % of all, or at most 0.01 % of all.'),
          term(
            '×930',
            'A burst: the busiest moment has so many times the records that are usual outside it. From 10 times and 10 records on.',
          ),
          term('−27 %', 'So many fewer records per time since the dashed moment, where chance does not explain it.'),
          term('Errors', 'Patterns that hold any record at ERROR or FATAL.'),
          term('Denoise', 'Hides patterns that hold more than a share of the records: 10 %, or what you choose.'),
          term(
            'Most relevant',
            'New before old; then errors, warnings, others; then bursts; of old ones without trouble the rare ones; then by records.',
          ),
          term(
            'Wildcard',
            'What varies, named by what it looks like. Its values are counted over all records of the pattern when it is opened; a drag over the bars, or a value, filters by it.',
          ),
        ],
      },
      text(
        'Beside them stand the error groups: every record at ERROR or FATAL, by what caused it. That is the own frames of its stack trace (not those of runtimes, frameworks and packages), without line numbers and other counters, and the exception; without own frames the exception, where its name says more than that there was an error; else the pattern. A trace may be of any of ten languages, or in a field of JSON.',
      ),
    ],
  },
  {
    id: 'analyses',
    title: 'Kept analyses',
    blocks: [
      text(
        'What was found in a log can be looked at again without it: `Kept analyses…` in the palette lists the patterns and first looks of the workspace, with the filter, the sources and the time they were made of.',
      ),
      {
        kind: 'terms',
        rows: [
          term(
            'By itself',
            'Complete patterns and a complete first look are kept a second after they are shown. The same sources with the same filter and grouping take the place of the one before; of all others the newest 20 stay. One that is named stays until it is deleted.',
          ),
          term(
            'By hand',
            '`Keep the patterns shown`, `Keep the first look`: they stay until they are deleted, in place of what was kept by itself of the same.',
          ),
          term(
            'Compared',
            'Two tables of patterns, or one and what is shown now: what is new, what is gone, what has changed its share of the records by a quarter or more, so that chance would do it less than once in a thousand times. Most telling first, by the log-likelihood ratio. Other granularities, filters and engines are pointed out.',
          ),
          term('As a file', 'JSON, to be read by another Loupe.'),
        ],
      },
    ],
  },
  {
    id: 'rules',
    title: 'Classification rules',
    blocks: [
      text(
        'Patterns of trouble get a category and a severity by a list of rules that can be read: `Classification rules…` in the palette, or the reason beside a class. The first rule that holds decides.',
      ),
      {
        kind: 'terms',
        rows: [
          term(
            'A rule',
            'It looks for texts in the message, the exception’s type, the stack and the status, and holds where each part that is filled in does. Any case; `*` stands for anything within a line; blanks count.',
          ),
          term(
            'Yours',
            'Rules of your own stand before those that come with Loupe and hold for all workspaces of this browser. Changing one that came with Loupe makes one of yours and switches the other off.',
          ),
          term('As a file', 'JSON, the form that other devices read. Mistakes are told with the rule they are in.'),
        ],
      },
    ],
  },
  {
    id: 'formats',
    title: 'Formats',
    blocks: [
      text(
        'The format is detected on the first 64 KiB and on seven places further on, and the list of sources says why; a file may change format midway, and a format can be forced. Files may be packed by gzip, in UTF-8, UTF-16 or an encoding from before Unicode, with line ends LF, CRLF or CR. Any other text is read as records without times.',
      ),
      { kind: 'formats' },
    ],
  },
  {
    id: 'limits',
    title: 'Limits',
    blocks: [
      {
        kind: 'terms',
        rows: [
          term(
            'Memory',
            'A file beyond the budget opens and is searched, from the disk instead of from memory. Columns, about 13 bytes a record, stay for as long as the source is open.',
          ),
          term(
            'Long lines',
            'A line longer than 16 MiB may be held and shown in pieces; a text across two of them is not found. A row shows the first 16,384 characters of its record.',
          ),
          term('Fields', 'Those of a record’s first line. JSON is flattened four levels deep, to 1,000 fields.'),
          term(
            'Encodings',
            'Encodings from before Unicode (Windows-125x, KOI8-R, Shift-JIS, EUC, GB18030, Big5 …) are told by how the text reads, and can be chosen in the list of sources. Bytes that no encoding explains are shown as U+FFFD and counted, never changed.',
          ),
          term('Archives', 'gzip only, with one file in it. Of zip, tar, zstd and others the name is told.'),
          term(
            'Changing files',
            'A file is read as it was when it was opened. When it changes, what is in memory stays, and it can be read again.',
          ),
          term(
            'Case',
            'A word without capitals ignores the case of ASCII letters at full speed; with other letters in it, it is slower.',
          ),
          term('Browsers', 'Tested in Chromium; written for current Firefox and Safari too, and not tested there.'),
        ],
      },
    ],
  },
  {
    id: 'about',
    title: 'About',
    blocks: [{ kind: 'version' }, text('Licensed under the Apache License 2.0.')],
  },
];

/** All text of a page, for finding it. */
export function textOf(page: HelpPage): string {
  const parts = page.blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text];
    if (block.kind === 'filters') return block.rows.flatMap((row) => [...row.examples, row.text]);
    if (block.kind === 'terms') return block.rows.flatMap((row) => [row.term, row.text]);
    return [];
  });
  return [page.title, ...parts].join('\n');
}
