import { beforeEach, describe, expect, it } from 'vitest'
import { type TrailSource, trailRoutes } from '../../src/web/desk/trail-pages.ts'
import { createDeskWorld, type DeskWorld } from '../support/desk-world.ts'
import { createFakeTrail, wholeTrail } from '../support/fake-trail.ts'

let world: DeskWorld
let cookie = ''

const note = (at: string, id: string, action: string, details = {}) =>
  world.notes.push({ at: new Date(at), actor: { type: 'staff', id }, action, details })

beforeEach(() => {
  world = createDeskWorld()
  cookie = world.signedIn('auditor').cookie
  const account = { state: 'active', createdAt: new Date(0), lastSeenAt: undefined } as const
  world.accounts.all.set('yan', {
    ...account,
    id: 'id-7',
    name: 'Yan <i>Ndun</i>',
    login: 'yan',
    roles: ['bansos'],
  })
})

const read = async (path: string) => (await world.get(path, cookie)).text()
/** Where the filled-in filter leads. */
const search = async (fields: Record<string, string>) =>
  (await world.post('/desk/jejak/cari', fields, cookie)).headers.get('location') ?? ''
const found = async (fields: Record<string, string>) => read(await search(fields))
// Each look is an entry too.
const actions = (page: string) =>
  [...page.matchAll(/<code>([^<]+)<\/code>/g)]
    .map((match) => match[1])
    .filter((action) => action !== 'trail.read')

describe(trailRoutes.name, () => {
  it('shows the newest first with the names of officers, a page at a time', async () => {
    for (let minute = 0; minute < 60; minute += 1) {
      note(`2026-03-05T01:${String(minute).padStart(2, '0')}:00Z`, 'id-7', `ticket.read${minute}`)
    }
    const page = await read('/desk/jejak')
    expect(actions(page)[0]).toBe('ticket.read59')
    expect(actions(page)).toHaveLength(50)
    expect(page).toContain('Yan &lt;i&gt;Ndun&lt;/i&gt;')
    expect(page).toContain('5 Maret 2026, 09.59')
    const older = /href="(\/desk\/jejak\?sebelum=\d+)"/.exec(page)?.[1] ?? ''
    expect(actions(await read(older))).toEqual(
      Array.from({ length: 10 }, (_, index) => `ticket.read${9 - index}`),
    )
  })

  it('finds by person, action and days in Kupang', async () => {
    note('2026-03-04T15:59:00Z', 'id-7', 'ticket.read')
    note('2026-03-04T16:00:00Z', 'id-7', 'ticket.close')
    note('2026-03-05T15:59:00Z', 'id-8', 'assistance.check')
    note('2026-03-05T16:00:00Z', 'sign_in', 'staff.sign_in')
    expect(actions(await found({ siapa: 'ndun' }))).toEqual(['ticket.close', 'ticket.read'])
    expect(actions(await found({ siapa: 'id-8' }))).toEqual(['assistance.check'])
    expect(actions(await found({ perbuatan: 'ticket' }))).toEqual(['ticket.close', 'ticket.read'])
    expect(actions(await found({ dari: '2026-03-05', sampai: '2026-03-05' }))).toEqual([
      'assistance.check',
      'ticket.close',
    ])
    expect(actions(await found({ dari: 'kemarin', sampai: '2026-99-99' }))).toHaveLength(4)
    expect(actions(await read('/desk/jejak?sebelum=x'))).toHaveLength(4)
    expect(await found({ perbuatan: 'tidak-ada' })).toContain(world.texts.trail.none)
  })

  it('keeps what was looked for, as text', async () => {
    const page = await found({ siapa: '"><script>x' })
    expect(page).not.toContain('<script>x')
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;x"')
  })

  it('gives a file of what was looked for, and notes that it was taken', async () => {
    note('2026-03-05T01:00:00Z', 'id-7', 'ticket.read')
    note('2026-03-05T01:00:00Z', 'id-7', 'staff.sign_in')
    const page = await found({ perbuatan: 'ticket', siapa: 'ndun' })
    expect(page).not.toMatch(/href="[^"]*(ndun|perbuatan)/)
    const file = /href="(\/desk\/jejak\/csv[^"]*)"/.exec(page)?.[1] ?? ''
    const response = await world.get(file, cookie)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="jejak.csv"')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toBe(
      'Nomor,Waktu,Jenis pelaku,Pelaku,Perbuatan,Tentang,Hasil,Keterangan\r\n0,ticket.read\r\n',
    )
    expect(world.notes.at(-1)).toMatchObject({ action: 'trail.download', details: { action: 'ticket' } })
  })

  it.each(['siapa', 'tentang'])(
    'looks for no number of a person in %s, and repeats it nowhere',
    async (name) => {
      const number = '5399011708800001'
      const response = await world.post('/desk/jejak/cari', { [name]: ` ${number}` }, cookie)
      expect(response.headers.get('location')).toBe('/desk/jejak')
      const flash = response.headers.getSetCookie().map((set) => set.split(';')[0])
      const page = await (await world.get('/desk/jejak', `${cookie}; ${flash.join('; ')}`)).text()
      expect(page).toContain(world.texts.trail.refused)
      expect(page).not.toContain(number)
      expect(JSON.stringify([world.notes, world.log])).not.toContain(number)
    },
  )

  it('looks for ids and keyed hashes, whatever digits stand in them', async () => {
    const hash = 'a1234567890123456f'.repeat(3)
    world.notes.push({ at: new Date(0), actor: { type: 'system', id: 'x' }, action: 'a.b', subject: hash })
    expect(actions(await found({ tentang: hash }))).toEqual(['a.b'])
    expect(await search({ siapa: '11111111-2222-4333-8444-55555555555a' })).toContain('?cari=')
  })

  it('says whether the trail is whole, and the end of it to be written down', async () => {
    note('2026-03-05T01:00:00Z', 'id-7', 'ticket.read')
    const page = await read('/desk/jejak/verifikasi')
    expect(page).toContain('Jejak utuh: 1 catatan')
    expect(page).toContain(`<p class="secret">1:${'a'.repeat(64)}</p>`)
  })

  it('compares with an end that was written down, and says when it is none', async () => {
    const expected: unknown[] = []
    const trail: TrailSource = {
      ...createFakeTrail([]),
      async verify(head) {
        expected.push(head?.count)
        return { ...wholeTrail(9), broken: { type: 'changed_entry', position: 3, entryId: '4' } }
      },
    }
    world = createDeskWorld({ trail })
    cookie = world.signedIn('auditor').cookie
    const page = await read(`/desk/jejak/verifikasi?ujung=7:${'b'.repeat(64)}`)
    expect(page).toContain('Catatan 4 diubah.')
    expect(page).not.toContain(world.texts.trail.noted_wrong)
    expect(world.notes.at(-1)).toMatchObject({ action: 'trail.verify', details: { whole: false } })
    expect(await read('/desk/jejak/verifikasi?ujung=apa')).toContain(world.texts.trail.noted_wrong)
    expect(expected).toEqual([7, undefined])
  })
})
