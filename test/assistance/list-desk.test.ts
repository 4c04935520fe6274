import { randomUUID } from 'node:crypto'
import { stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImportList } from '../../src/assistance/import-list.ts'
import { purgeUploads } from '../../src/assistance/purge-uploads-store.ts'
import { createImportListJob } from '../../src/jobs/import-list-job.ts'
import { openJobQueue } from '../../src/jobs/queue.ts'
import { createLogger } from '../../src/log.ts'
import { individuCsv, recipient, recorded, relative } from '../support/assistance-world.ts'
import { createListWorld, type ListWorld, maria, yosef } from '../support/list-world.ts'
import { xlsxFile } from '../support/xlsx.ts'

const hour = 3_600_000
const good = individuCsv([recipient, recorded])
const oneBad = individuCsv([recipient, { ...recorded, nik: '12345' }])
const plain = { columns: {}, programmes: {} }

let world: ListWorld
beforeAll(async () => {
  world = await createListWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  const { prisma } = world.database
  await prisma.activeList.deleteMany()
  await prisma.listedPerson.deleteMany()
  await prisma.assistanceList.deleteMany()
  await prisma.importRun.deleteMany()
  for (const id of await world.waiting()) await world.uploads.remove(id)
  world.queue.length = 0
})

const active = async () =>
  (await world.desk.versions())
    .filter(({ place }) => place === 'active')
    .map(({ id, title }) => ({ id, title }))
const trail = async (subject: string) =>
  (await world.database.prisma.auditEntry.findMany({ where: { subject }, orderBy: { id: 'asc' } })).map(
    ({ action, actorId, outcome }) => [action, actorId, outcome],
  )

describe('createListDesk', () => {
  it('leads a CSV file from the upload to the list in force', async () => {
    const run = await world.brought(oneBad)
    expect(run.state).toBe('uploaded')
    expect(await world.desk.check(run.id, plain, maria)).toBe(true)
    expect(world.queue).toEqual([run.id])
    await world.work()
    const checked = await world.state(run.id)
    expect(checked).toMatchObject({ state: 'checked', finding: { rows: 2, accepted: 1, quarantined: 1 } })
    expect(await active()).toEqual([])
    expect(await world.desk.load(run.id, maria)).toBe(true)
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'loaded', finding: { accepted: 1 } })
    expect(await active()).toEqual([{ id: run.id, title: 'P3KE contoh' }])
    expect(await world.waiting()).toEqual([])
    expect(await trail(run.id)).toEqual([
      ['assistance.upload', maria.id, 'uploaded'],
      ['assistance.check', maria.id, null],
      ['assistance.load', maria.id, null],
      ['assistance.import', maria.id, 'imported'],
    ])
  })

  it('leads an XLSX file whose headings nobody knows there, with columns chosen by hand', async () => {
    const { nik, name, household, kelurahan } = recipient
    const content = xlsxFile([
      ['Nomor peserta', 'Siapa', 'Rumah', 'Tempat', 'Terima'],
      [nik, name, household, kelurahan, 'YA'],
    ])
    const run = await world.brought(content, { fileName: 'daftar.xlsx' })
    expect(await world.desk.preview(run)).toMatchObject({ missing: ['nik', 'household', 'kelurahan'] })
    await world.desk.check(run.id, plain, maria)
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'refused', fault: 'unknown_layout' })
    const columns = { nik: 'Nomor peserta', name: 'Siapa', household: 'Rumah', kelurahan: 'Tempat' }
    expect(await world.desk.check(run.id, { columns, programmes: { pkh: 'Terima' } }, maria)).toBe(true)
    await world.work()
    const checked = await world.state(run.id)
    expect(checked).toMatchObject({ state: 'checked', fault: undefined, finding: { accepted: 1 } })
    await world.desk.load(run.id, maria)
    await world.work()
    const list = await world.database.prisma.assistanceList.findUniqueOrThrow({ where: { id: run.id } })
    expect(list).toMatchObject({ accepted: 1, programmes: ['pkh'] })
  })

  it('reads no column for what an officer says there is none', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, { columns: { name: '' }, programmes: { sembako: '' } }, maria)
    await world.work()
    const checked = await world.state(run.id)
    expect(checked.finding?.warnings).toEqual(['no_name'])
    expect(await world.desk.preview(checked)).toMatchObject({
      fields: { name: undefined, nik: 'nik' },
      programmes: { sembako: undefined, pkh: 'penerima_pkh' },
      absent: [],
    })
  })

  it('refuses a file of which no row can be trusted before it is loaded, and keeps the list before', async () => {
    await world.load([recipient])
    const before = await active()
    const run = await world.brought(individuCsv([{ ...recipient, nik: '1' }]))
    await world.desk.check(run.id, plain, maria)
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'refused', fault: 'nothing_accepted' })
    expect(await world.desk.load(run.id, maria)).toBe(false)
    expect(await active()).toEqual(before)
  })

  it('makes one version of an import whose process died after the switch', async () => {
    await world.load([recipient], { title: 'Yang lama' })
    const run = await world.brought(good)
    await world.desk.check(run.id, plain, maria)
    await world.work()
    await world.desk.load(run.id, maria)
    const dying: ImportList = async (request, onProgress) => {
      await world.importer()(request, onProgress)
      throw new Error('the process dies here')
    }
    await expect(world.runImport(dying)(run.id, { isLast: false })).rejects.toThrow('dies')
    expect(await world.state(run.id)).toMatchObject({ state: 'loading' })
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'loaded', finding: { accepted: 2 } })
    const versions = await world.desk.versions()
    expect(versions.map(({ title, place }) => [title, place])).toEqual([
      ['P3KE contoh', 'active'],
      ['Yang lama', 'previous'],
    ])
  })

  it('loads again what a process left half loaded', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, plain, maria)
    await world.work()
    await world.desk.load(run.id, maria)
    const dying: ImportList = (request) =>
      world.importer()(request, ({ rows }) => {
        if (rows > 0) throw new Error('the process dies here')
      })
    await expect(world.runImport(dying)(run.id, { isLast: false })).rejects.toThrow('dies')
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'loaded' })
    expect(await active()).toEqual([{ id: run.id, title: 'P3KE contoh' }])
  })

  it('makes one version when two processes load at once, and says in the end that it is in force', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, plain, maria)
    await world.work()
    await world.desk.load(run.id, maria)
    const tries = await Promise.allSettled([
      world.runImport()(run.id, { isLast: false }),
      world.runImport()(run.id, { isLast: false }),
    ])
    expect(tries.map(({ status }) => status)).toContain('fulfilled')
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'loaded' })
    expect(await world.desk.versions()).toHaveLength(1)
  })

  it('waits for another import of the kind, and refuses only when that does not end', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, plain, maria)
    await world.work()
    await world.desk.load(run.id, maria)
    const busy = world.runImport(async () => ({ type: 'busy' }))
    await expect(busy(run.id, { isLast: false })).rejects.toThrow('another import')
    expect(await world.state(run.id)).toMatchObject({ state: 'loading' })
    await busy(run.id, { isLast: true })
    expect(await world.state(run.id)).toMatchObject({ state: 'refused', fault: 'busy' })
  })

  it('lets one of two officers begin, and each only what is due', async () => {
    const run = await world.brought(good)
    expect(await world.desk.load(run.id, maria)).toBe(false)
    const begun = await Promise.all([
      world.desk.check(run.id, plain, maria),
      world.desk.check(run.id, plain, yosef),
    ])
    expect(begun.sort()).toEqual([false, true])
    await world.work()
    const loads = await Promise.all([world.desk.load(run.id, maria), world.desk.load(run.id, yosef)])
    expect(loads.sort()).toEqual([false, true])
    expect(await world.desk.cancel(run.id, yosef)).toBe(false)
    expect(world.queue).toHaveLength(1)
    await world.work()
    expect(await world.desk.check(run.id, plain, maria)).toBe(false)
  })

  it('forgets the file of an import that was given up, also while it is checked', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, plain, maria)
    expect(await world.desk.cancel(run.id, maria)).toBe(true)
    expect(await world.waiting()).toEqual([])
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'cancelled' })
    expect((await trail(run.id)).at(-1)).toEqual(['assistance.cancel', maria.id, null])
  })

  it('keeps nothing of what is no table, and notes that it came', async () => {
    const brought = [
      ['%PDF-1.7 …', 'pdf'],
      [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old_xls'],
      [Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)]), 'binary'],
      ['', 'empty'],
      [Buffer.from('PK\x03\x04 and no more'), 'damaged'],
    ] as const
    for (const [content, fault] of brought) expect(await world.bring(content)).toBe(fault)
    expect(await world.waiting()).toEqual([])
    expect(await world.desk.runs()).toEqual([])
    const where = { action: 'assistance.upload', outcome: 'old_xls' }
    expect(await world.database.prisma.auditEntry.count({ where })).toBe(1)
  })

  it('gives the report on rows set aside from its folder only, and notes who read it', async () => {
    const run = await world.brought(oneBad)
    await world.desk.check(run.id, plain, maria)
    await world.work()
    const checked = await world.state(run.id)
    const report = Buffer.from((await world.desk.quarantine(checked, yosef)) ?? []).toString()
    expect(report).toContain('nik')
    expect(report).not.toContain('12345')
    expect((await trail(run.id)).at(-1)).toEqual(['assistance.quarantine', yosef.id, null])
    await writeFile(path.join(world.folder, 'secret'), 'x')
    expect(await world.desk.quarantine({ ...checked, reportFile: '../secret' }, maria)).toBeUndefined()
  })

  it('switches back and forth', async () => {
    await world.load([recipient], { title: 'Yang lama' })
    await world.load([recipient, relative], { title: 'Yang baru' })
    expect(await world.desk.switchBack('p3ke', maria)).toMatchObject({ type: 'switched', title: 'Yang lama' })
    expect((await active())[0]?.title).toBe('Yang lama')
    await world.desk.switchBack('p3ke', maria)
    expect((await active())[0]?.title).toBe('Yang baru')
    expect(await world.desk.switchBack('dtsen', maria)).toEqual({ type: 'no_list' })
  })
})

describe('createImportListJob', () => {
  it('is sent with the step that asks for it, or not at all, and taken up by a process that works', async () => {
    const { database } = world
    const done = Promise.withResolvers<{ isLast: boolean }>()
    const job = createImportListJob(async (id, attempt) => {
      await world.runImport()(id, attempt)
      done.resolve(attempt)
    })
    const queue = await openJobQueue({
      ...{ url: database.url, jobs: [job], work: true, log: createLogger('silent') },
    })
    try {
      const run = await world.brought(good)
      await world.desk.check(run.id, plain, maria)
      const given = { data: { id: run.id } }
      const undone = database.prisma.$transaction(async (within) => {
        await queue.send(job.name, 'undone', { ...given, within })
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
      await database.prisma.$transaction((within) => queue.send(job.name, run.id, { ...given, within }))
      expect(await done.promise).toEqual({ isLast: false })
      expect(await world.state(run.id)).toMatchObject({ state: 'checked' })
      const { rows } = await database.pool.query(
        "SELECT count(*)::int AS jobs FROM pgboss.job WHERE name = 'import-list'",
      )
      expect(rows[0]?.jobs).toBe(1)
    } finally {
      await queue.stop()
    }
  }, 30_000)

  it('marks an import as failed only when nobody tries again', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, plain, maria)
    const broken = world.runImport(async () => {
      throw new Error('the database is away')
    })
    await expect(broken(run.id, { isLast: false })).rejects.toThrow('away')
    expect(await world.state(run.id)).toMatchObject({ state: 'checking' })
    await expect(broken(run.id, { isLast: true })).rejects.toThrow('away')
    expect(await world.state(run.id)).toMatchObject({ state: 'refused', fault: 'failed' })
  })
})

describe('purgeUploads', () => {
  const purge = (hours: number) => {
    const { uploads, reportsDir } = world
    return purgeUploads(
      { prisma: world.database.prisma, uploads, reportsDir },
      new Date(world.now.getTime() + hours * hour),
    )
  }

  it('removes files a day after they came, and never of an import that is worked on', async () => {
    const left = await world.brought(good)
    const working = await world.brought(good)
    await world.desk.check(working.id, plain, maria)
    await purge(0)
    expect(await world.waiting()).toHaveLength(2)
    await purge(0.5)
    await world.database.prisma.importRun.update({
      where: { id: working.id },
      data: { changedAt: new Date(world.now.getTime() + 25 * hour) },
    })
    // What a process that died has left of an upload, and what is no upload at all.
    for (const name of [randomUUID(), 'notes.txt']) {
      await writeFile(world.uploads.fileOf(name), 'x')
      await utimes(world.uploads.fileOf(name), world.now, world.now)
    }
    expect(await purge(25)).toBe(3)
    expect(await world.waiting()).toEqual([working.id])
    expect(await world.desk.preview(left)).toBe('missing')
  })

  it('gives up what was not heard of for an hour', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, plain, maria)
    await purge(2)
    expect(await world.state(run.id)).toMatchObject({ state: 'refused', fault: 'failed' })
  })

  it('forgets imports and their reports after ninety days', async () => {
    const run = await world.brought(oneBad)
    await world.desk.check(run.id, plain, maria)
    await world.work()
    const { reportFile } = await world.state(run.id)
    await purge(91 * 24)
    expect(await world.desk.runs()).toEqual([])
    await expect(stat(path.join(world.reportsDir, reportFile ?? ''))).rejects.toThrow()
  })
})
