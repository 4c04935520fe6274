import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audienceShape } from '../../src/broadcast/audience.ts'
import { createBroadcastFiles, takeFile } from '../../src/services/broadcast-files.ts'
import type { Officer } from '../../src/staff/officer.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const ani: Officer = { id: 'id-ani', name: 'Ani Contoh', roles: ['umkm'] }
const budi: Officer = { id: 'id-budi', name: 'Budi Contoh', roles: ['umkm'] }
const hour = 3_600_000

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ LOPO_NOW: '2026-12-07T09:00:00+08:00' })
}, 60_000)
afterAll(() => app.close())

const png = (size: number) => {
  const bytes = new Uint8Array(size)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return { mime: 'image/png', bytes, name: 'pasar.png' }
}
const saved = async (officer: Officer, size = 100) => {
  const media = await createBroadcastFiles(app).save(png(size), officer)
  if (typeof media === 'string') throw new Error(media)
  return media
}
const broadcastWith = async (officer: Officer, media: Awaited<ReturnType<typeof saved>>) => {
  const audience = audienceShape.parse({ topics: ['umkm'] })
  const plan = { title: 'Pasar', text: 'Pasar dibuka.', buttons: [], audience, posts: [], media }
  const made = await app.broadcasts.create(officer, plan)
  if (made.type !== 'done') throw new Error(JSON.stringify(made))
  return { number: made.number, plan }
}

describe(createBroadcastFiles.name, () => {
  it('lets each officer see their own files, and everybody those of broadcasts', async () => {
    const files = createBroadcastFiles(app)
    const media = await saved(ani)
    expect((await files.read(media.id, ani))?.media).toMatchObject({ type: 'photo', name: 'pasar.png' })
    expect(await files.read(media.id, budi)).toBeUndefined()
    await broadcastWith(ani, media)
    expect((await files.read(media.id, budi))?.mime).toBe('image/png')
    expect(await files.read('none', ani)).toBeUndefined()
  })

  it('keeps what a broadcast is saved with, and nothing that was only tried', async () => {
    const files = createBroadcastFiles(app)
    const [tried, taken, later] = [await saved(ani), await saved(ani), await saved(ani)]
    const { number, plan } = await broadcastWith(ani, taken)
    expect(await app.broadcasts.edit(ani, number, { ...plan, media: later }, 0)).toEqual({ type: 'done' })
    await app.media.purge(new Date(app.now().getTime() + 2 * hour))
    expect(await files.read(tried.id, ani)).toBeUndefined()
    expect((await files.read(later.id, ani))?.media.id).toBe(later.id)
    expect((await files.read(taken.id, ani))?.media.id).toBe(taken.id)
  })

  it('takes no room of the day from a colleague', async () => {
    const megabyte = 1024 ** 2
    const cici: Officer = { ...ani, id: 'id-cici' }
    const files = createBroadcastFiles(app)
    for (let at = 0; at < 4; at += 1) await saved(cici, 5 * megabyte)
    expect(await files.save(png(1_000), cici)).toBe('too_much')
    expect(await files.save(png(1_000), budi)).toMatchObject({ type: 'photo' })
  })

  it('has a picture cleaned before it is kept, and refuses what is none', async () => {
    const clean = { ...png(50), name: 'bersih.png' }
    const files = createBroadcastFiles({ ...app, cleanPicture: async () => clean })
    expect(await files.save(png(100), ani)).toMatchObject({ name: 'bersih.png' })
    const pdf = { mime: 'application/pdf', bytes: new TextEncoder().encode('%PDF-1.7'), name: 'surat.pdf' }
    expect(await files.save({ ...pdf, bytes: new Uint8Array(pdf.bytes) }, ani)).toMatchObject({
      name: 'surat.pdf',
    })
    const strict = createBroadcastFiles({ ...app, cleanPicture: async () => undefined })
    expect(await strict.save(png(100), ani)).toBe('broken')
  })
})

describe(takeFile.name, () => {
  it('looks at the content of a file', async () => {
    const files = createBroadcastFiles(app)
    const text = new Uint8Array(new TextEncoder().encode('teks'))
    expect(await takeFile(files, { bytes: text, name: 'x.png' }, ani)).toBe('file_kind')
    expect(await takeFile(files, { bytes: png(6 * 1024 ** 2).bytes }, ani)).toBe('file_large')
    expect(await takeFile(files, png(100), ani)).toMatchObject({ type: 'photo', mime: 'image/png' })
  })
})
