/** Values that are to be the same in several windows: each topic holds what was written last, wherever that was. */
import type { Register, Stamp } from '../protocol/window-message';

export function createRegisters(window: string) {
  const held = new Map<string, Register>();
  let highest = 0;

  function next(): Stamp {
    highest += 1;
    return { count: highest, window };
  }

  return {
    /** @returns the register to be told to the others; null when the topic holds this value already */
    write(topic: string, value: unknown): Register | null {
      const known = held.get(topic);
      if (known && toKey(known.value) === toKey(value)) return null;
      const register = { topic, value, stamp: next() };
      held.set(topic, register);
      return register;
    },
    /** @returns those that are newer than what was held here, and are held now */
    receive(registers: readonly Register[]): Register[] {
      const news: Register[] = [];
      for (const register of registers) {
        highest = Math.max(highest, register.stamp.count);
        const known = held.get(register.topic);
        if (known && !isLater(register.stamp, known.stamp)) continue;
        held.set(register.topic, register);
        if (!known || toKey(known.value) !== toKey(register.value)) news.push(register);
      }
      return news;
    },
    get: (topic: string): Register | null => held.get(topic) ?? null,
    all: (): Register[] => [...held.values()],
  };
}

export type Registers = ReturnType<typeof createRegisters>;

function isLater(a: Stamp, b: Stamp): boolean {
  return a.count === b.count ? a.window > b.window : a.count > b.count;
}

/** JSON with the members of objects in order: equal for equal values, however they were made. */
function toKey(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
