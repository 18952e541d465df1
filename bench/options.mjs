/** What the command line asks for. */

const DEFAULTS = { mib: 1024, rounds: 7 };
const QUICK = { mib: 128, rounds: 3 };

/**
 * @typedef {object} Options
 * @property {string[]} names   figures wanted; none: all
 * @property {number} mib       size of a corpus, MiB; the bars are meant for 1,024
 * @property {number} rounds    rounds that count, after one that does not
 * @property {boolean} withPeers  false: leave out lnav and ripgrep (for work on our own side)
 */

/**
 * @param {readonly string[]} args
 * @returns {Options}
 * @throws Error on an option that does not exist
 */
export function parseOptions(args) {
  const options = { names: /** @type {string[]} */ ([]), ...DEFAULTS, withPeers: true };
  for (const arg of args) {
    const [, name, value] = /^--(\w[\w-]*)(?:=(\d+))?$/.exec(arg) ?? [];
    if (name === undefined) options.names.push(arg);
    else if (name === 'quick' && value === undefined) Object.assign(options, QUICK);
    else if (name === 'no-peers' && value === undefined) options.withPeers = false;
    else if ((name === 'mib' || name === 'rounds') && Number(value) > 0) options[name] = Number(value);
    else throw new Error(`${arg}: not an option (--quick, --mib=1024, --rounds=7, --no-peers)`);
  }
  return options;
}
