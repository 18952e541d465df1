/**
 * A kept analysis as bytes: its body as JSON, packed by gzip where the browser can. Written in pieces, so that one of
 * 65,536 patterns holds nothing up.
 */
import {
  type Analysis,
  type AnalysisBody,
  type AnalysisHead,
  type Parsed,
  parseAnalysisBody,
  parseAnalysisHead,
} from '../protocol/analysis';
import type { StoredAnalysis } from './stored';

const PACKED = 'application/gzip';
const PLAIN = 'application/json';
// What a body may grow to when it is unpacked: beyond it a browser could not hold its text anyway.
const MAX_JSON_BYTES = 512 * 1024 * 1024;
// Patterns in a piece of JSON: some 0.5 MiB, a few ms of work.
const PIECE_LENGTH = 1000;

/** What the store keeps of an analysis. */
export async function toStoredAnalysis(workspace: string, { head, body }: Analysis): Promise<StoredAnalysis> {
  const canPack = typeof CompressionStream === 'function';
  const text = toStream(jsonPieces(body)).pipeThrough(new TextEncoderStream());
  const bytes = canPack ? text.pipeThrough(new CompressionStream('gzip')) : text;
  const packed = new Response(bytes, { headers: { 'content-type': canPack ? PACKED : PLAIN } });
  return { workspace, id: head.id, head, body: await packed.blob() };
}

/** Reads the body of a kept analysis. Never throws for what it holds. */
export async function readStoredBody({ body }: StoredAnalysis, head: AnalysisHead): Promise<Parsed<AnalysisBody>> {
  const json = await readJson(body);
  return json === undefined ? DAMAGED : parseAnalysisBody(json, head);
}

/** An analysis as a file that people can keep: JSON, of one value. */
export function toAnalysisFile({ head, body }: Analysis): Blob {
  return new Blob([JSON.stringify({ loupe: 'analysis', ...head, body })], { type: PLAIN });
}

/** Reads such a file. Never throws for what it holds. */
export async function readAnalysisFile(file: Blob): Promise<Parsed<Analysis>> {
  if (file.size > MAX_JSON_BYTES) return { kind: 'refused', reason: 'is larger than any analysis' };
  const json = parseJson(await file.text());
  if (json === undefined) return { kind: 'refused', reason: 'is no JSON' };
  const head = parseAnalysisHead(json);
  if (head.kind === 'refused') return head;
  const body = parseAnalysisBody((json as { body?: unknown }).body, head.value);
  return body.kind === 'refused' ? body : { kind: 'parsed', value: { head: head.value, body: body.value } };
}

const DAMAGED = { kind: 'refused', reason: 'is damaged' } as const;

/** Undefined when the bytes hold no JSON. */
async function readJson(body: Blob): Promise<unknown> {
  const text = await readText(body);
  return text === null ? undefined : parseJson(text);
}

/** Null when it cannot be unpacked, or grows beyond all measure. */
async function readText(body: Blob): Promise<string | null> {
  const bytes = body.type === PACKED ? body.stream().pipeThrough(new DecompressionStream('gzip')) : body.stream();
  const decoder = new TextDecoder();
  const reader = bytes.getReader();
  const parts: string[] = [];
  let sizeBytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return parts.join('') + decoder.decode();
      sizeBytes += value.length;
      if (sizeBytes > MAX_JSON_BYTES) {
        await reader.cancel();
        return null;
      }
      parts.push(decoder.decode(value, { stream: true }));
    }
  } catch (error) {
    if (error instanceof Error) return null; // not packed, cut off, gone: TypeErrors here, in Node errors of zlib
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The JSON of a body, its patterns some at a time. */
function* jsonPieces(body: AnalysisBody): Generator<string> {
  if (body.kind !== 'patterns') {
    yield JSON.stringify(body);
    return;
  }
  const { patterns, ...rest } = body;
  yield `${JSON.stringify(rest).slice(0, -1)},"patterns":[`;
  for (let start = 0; start < patterns.length; start += PIECE_LENGTH) {
    const json = JSON.stringify(patterns.slice(start, start + PIECE_LENGTH)).slice(1, -1);
    yield start === 0 ? json : `,${json}`;
  }
  yield ']}';
}

/** A piece at a time, with room for the page between two. */
function toStream(pieces: Generator<string>): ReadableStream<string> {
  return new ReadableStream<string>({
    async pull(controller) {
      const { done, value } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  });
}
