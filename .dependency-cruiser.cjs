// The rules of the building (docs/floorplan.md): floors, doors, what may see what. test/boundaries.test.ts proves that each
// rule catches what it should.

// A room uses the doors of rooms on lower floors only. A new room gets its place here.
const floors = [
  ['people'],
  ['settings'],
  ['accounts'],
  ['stakeholders', 'products', 'documents', 'actions'],
  [
    'selection',
    'plans',
    'contracts',
    'pipeline',
    'growth',
    'activities',
    'service',
    'surveys',
    'scheduling',
    'mail',
    'usage',
    'hiring',
  ],
  ['revenue', 'health', 'reviews', 'performance', 'onboarding'],
  ['week', 'insights'],
  ['imports', 'exports', 'sample', 'search', 'connectors', 'webhooks', 'assistant'],
];

const modules = '^src/modules';
const signIn = '^src/modules/people/server/auth\\.ts$';
const anyOf = (rooms) => `(${rooms.join('|')})`;
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

/** Each room sees itself and the floors below it. */
const floorRules = floors.flatMap((rooms, floor) => {
  const below = floors.slice(0, floor).flat();
  return rooms.map((room) =>
    forbid(
      `floors-${room}`,
      `${room} is on floor ${floor}: it may use ${below.length > 0 ? below.join(', ') : 'no other room'}. What a lower room needs from a higher one, the higher one contributes.`,
      { path: `${modules}/${room}/` },
      { path: `${modules}/`, pathNot: `${modules}/${anyOf([room, ...below])}/` },
    ),
  );
});

module.exports = {
  forbidden: [
    forbid('no-cycles', 'Two files that need each other are one file, or three.', {}, { circular: true }),
    forbid('resolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),
    forbid(
      'known-rooms',
      'Give the new room a floor in .dependency-cruiser.cjs.',
      { path: `${modules}/`, pathNot: `${modules}/${anyOf(floors.flat())}/` },
      { path: '.*' },
    ),
    ...floorRules,
    forbid(
      'doors-server',
      'Another room is used through its api.ts (or a part of it, api-….ts), or from the server through its server/index.ts.',
      { path: `${modules}/([^/]+)/server/` },
      { path: `${modules}/`, pathNot: [`${modules}/$1/`, `${modules}/[^/]+/(api[a-z-]*|server/index)\\.ts$`] },
    ),
    forbid(
      'doors-web',
      'Another room is used through its api.ts (or a part of it, api-….ts), or in the browser through its web/index.ts(x).',
      { path: `${modules}/([^/]+)/web/` },
      { path: `${modules}/`, pathNot: [`${modules}/$1/`, `${modules}/[^/]+/(api[a-z-]*|web/index)\\.tsx?$`] },
    ),
    forbid(
      'api-is-pure',
      'api.ts is read by both sides: it may use zod, the contract kernel and the api.ts of lower rooms.',
      { path: `${modules}/[^/]+/api[a-z-]*\\.ts$` },
      { pathNot: ['^src/kernel/contract/', `${modules}/[^/]+/api[a-z-]*\\.ts$`, npm('zod')] },
    ),
    forbid(
      'rules-are-pure',
      'Rules compute: no input or output, no database, no HTTP.',
      { path: `${modules}/[^/]+/server/rules(\\.ts$|/)` },
      {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'local'],
        pathNot: [
          `${modules}/[^/]+/(server/rules(\\.ts$|/)|api[a-z-]*\\.ts$)`,
          `${modules}/[^/]+/server/index\\.ts$`,
          '^src/kernel/contract/',
          npm('zod', 'big\\.js', '@types/big\\.js', 'temporal-polyfill', 'temporal-spec'),
        ],
      },
    ),
    forbid(
      'web-never-sees-server',
      'The browser talks to the server through api.ts alone.',
      { path: ['^src/(ui|kernel/web|kernel/contract)/', `${modules}/[^/]+/(web/|api[a-z-]*\\.ts$)`, '^src/app/web'] },
      { path: ['/server/', npm('pg', 'kysely', 'fastify', '@fastify/[^/]+', 'better-auth', 'pino', 'pg-boss')] },
    ),
    forbid(
      'web-runs-in-a-browser',
      'No Node module reaches the browser.',
      { path: ['^src/(ui|kernel/web|kernel/contract)/', `${modules}/[^/]+/(web/|api[a-z-]*\\.ts$)`, '^src/app/web'] },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'server-never-sees-web',
      'The server knows nothing of screens.',
      { path: ['^src/kernel/server/', `${modules}/[^/]+/server/`] },
      { path: ['/web/', '^src/ui/', npm('react', 'react-dom')] },
    ),
    forbid(
      'contract-is-pure',
      'The contract kernel is shared by both sides and stands on zod alone.',
      { path: '^src/kernel/contract/' },
      {
        pathNot: [
          '^src/kernel/contract/',
          npm('zod', 'temporal-polyfill', 'temporal-spec', 'big\\.js', '@types/big\\.js'),
        ],
      },
    ),
    forbid(
      'kernel-knows-no-room',
      'The kernel carries the rooms.',
      { path: '^src/kernel/' },
      { path: ['^src/modules/', '^src/app/'] },
    ),
    forbid(
      'ui-knows-no-business',
      'The design system knows no business word.',
      { path: '^src/ui/' },
      { path: '^src/', pathNot: ['^src/ui/', '^src/kernel/contract/'] },
    ),
    forbid(
      'app-is-the-top',
      'Only app/ puts the rooms together.',
      { path: '^src/', pathNot: '^src/app/' },
      { path: '^src/app/' },
    ),
    forbid(
      'app-uses-doors',
      'Also app/ uses a room through its doors.',
      { path: '^src/app/' },
      { path: `${modules}/`, pathNot: `${modules}/[^/]+/(api[a-z-]*|server/index|web/index)\\.tsx?$` },
    ),
    forbid(
      'one-owner-of-the-pool',
      // The sign-in library brings its own data layer and needs a pool whose search_path is its own schema.
      'Rooms get their transaction from the kernel; none opens a connection.',
      { path: '^src/', pathNot: ['^src/kernel/server/', signIn] },
      {
        dependencyTypesNot: ['type-only'],
        path: npm('pg', 'pg-boss', 'pg-pool', 'pg-cursor', 'pg-copy-streams', '@types/pg'),
      },
    ),
    forbid(
      'sql-lives-in-stores',
      "A room's SQL is in its store (or in a store/ folder), and nowhere else.",
      { path: `${modules}/`, pathNot: [`${modules}/[^/]+/server/(store(\\.ts$|/)|[a-z-]+-store\\.ts$)`, signIn] },
      { dependencyTypesNot: ['type-only'], path: npm('kysely') },
    ),
    forbid('no-tests-inside', 'Product code never needs test code.', { path: '^src/' }, { path: '^(test|e2e|bench)/' }),
  ],
  options: {
    exclude: { path: ['\\.test\\.tsx?$', '^src/ui/gallery/'] },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
