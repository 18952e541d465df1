/** What the commands of the app as a program do. */
import type { PageVerbs } from '../commands/page-verbs';
import type { Program } from './program';

/**
 * @param say     tells a person in the status line
 * @param onTake  takes the newer version when the work under way has ended
 */
export function createAppVerbs(program: Program, say: (text: string) => void, onTake: () => void): PageVerbs['app'] {
  const { update, installing, copy } = program;
  return {
    canInstall: installing.isOffered,
    install: () => installing.install(),
    update() {
      if (update.state() !== 'none') return onTake();
      void update.check().then((isFound) => {
        if (update.state() !== 'none') return; // it is offered already
        say(isFound ? 'A newer version is being fetched' : 'No newer version was found');
      });
    },
    canKeepOffline: () => copy.status() !== null && !copy.isWhole(),
    keepOffline() {
      void copy
        .keepAll()
        .then(() =>
          say(
            copy.isFailed() ? 'A file of Loupe could not be fetched: try again with a network' : 'All of Loupe is kept',
          ),
        );
    },
  };
}
