import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newKeyEntry } from '../src/storage/keyring.ts'
import { startLopo } from './support/lopo-process.ts'
import { createTestDatabase, type TestDatabase } from './support/test-database.ts'
import { typeLopo } from './support/typed-lopo.ts'

let database: TestDatabase
let folder: string
let settings: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-cli-'))
  settings = {
    LOPO_DATA_DIR: folder,
    DATABASE_URL: database.url,
    LOPO_KEYS: newKeyEntry(),
    LOPO_DEMO: 'no',
    PORT: '0',
  }
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const run = (args: readonly string[], options: { stdin?: string; settings?: Record<string, string> } = {}) =>
  typeLopo(args, { ...settings, ...options.settings }, options.stdin)

const linesOf = (text: string) => text.trim().split('\n')

describe('lopo', () => {
  it('lists its commands, and fails on one it does not have', async () => {
    const help = startLopo(['help'], settings)
    expect(await help.ended()).toBe(0)
    expect(help.out()).toContain('lopo import assistance FILE')
    const unknown = await run(['terbang'])
    expect(unknown.code).toBe(1)
    expect(unknown.all).toContain('there is no command "terbang"')
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each([
    [['import'], 'what to import is missing'],
    [['import', 'assistance'], 'the file is missing'],
    [['import', 'assistance', 'a.csv'], '--list, the kind of list, is missing'],
    [['import', 'assistance', 'a.csv', '--list', 'p3ke'], '--as-of, the day the list describes, is missing'],
    [['import', '--lsit', 'p3ke'], "unknown option '--lsit'"],
    [['db', 'backup'], 'the file is missing'],
    [['db', 'vacuum'], 'db cannot vacuum'],
    [['lists', 'back'], 'the kind of list is missing'],
    [['inquiries', 'answer'], 'the number is missing'],
    [['claim-code', 'issue', '--nik-stdin'], '--list, the kind of list, is missing'],
    [['demo', 'write'], '--dir, the folder to write to, is missing'],
    [['keys'], 'what to do is missing'],
    [['flows', 'fly'], 'flows cannot fly'],
    [['understand', 'cek bansos'], 'read from standard input'],
  ])('says what is wrong with %j, and how it is written', async (args, what) => {
    const { code, out, all } = await run(args)
    expect([code, out]).toEqual([1, ''])
    expect(all).toContain(what)
    for (const line of linesOf(all)) expect(line).toMatch(/^lopo\b/)
  })

  it('repeats no number of a person that was typed in a wrong place', async () => {
    for (const args of [
      ['claim-code', '5399012305730001'],
      ['lists', '5399012305730001'],
    ]) {
      expect((await run(args)).all).not.toContain('5399012305730001')
    }
  })

  it('stops at wrong settings and lists them all', async () => {
    const { code, all } = await run(['chat'], {
      settings: { PORT: 'x', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' },
    })
    expect(code).toBe(1)
    for (const name of ['PORT', 'DATABASE_URL', 'LOG_LEVEL']) expect(all).toContain(name)
    expect(all).not.toContain('    at ')
  })

  it('says in one line that the database cannot be reached', async () => {
    const { code, all } = await run(['chat'], {
      settings: { DATABASE_URL: 'postgresql://lopo:secret@127.0.0.1:1/lopo' },
    })
    expect(code).toBe(1)
    expect(linesOf(all)).toHaveLength(1)
    expect(all).not.toContain('secret')
  })
})

describe('lopo chat', () => {
  it('answers each line with one object, and nothing else on standard output', async () => {
    const lopo = startLopo(['chat', '--json', '--as', 'ina'], settings, 'menu\n1\n')
    expect(await lopo.ended()).toBe(0)
    const [first, second] = linesOf(lopo.out()).map((line) => JSON.parse(line))
    expect(Object.keys(first)).toEqual(['in', 'out', 'flow', 'step'])
    expect(first).toMatchObject({ in: 'menu', flow: 'menu', step: 'start' })
    expect(first.out.at(-1).options[0]).toBe('Cek status bantuan sosial')
    expect(second).toMatchObject({ in: '1', flow: 'bansos', step: 'not_loaded' })
  })

  it('goes on where the person stood, and tells people apart', async () => {
    await run(['chat', '--as', 'ama'], { stdin: 'petugas\n' })
    const again = await run(['chat', '--json', '--as', 'ama'], { stdin: 'Tolong saya\n' })
    expect(again.out).toContain('sudah kami catat')
    const other = await run(['chat', '--json', '--as', 'nona'], { stdin: 'Tolong saya\n' })
    expect(other.out).not.toContain('sudah kami catat')
  })
})

describe('lopo understand', () => {
  it('tells the intent of each line', async () => {
    const { out } = await run(['understand', '--json'], { stdin: 'cek bansos\nSTOP\n' })
    const [first, second] = linesOf(out).map((line) => JSON.parse(line))
    expect(first).toMatchObject({ text: 'cek bansos', intent: 'cek_bansos', score: expect.any(Number) })
    expect(Array.isArray(first.alternatives)).toBe(true)
    expect(second).toMatchObject({ intent: 'berhenti', score: 1 })
  })
})

describe('lopo flows', () => {
  it('checks, draws and counts who stands where', async () => {
    expect((await run(['flows', 'check', '--json'])).out.trim()).toBe('[]')
    expect((await run(['flows', 'draw', 'bansos'])).out).toContain('flowchart')
    const standing = JSON.parse((await run(['flows', 'publish', '--dry-run', '--json'])).out)
    expect(standing).toContainEqual({ step: 'menu/start', people: expect.any(Number), goesOn: true })
  })
})

describe('lopo import', () => {
  const csv = `id_keluarga_p3ke;nama;nik;tanggal_lahir;desa_kelurahan;penerima_pkh
K1;WARGA CONTOH SATU;5399012305730001;23/05/1973;Namosain;YA
K2;WARGA CONTOH DUA;5.39901E+15;01/01/1990;Liliba;YA
`
  const importing = async (name: string, content: string, ...more: string[]) => {
    const file = path.join(folder, name)
    await writeFile(file, content)
    return run(['import', 'assistance', file, '--list', 'p3ke', '--as-of', '2026-01-01', '--json', ...more])
  }

  it('prints what a dry run would do, and then does it', async () => {
    const dry = JSON.parse((await importing('a.csv', csv, '--dry-run')).out)
    expect(dry).toMatchObject({ rows: 2, accepted: 1, quarantined: 1, active: false })
    const done = JSON.parse((await importing('a.csv', csv)).out)
    expect(Object.keys(done)).toEqual(['rows', 'accepted', 'quarantined', 'reasons', 'version', 'active'])
    expect(done).toMatchObject({
      accepted: 1,
      active: true,
      version: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const [report] = await readdir(path.join(folder, 'reports'))
    expect(await readFile(path.join(folder, 'reports', report!), 'utf8')).not.toContain('5.39901E+15')
  })

  it('writes a mapping file for a layout that it does not know', async () => {
    const { code, all } = await importing('b.csv', 'satu;dua;tiga\n1;2;3\n')
    expect(code).toBe(1)
    expect(all).toContain('mapping-p3ke.yaml')
    expect(await readdir(path.join(folder, 'reports'))).toContain('mapping-p3ke.yaml')
  })

  it('refuses a kind of list that nobody has loaded, unless it is said to be new', async () => {
    const typo = (...more: string[]) => importing('c.csv', csv, '--list', 'p3kee', '--dry-run', ...more)
    const refused = await typo()
    expect(refused.code).toBe(1)
    expect(refused.all).toContain('no list p3kee is known')
    expect((await typo('--new-list')).code).toBe(0)
  })

  it('refuses a list of a day to come', async () => {
    const { code, all } = await importing('c.csv', csv, '--as-of', '2999-01-01')
    expect(code).toBe(1)
    expect(all).toContain('--as-of is after today')
  })

  it('stops at Ctrl-C with nothing left, and the list before in force', async () => {
    await importing('a.csv', csv)
    const pipe = path.join(folder, 'slow.csv')
    const rows = Array.from(
      { length: 300_000 },
      (_, at) => `K${at};WARGA;539901230573${1000 + (at % 8999)};;;YA`,
    )
    await writeFile(pipe, `${csv}${rows.join('\n')}\n`)
    const lopo = startLopo(
      ['import', 'assistance', pipe, '--list', 'p3ke', '--as-of', '2026-01-02'],
      settings,
    )
    const loading = { where: { kind: 'p3ke', state: 'loading' } }
    await vi.waitFor(async () => expect(await database.prisma.assistanceList.count(loading)).toBe(1), 20_000)
    expect(await lopo.end('SIGINT')).toBe(130)
    expect(lopo.output()).toContain('Stopped: the list before stays in force.')
    expect(await database.prisma.assistanceList.count(loading)).toBe(0)
    const active = await database.prisma.activeList.findUniqueOrThrow({
      where: { kind: 'p3ke' },
      include: { list: true },
    })
    expect(active.list.asOf).toEqual(new Date('2026-01-01'))
    expect(await database.prisma.listedPerson.count({ where: { listId: { not: active.listId } } })).toBe(
      active.previousId === null ? 0 : 1,
    )
  })

  it('says in one line that a file is not there', async () => {
    const missing = await run([
      'import',
      'assistance',
      '/tidak/ada.csv',
      '--list',
      'p3ke',
      '--as-of',
      '2026-01-01',
    ])
    expect(missing.code).toBe(1)
    expect(linesOf(missing.all)).toHaveLength(1)
  })
})

describe('lopo lists', () => {
  it('never goes back from a real list to a synthetic one', async () => {
    const active = await database.prisma.activeList.findUniqueOrThrow({ where: { kind: 'p3ke' } })
    const id = active.previousId ?? active.listId
    await database.prisma.assistanceList.update({ where: { id }, data: { demo: true } })
    await database.prisma.assistanceList.update({ where: { id: active.listId }, data: { demo: false } })
    const { code, all } = await run(['lists', 'back', 'p3ke'])
    expect(code).toBe(1)
    expect(all).toContain('a real list stays in force')
  })
})

describe('lopo chat with a list', () => {
  it('says once that the private page needs a server, unless one is named', async () => {
    const stdin = 'cek bansos\nLewat halaman pribadi, dengan NIK\nMinta tautan baru\n'
    const hint = 'the private page needs a running server'
    const alone = await run(['chat', '--as', 'sari'], { stdin })
    expect(alone.out.split('/cek/')).toHaveLength(3)
    expect(alone.all.split(hint)).toHaveLength(2)
    expect(alone.out).not.toContain(hint)
    const served = await run(['chat', '--as', 'tina'], {
      stdin,
      settings: { PUBLIC_URL: 'https://lopo.example' },
    })
    expect(served.out).toContain('https://lopo.example/cek/')
    expect(served.all).not.toContain(hint)
  })
})

describe('lopo db backup', () => {
  it('writes over no file unless told to', async () => {
    const file = path.join(folder, 'backup.lopo')
    expect((await run(['db', 'backup', file])).code).toBe(0)
    const before = await readFile(file)
    const refused = await run(['db', 'backup', file])
    expect([refused.code, refused.all]).toEqual([1, expect.stringContaining('is there already')])
    expect(await readFile(file)).toEqual(before)
    expect((await run(['db', 'backup', file, '--force'])).code).toBe(0)
  })
})

describe('lopo start', () => {
  it('ends with 0 on SIGTERM and on Ctrl-C', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const lopo = startLopo(['start'], settings)
      await lopo.until(/Telegram is off/)
      expect(await lopo.end(signal)).toBe(0)
    }
  })

  it('says in one line that the port is taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    const lopo = startLopo(['start'], { ...settings, PORT: port })
    expect(await lopo.ended()).toBe(1)
    const all = lopo.output()
    expect(all).toContain(`Port ${port} is taken`)
    expect(all).not.toContain('    at ')
    server.close()
  })
})
