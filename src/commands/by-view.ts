/** What views have to do with commands: some act on rows that must be on screen, others lead to them. */
import type { Workspace } from '../state/workspace';
import type { Command } from './command';

/** Those that act on the records on screen can do nothing while another view hides them. */
export function onRows({ view }: Workspace, commands: readonly Command[]): Command[] {
  return commands.map((command) => ({
    ...command,
    isAvailable: () => view.is('lines') && command.isAvailable?.() !== false,
  }));
}

/** Those that go to a record show the lines. */
export function toRows({ view }: Workspace, commands: readonly Command[]): Command[] {
  return commands.map((command) => ({
    ...command,
    run() {
      view.show('lines');
      command.run();
    },
  }));
}
