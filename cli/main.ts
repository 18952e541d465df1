/** The command line: `loupe VERB [OPTION]… FILE…`. Reads what was typed, opens the files, lets the verb answer. */
import { totalmem } from 'node:os';

import { version } from '../package.json';
import { Fault, isFault } from '../src/base/fault';
import { formatBytes } from '../src/base/units';
import type { EngineApi, SourceSummary } from '../src/engine/api';
import { createEngine } from '../src/engine/host';
import type { SourceId } from '../src/engine/records/record';
import { zoneOffset } from '../src/engine/records/zone';
import { isEncoding } from '../src/engine/source/byte-source';
import { VERBS } from '../src/engine/verbs/verbs';
import { readCommandLine, UsageError, type Command, type VerbCommand } from './command-line';
import { toEncodingName } from './encoding-names';
import { createNodeEnvironment, readWorkerCount } from './environment';
import { explain } from './explain';
import { generalHelp, verbHelp } from './help';
import { readInput } from './inputs';
import { createOutput, createProgress, wantsColours, type Output } from './output';
import { createTempFolder, type TempFolder } from './temp-folder';

/** As grep has it: found, nothing found, something went wrong. */
const EXIT = { found: 0, nothing: 1, failed: 2 } as const;

// A quarter of the machine, and no more than a program may take that runs beside others.
const BUDGET_BYTES = Math.min(2 * 1024 ** 3, Math.floor(totalmem() / 4));

const progress = createProgress(process.stderr);
const output = createOutput(process.stdout, { hasColours: wantsColours(process.stdout, process.env), progress });

function complain(text: string): void {
  progress.clear();
  process.stderr.write(`loupe: ${text}\n`);
}

/** How a run ends early: process.exit ends the threads, and its `exit` event removes the temporary files. */
function endOnSignals(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      progress.clear();
      process.exit(code);
    });
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has had enough (| head): that is no failure.
    if (error.code === 'EPIPE') process.exit(EXIT.found);
    complain(`the answer could not be written: ${error.message}`);
    process.exit(EXIT.failed);
  });
  process.stderr.on('error', () => process.exit(EXIT.failed));
}

async function run(command: Command): Promise<number> {
  const columns = output.columns ?? 100;
  switch (command.kind) {
    case 'help':
      output.line(command.verb === null ? generalHelp(VERBS, columns) : verbHelp(command.verb, columns));
      return EXIT.found;
    case 'version':
      output.line(`loupe ${version}`);
      return EXIT.found;
    case 'formats':
      return withEngine((engine) => listFormats(engine, command.isJson));
    case 'verb':
      return withEngine((engine, temp) => runVerb(engine, command, temp));
  }
}

async function withEngine(work: (engine: EngineApi, temp: TempFolder) => Promise<number>): Promise<number> {
  const workerCount = readWorkerCount(process.env.LOUPE_WORKERS);
  if (workerCount === undefined) {
    throw new UsageError(`LOUPE_WORKERS is "${process.env.LOUPE_WORKERS}"`, 'it takes a whole number from 1 to 64');
  }
  const temp = createTempFolder();
  process.on('exit', () => temp.remove());
  const engine = await createEngine(createNodeEnvironment({ workerCount, temp }));
  try {
    await engine.configure({ budgetBytes: BUDGET_BYTES });
    return await work(engine, temp);
  } finally {
    await engine.shutdown();
  }
}

async function listFormats(engine: EngineApi, isJson: boolean): Promise<number> {
  const formats = await engine.formats();
  if (isJson) {
    const list = output.jsonList({}, 'formats');
    for (const format of formats) list.item(format);
    list.end();
    return EXIT.found;
  }
  const width = Math.max(...formats.map((format) => format.id.length));
  for (const family of new Set(formats.map((format) => format.family))) {
    output.line(output.paint(family, 'strong'));
    for (const format of formats.filter((one) => one.family === family))
      output.line(`  ${format.id.padEnd(width)}  ${format.title}`);
  }
  return EXIT.found;
}

async function runVerb(engine: EngineApi, command: VerbCommand, temp: TempFolder): Promise<number> {
  const { sources, hasFailed } = await openFiles(engine, command, temp);
  if (sources.length === 0) return EXIT.failed;
  let lastCallId = 0;
  try {
    const result = await command.verb.run(
      engine,
      {
        sources,
        operands: command.operands,
        options: command.options,
        zone: command.zone ?? 'UTC',
        nextCallId: () => {
          lastCallId += 1;
          return lastCallId;
        },
      },
      output,
    );
    return hasFailed ? EXIT.failed : EXIT[result];
  } catch (error) {
    if (!isFault(error)) throw error;
    await output.drained();
    const filter = command.operands.FILTER;
    complain(explain(error, { ...(filter === undefined ? {} : { filter }), formats: await formatIds(engine) }));
    return EXIT.failed;
  }
}

async function formatIds(engine: EngineApi): Promise<string[]> {
  return (await engine.formats()).map((format) => format.id);
}

/** @throws Fault `zone-unknown` with details { zone } */
function checkZone(zone: string): void {
  try {
    zoneOffset(zone, Date.now());
  } catch (error) {
    if (!isFault(error, 'zone-unknown')) throw error;
    throw new Fault('zone-unknown', error.message, { cause: error, details: { zone } });
  }
}

/** Opens all files at once and tells of those that cannot be read; the others go on. */
async function openFiles(
  engine: EngineApi,
  command: VerbCommand,
  temp: TempFolder,
): Promise<{ sources: SourceId[]; hasFailed: boolean }> {
  const { format, zone } = command;
  const encoding = command.encoding === undefined ? undefined : toEncodingName(command.encoding);
  const formats = format === undefined ? [] : await formatIds(engine);
  if (format !== undefined && !formats.includes(format)) {
    complain(explain(new Fault('format-unknown', `no format ${format}`, { details: { format } }), { formats }));
    return { sources: [], hasFailed: true };
  }
  if (encoding !== undefined && !isEncoding(encoding)) {
    complain(explain(new Fault('encoding-unknown', `no encoding ${encoding}`, { details: { encoding } }), {}));
    return { sources: [], hasFailed: true };
  }
  if (zone !== undefined) checkZone(zone);
  const names = new Map<SourceId, string>();
  await engine.listen((event) => {
    if (event.kind === 'worker-restarted') complain(`a worker ended (${event.reason}) and was started again`);
    if (event.kind === 'source') names.set(event.summary.id, event.summary.name);
    if (event.kind === 'digest')
      progress.show(`${names.get(event.source) ?? ''}: digests, ${toPercent(event.doneBytes, event.totalBytes)}`);
    if (event.kind === 'source' && event.summary.state === 'opening') progress.show(describeOpening(event.summary));
  });

  const sources: SourceId[] = [];
  let hasFailed = false;
  const fail = (file: string, error: unknown): void => {
    if (!isFault(error)) throw error;
    complain(explain(error, { file, formats }));
    hasFailed = true;
  };
  const onPiped = (name: string, bytes: number) => progress.show(`${name}: ${formatBytes(bytes)}`);
  for (const file of command.files) {
    try {
      const input = await readInput(file, { stdin: process.stdin, temp, format, encoding, zone, onPiped });
      sources.push(await engine.open(input));
    } catch (error) {
      fail(file, error);
    }
  }

  const usable: SourceId[] = [];
  for (const source of sources) {
    const summary = await engine.whenOpened(source);
    if (summary.fault !== null)
      fail(summary.name, new Fault(summary.fault.code as Fault['code'], summary.fault.message));
    if (summary.state !== 'failed') usable.push(source);
  }
  progress.clear();
  return { sources: usable, hasFailed };
}

function describeOpening({ name, sizeBytes, indexedBytes, elapsedMs }: SourceSummary): string {
  const speed = elapsedMs > 0 ? `, ${formatBytes(Math.round((indexedBytes / elapsedMs) * 1000))}/s` : '';
  return `${name}: ${toPercent(indexedBytes, sizeBytes)} of ${formatBytes(sizeBytes)}${speed}`;
}

function toPercent(done: number, total: number): string {
  return `${total === 0 ? 100 : Math.floor((done / total) * 100)} %`;
}

async function main(target: Output): Promise<number> {
  try {
    return await run(readCommandLine(process.argv.slice(2), VERBS));
  } catch (error) {
    await target.drained();
    if (error instanceof UsageError) complain(`${error.message}: ${error.hint}`);
    else if (isFault(error)) complain(explain(error));
    else
      complain(
        `this is a bug in Loupe, please report it:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    return EXIT.failed;
  } finally {
    await target.end();
  }
}

endOnSignals();
process.exitCode = await main(output);
// Standard input may still be open, and would keep the program waiting for it.
process.stdin.destroy();
