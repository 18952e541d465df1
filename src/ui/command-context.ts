/** The commands by their ids, for menus and buttons far from the list of commands. */
import { createContext } from 'solid-js';

export interface OfferedCommand {
  readonly title: string;
  /** As `Ctrl-G`; empty: none. */
  readonly keys: readonly string[];
  readonly isAvailable: boolean;
  readonly run: () => void;
}

/** Filled by the front hall. Null: there is no such command here. */
export const CommandContext = createContext<(id: string) => OfferedCommand | null>(() => null);
