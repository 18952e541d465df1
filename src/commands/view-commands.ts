/** Which view is shown: a command for each. */
import { VIEWS } from '../state/view';
import type { Workspace } from '../state/workspace';
import type { Command } from './command';
import type { PageVerbs } from './page-verbs';

export function viewCommands({ view, sources }: Workspace, page: PageVerbs): Command[] {
  return VIEWS.map(
    ({ id, title, key, words }): Command => ({
      id: `view.${id}`,
      group: 'Views',
      keys: [key],
      title,
      words: `view ${words}`,
      isAvailable: () => sources.list().length > 0,
      isOn: () => view.is(id),
      run() {
        view.show(id);
        page.focusView();
      },
    }),
  );
}
