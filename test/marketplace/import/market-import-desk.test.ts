import { randomUUID } from 'node:crypto'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createImportUmkmJob } from '../../../src/jobs/import-umkm-job.ts'
import type { ImportShops } from '../../../src/marketplace/import/import-outcome.ts'
import { purgeMarketImports } from '../../../src/marketplace/import/store-purge-imports.ts'
import { createUmkmListWorld, type UmkmListWorld, umkmOfficer } from '../../support/umkm-list-world.ts'

const hour = 3_600_000
const good = 'nama usaha;pemilik;kelurahan\nMadu Contoh;Maria;Lasiana\n;Yosef;Liliba\n'

let world: UmkmListWorld
beforeAll(async () => {
  world = await createUmkmListWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  await world.database.prisma.shop.deleteMany()
  await world.database.prisma.marketImport.deleteMany()
  for (const id of await world.waiting()) await world.uploads.remove(id)
  world.queue.length = 0
})

const shops = () => world.database.prisma.shop.count()

describe('createMarketImportDesk', () => {
  it('leads a file from the upload over a check that writes nothing to the shops', async () => {
    const run = await world.brought(good)
    expect(run).toMatchObject({ state: 'uploaded', source: 'dinkop' })
    expect(await world.desk.load(run.id, umkmOfficer)).toBe(false)
    expect(await world.desk.check(run.id, {}, umkmOfficer)).toBe(true)
    await world.work()
    const counts = { rows: 2, accepted: 1, quarantined: 1, shops: { added: 1 } }
    expect(await world.state(run.id)).toMatchObject({ state: 'checked', finding: counts })
    expect(await shops()).toBe(0)
    expect(await world.desk.load(run.id, umkmOfficer)).toBe(true)
    await world.work()
    const loaded = await world.state(run.id)
    expect(loaded).toMatchObject({ state: 'loaded', finding: counts })
    expect(await shops()).toBe(1)
    expect(await world.waiting()).toEqual([])
    expect(
      String(await world.desk.report(loaded, umkmOfficer).then((bytes) => Buffer.from(bytes ?? []))),
    ).toContain('Nama kosong')
    const trail = await world.database.prisma.auditEntry.findMany({
      ...{ where: { subject: run.id }, orderBy: { id: 'asc' } },
    })
    expect(trail.map(({ action, actorId }) => [action, actorId])).toEqual(
      ['upload', 'check', 'load', 'report'].map((step) => [`market.import_${step}`, umkmOfficer.id]),
    )
  })

  it('keeps no file that is no table, and says what it is', async () => {
    expect(await world.bring('%PDF-1.7')).toBe('pdf')
    expect(await world.bring('')).toBe('empty')
    expect(await world.waiting()).toEqual([])
  })

  it('refuses a file whose columns it does not know, until they are chosen', async () => {
    const run = await world.brought('merek dagang;tempat\nMadu;Lasiana\n')
    expect(await world.desk.preview(run)).toMatchObject({ missing: ['name', 'kelurahan'] })
    await world.desk.check(run.id, {}, umkmOfficer)
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'refused', fault: 'unknown_layout' })
    await world.desk.check(run.id, { name: 'merek dagang', kelurahan: 'tempat' }, umkmOfficer)
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'checked' })
  })

  it('shows the form of cells only, and no column of NIK', async () => {
    const run = await world.brought('nama usaha;kelurahan;NIK;No KK\nMadu;Lasiana;5399015708800011;1\n')
    const preview = await world.desk.preview(run)
    expect(preview).toMatchObject({
      columns: [{ heading: 'nama usaha', samples: ['xxxx'] }, { heading: 'kelurahan' }],
    })
  })

  it('gives an import up with its file', async () => {
    const run = await world.brought(good)
    expect(await world.desk.cancel(run.id, umkmOfficer)).toBe(true)
    expect(await world.waiting()).toEqual([])
    expect(await world.desk.check(run.id, {}, umkmOfficer)).toBe(false)
    expect(await world.desk.find('kein-uuid')).toBeUndefined()
  })
})

describe('createRunMarketImport', () => {
  it('brings the rest when the process died in the middle, and every shop once', async () => {
    const run = await world.brought(good.replace(';Yosef', 'Kopi Contoh;Yosef'))
    await world.desk.check(run.id, {}, umkmOfficer)
    await world.work()
    await world.desk.load(run.id, umkmOfficer)
    const dying: ImportShops = async (request) => {
      await world.importShops(request)
      throw new Error('killed')
    }
    const job = createImportUmkmJob(world.runImport(dying))
    await expect(job.run({ data: { id: run.id }, isLast: false })).rejects.toThrow('killed')
    expect(await world.state(run.id)).toMatchObject({ state: 'loading' })
    await world.work()
    expect(await world.state(run.id)).toMatchObject({ state: 'loaded', finding: { shops: { unchanged: 2 } } })
    expect(await shops()).toBe(2)
  })

  it('is refused after its last try', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, {}, umkmOfficer)
    const broken: ImportShops = () => Promise.reject(new Error('broken'))
    await expect(world.runImport(broken)(run.id, { isLast: true })).rejects.toThrow('broken')
    expect(await world.state(run.id)).toMatchObject({ state: 'refused', fault: 'failed' })
  })
})

describe('purgeMarketImports', () => {
  const purge = (at: Date) =>
    purgeMarketImports(
      { prisma: world.database.prisma, uploads: world.uploads, reportsDir: world.reportsDir },
      at,
    )

  it('removes files that wait too long, and imports with their reports when they are old, and no shop', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, {}, umkmOfficer)
    await world.work()
    await world.desk.load(run.id, umkmOfficer)
    await world.work()
    const left = await world.brought(good)
    const stray = randomUUID()
    await writeFile(world.uploads.fileOf(stray), 'x')
    await utimes(world.uploads.fileOf(stray), world.now, world.now)
    await utimes(world.uploads.fileOf(left.id), world.now, world.now)
    await purge(new Date(world.now.getTime() + 25 * hour))
    expect(await world.waiting()).toEqual([])
    const { reportFile = '' } = await world.state(run.id)
    expect(await readdir(world.reportsDir)).toContain(reportFile)
    await purge(new Date(world.now.getTime() + 91 * 24 * hour))
    expect(await world.desk.find(run.id)).toBeUndefined()
    expect(await readdir(world.reportsDir)).not.toContain(reportFile)
    expect(await shops()).toBe(1)
  })

  it('gives up an import that nobody works on any more', async () => {
    const run = await world.brought(good)
    await world.desk.check(run.id, {}, umkmOfficer)
    await purge(new Date(world.now.getTime() + 2 * hour))
    expect(await world.state(run.id)).toMatchObject({ state: 'refused', fault: 'failed' })
  })
})
