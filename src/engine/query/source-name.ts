/** Names of sources in filters: exact, or a glob with * and ?; upper and lower case are the same. */
export function matchesSourceName(wanted: string, name: string): boolean {
  const pattern = wanted
    .replace(/[\\^$.+()[\]{}|/]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  const glob = new RegExp(`^${pattern}$`, 'isu');
  return glob.test(name) || glob.test(name.slice(name.lastIndexOf('/') + 1));
}
