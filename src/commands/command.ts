/** What a command is. Keys, palette, menus, buttons and tests run the one list made of these (`all-commands.ts`). */

/** Groups in the order in which the keys' sheet and the palette show them. */
export const COMMAND_GROUPS = [
  'Move',
  'Trouble',
  'Patterns',
  'Filter',
  'Record',
  'Marks',
  'Timeline',
  'Views',
  'Sources',
  'Workspace',
  'Anywhere',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export interface Command {
  /** `noun.verb`; settings and saved keys name it so: it never changes. */
  readonly id: string;
  readonly group: CommandGroup;
  /** As the palette, the sheet and menus show it: "Next ERROR or FATAL". */
  readonly title: string;
  /** Default keys as `toKeyName` writes them; any of them will do. Empty: none, but one can be given. */
  readonly keys: readonly string[];
  /** Its keys are left to whatever has the focus, unless that is the log or nothing: arrows scroll, Enter and Space press. */
  readonly isShared?: boolean;
  /** A region (`data-region`) in which alone its keys work, before those that work everywhere. */
  readonly region?: string;
  /** Other words people look for it by. */
  readonly words?: string;
  /** Whether it can do anything now; absent: always. A command that cannot is shown, greyed. */
  readonly isAvailable?: () => boolean;
  /** Why it cannot do anything, when it cannot: "No record is selected". Absent: `reasonOf` finds one. */
  readonly reason?: string;
  /** For switches: whether it is on. */
  readonly isOn?: () => boolean;
  /** What it would do, shown before it runs: "48,225 records"; null when that says nothing more than the title. */
  readonly effect?: (signal: AbortSignal) => Promise<string | null>;
  readonly run: () => void;
}
