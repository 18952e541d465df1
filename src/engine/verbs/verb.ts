/** What a verb is: a question about sources that page, CLI and assistants share. Its words are data; its answer goes to a sink. */

import type { EngineApi } from '../api';
import type { SourceId } from '../records/record';

/** One thing that can be said about a run. `count` is a whole number, at least 1. */
export interface OptionSpec {
  /** Long name, kebab-case, without the dashes. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  readonly kind: 'flag' | 'text' | 'count';
  /** What stands for the value in help; absent for flags. */
  readonly placeholder?: string;
  readonly summary: string;
}

/** A value that must be given, by its place before the sources. */
export interface OperandSpec {
  readonly name: string;
  readonly summary: string;
}

export type OptionValue = string | number | boolean;

export interface VerbRequest {
  /** Sources that are open or opening, in the order in which they were named; at least one. */
  readonly sources: readonly SourceId[];
  readonly operands: Readonly<Record<string, string>>;
  /** What was said, by the option's long name; what was not said is absent. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Zone of times in the request: IANA name, `UTC` or `+02:00`. */
  readonly zone: string;
  /** A number no other call of this engine uses. */
  nextCallId(): number;
}

/** `nothing`: it went well, and there is nothing to show. Expected failures are thrown as Faults. */
export type VerbResult = 'found' | 'nothing';

export interface Verb {
  readonly name: string;
  /** One sentence without a full stop. */
  readonly summary: string;
  readonly operands: readonly OperandSpec[];
  readonly sources: 'one' | 'many';
  readonly options: readonly OptionSpec[];
  /** Paragraphs below the options in help. */
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  run(engine: EngineApi, request: VerbRequest, sink: Sink): Promise<VerbResult>;
}

/** How a piece of text is meant; a sink with colours knows what that looks like. */
export type Tone = 'plain' | 'bad' | 'warn' | 'good' | 'faint' | 'strong' | 'name';

/** @param over  the tone of what lies behind the text; absent: nothing does */
export type Paint = (text: string, tone: Tone, over?: Tone) => string;

/** A JSON object written while its last member, a list, is still growing. */
export interface JsonList {
  item(value: unknown): void;
  end(): void;
}

/** Where a verb's answer goes. Nothing here waits; `drained` does. */
export interface Sink {
  /** Width of the screen in columns; null where there is none, and lines may be as long as they are. */
  readonly columns: number | null;
  readonly hasColours: boolean;
  readonly paint: Paint;
  /** One line of text, given without its end. */
  line(text: string): void;
  /** Text or bytes as they are. */
  write(piece: string | Uint8Array): void;
  /** A JSON value on a line of its own. */
  json(value: unknown): void;
  /** An object with the members of `head` and then the list `key`. */
  jsonList(head: Readonly<Record<string, unknown>>, key: string): JsonList;
  /** What is being done now, while nothing can be shown; null: that is over. */
  progress(text: string | null): void;
  /** Resolves when the reader has taken enough of what was written: to be awaited once per batch. */
  drained(): Promise<void>;
}

export function isSet(request: VerbRequest, option: string): boolean {
  return request.options[option] === true;
}

export function textOf(request: VerbRequest, option: string): string | undefined {
  const value = request.options[option];
  return typeof value === 'string' ? value : undefined;
}

export function countOf(request: VerbRequest, option: string): number | undefined {
  const value = request.options[option];
  return typeof value === 'number' ? value : undefined;
}
