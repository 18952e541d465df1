/**
 * Who may import whom. A room is a folder (or one file); a door stands in `workers/`.
 *
 * Tests may import everything. Nobody else may import `src/testing`: it is in no list.
 */

/** What the page is made of, below its front hall. */
const PAGE = [
  'src/base',
  'src/protocol',
  'src/bridge',
  'src/storage',
  'src/offline',
  'src/online',
  'src/assist',
  'src/state',
  'src/commands',
  'src/views',
  'src/ui',
  'types:src/engine',
];

/** Room → rooms it may import; `types:x` means only types of x. */
const ROOMS = {
  'src/base': [],
  'src/protocol': ['src/base'],
  'src/engine': ['src/base', 'types:src/protocol'],
  'src/unpackers': ['src/base', 'src/engine'],
  'src/places': ['src/base', 'src/engine', 'src/bridge'],
  'src/bridge': ['src/base', 'types:src/protocol', 'types:src/engine'],
  'src/storage': ['src/base', 'src/protocol', 'types:src/engine'],
  'src/offline': ['src/base'],
  'src/online': ['src/base', 'src/protocol'],
  'src/assist': ['src/base', 'src/protocol', 'src/online'],
  'src/state': [
    'src/base',
    'src/protocol',
    'src/bridge',
    'src/storage',
    'types:src/offline',
    'src/online',
    'src/assist',
    'types:src/engine',
  ],
  'src/commands': ['src/base', 'src/protocol', 'src/state', 'types:src/engine'],
  'src/ui': ['src/base'],
  'src/views': ['src/base', 'src/protocol', 'src/state', 'src/ui', 'types:src/engine'],
  'src/app': PAGE,
  'src/main.tsx': [...PAGE, 'src/app'],
  'src/testing': ['src'],
  workers: [
    'src/base',
    'src/engine',
    'src/unpackers',
    'src/places',
    'src/bridge',
    'src/storage',
    'src/offline',
    'src/protocol',
  ],
  cli: ['src/base', 'src/engine', 'src/unpackers', 'src/places', 'src/protocol', 'src/bridge'],
  proxy: ['src/base', 'src/engine', 'src/unpackers', 'src/protocol'],
};

/** Room → packages it may import (names, `*` at the end); rooms that are not here are free. */
const PACKAGES = {
  'src/base': [],
  'src/engine': [], // what needs a library (digests, decoders) is handed in by its door
  'src/protocol': ['valibot'],
  'src/bridge': ['comlink'],
  'src/places': ['comlink', 'hash-wasm'],
  'src/unpackers': [],
  'src/storage': ['idb', 'comlink'],
  'src/offline': [],
  workers: ['comlink', 'hash-wasm', 'workbox-*'],
};

const TESTS = '[.]test[.]tsx?$';

/** A regular expression for everything in these rooms. */
const inside = (rooms) =>
  `^(${rooms.map((room) => (room.includes('.') ? `${room.replace('.', '[.]')}$` : `${room}/`)).join('|')})`;

const roomRules = Object.entries(ROOMS).flatMap(([room, allowed]) => {
  const from = { path: inside([room]), pathNot: TESTS };
  const typesOnly = allowed.filter((other) => other.startsWith('types:')).map((other) => other.slice('types:'.length));
  const free = allowed.filter((other) => !other.startsWith('types:'));
  const reachable = inside([room, ...free, ...typesOnly]);
  const rules = [
    {
      name: `${room} may not reach there`,
      severity: 'error',
      from,
      to: { path: '^(src|workers|proxy|cli|bench|e2e|scripts)/', pathNot: reachable },
    },
  ];
  if (typesOnly.length > 0) {
    rules.push({
      name: `${room} may take only types from there`,
      severity: 'error',
      from,
      to: { path: inside(typesOnly), dependencyTypesNot: ['type-only'] },
    });
  }
  return rules;
});

const packageRules = Object.entries(PACKAGES).map(([room, packages]) => {
  const names = packages.map((name) => (name.endsWith('*') ? `${name.slice(0, -1)}[^/]*` : name)).join('|');
  return {
    name: `${room} may not use this package`,
    severity: 'error',
    from: { path: inside([room]), pathNot: TESTS },
    to: { path: 'node_modules/', pathNot: names === '' ? [] : [`node_modules/(${names})/`] },
  };
});

module.exports = {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'what the page runs knows nothing of Node',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: [TESTS, '^src/testing/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'an import leads somewhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['[.]wasm([?]|$)', '^virtual:'] },
    },
    ...roomRules,
    ...packageRules,
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'kernels/assembly' },
    tsConfig: { fileName: 'tsconfig.page.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'browser', 'default'] },
  },
};
