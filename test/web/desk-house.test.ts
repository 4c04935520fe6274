import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Topic } from '../../src/inquiry/content.ts'
import type { OpenAlarm } from '../../src/staff/alarm-store.ts'
import { alarmRoutes, alarmTiles } from '../../src/web/desk/house/alarms-page.ts'
import {
  channelRoutes,
  type DeskChannelAccount,
  type LinkingState,
} from '../../src/web/desk/house/channels-pages.ts'
import { contentsRoute, contentTiles } from '../../src/web/desk/house/contents-page.ts'
import { parseHouseTexts } from '../../src/web/desk/house/house-texts.ts'
import { createDeskWorld, type DeskWorld } from '../support/desk-world.ts'

const texts = parseHouseTexts(readFileSync('flows/content/meja-rumah.yaml', 'utf8'))
const now = () => new Date('2026-11-25T01:00:00Z')
const main: DeskChannelAccount = {
  ...{ account: 'main', state: 'unlinked', reason: undefined, isLinked: false, isServed: false },
  ...{ lastInboundAt: undefined, restrictedUntil: undefined },
}

let topics: Topic[]
let open: OpenAlarm[]
let settled: [bigint, string][]
let accounts: DeskChannelAccount[] | undefined
let linking: LinkingState
let asked: string[]
let world: DeskWorld
beforeEach(() => {
  topics = []
  open = []
  settled = []
  accounts = [main]
  linking = { type: 'none' }
  asked = []
  const contents = { texts: texts.contents, topics: () => topics, now }
  const alarms = {
    texts: texts.alarms,
    open: async () => open,
    settle: async (id: bigint, { name }: { readonly name: string }) => void settled.push([id, name]),
  }
  const channels = {
    accounts: async () => accounts,
    link: (account: string) => void asked.push(`link ${account}`),
    linking: () => linking,
    async unlink(account: string) {
      asked.push(`unlink ${account}`)
      return 'unlinked' as const
    },
  }
  world = createDeskWorld({
    routes: [
      contentsRoute(contents),
      ...alarmRoutes(alarms),
      ...channelRoutes({ texts: texts.channels, channels, now }),
    ],
    tiles: async () => [...contentTiles(contents), ...(await alarmTiles(alarms))],
    now,
  })
})

const topic = (title: string, more: Partial<Topic> = {}): Topic => ({
  ...{ title, text: 'Isi.', source: 'Perwali', as_of: '2026-01-01', owner: 'Dinas', review_by: '2027-12-31' },
  ...more,
})
const pageOf = async (path: string) => (await world.get(path, world.signedIn('admin').cookie)).text()

describe('contentsRoute', () => {
  it('shows what is empty or overdue first, with who answers for it', async () => {
    topics = [
      topic('Masih berlaku'),
      topic('Sudah lewat', { review_by: '2026-11-01' }),
      topic('Kosong', { text: '', as_of: undefined }),
    ]
    const page = await pageOf('/desk/isi')
    const places = ['Kosong', 'Sudah lewat', 'Masih berlaku'].map((title) => page.indexOf(title))
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places[0]).toBeGreaterThan(0)
    expect(page).toContain(texts.contents.states.overdue)
    expect(page).toContain('1 November 2026')
  })

  it('shows a text as it is written, and nothing of it as HTML', async () => {
    topics = [topic('<b>x</b>', { text: '<script>alert(1)</script>' })]
    const page = await pageOf('/desk/isi')
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('&lt;b&gt;x')
  })

  it('tells on the first page how many need somebody', async () => {
    topics = [topic('a'), topic('b', { review_by: '2026-01-01' }), topic('c', { text: '' })]
    const page = await pageOf('/desk')
    expect(page).toContain(texts.contents.tile_overdue)
    expect(page).toContain(texts.contents.tile_empty)
  })
})

describe('alarmRoutes', () => {
  it('shows open alarms in words, and one of an unknown kind too', async () => {
    open = [
      { id: 7n, kind: 'whatsapp_stopped', details: { account: 'main', reason: 'replaced' }, raisedAt: now() },
      { id: 8n, kind: 'something_new', details: {}, raisedAt: now() },
    ]
    const page = await pageOf('/desk/peringatan')
    expect(page).toContain(texts.alarms.kinds.whatsapp_stopped?.title)
    expect(page).toContain('main · replaced')
    expect(page).toContain(texts.alarms.kinds.other.text)
  })

  it('has an officer say that one is looked after', async () => {
    const { cookie, officer } = world.signedIn('bansos')
    const answer = await world.post('/desk/peringatan/7', {}, cookie)
    expect(answer.headers.get('location')).toBe('/desk/peringatan')
    expect(settled).toEqual([[7n, officer.name]])
  })
})

describe('channelRoutes', () => {
  it('says that WhatsApp is off where it is', async () => {
    accounts = undefined
    expect(await pageOf('/desk/whatsapp')).toContain(texts.channels.off)
  })

  it('offers to link an account that no phone is linked to, and shows the picture once it is there', async () => {
    const { cookie } = world.signedIn('admin')
    expect(await pageOf('/desk/whatsapp')).toContain(texts.channels.link)
    const begun = await world.post('/desk/whatsapp/main/taut', {}, cookie)
    expect(begun.headers.get('location')).toBe('/desk/whatsapp/main/taut')
    expect(asked).toEqual(['link main'])
    linking = { type: 'starting' }
    expect(await pageOf('/desk/whatsapp/main/taut')).toContain(texts.channels.linking.starting)
    const opened = now().getTime() / 1_000
    expect(await pageOf('/desk/whatsapp/main/taut')).toContain(`taut/gambar?sejak=${opened}"`)
    const aged = (seconds: number) => pageOf(`/desk/whatsapp/main/taut/gambar?sejak=${opened - seconds}`)
    expect(await aged(29)).toContain(texts.channels.linking.starting)
    expect(await aged(30)).toContain(texts.channels.linking.slow)
    linking = { type: 'shown', qr: '2@abc,def,ghi,jkl' }
    const part = await pageOf('/desk/whatsapp/main/taut/gambar')
    expect(part).toContain('<svg')
    expect(part).not.toContain('2@abc')
    linking = { type: 'failed', reason: 'forbidden' }
    expect(await pageOf('/desk/whatsapp/main/taut/gambar')).toContain(texts.channels.reasons.forbidden)
  })

  it('says what a stopped account needs, and until when a number may only answer', async () => {
    const restrictedUntil = new Date('2026-11-26T00:00:00Z')
    accounts = [{ ...main, state: 'stopped', reason: 'banned', isLinked: true, restrictedUntil }]
    const page = await pageOf('/desk/whatsapp')
    expect(page).toContain(texts.channels.reasons.banned)
    expect(page).toContain('26 November 2026, 08.00')
    expect(page).toContain(texts.channels.resume)
  })

  it('unlinks, and knows no account that is not configured', async () => {
    const { cookie } = world.signedIn('admin')
    await world.post('/desk/whatsapp/main/lepas', {}, cookie)
    await world.post('/desk/whatsapp/lain/lepas', {}, cookie)
    expect(asked).toEqual(['unlink main'])
  })
})
