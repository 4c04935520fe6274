// Who may import whom. A room of src/ that has no rule here fails the check: see `no-room-without-a-rule`.

/** What the house can do. */
const capabilities = ['resident', 'assistance', 'inquiry', 'training', 'marketplace', 'broadcast', 'staff']

/** What a file of the room may import, besides its own room; `npm` is checked for the pure rooms only. */
const rooms = {
  flow: ['language'],
  language: [],
  conversation: ['flow', 'language', 'channels/channel\\.ts', 'log\\.ts'],
  resident: ['language', 'flow/action\\.ts', 'staff/audit-trail\\.ts', 'log\\.ts'],
  /** Rows of CSV and XLSX files, whatever they hold. */
  tables: ['language', 'log\\.ts'],
  assistance: ['language', 'flow/action\\.ts', 'staff/(audit-trail|officer)\\.ts', 'tables/', 'log\\.ts'],
  inquiry: ['language', 'flow/action\\.ts', 'staff/(audit-trail|officer)\\.ts', 'log\\.ts'],
  training: [
    ...['language', 'flow/(action|limits)\\.ts', 'staff/(audit-trail|officer)\\.ts'],
    ...['attempts\\.ts', 'log\\.ts'],
  ],
  marketplace: [
    ...['language', 'flow/(action|limits)\\.ts', 'staff/(audit-trail|officer)\\.ts'],
    ...['tables/', 'attempts\\.ts', 'log\\.ts'],
  ],
  broadcast: [
    ...['language', 'flow/(action|limits)\\.ts', 'staff/(audit-trail|officer)\\.ts'],
    ...['attempts\\.ts', 'log\\.ts'],
  ],
  staff: ['language', 'flow/action\\.ts', 'log\\.ts'],
  channels: ['log\\.ts'],
  storage: ['config\\.ts', 'log\\.ts', 'channels/channel\\.ts', 'channels/whatsapp-store\\.ts'],
  jobs: ['conversation', ...capabilities, 'storage', 'log\\.ts'],
  web: [
    ...['conversation', ...capabilities, 'storage', 'language', 'tables/'],
    ...['channels/channel\\.ts', 'log\\.ts'],
  ],
  cli: [
    ...['conversation', ...capabilities, 'storage', 'language', 'tables/', 'flow', 'channels'],
    ...['services', 'app[a-z-]*\\.ts', 'config\\.ts', 'log\\.ts'],
  ],
  /** The top of the house: what runs, built of everything. */
  services: ['.*'],
}

/** In a capability only the stores touch the database; every other file may name its types. */
const touching = [...capabilities, 'conversation'].join('|')
const pureLibraries = { flow: ['zod', 'yaml'], language: ['zod', 'yaml', 'libphonenumber-js'] }

const roomRules = Object.entries(rooms).map(([room, others]) => ({
  name: `${room}-imports-only-what-it-may`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: [
      `^src/${room}/`,
      ...others.map((other) => `^src/${other}`),
      '^src/storage/(database|keyring|read-together|transact)\\.ts$',
    ],
  },
}))

const pureRules = Object.entries(pureLibraries).map(([room, libraries]) => ({
  name: `${room}-is-pure`,
  comment: 'No I/O, no clock, no random: nothing of Node, and few libraries.',
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'],
    pathNot: libraries.map((library) => `node_modules/${library}/`),
  },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycle', comment: 'Not even of types.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-room-without-a-rule',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(rooms).join('|')})/` },
      to: {},
    },
    {
      name: 'only-stores-touch-the-database',
      severity: 'error',
      from: { path: `^src/(${touching})/`, pathNot: 'store[^/]*[.]ts$|/purge[.]ts$' },
      to: { path: '^src/storage/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-rooms-know-no-storage',
      severity: 'error',
      from: { path: '^src/(flow|language|channels)/' },
      to: { path: '^src/storage/' },
    },
    {
      name: 'only-storage-knows-the-generated-client',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: '^src/storage/generated/' },
    },
    {
      name: 'only-the-top-builds-parts',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|app[a-z-]*)\\.ts$|^src/(cli|services)/' },
      to: { path: '^src/app[a-z-]*\\.ts$|^src/services/' },
    },
    {
      name: 'src-knows-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...roomRules,
    ...pureRules,
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/storage/generated'] },
    exclude: { path: '^src/storage/generated/(internal|models|commonInputTypes|browser|enums)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
