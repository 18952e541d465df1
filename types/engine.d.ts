// The few globals that exist in every place the engine runs: page, worker, Node.
// The engine is compiled with no DOM and no WebWorker library, so reaching for `document` or `postMessage` is a
// type error. Add to this list only what all three have, and only in a shape that fits lib.dom too: the same files
// are compiled again as part of the page and of the workers.

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  decode(input?: Uint8Array | ArrayBuffer, options?: { stream?: boolean }): string;
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}

declare namespace WebAssembly {
  /** Opaque: compiled once, posted to every door. */
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer);
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
    /** @param delta pages of 64 KiB; earlier views of `buffer` are detached @returns the size before, in pages */
    grow(delta: number): number;
  }
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  const Instance: { new (module: Module, imports?: Record<string, Record<string, Memory>>): Instance };
  const Memory: { new (descriptor: { initial: number; maximum?: number }): Memory };
  /** Whether this place could compile it. */
  function validate(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): boolean;
  function compile(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): Promise<Module>;
  function instantiate(module: Module, imports?: Record<string, Record<string, Memory>>): Promise<Instance>;
}

/** What a `File` is everywhere; the engine never makes one, it is handed in. */
interface Blob {
  readonly size: number;
  readonly type: string;
  slice(start?: number, end?: number, contentType?: string): Blob;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}

interface File extends Blob {
  readonly name: string;
  /** EpochMs */
  readonly lastModified: number;
}

interface AbortSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}

declare const performance: { now(): number };

/** What a timer's id is differs by place: write `ReturnType<typeof setTimeout>`. */
interface TimerId {
  readonly timer: never;
}
declare function setTimeout(run: () => void, ms?: number): TimerId;
declare function clearTimeout(timer: TimerId | undefined): void;
declare function queueMicrotask(run: () => void): void;
declare function structuredClone<T>(value: T): T;
