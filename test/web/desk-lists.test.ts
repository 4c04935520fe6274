import { stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listTiles } from '../../src/web/desk/lists/list-tiles.ts'
import type { WebServer } from '../../src/web/web-server.ts'
import { individuCsv, recipient, recorded } from '../support/assistance-world.ts'
import { createListPages, type ListPagesWorld, maxListBytes } from '../support/list-pages-world.ts'
import { createListWorld, type ListWorld } from '../support/list-world.ts'
import { type FormPart, formBody, postForm, type Sending, zipOf } from '../support/upload.ts'
import { xlsxFile } from '../support/xlsx.ts'

const good = individuCsv([recipient, { ...recorded, nik: '12345' }])
const kilobyte = 1024

let lists: ListWorld
let pages: ListPagesWorld
let server: WebServer
let url: string
let cookie: string
let csrf: string

beforeAll(async () => {
  lists = await createListWorld()
  pages = createListPages(lists)
  server = pages.serve()
  url = await server.listen(0)
  cookie = pages.signedIn('bansos').cookie
  csrf = await pages.csrfOf(cookie)
})
afterAll(async () => {
  await server.close()
  await lists.close()
})
beforeEach(async () => {
  await lists.database.prisma.importRun.deleteMany()
  for (const id of await lists.waiting()) await lists.uploads.remove(id)
  lists.queue.length = 0
})

const words = () => pages.words
const fields: readonly FormPart[] = [
  { name: 'kind', value: 'p3ke' },
  { name: 'title', value: 'P3KE <contoh>' },
  { name: 'as_of', value: '2026-02-01' },
  { name: 'period', value: '' },
]
const fileOf = (content: string | Uint8Array, fileName = 'daftar.csv'): FormPart => ({
  name: 'file',
  fileName,
  content,
})
const send = (parts: readonly FormPart[], sending: Sending = {}) =>
  postForm(`${url}/desk/daftar/unggah?csrf=${csrf}`, formBody(parts), {
    ...sending,
    headers: { cookie, 'sec-fetch-site': 'same-origin', ...sending.headers },
  })
const bring = async (content: string | Uint8Array = good, fileName?: string) => {
  const { status, location = '' } = await send([fileOf(content, fileName), ...fields])
  if (status !== 303) throw new Error(`not taken: ${status}`)
  return location.replace('/desk', '')
}
const open = async (path: string) => (await pages.get(`/desk${path}`, cookie)).text()
const post = (path: string, form: Record<string, string> = {}) => pages.post(`/desk${path}`, form, cookie)
const expectNothingKept = async () => {
  expect(await lists.waiting()).toEqual([])
  expect(await lists.desk.runs()).toEqual([])
}

describe('an upload of a list', () => {
  it('is taken over HTTP, and shows the columns and only the form of what is in them', async () => {
    const page = await open(await bring())
    expect(page).toContain('P3KE &lt;contoh&gt;')
    expect(page).toContain('<option value="nik" selected>nik · ################</option>')
    expect(page).not.toContain(recipient.nik)
    expect(page).not.toContain('WARGA CONTOH')
    const [id = ''] = await lists.waiting()
    expect((await stat(lists.uploads.fileOf(id))).mode & 0o777).toBe(0o600)
    expect((await stat(path.dirname(lists.uploads.fileOf(id)))).mode & 0o777).toBe(0o700)
  })

  it('tells each of what is missing in the form, and keeps what was written', async () => {
    const without = async (name: string, value: string) =>
      send([fileOf(good), ...fields.map((part) => (part.name === name ? { name, value } : part))])
    const { problems } = words().upload
    for (const [name, value, problem] of [
      ['kind', 'P3KE!', problems.kind],
      ['title', '  ', problems.name],
      ['as_of', '2026-03-06', problems.as_of],
      ['as_of', 'kemarin', problems.as_of],
    ] as const) {
      const answer = await without(name, value)
      expect([answer.status, answer.text.includes(problem)]).toEqual([422, true])
      if (name !== 'title') expect(answer.text).toContain('value="P3KE &lt;contoh&gt;"')
    }
    await expectNothingKept()
  })

  it('is refused with a sentence when it is no file, or not what its name says', async () => {
    const { upload, run } = words()
    const cases = [
      [undefined, upload.problems.no_file],
      [fileOf('', ''), upload.problems.no_file],
      [fileOf(''), run.faults.empty],
      [fileOf('%PDF-1.7\n1 0 obj'), run.faults.pdf],
      [fileOf(Buffer.concat([Buffer.from('MZ\x90'), Buffer.alloc(200)])), run.faults.binary],
      [fileOf(Buffer.from('d0cf11e0a1b11ae1', 'hex')), run.faults.old_xls],
      [fileOf(Buffer.from('PK\x03\x04 half'), 'daftar.xlsx'), run.faults.damaged],
      [fileOf(xlsxFile([['a']]).subarray(0, 300), 'daftar.xlsx'), run.faults.damaged],
    ] as const
    for (const [file, sentence] of cases) {
      const answer = await send([...(file === undefined ? [] : [file]), ...fields])
      expect([answer.status, answer.text.includes(sentence), sentence]).toEqual([422, true, sentence])
    }
    await expectNothingKept()
  })

  it('is refused with a sentence when it is too large, told beforehand or not', async () => {
    const sentence = words().upload.problems.too_large.replace('{{size}}', '2')
    const little = Buffer.alloc(maxListBytes + kilobyte, 'a,b\n')
    for (const chunked of [false, true]) {
      const answer = await send([fileOf(little), ...fields], { chunked })
      expect([answer.status, answer.text.includes(sentence)]).toEqual([413, true])
    }
    const much = Buffer.alloc(2 * maxListBytes, 'a,b\n')
    for (const chunked of [false, true]) {
      const answer = await send([fileOf(much), ...fields], { chunked })
      // A server that answers before it has read everything may be cut short by the sender.
      if (answer.status !== 'cut') {
        const told = chunked ? sentence : pages.texts.errors.too_large.text
        expect([answer.status, answer.text.includes(told)]).toEqual([413, true])
      }
    }
    await expectNothingKept()
  })

  it('is refused when it unpacks to more than any list holds, or to more than it says', async () => {
    const { faults } = words().run
    const zeros = Buffer.alloc(8 * 1024 ** 2)
    const honest = zipOf('xl/workbook.xml', zeros, 1024 ** 3)
    expect(honest.length).toBeLessThan(maxListBytes)
    const answers = [
      await send([fileOf(honest, 'bom.xlsx'), ...fields]),
      await send([fileOf(zipOf('xl/workbook.xml', zeros, 1000), 'bom.xlsx'), ...fields]),
      await send([fileOf(zipOf('xl/workbook.xml', zeros), 'bom.xlsx'), ...fields]),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422])
    expect(answers[0]?.text).toContain(faults.too_large)
    expect(answers[1]?.text).toContain(faults.damaged)
    expect([faults.too_large, faults.damaged].some((fault) => answers[2]?.text.includes(fault))).toBe(true)
    await expectNothingKept()
  })

  it('takes a name for a name: no path, no markup, no number of a person', async () => {
    const path = await bring(good, `../../<u>${recipient.nik}<u>.csv`)
    const run = await lists.state(path.split('/').at(-1) ?? '')
    expect(run.fileName).toBe('<u>#<u>.csv')
    expect(await open(path)).toContain('Impor: &lt;u&gt;#&lt;u&gt;.csv')
    expect(await lists.waiting()).toEqual([run.id])
  })

  it('leaves nothing behind when the line is cut', async () => {
    const body = formBody([fileOf(Buffer.alloc(maxListBytes / 2, 'a,b\n')), ...fields])
    const answer = await postForm(`${url}/desk/daftar/unggah?csrf=${csrf}`, body, {
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
      cutAfter: maxListBytes / 4,
      cutWhen: () => expect.poll(() => lists.waiting()).toHaveLength(1),
    })
    expect(answer.status).toBe('cut')
    await expect.poll(() => lists.waiting()).toEqual([])
    expect(await lists.desk.runs()).toEqual([])
  })

  it('is not read without the word of the session, and not by whom it is not for', async () => {
    const parts = [fileOf(good), ...fields]
    const at = (word: string, whose: string) =>
      postForm(`${url}/desk/daftar/unggah?csrf=${word}`, formBody(parts), {
        headers: { cookie: whose, 'sec-fetch-site': 'same-origin' },
      })
    expect((await at('wrong', cookie)).status).toBe(403)
    const other = pages.signedIn('penjawab').cookie
    expect((await at(await pages.csrfOf(other), other)).status).toBe(403)
    await expectNothingKept()
  })

  it('is a problem of the form when its body is no form with a file', async () => {
    const answer = await pages.request(`/desk/daftar/unggah?csrf=${csrf}`, {
      method: 'POST',
      body: 'nothing',
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data' },
    })
    expect([answer.status, (await answer.text()).includes(words().upload.problems.no_file)]).toEqual([
      422,
      true,
    ])
    await expectNothingKept()
  })
})

describe('the pages of an import', () => {
  it('go from the columns over the check to the list in force', async () => {
    const path = await bring()
    expect((await post(`${path}/periksa`, { 'kolom.name': '', 'kolom.nik': 'nik' })).status).toBe(303)
    const waiting = await open(path)
    expect(waiting).toContain('<progress')
    expect(waiting).toContain(`hx-get="/desk${path}/keadaan"`)
    const during = await pages.get(`/desk${path}/keadaan`, cookie)
    expect(during.headers.get('hx-refresh')).toBeNull()
    await lists.work()
    const after = await pages.get(`/desk${path}/keadaan`, cookie)
    expect(after.headers.get('hx-refresh')).toBe('true')
    const checked = await open(path)
    expect(checked).toContain(words().run.warnings.no_name)
    expect(checked).toContain(words().run.load)
    expect(checked).toContain('<option value="" selected>')
    expect(checked).not.toContain('hx-trigger')
    const officer = { id: 'x', name: 'x', roles: ['bansos'] as const }
    const tiles = await listTiles({ lists: lists.desk, texts: words() }, officer)
    expect(tiles).toEqual([{ label: words().lists.tile, count: 1, path }])
    expect(await listTiles({ lists: lists.desk, texts: words() }, { ...officer, roles: ['umkm'] })).toEqual(
      [],
    )
    await post(`${path}/muat`)
    await lists.work()
    expect(await open(path)).toContain(words().run.loaded)
    const all = await open('/daftar')
    expect(all).toContain(words().lists.places.active)
    expect(all).toContain('1 diterima, 1 disisihkan')
  })

  it('ask for the columns again when they were not enough', async () => {
    const path = await bring('Nomor;Rumah;Tempat\n5399011708800001;K1;OESAPA BARAT\n')
    await post(`${path}/periksa`)
    await lists.work()
    const page = await open(path)
    expect(page).toContain(words().run.faults.unknown_layout)
    expect(page).toContain('<option value="Rumah">')
    const chosen = { 'kolom.nik': 'Nomor', 'kolom.household': 'Rumah', 'kolom.kelurahan': 'Tempat' }
    await post(`${path}/periksa`, chosen)
    await lists.work()
    expect(await open(path)).toContain(words().run.load)
  })

  it('give the report on rows set aside as a file', async () => {
    const path = await bring()
    await post(`${path}/periksa`)
    await lists.work()
    expect(await open(path)).toContain(`href="/desk${path}/karantina"`)
    const answer = await pages.get(`/desk${path}/karantina`, cookie)
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(await answer.text()).toContain('nik')
  })

  it('end when it is given up, and tell when there is no such import', async () => {
    const path = await bring()
    await post(`${path}/batal`)
    expect(await open(path)).toContain(words().run.cancelled)
    expect(await lists.waiting()).toEqual([])
    for (const id of ['00000000-0000-4000-8000-000000000000', '-'.repeat(36)]) {
      const gone = await pages.get(`/desk/daftar/impor/${id}`, cookie)
      expect([gone.status, gone.headers.get('location')]).toEqual([303, '/desk/daftar'])
    }
    expect((await post(`${path}/muat`)).status).toBe(303)
    expect(lists.queue).toEqual([])
  })

  it('put the version before in force again', async () => {
    await lists.load([recipient], { kind: 'dtsen', title: 'Yang <lama>' })
    await lists.load([recipient], { kind: 'dtsen', title: 'Yang baru' })
    expect(await open('/daftar')).toContain('Yang &lt;lama&gt;')
    expect((await post('/daftar/kembali', { kind: 'dtsen' })).status).toBe(303)
    const versions = await lists.desk.versions()
    expect(versions.find(({ kind, place }) => kind === 'dtsen' && place === 'active')?.title).toBe(
      'Yang <lama>',
    )
  })
})
