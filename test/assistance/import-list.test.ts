import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIssueClaimCode } from '../../src/assistance/claim-code.ts'
import { readMapping } from '../../src/assistance/mapping-file.ts'
import { createClaimCodeStore } from '../../src/assistance/store-claim-code.ts'
import { createListStore } from '../../src/assistance/store-list.ts'
import { createSwitchBack } from '../../src/assistance/switch-back.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import {
  type AssistanceWorld,
  createAssistanceWorld,
  individuCsv,
  recipient,
  recorded,
  relative,
} from '../support/assistance-world.ts'
import { xlsxFile } from '../support/xlsx.ts'

let world: AssistanceWorld
beforeEach(async () => {
  world = await createAssistanceWorld()
})
afterEach(() => world.close())

const request = { kind: 'p3ke', title: 'P3KE', asOf: '2023-02-01', by: 'petugas' }
const active = async () =>
  (await world.database.prisma.activeList.findUnique({ where: { kind: 'p3ke' } }))?.listId

describe('createImportList', () => {
  it('loads a list, puts it in force, and keeps only what the check needs', async () => {
    const report = await world.load([recipient, relative, recorded])
    expect(report).toMatchObject({ rows: 3, accepted: 3, quarantined: 0, reasons: {}, active: true })
    expect(await active()).toBe(report.version)
    const list = await world.database.prisma.assistanceList.findUniqueOrThrow({
      where: { id: report.version! },
    })
    expect(list).toMatchObject({
      state: 'ready',
      programmes: ['pkh', 'sembako'],
      accepted: 3,
      importedBy: 'petugas',
    })
    const [first] = await world.database.prisma.listedPerson.findMany({ orderBy: { id: 'asc' } })
    expect(first).toMatchObject({
      kelurahan: '53.71.03.1014',
      programmes: ['pkh'],
      birthDate: new Date('1980-08-17'),
    })
    expect(world.keyring.open(first!.name)).toBe('WARGA CONTOH SATU')
    expect(Buffer.from(first!.nikHash)).toEqual(Buffer.from(world.keyring.hash('nik', recipient.nik)))
  })

  it('reads the same list from XLSX', async () => {
    const [head = '', ...lines] = individuCsv([recipient, relative]).split('\n')
    const file = await world.file('list.xlsx', xlsxFile([head, ...lines].map((line) => line.split(','))))
    const outcome = await world.importer()({ ...request, file })
    expect(outcome).toMatchObject({ type: 'imported', report: { accepted: 2, quarantined: 0 } })
  })

  it('sets rows aside in a report that gives no number away, and stops nobody else', async () => {
    const bad = [
      { ...relative, nik: '539901170880001' },
      { ...relative, nik: recipient.nik },
      { ...relative, kelurahan: '=HYPERLINK("x")' },
    ]
    const report = await world.load([recipient, ...bad, recorded])
    expect(report).toMatchObject({
      rows: 5,
      accepted: 2,
      quarantined: 3,
      reasons: { 'nik.length': 1, 'nik.duplicate': 1, 'kelurahan.unknown': 1 },
    })
    const text = await readFile(report.reportFile!, 'utf8')
    expect((await stat(report.reportFile!)).mode & 0o777).toBe(0o600)
    const lines = text.trim().split('\r\n')
    expect(lines.map((line) => line.split(',').slice(0, 3))).toEqual([
      ['row', 'column', 'reason'],
      ['3', 'nik', 'nik.length'],
      ['4', 'nik', 'nik.duplicate'],
      ['5', 'desa_kelurahan', 'kelurahan.unknown'],
    ])
    expect(text).not.toMatch(/\d{5,}(?!\*)\d/)
    expect(text).not.toMatch(/(^|,|")=/m)
  })

  it('counts and reports in a dry run, and loads nothing', async () => {
    const file = await world.file('list.csv', individuCsv([recipient, { ...recorded, nik: '1' }]))
    const outcome = await world.importer()({ ...request, file, dryRun: true })
    expect(outcome).toMatchObject({
      type: 'dry_run',
      report: { rows: 2, accepted: 1, quarantined: 1, version: null, active: false },
    })
    expect(await world.database.prisma.assistanceList.count()).toBe(0)
  })

  it('writes a mapping file for an unknown layout, and reads the file by it', async () => {
    const csv = individuCsv([recipient]).replace('desa_kelurahan', 'wilayah').replace('penerima_pkh', 'dapat')
    const file = await world.file('list.csv', csv)
    const outcome = await world.importer()({ ...request, file })
    if (outcome.type !== 'unknown_layout') throw new Error(outcome.type)
    expect(outcome.missing).toEqual(['kelurahan'])
    const words = await readFile(outcome.mappingFile, 'utf8')
    expect(words).toContain('#   wilayah')
    const filled = words.replace('kelurahan: null', 'kelurahan: wilayah').replace('pkh: null', 'pkh: dapat')
    const mapping = await readMapping(await world.file('mapping.yaml', filled))
    expect(await world.importer()({ ...request, file, mapping })).toMatchObject({ type: 'imported' })
    expect((await world.database.prisma.listedPerson.findFirstOrThrow()).programmes).toEqual(['pkh'])
  })

  it('keeps the version before when no row can be trusted', async () => {
    const before = await world.load([recipient])
    const file = await world.file('bad.csv', individuCsv([{ ...recipient, nik: '12' }]))
    const outcome = await world.importer()({ ...request, file })
    expect(outcome).toMatchObject({ type: 'nothing_accepted', report: { active: false } })
    expect(await active()).toBe(before.version)
  })

  it('keeps the version before, the one to go back to, and none that is older', async () => {
    const [first, second, third] = [
      await world.load([recipient]),
      await world.load([recorded]),
      await world.load([relative]),
    ]
    const kept = await createListStore().versions(world.database.prisma)
    expect(kept.map(({ id, place }) => [id, place])).toEqual([
      [third.version, 'active'],
      [second.version, 'previous'],
    ])
    expect(await world.database.prisma.listedPerson.count({ where: { listId: first.version! } })).toBe(0)
  })

  it('takes a file that lacks birth dates and programmes, and warns', async () => {
    const dtsen =
      'nomor_kartu_keluarga,nomor_induk_kependudukan,nama_desa_kelurahan\n5399010101100009,5399011708800001,Oesapa'
    const outcome = await world.importer()({
      ...request,
      kind: 'dtsen',
      file: await world.file('d.csv', dtsen),
    })
    expect(outcome).toMatchObject({
      type: 'imported',
      report: { accepted: 1, warnings: ['no_birth_date', 'no_name', 'no_programmes'] },
    })
  })

  it('warns of a file that was imported before, and of NIKs that end in 0', async () => {
    const persons = Array.from({ length: 60 }, (_, at) => ({
      ...recipient,
      nik: `539901170880${String((at + 1) * 10).padStart(4, '0')}`,
    }))
    const file = await world.file('same.csv', individuCsv(persons))
    expect(await world.importer()({ ...request, file })).toMatchObject({ report: { warnings: ['zeros'] } })
    expect(await world.importer()({ ...request, file })).toMatchObject({
      report: { warnings: ['same_file', 'zeros'] },
    })
  })

  it('lets only one import of a list run at once', async () => {
    const client = await world.database.pool.connect()
    await client.query("SELECT pg_advisory_lock(hashtextextended('lopo import p3ke', 0))")
    const file = await world.file('list.csv', individuCsv([recipient]))
    expect(await world.importer()({ ...request, file })).toEqual({ type: 'busy' })
    client.release(true)
  })

  it('tells how far it is', async () => {
    const file = await world.file('list.csv', individuCsv([recipient, recorded]))
    const seen: number[] = []
    await world.importer()({ ...request, file }, ({ rows, bytes, size }) => seen.push(rows, bytes, size))
    const size = (await stat(file)).size
    expect(seen.slice(-3)).toEqual([2, size, size])
  })

  it('leaves no NIK, name or household in the clear anywhere in the database', async () => {
    await world.load([recipient, relative, recorded])
    const { rows: columns } = await world.database.pool.query<{
      table_name: string
      column_name: string
      data_type: string
    }>(
      `SELECT table_name, column_name, data_type FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type IN ('text', 'bytea', 'jsonb', 'ARRAY')`,
    )
    expect(columns.length).toBeGreaterThan(40)
    const latin1 = (value: unknown): string =>
      Buffer.isBuffer(value)
        ? value.toString('latin1')
        : Array.isArray(value)
          ? value.map(latin1).join()
          : String(JSON.stringify(value))
    let all = ''
    for (const { table_name, column_name } of columns) {
      const { rows } = await world.database.pool.query(
        `SELECT "${column_name}" AS value FROM "${table_name}"`,
      )
      all += rows.map(({ value }) => latin1(value)).join('\n')
    }
    for (const { nik, name, household } of [recipient, relative, recorded]) {
      expect(all).not.toContain(nik)
      expect(all).not.toContain(name)
      expect(all).not.toContain(`id:${household}`)
    }
    expect(all).not.toContain('SENG BOCOR')
  })

  it('leaves the version before in force when it is killed in the middle, and cleans up at the next import', async () => {
    const before = await world.load([recipient])
    const child = spawn(process.execPath, ['test/support/slow-import.ts', world.database.url, world.folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    expect(await world.database.prisma.assistanceList.count({ where: { state: 'loading' } })).toBe(1)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await active()).toBe(before.version)
    // The server notices a moment later that the process is gone, and only then frees its lock.
    const locks =
      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    await expect
      .poll(async () => (await world.database.pool.query(locks)).rowCount, { timeout: 10_000 })
      .toBe(0)
    const after = await world.load([recorded])
    expect(await active()).toBe(after.version)
    expect(await world.database.prisma.assistanceList.count({ where: { state: 'loading' } })).toBe(0)
    expect(await world.database.prisma.listedPerson.count()).toBe(2)
  })

  it('lets claim codes follow a new version that another key hashed', async () => {
    await world.load([recipient])
    const old = world.keyring
    const issue = createIssueClaimCode({
      store: createClaimCodeStore(),
      audit: createAuditTrail(),
      secrets: old,
    })
    const by = { type: 'staff', id: 'petugas' } as const
    const issued = await world.run((transaction) =>
      issue(transaction, { kind: 'p3ke', household: { nik: recipient.nik }, by, now: world.now }),
    )
    if (issued.type !== 'issued') throw new Error(issued.type)
    const entry = newKeyEntry()
    // The old ring's entries are not readable from it, so the world starts over with a ring of two.
    world.keyring = ringOf(entry, old)
    await world.load([recipient, recorded])
    const asker = { ...(await world.newChat()), now: world.now }
    const result = await world.run((transaction) =>
      world.check().checkByCode(transaction, asker, issued.code),
    )
    expect(result.outcome).toBe('recipient')
    const switchBack = createSwitchBack({ store: createListStore(), audit: createAuditTrail() })
    await world.run((transaction) => switchBack(transaction, { kind: 'p3ke', by, now: world.now }))
    const again = await world.run((transaction) => world.check().checkByCode(transaction, asker, issued.code))
    expect(again.outcome).toBe('recipient')
  })
})

/** A ring whose current key is a new one and whose older key is the one of `old`. */
function ringOf(entry: string, old: AssistanceWorld['keyring']): AssistanceWorld['keyring'] {
  const fresh = createKeyring([entry])
  return {
    ...fresh,
    ids: [fresh.currentId, old.currentId],
    hash: (label, text, id = fresh.currentId) => (id === fresh.currentId ? fresh : old).hash(label, text, id),
    open: (sealed) => (fresh.keyIdOf(sealed) === fresh.currentId ? fresh : old).open(sealed),
  }
}
