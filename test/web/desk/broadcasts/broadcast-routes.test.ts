import { beforeEach, describe, expect, it } from 'vitest'
import { broadcastRoutes } from '../../../../src/web/desk/broadcasts/broadcast-routes.ts'
import { broadcastTiles } from '../../../../src/web/desk/broadcasts/broadcast-tiles.ts'
import { broadcastNow, type FakeRecipient, figuresFor } from '../../../support/fake-broadcast-desk.ts'
import { type BroadcastPagesWorld, createBroadcastPages } from './broadcast-pages-world.ts'

let world: BroadcastPagesWorld
beforeEach(() => {
  world = createBroadcastPages()
})

const body = async (answer: Response | Promise<Response>) => (await answer).text()
const person = (at: number, part: Partial<FakeRecipient> = {}): FakeRecipient => ({
  ...{
    id: BigInt(at),
    chat: `77001${String(at).padStart(4, '0')}`,
    phone: `+62812000${String(at).padStart(5, '0')}`,
  },
  ...{ name: `Warga Contoh ${at}`, channel: 'telegram', state: 'sent', ...part },
})

describe(broadcastRoutes.name, () => {
  it('lists what waits for approval first for whoever may approve', async () => {
    world.desk.put({ title: 'Sedang jalan', state: 'sending' })
    world.desk.put({ title: 'Minta dibaca', state: 'proposed' })
    world.desk.put({ title: 'Sudah lama', state: 'finished' })
    const order = (page: string) => page.indexOf('Minta dibaca') < page.indexOf('Sedang jalan')
    expect(order(await body(world.open('/siaran', 'penyetuju')))).toBe(true)
    expect(order(await body(world.open('/siaran')))).toBe(false)
    expect(await body(world.open('/siaran'))).not.toContain('Sudah lama')
    expect(await body(world.open('/siaran?semua=ya'))).toContain('Sudah lama')
  })

  it('tells in the list how far each is', async () => {
    world.desk.put({ state: 'sending', audienceSize: 8214 })
    world.desk.figuresOf.set(1, figuresFor(8214, { sent: 1200, failed: 4 }))
    const page = await body(world.open('/siaran'))
    expect(page).toContain('1.204 dari 8.214')
    expect(page).toContain('4 gagal')
    expect(page).toContain('<progress max="8214" value="1204"')
  })

  it('shows recipients by state, fifty at a time', async () => {
    world.desk.put({ state: 'finished', audienceSize: 130 })
    const all = Array.from({ length: 130 }, (_, at) =>
      person(at + 1, at % 2 === 0 ? {} : { state: 'failed', reason: 'refused' }),
    )
    world.desk.people.set(1, all)
    const first = await body(world.open('/siaran/1/penerima?keadaan=failed'))
    expect(first.match(/<tr role="row"><td/g)).toHaveLength(50)
    expect(first).not.toContain('<div><span class="pill good">')
    const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const rest = await body(world.get(next, world.signedIn('pelatihan').cookie))
    expect(rest.match(/<tr role="row"><td/g)).toHaveLength(15)
    expect(rest).not.toContain('rel="next"')
    // A page is a look, and no export of all.
    expect(world.desk.calls.map(({ act }) => act)).toEqual(['recipientPage', 'recipientPage'])
  })

  it('gives the recipients as a file that no spreadsheet takes for formulas', async () => {
    world.desk.put({ state: 'finished' })
    world.desk.people.set(1, [person(1), person(2, { state: 'suppressed', reason: 'stopped_by_person' })])
    const answer = await world.open('/siaran/1/penerima.csv')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="siaran-1.csv"')
    const lines = (await answer.text()).split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[2]).toBe('2,Telegram,••••002,Tidak dikirim,Minta berhenti,2026-03-05 09:30,,')
  })

  it('has no recipients before it is approved', async () => {
    world.desk.put()
    expect(await body(world.open('/siaran/1/penerima'))).toContain(world.deps.texts.recipients.not_yet)
    expect((await world.open('/siaran/1/penerima.csv')).headers.get('location')).toBe('/desk/siaran/1')
    expect(world.desk.calls.some(({ act }) => act.startsWith('recipient'))).toBe(false)
  })

  it('shows what one person was sent, only from a broadcast that they are in', async () => {
    world.desk.put({ title: 'Yang pertama', state: 'finished' })
    world.desk.put({ title: 'Yang kedua', state: 'finished' })
    world.desk.people.set(1, [person(1)])
    world.desk.people.set(2, [person(2, { chat: person(1).chat, state: 'read' }), person(3)])
    const page = await body(world.open('/siaran/1/penerima/1'))
    expect(page).toContain('Yang kedua')
    for (const path of ['/siaran/1/penerima/3', '/siaran/1/penerima/99'])
      expect((await world.open(path)).status, path).toBe(404)
  })

  it('shows no chat id, phone or name of anybody on any page or in any file', async () => {
    const people = Array.from({ length: 60 }, (_, at) => person(at + 1))
    for (const [number, state] of [
      [1, 'draft'],
      [2, 'sending'],
      [3, 'finished'],
    ] as const) {
      world.desk.put({ number, state, audienceSize: 60, startedAt: broadcastNow })
      world.desk.people.set(
        number,
        people.map((one) => ({ ...one, id: one.id + BigInt(number * 1000) })),
      )
      world.desk.figuresOf.set(number, figuresFor(60, { sent: 60 }))
    }
    const paths = [
      ...['/siaran', '/siaran?semua=ya', '/siaran/1', '/siaran/1/ubah', '/siaran/baru?dari=3', '/siaran/2'],
      ...['/siaran/2/kabar', '/siaran/2/penerima', '/siaran/3/penerima.csv', '/siaran/3/penerima/3001'],
    ]
    for (const path of paths) {
      const answer = await world.open(path, 'admin')
      const page = await answer.text()
      expect(answer.status, path).toBe(200)
      for (const { chat, phone, name } of people)
        for (const secret of [chat, phone, phone.slice(3), name])
          expect(page.includes(secret), path).toBe(false)
    }
  })

  it('leaves nothing of broadcasts to whoever has no part in them', async () => {
    world.desk.put({ state: 'sending' })
    for (const path of ['/siaran', '/siaran/1', '/siaran/1/penerima.csv', '/siaran/baru'])
      expect((await world.open(path, 'penjawab')).status, path).toBe(403)
  })
})

describe(broadcastTiles.name, () => {
  it('tells what waits for this officer, what goes out, and what paused by itself', async () => {
    const { deps, desk } = world
    desk.reach = 8214
    desk.put({ state: 'proposed' })
    desk.put({ state: 'proposed', editedById: 'u-penyetuju' })
    desk.put({ state: 'sending' })
    desk.put({ state: 'sending' })
    desk.put({ state: 'paused', pauseReason: 'failure_rate' })
    desk.put({ state: 'paused' })
    const { tiles } = deps.texts
    const { officer } = world.signedIn('penyetuju')
    expect(await broadcastTiles(deps, officer)).toEqual([
      { label: tiles.paused, hint: tiles.paused_hint, urgent: true, count: 1, path: '/siaran/5' },
      { label: tiles.approve, count: 1, path: '/siaran/1' },
      { label: tiles.sending, count: 2, path: '/siaran' },
    ])
    expect(await broadcastTiles(deps, world.signedIn('pelatihan').officer)).toHaveLength(2)
    expect(await broadcastTiles(deps, world.signedIn('penjawab').officer)).toEqual([])
  })
})
