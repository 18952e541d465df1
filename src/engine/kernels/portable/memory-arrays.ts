/** The memory as typed arrays, made again when `grow` has detached the ones before. */

export interface Arrays {
  readonly bytes: Uint8Array;
  /** Index = pointer / 4. */
  readonly words: Uint32Array;
  /** Index = pointer / 4. */
  readonly ints: Int32Array;
}

export class MemoryArrays {
  readonly memory: WebAssembly.Memory;
  #arrays: Arrays;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.#arrays = arraysOver(memory.buffer);
  }

  /** Good until the memory grows: take them anew in every call. */
  now(): Arrays {
    if (this.#arrays.bytes.buffer !== this.memory.buffer) this.#arrays = arraysOver(this.memory.buffer);
    return this.#arrays;
  }
}

function arraysOver(buffer: ArrayBuffer): Arrays {
  return { bytes: new Uint8Array(buffer), words: new Uint32Array(buffer), ints: new Int32Array(buffer) };
}
