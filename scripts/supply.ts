import { z } from 'zod'

const specs = z.record(z.string(), z.string()).default({})
const groups = { dependencies: specs, devDependencies: specs, optionalDependencies: specs }

const manifestShape = z.object({ ...groups, overrides: z.record(z.string(), z.unknown()).default({}) })

const entryShape = z.object({
  ...groups,
  peerDependencies: specs,
  /** Only where it differs from the folder's name: one package under the name of another. */
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().default(false),
})
const lockShape = z.object({ packages: z.record(z.string(), entryShape) })

type Entry = z.infer<typeof entryShape>
type Specs = Readonly<Record<string, string>>

/**
 * Programs that hold the keys of the city's account: another version of them is a decision, not an update. All may be left out:
 * the bot runs without them.
 */
const pinned: Specs = { '@whiskeysockets/baileys': '7.0.0-rc14' }
/** The only packages that may be called so. */
const genuine: readonly string[] = [
  '@whiskeysockets/baileys',
  'libsignal',
  'whatsapp-rust-bridge',
  'grammy',
  'prisma',
]
/** Copies of these that steal sessions were published under names with these words in them, or near to theirs. */
const telling = /bailey|libsignal|whatsapp/i
const imitated: readonly string[] = ['@whiskeysockets/baileys', 'libsignal', 'grammy', 'prisma']
const nearness = 2
/** Near to a name, and honest: `grammex` reads grammars. */
const unrelated: readonly string[] = ['grammex']

const registry = 'registry.npmjs.org'
const exactVersion = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/
/** What is no version: `git+ssh://…`, `file:…`, `owner/repository`, `../folder`, `package.tgz`. */
const elsewhere = /^(?!npm:).*[:/\\]|^\.|\.t(?:ar|gz|ar\.gz)$/i

/**
 * What is wrong with where the program's packages come from, a line each; none when all is well. Takes the content of
 * package.json and of package-lock.json; throws on anything else.
 */
export function checkSupply(manifest: unknown, lock: unknown): readonly string[] {
  const direct = manifestShape.parse(manifest)
  const { packages } = lockShape.parse(lock)
  const installed = Object.entries(packages).filter(([path]) => path !== '')
  const problems = [
    ...checkPins(direct, packages),
    ...checkExactness(direct),
    ...findSpecs('package.json', direct).flatMap(checkSpec),
    ...Object.entries(packages).flatMap(([path, entry]) =>
      findSpecs(`package-lock.json: ${path || 'the root'}`, entry).flatMap(checkSpec),
    ),
    ...installed.flatMap(([path, entry]) => checkEntry(path, entry)),
  ]
  return [...new Set(problems)]
}

type Manifest = z.infer<typeof manifestShape>

function checkPins(direct: Manifest, packages: Readonly<Record<string, Entry>>): readonly string[] {
  const root = packages['']
  const entries = Object.entries(packages)
  return Object.entries(pinned).flatMap(([name, version]) => {
    const locked = entries.filter(([path, entry]) => nameOf(path, entry) === name)
    const told: readonly (readonly [where: string, version: string | undefined])[] = [
      ['package.json asks for % among the optional', direct.optionalDependencies[name]],
      ['package-lock.json asks for % among the optional', root?.optionalDependencies[name]],
      ...locked.map(([path, entry]) => [`${path} is %`, entry.version] as const),
      ...(locked.length === 0 ? [['package-lock.json has %', undefined] as const] : []),
    ]
    return told
      .filter(([, given]) => given !== version)
      .map(
        ([where, given = 'none']) => `${name} must be ${version} exactly: ${where.replace('%', () => given)}`,
      )
  })
}

function checkExactness(direct: Manifest): readonly string[] {
  return allOf(direct)
    .filter(([, spec]) => !exactVersion.test(spec))
    .map(([name, spec]) => `package.json: ${name} is ${spec}, which is no exact version`)
}

function checkEntry(path: string, entry: Entry): readonly string[] {
  const problems: string[] = []
  if (entry.link) problems.push(`${path} is a link to files, not a package`)
  else if (!/^sha512-[0-9A-Za-z+/]{86}==$/.test(entry.integrity ?? ''))
    problems.push(`${path} has no sha512 integrity`)
  if (entry.resolved !== undefined && !isFromRegistry(entry.resolved))
    problems.push(`${path} comes from ${entry.resolved}, not from ${registry}`)
  const folder = folderOf(path)
  if (entry.name !== undefined && entry.name !== folder) problems.push(`${path} is really ${entry.name}`)
  for (const name of new Set([folder, nameOf(path, entry)])) {
    const like = likenessOf(name)
    if (like !== undefined) problems.push(`${path}: ${name} ${like}`)
  }
  return problems
}

/** Why a name gives rise to suspicion; undefined for an honest one. */
function likenessOf(name: string): string | undefined {
  if (genuine.includes(name) || unrelated.includes(name)) return undefined
  const near = imitated.find((known) => distance(name.toLowerCase(), known) <= nearness)
  if (near !== undefined) return `looks like ${near}, and is not`
  return telling.test(name) ? 'has a name that only the packages known here may have' : undefined
}

type Asked = readonly [where: string, name: string, spec: string]

/** Everything that is asked for by somebody. */
function findSpecs(where: string, entry: Partial<Entry> & Partial<Manifest>): readonly Asked[] {
  const peers = Object.entries(entry.peerDependencies ?? {})
  const asked = [...peers, ...allOf(entry), ...flatten(entry.overrides ?? {})]
  return asked.map(([name, spec]) => [where, name, spec])
}

function flatten(overrides: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(overrides).flatMap(([name, value]) => {
    if (typeof value === 'string') return [[name, value] as const]
    const nested = z.record(z.string(), z.unknown()).safeParse(value)
    return nested.success ? flatten(nested.data) : []
  })
}

function checkSpec([where, name, spec]: Asked): readonly string[] {
  if (elsewhere.test(spec)) return [`${where}: ${name} comes from ${spec}, not from ${registry}`]
  const alias = /^npm:(.+?)(?:@[^@/]*)?$/.exec(spec)?.[1]
  const like = alias === undefined ? undefined : likenessOf(alias)
  return like === undefined ? [] : [`${where}: ${name} is really ${alias}, which ${like}`]
}

/** Each with its version, and twice what stands in two groups: one must not hide the other. */
function allOf({
  dependencies = {},
  devDependencies = {},
  optionalDependencies = {},
}: Partial<Manifest>): readonly (readonly [name: string, spec: string])[] {
  return [dependencies, devDependencies, optionalDependencies].flatMap((group) => Object.entries(group))
}

function folderOf(path: string): string {
  return path.split('node_modules/').at(-1) ?? path
}

function nameOf(path: string, { name }: Entry): string {
  return name ?? folderOf(path)
}

function isFromRegistry(resolved: string): boolean {
  return URL.canParse(resolved) && new URL(resolved).origin === `https://${registry}`
}

/** How many letters must be changed, added or left out to make one word of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [at, wanted] of [...other].entries()) {
      const replaced = (row[at] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
