import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkSupply } from '../scripts/supply.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

const integrity = `sha512-${'A'.repeat(86)}==`
const baileys = '@whiskeysockets/baileys'
const entry = { version: '1.0.0', integrity }

interface Change {
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly root?: Readonly<Record<string, unknown>>
  readonly packages?: Readonly<Record<string, unknown>>
}

/** What is wrong with an honest program after a change. */
function check({ manifest = {}, root = {}, packages = {} }: Change): readonly string[] {
  const asked = { dependencies: { grammy: '1.46.0' }, optionalDependencies: { [baileys]: '7.0.0-rc14' } }
  return checkSupply(
    { name: 'lopo', ...asked, ...manifest },
    {
      lockfileVersion: 3,
      packages: {
        '': { name: 'lopo', ...asked, ...root },
        'node_modules/grammy': {
          version: '1.46.0',
          integrity,
          resolved: 'https://registry.npmjs.org/grammy',
        },
        [`node_modules/${baileys}`]: { version: '7.0.0-rc14', integrity },
        'node_modules/libsignal': { version: '6.0.0', integrity },
        ...packages,
      },
    },
  )
}

const add = (name: string, change: Readonly<Record<string, unknown>> = {}) =>
  check({ packages: { [`node_modules/${name}`]: { ...entry, ...change } } })

describe('checkSupply', () => {
  it('finds nothing wrong with this program', () => {
    expect(checkSupply(read('package.json'), read('package-lock.json'))).toEqual([])
  })

  it('finds nothing wrong with an honest one', () => {
    expect(check({})).toEqual([])
    expect(add('pino', { dependencies: { 'atomic-sleep': '^1.0.0 || >= 2 <3', x: 'npm:y@^2.0.0' } })).toEqual(
      [],
    )
  })

  it.each<[string, Change]>([
    [
      'package.json asks for 7.0.0-rc15 among the optional',
      { manifest: { optionalDependencies: { [baileys]: '7.0.0-rc15' } } },
    ],
    ['package.json asks for none among the optional', { manifest: { optionalDependencies: {} } }],
    [
      'package-lock.json asks for 7.0.0-rc13 among the optional',
      { root: { optionalDependencies: { [baileys]: '7.0.0-rc13' } } },
    ],
    [
      `node_modules/${baileys} is 6.17.16`,
      { packages: { [`node_modules/${baileys}`]: { version: '6.17.16', integrity } } },
    ],
    [
      `node_modules/x/node_modules/${baileys} is 6.7.0`,
      { packages: { [`node_modules/x/node_modules/${baileys}`]: { version: '6.7.0', integrity } } },
    ],
  ])('wants Baileys at its pinned version: %s', (where, change) => {
    expect(check(change)).toEqual([`${baileys} must be 7.0.0-rc14 exactly: ${where}`])
  })

  it.each(['dependencies', 'devDependencies'])(
    'wants Baileys to be one that may be left out, not of %s',
    (group) => {
      const asked = { [group]: { [baileys]: '7.0.0-rc14' }, optionalDependencies: {} }
      expect(check({ manifest: asked, root: asked })).toEqual([
        `${baileys} must be 7.0.0-rc14 exactly: package.json asks for none among the optional`,
        `${baileys} must be 7.0.0-rc14 exactly: package-lock.json asks for none among the optional`,
      ])
    },
  )

  it('wants Baileys in the lock', () => {
    const { packages } = { packages: { '': { optionalDependencies: { [baileys]: '7.0.0-rc14' } } } }
    expect(checkSupply(packages[''], { packages })).toEqual([
      `${baileys} must be 7.0.0-rc14 exactly: package-lock.json has none`,
    ])
  })

  it.each([[undefined], ['sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA='], ['sha512-short=='], [`${integrity} sha1-A`]])(
    'wants a whole sha512 of every package, not %j',
    (given) => {
      expect(add('pino', { integrity: given })).toEqual(['node_modules/pino has no sha512 integrity'])
    },
  )

  it.each([
    ['whiskeysockets-baileys', `looks like ${baileys}`],
    ['baileys', 'has a name'],
    ['@itsmine/BAILEYS-pro', 'has a name'],
    ['bailey', 'has a name'],
    ['@whiskeysocket/baileys', `looks like ${baileys}`],
    ['@whiskysockets/baileys', `looks like ${baileys}`],
    ['libsignal-node', 'has a name'],
    ['@whiskeysockets/libsignal-node', 'has a name'],
    ['lib-signal', 'looks like libsignal'],
    ['libsignai', 'looks like libsignal'],
    ['whatsapp-web.js', 'has a name'],
    ['gramy', 'looks like grammy'],
    ['grammys', 'looks like grammy'],
    ['prizma', 'looks like prisma'],
    ['prismas', 'looks like prisma'],
    ['PRISMA', 'looks like prisma'],
  ])('knows %s for a look-alike', (name, why) => {
    const [problem, ...others] = add(name)
    expect(problem).toContain(`node_modules/${name}: ${name} ${why}`)
    expect(others).toEqual([])
  })

  it.each(['prisma', '@prisma/client', 'prism-media', 'grammex', 'whatsapp-rust-bridge'])(
    'takes %s for what it says it is',
    (name) => {
      expect(add(name)).toEqual([])
    },
  )

  it('knows a look-alike deep in the tree', () => {
    expect(add('x/node_modules/libsignal-node')).toHaveLength(1)
  })

  it('knows one package under the name of another', () => {
    expect(add('signal', { name: 'lotusbail' })).toEqual(['node_modules/signal is really lotusbail'])
    expect(add('libsignal', { name: '@else/libsignal' })).toHaveLength(2)
    expect(add('pino', { dependencies: { signal: 'npm:baileys@6' } })).toEqual([
      'package-lock.json: node_modules/pino: signal is really baileys, which has a name that only the packages known here may have',
    ])
  })

  it.each([
    'git+ssh://git@github.com/x/libsignal-node.git',
    'git://github.com/x/y',
    'github:x/y',
    'x/y#main',
    'https://contoh.id/y.tgz',
    'http://contoh.id/y',
    'file:../y',
    '../y',
    './y',
    'y.tgz',
  ])('refuses what comes from %s', (spec) => {
    const problem = `y comes from ${spec}, not from registry.npmjs.org`
    const asked = { dependencies: { grammy: '1.46.0', y: spec } }
    expect(check({ manifest: asked })).toContain(`package.json: ${problem}`)
    expect(check({ manifest: { overrides: { x: { y: spec } } } })).toEqual([`package.json: ${problem}`])
    expect(check({ root: asked })).toEqual([`package-lock.json: the root: ${problem}`])
    for (const group of ['dependencies', 'optionalDependencies', 'peerDependencies']) {
      expect(add('pino', { [group]: { y: spec } })).toEqual([
        `package-lock.json: node_modules/pino: ${problem}`,
      ])
    }
  })

  it.each(['^1.46.0', '~1.46.0', '1.46', '1.x', '*', 'latest', '>=1.46.0', '1.46.0 || 2.0.0', ''])(
    'wants an exact version of what the program itself asks for, not %j',
    (spec) => {
      for (const group of ['dependencies', 'devDependencies']) {
        const change = { manifest: { dependencies: {}, [group]: { grammy: spec } } }
        expect(check(change)).toEqual([`package.json: grammy is ${spec}, which is no exact version`])
      }
    },
  )

  it('sees what is asked for twice', () => {
    const twice = { dependencies: { grammy: '^1.46.0' }, devDependencies: { grammy: '1.46.0' } }
    expect(check({ manifest: twice })).toEqual(['package.json: grammy is ^1.46.0, which is no exact version'])
    const hidden = { peerDependencies: { y: 'github:x/y' }, dependencies: { y: '^1.0.0' } }
    expect(add('pino', hidden)).toEqual([
      'package-lock.json: node_modules/pino: y comes from github:x/y, not from registry.npmjs.org',
    ])
  })

  it.each([
    'https://registry.contoh.id/pino',
    'http://registry.npmjs.org/pino',
    'https://registry.npmjs.org.contoh.id/pino',
    'git+ssh://git@github.com/x/y',
    'file:../pino',
    'elsewhere',
  ])('refuses what was fetched from %s', (resolved) => {
    expect(add('pino', { resolved })).toEqual([
      `node_modules/pino comes from ${resolved}, not from registry.npmjs.org`,
    ])
  })

  it('refuses links to files', () => {
    const link = { resolved: 'https://registry.npmjs.org/x', link: true }
    expect(check({ packages: { 'node_modules/x': link } })).toEqual([
      'node_modules/x is a link to files, not a package',
    ])
  })

  it('refuses what is no lock', () => {
    expect(() => checkSupply({}, {})).toThrow()
  })
})
