import { beforeEach, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../src/staff/officer.ts'
import { watchTickets } from '../../src/web/desk/tickets/ticket-changes.ts'
import { ticketTiles } from '../../src/web/desk/tickets/ticket-tiles.ts'
import { deskNow } from '../support/memory-ticket-desk.ts'
import { createTicketWorld, type TicketWorld } from '../support/ticket-world.ts'

const hour = 3_600_000
const ago = (hours: number) => new Date(deskNow.getTime() - hours * hour)

let world: TicketWorld
let cookie: string

const signIn = (...roles: readonly StaffRole[]) => {
  cookie = world.signedIn(...roles).cookie
}
const open = async (path: string, headers = {}) => (await world.get(`/desk${path}`, cookie, headers)).text()
const post = (path: string, fields: Record<string, string> = {}) => world.post(`/desk${path}`, fields, cookie)
/** The value of a hidden field. */
const field = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
const typed = (page: string) => /<textarea id="text"[^>]*>([^<]*)</.exec(page)?.[1]
const part = { 'hx-request': 'true', 'hx-request-type': 'partial' }
/** Where the form of the list leads that is filled in so. */
const search = async (fields: Record<string, string>) =>
  (await post('/tiket/cari', fields)).headers.get('location') ?? ''
const found = async (fields: Record<string, string>) => (await world.get(await search(fields), cookie)).text()
/** Answers as the form of the page that is open would. */
const answer = async (number: number, text: string, more: Record<string, string> = {}) => {
  const page = await open(`/tiket/${number}`)
  return post(`/tiket/${number}/jawab`, { text, key: field(page, 'key'), seen: field(page, 'seen'), ...more })
}

beforeEach(() => {
  world = createTicketWorld()
  signIn('penjawab')
})

describe('the list of tickets', () => {
  it('shows what is owed, the urgent first, then by promise', async () => {
    world.desk.add({ number: 11, promisedAt: ago(-5) })
    world.desk.add({ number: 12, promisedAt: ago(26) })
    world.desk.add({ number: 13, promisedAt: ago(-0.5), urgent: true })
    world.desk.add({ number: 14, state: 'answered' })
    const page = await open('/tiket')
    expect([...page.matchAll(/<b>#(\d+)<\/b>/g)].map(([, number]) => number)).toEqual(['13', '12', '11'])
    expect(page).toContain('5 jam lagi')
    expect(page).toContain('lewat 1 hari')
    expect(page).toContain('30 menit lagi')
    expect(page).toContain('1 lewat janji')
  })

  it('has words for a photo, in front of what was written with it', async () => {
    world.desk.add({ number: 11 }, [{ text: '[photo] rumah saya', media: ['m-1'] }])
    expect(await open('/tiket')).toContain(`<bdi>${world.words.talk.marks.photo}: rumah saya</bdi>`)
  })

  it('tells who holds a ticket, and of which kelurahan it is', async () => {
    world.desk.add({
      number: 11,
      holder: { id: 'x', name: 'Yosef Contoh', since: deskNow },
      kelurahan: '53.71.01.1001',
    })
    const page = await open('/tiket')
    expect(page).toContain('dipegang Yosef Contoh')
    expect(page).toContain('Pelayanan Umum · Alak')
  })

  it('lists one queue, office and kind, and what a search finds', async () => {
    signIn('admin')
    world.desk.add({ number: 11, office: 'dinsos', kind: 'fraud' }, [{ text: 'ada pungutan' }])
    world.desk.add({ number: 12, office: 'umum' }, [{ text: 'jam buka' }])
    world.desk.add({ number: 13, state: 'closed', closeReason: 'solved' })
    const listed = async (query: string) =>
      [...(await open(`/tiket?${query}`)).matchAll(/<b>#(\d+)<\/b>/g)].map(([, number]) => number)
    expect(await listed('antrean=jawab&kantor=dinsos')).toEqual(['11'])
    expect(await listed('antrean=jawab&jenis=question')).toEqual(['12'])
    expect(await listed('antrean=selesai')).toEqual(['13'])
    expect(await listed('antrean=apa&jenis=lain')).toEqual(['11', '12'])
  })

  it('finds what is typed, and has it in no address', async () => {
    world.desk.pageSize = 1
    world.desk.add({ number: 11 }, [{ text: 'pungutan dari Ana Contoh' }])
    world.desk.add({ number: 12 }, [{ text: 'jam buka' }])
    world.desk.add({ number: 13, promisedAt: ago(-9) }, [{ text: 'pungutan lagi' }])
    const address = await search({ antrean: 'jawab', jenis: 'question', cari: ' pungutan ' })
    expect(address).toMatch(/^\/desk\/tiket\?antrean=jawab&jenis=question&cari=[\w-]+$/)
    const page = await (await world.get(address, cookie)).text()
    expect(page).toContain('value="pungutan"')
    expect(page).toContain('<b>#11</b>')
    const links = [...page.matchAll(/(?:href|action|hx-get)="([^"]*)"/g)].map(([, href]) => href).join(' ')
    expect(links).not.toContain('pungutan')
    const file = /href="([^"]*tiket\.csv[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const lines = (await (await world.get(file, cookie)).text()).trim().split('\r\n')
    expect(lines.map((line) => line.split(',')[0]?.replace('\uFEFF', ''))).toEqual(['Nomor', '11', '13'])
  })

  it('opens a search for whoever made it, and takes none that was typed into the address', async () => {
    world.desk.add({ number: 11 }, [{ text: 'pungutan' }])
    world.desk.add({ number: 12 }, [{ text: 'jam buka' }])
    const address = await search({ cari: 'pungutan' })
    signIn('admin')
    for (const other of [address, '/desk/tiket?cari=pungutan', '/desk/tiket?cari=']) {
      const page = await (await world.get(other, cookie)).text()
      expect(page).toContain('<b>#12</b>')
      expect(page).not.toContain('value="pungutan"')
    }
  })

  it.each(['5399011708800001', 'ada 5399 0117 0880 0001 itu', '081234567890'])(
    'looks for no number of a person such as %s, and repeats it nowhere',
    async (cari) => {
      const response = await post('/tiket/cari', { antrean: 'saya', cari })
      expect(response.headers.get('location')).toBe('/desk/tiket?antrean=saya')
      const flash = response.headers.getSetCookie().map((set) => set.split(';')[0])
      const page = await (
        await world.get('/desk/tiket?antrean=saya', `${cookie}; ${flash.join('; ')}`)
      ).text()
      expect(page).toContain(world.words.list.search_refused)
      expect(page).not.toMatch(/5399|08123/)
      expect(JSON.stringify([world.log, world.notes])).not.toMatch(/5399 ?0117|08123/)
    },
  )

  it('goes on to the next page, and back to the first', async () => {
    world.desk.pageSize = 1
    world.desk.add({ number: 11, promisedAt: ago(-1) })
    world.desk.add({ number: 12, promisedAt: ago(-2) })
    const next = /href="([^"]+)" rel="next"/.exec(await open('/tiket'))?.[1]?.replaceAll('&amp;', '&')
    const page = await (await world.get(next!, cookie)).text()
    expect(page).toContain('<b>#12</b>')
    expect(page).toContain(world.words.list.first)
  })

  it('says what an empty queue means, and offers a number that is somewhere else', async () => {
    expect(await open('/tiket')).toContain(world.words.list.none.due)
    const page = await found({ antrean: 'selesai', cari: '4711' })
    expect(page).toContain(world.words.list.none_found)
    expect(page).toContain('href="/desk/tiket/4711"')
  })

  it('offers only offices that the officer may see', async () => {
    signIn('bansos')
    const page = await open('/tiket')
    expect(page).toContain('<option value="dinsos">')
    expect(page).not.toContain('<option value="nakertrans">')
  })

  it('tells what is new without moving a row', async () => {
    world.desk.add({ number: 11 })
    world.desk.add({ number: 12 })
    const quiet = await open('/tiket/kabar?antrean=jawab&tampak=11.12', part)
    expect(quiet).toContain('aria-hidden="true">Diperiksa pukul 09.30')
    world.desk.add({ number: 13 })
    world.desk.set(11, { holder: { id: 'x', name: 'Yosef Contoh', since: deskNow } })
    const news = await open('/tiket/kabar?antrean=jawab&tampak=11.12', part)
    expect(news).toContain('1 tiket baru')
    expect(news).toMatch(/hx-target="#keadaan-11"[^>]*>.*dipegang Yosef Contoh/)
    expect(news).toMatch(/hx-target="#hitung-jawab"[^>]*><b>3<\/b>/)
    expect(news).not.toContain('<b>#13</b>')
    world.desk.set(12, { state: 'closed' })
    expect(await open('/tiket/kabar?antrean=jawab&tampak=11.12', part)).toMatch(
      new RegExp(`hx-target="#keadaan-12"[^>]*>.*${world.words.list.gone}`),
    )
  })
})

describe('the page of a ticket', () => {
  it('shows the matter, the talk and what can be done', async () => {
    world.desk.add({ number: 11, kelurahan: '53.71.01.1001' }, [
      { type: 'event', text: 'opened' },
      { text: 'Kapan kantor buka?' },
      { type: 'note', text: 'Sudah tanya bagian umum', by: 'Yosef Contoh' },
      { type: 'officer', text: 'Senin sampai Jumat', by: 'Yosef Contoh', delivery: 'read' },
    ])
    const page = await open('/tiket/11')
    expect(page).toContain('Tiket 11')
    expect(page).toContain('Kapan kantor buka?')
    expect(page).toContain('Catatan Yosef Contoh, hanya untuk petugas')
    expect(page).toContain('<span class="fate read">dibaca</span>')
    expect(page).toContain(world.words.events.opened!)
    for (const action of ['ambil', 'catatan', 'teruskan', 'tutup', 'gabung', 'jawab']) {
      expect(page).toContain(`action="/desk/tiket/11/${action}"`)
    }
  })

  it('folds away what was said long ago', async () => {
    world.desk.add(
      { number: 11 },
      Array.from({ length: 30 }, (_, index) => ({ text: `pesan ${index}` })),
    )
    const page = await open('/tiket/11')
    expect(page).toContain(world.words.talk.older.replace('{{count}}', '18'))
    expect(page.indexOf('pesan 0')).toBeLessThan(page.indexOf('pesan 29'))
  })

  it('shows HTML, turned writing and endless words as the text they are', async () => {
    const nasty = `<script>alert(1)</script><hx-partial hx-target="body">"'&\u202Egpj.exe`
    world.desk.add({ number: 11, holder: { id: 'x', name: '<b>Y</b>', since: deskNow } }, [
      { text: nasty, by: '<i>' },
      { type: 'note', text: nasty, by: '<i>x</i>' },
      { text: 'x'.repeat(4000) },
    ])
    world.desk.set(11, {}, { details: { name: '<u>A</u>', '<s>': 'b' } })
    for (const page of [
      await open('/tiket/11'),
      await open('/tiket'),
      await open('/tiket/11/baru?sesudah=0', part),
    ]) {
      expect(page).not.toMatch(/<script>alert|<i>|<b>Y|<u>|<s>|<hx-partial hx-target="body"/)
    }
    expect(await open('/tiket/11')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('gives the words of the desk to what the flow asked for', async () => {
    world.desk.add({ number: 11 })
    world.desk.set(
      11,
      {},
      { details: { for_whom: 'family', callback: 'true', place: '53.71.01.1001', apa: 'lain' } },
    )
    const page = await open('/tiket/11')
    expect(page).toContain('<dt>Untuk siapa</dt><dd><bdi>keluarga sendiri</bdi></dd>')
    expect(page).toContain('<dt>Boleh ditanya lagi</dt><dd><bdi>ya</bdi></dd>')
    expect(page).toContain('<bdi>Alak</bdi>')
    expect(page).toContain('<dt>apa</dt><dd><bdi>lain</bdi></dd>')
  })

  it('has words for what is no text', async () => {
    world.desk.add({ number: 11 }, [
      { text: '[sticker]' },
      { text: '[photo] ini rumahnya', media: ['m-1'] },
      { text: '[apa saja] lain' },
      { type: 'note', text: '[photo]', by: 'Yosef Contoh' },
    ])
    const page = await open('/tiket/11')
    expect(page).toContain(`<i>${world.words.talk.marks.sticker}</i>`)
    expect(page).not.toContain(`<i>${world.words.talk.marks.photo}</i>`)
    expect(page).toContain('dir="auto">ini rumahnya<')
    expect(page).toContain('dir="auto">[apa saja] lain<')
    expect(page).toContain('dir="auto">[photo]<')
  })

  it('keeps whoever is anonymous unknown', async () => {
    world.desk.add({ number: 11, anonymous: true })
    const page = await open('/tiket/11')
    expect(page).toContain(world.words.ticket.anonymous)
    expect(page).not.toContain('/percakapan"')
    expect(page).not.toContain('<dd>Telegram</dd>')
    expect(page).not.toContain('/tiket/11/gabung')
  })

  it('has other matters of the person at hand, and the talk with the bot on a page of its own', async () => {
    const { ticket } = world.desk.add({ number: 10, state: 'closed' })
    world.desk.add({ number: 11 })
    world.desk.set(11, {}, { history: [ticket] })
    expect(await open('/tiket/11')).toContain('href="/desk/tiket/10"')
    world.desk.talked = [world.desk.write(10, { type: 'officer', text: 'Tanggal lahir Bapak/Ibu?' })]
    world.desk.talked.push(world.desk.write(10, { text: '', media: ['m-9'] }))
    const talked = await open('/tiket/11/percakapan')
    expect(talked).toContain(world.words.talk.file)
    expect(talked).not.toContain('<img')
    expect(talked).toContain('Tanggal lahir Bapak/Ibu?')
    expect(talked).toContain(`<bdi>${world.words.transcript.bot}</bdi>`)
  })

  it('tells nothing of a ticket that the officer may not see', async () => {
    world.desk.add({ number: 11, office: 'dinsos' }, [{ text: 'rahasia' }])
    const hidden = await world.get('/desk/tiket/11', cookie)
    const missing = await world.get('/desk/tiket/999', cookie)
    expect(hidden.status).toBe(404)
    expect(await hidden.text()).toBe(await missing.text())
    for (const path of [
      '/tiket/abc',
      '/tiket/-1',
      '/tiket/11/percakapan',
      '/tiket/11/baru',
      '/tiket/11/media/x',
    ]) {
      expect((await world.get(`/desk${path}`, cookie)).status, path).toBe(404)
    }
  })
})

describe('answering', () => {
  it('sends what was written, with what had been read', async () => {
    world.desk.add({ number: 11 })
    const response = await answer(11, 'Buka pukul 07.30.\r\nTerima kasih.')
    expect(response.headers.get('location')).toBe('/desk/tiket/11')
    expect(world.desk.calls).toMatchObject([
      { act: 'answer', number: 11, with: { text: 'Buka pukul 07.30.\nTerima kasih.', seen: 101n } },
    ])
    const page = await open('/tiket/11')
    expect(page).toContain('<span class="fate queued">antre</span>')
    expect(page).toContain(world.words.list.held_by_me)
  })

  it('shows what is new above the kept text when somebody wrote meanwhile, and then sends', async () => {
    world.desk.add({ number: 11 })
    const before = await open('/tiket/11')
    world.desk.write(11, { text: 'Tidak jadi, sudah dapat.' })
    const fields = { text: 'Kantor buka.', key: field(before, 'key'), seen: field(before, 'seen') }
    const refused = await post('/tiket/11/jawab', fields)
    expect(refused.status).toBe(409)
    const page = await refused.text()
    expect(page).toContain(world.words.refused.moved)
    expect(page.indexOf('Tidak jadi, sudah dapat.')).toBeLessThan(page.indexOf('<textarea id="text"'))
    expect(typed(page)).toBe('Kantor buka.')
    expect(field(page, 'key')).toBe(fields.key)
    const again = await post('/tiket/11/jawab', { ...fields, seen: field(page, 'seen') })
    expect(again.status).toBe(303)
  })

  it.each([
    [{ type: 'held', by: 'Yosef Contoh' } as const, 409, 'Yosef Contoh'],
    [{ type: 'over' } as const, 409, 'sudah selesai'],
    [{ type: 'unreachable' } as const, 409, 'tidak dapat ditulisi'],
    [{ type: 'unreadable', why: 'empty' } as const, 422, 'kosong'],
    [{ type: 'unreadable', why: 'too_long' } as const, 422, 'terlalu panjang'],
    [{ type: 'unreadable', why: 'identifier' } as const, 422, 'NIK'],
  ])('says why not and keeps what was typed: %j', async (refusal, status, words) => {
    world.desk.add({ number: 11 })
    world.desk.next = refusal
    const response = await answer(11, 'Yang sudah diketik')
    expect(response.status).toBe(status)
    const page = await response.text()
    expect(/role="alert"><p>(.*?)<\/p>/.exec(page)?.[1]).toContain(words)
    expect(typed(page)).toBe('Yang sudah diketik')
  })

  it('keeps what was typed even when the ticket was taken or closed meanwhile', async () => {
    world.desk.add({ number: 11 })
    const page = await open('/tiket/11')
    world.desk.set(11, { holder: { id: 'x', name: 'Yosef Contoh', since: deskNow } })
    const fields = { text: 'Yang sudah diketik', key: field(page, 'key'), seen: field(page, 'seen') }
    const refused = await (await post('/tiket/11/jawab', fields)).text()
    expect(refused).toContain('hanya Yosef Contoh yang menjawab')
    expect(typed(refused)).toBe('Yang sudah diketik')
    expect(refused).not.toContain('action="/desk/tiket/11/jawab"')
  })

  it('fills a canned answer in below what was typed', async () => {
    world.desk.add({ number: 11 })
    const page = await (
      await post('/tiket/11/isi', { text: 'Halo.', jawaban: 'datang', key: 'kunci-kunci', seen: '101' })
    ).text()
    expect(typed(page)).toMatch(
      /^Halo\.\n\n.*Pelayanan Umum.*Senin sampai Kamis 07\.30-16\.00, Jumat 07\.30-16\.30.*nomor 11/,
    )
    expect(field(page, 'key')).toBe('kunci-kunci')
    const only = await world.post(
      '/desk/tiket/11/isi',
      { jawaban: 'terima', csrf: field(page, 'csrf') },
      cookie,
      part,
    )
    expect(await only.text()).toMatch(/^<label for="text">/)
    expect(typed(await open('/tiket/11?jawaban=terima'))).toContain('Selamat pagi')
  })

  it('sends no canned answer whose places are still empty', async () => {
    world.desk.add({ number: 11 })
    const page = await open('/tiket/11?jawaban=perlu_waktu')
    const response = await answer(11, typed(page)!)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('[alasannya] [hari]')
    expect(world.desk.calls).toEqual([])
  })

  it('offers no form to whoever cannot answer, and says why', async () => {
    world.desk.add({ number: 11, holder: { id: 'x', name: 'Yosef Contoh', since: deskNow } })
    world.desk.add({ number: 12, state: 'closed' })
    world.desk.add({ number: 13 })
    world.desk.set(13, {}, { reachable: false })
    for (const [number, why] of [
      [11, 'hanya Yosef Contoh yang menjawab'],
      [12, world.words.answer.over],
      [13, 'tidak dapat ditulisi'],
    ] as const) {
      const page = await open(`/tiket/${number}`)
      expect(page).toContain(why)
      expect(page).not.toContain(`action="/desk/tiket/${number}/jawab"`)
    }
  })
})

describe('news of an open ticket', () => {
  /** Asks as the tail of a page or of the last news would. */
  const ask = async (page: string) => {
    const path = /id="ekor" hidden hx-get="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    return world.get(path ?? '/', cookie, part)
  }

  it('brings what came, and counts as read only what had been on the screen', async () => {
    world.desk.add({ number: 11 }, [{ text: 'lama' }, { type: 'officer', text: 'jawaban', delivery: 'sent' }])
    const page = await open('/tiket/11')
    const came = world.desk.write(11, { text: 'baru sekali' })
    const first = await (await ask(page)).text()
    expect(first).toContain('baru sekali')
    expect(first).not.toContain('>lama<')
    expect(field(first, 'seen')).toBe('102')
    expect(first).toContain(world.words.talk.news)
    expect(first).toMatch(/hx-target="#tanda-102"[^>]*><span class="fate sent">/)
    const second = await (await ask(first)).text()
    expect(second).not.toContain('baru sekali')
    expect(field(second, 'seen')).toBe(String(came.id))
    expect((await ask(second)).status).toBe(204)
  })

  it('reads a ticket only when something changed in it, as each reading is noted', async () => {
    world.desk.add({ number: 11 })
    const page = await open('/tiket/11')
    expect(world.desk.reads).toBe(1)
    expect((await ask(page)).status).toBe(204)
    expect((await ask(page)).status).toBe(204)
    expect(world.desk.reads).toBe(1)
    world.desk.set(11, { holder: { id: 'x', name: 'Yosef Contoh', since: deskNow } })
    expect(await (await ask(page)).text()).toMatch(/hx-target="#fakta"[^>]*>.*dipegang Yosef Contoh/s)
  })

  it('looks a few times more for the mark of an answer that has not left', async () => {
    world.desk.add({ number: 11 }, [{ type: 'officer', text: 'jawaban', delivery: 'queued' }])
    let page = await open('/tiket/11')
    for (let look = 0; look < 12; look += 1) page = await (await ask(page)).text()
    expect((await ask(page)).status).toBe(204)
    expect(world.desk.reads).toBe(13)
  })

  it('answers for a ticket that may not be seen as for one that does not exist, whatever mark is given', async () => {
    world.desk.add({ number: 11, office: 'dinsos' })
    world.desk.add({ number: 12 })
    const own = /tanda=([^&"]*)/.exec(await open('/tiket/12'))?.[1] ?? ''
    expect(own).not.toBe('')
    const asked = async (number: number) => {
      const query = `sesudah=1&baca=1&tanda=${own}`
      const response = await world.get(`/desk/tiket/${number}/baru?${query}`, cookie, part)
      return { status: response.status, text: await response.text() }
    }
    expect((await asked(12)).status).toBe(204)
    expect((await asked(11)).status).toBe(404)
    expect(await asked(11)).toEqual(await asked(999))
  })

  it('never touches the field that is being typed into', async () => {
    world.desk.add({ number: 11 })
    const page = await open('/tiket/11')
    world.desk.write(11, { text: 'baru' })
    expect(await (await ask(page)).text()).not.toContain('<textarea')
  })
})

describe('watchTickets', () => {
  it('marks each change of a ticket, and everything after a gap', async () => {
    const listeners: ((payload: string) => void)[] = []
    const gaps: (() => void)[] = []
    const changes = await watchTickets({
      on: async (_, listener) => void listeners.push(listener),
      onGap: (listener) => void gaps.push(listener),
    })
    const mark = (number: number) => changes.mark(number, 'maria')
    const [mine, other] = [mark(11), mark(12)]
    listeners[0]?.('11')
    expect(mark(11)).not.toBe(mine)
    expect(mark(12)).toBe(other)
    gaps[0]?.()
    expect(mark(12)).not.toBe(other)
  })

  it('gives every viewer and ticket a mark of its own, which tells nothing of another', async () => {
    const changes = await watchTickets({ on: async () => undefined, onGap: () => undefined })
    const marks = ['maria', 'yosef'].flatMap((viewer) =>
      [11, 12].map((number) => changes.mark(number, viewer)),
    )
    expect(new Set(marks).size).toBe(4)
    for (const mark of marks) expect(mark).toMatch(/^[\w-]{22}$/)
  })
})

describe('the file of a list', () => {
  it('has the tickets of the filter on all its pages, and no words of residents', async () => {
    world.desk.pageSize = 1
    world.desk.add({ number: 11, holder: { id: 'x', name: '=SUM(A1)', since: deskNow } }, [
      { text: 'rahasia' },
    ])
    world.desk.add({ number: 12, promisedAt: ago(1), kelurahan: '53.71.01.1001' })
    world.desk.add({ number: 13, kind: 'complaint' })
    const response = await world.get('/desk/tiket.csv?antrean=jawab&jenis=question', cookie)
    expect(response.headers.get('content-type')).toContain('text/csv')
    expect(response.headers.get('content-disposition')).toContain('attachment')
    const lines = (await response.text()).trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toMatch(/^12,Pertanyaan,Pelayanan Umum,Alak,.*,ya,$/)
    expect(lines[2]).toMatch(/,'=SUM\(A1\)$/)
    expect(lines.join()).not.toContain('rahasia')
  })
})

describe('the actions of a ticket', () => {
  it.each([
    ['ambil', 'claim', {}, undefined],
    ['lepas', 'release', {}, undefined],
    ['bot', 'handBack', {}, undefined],
    ['tanya', 'askSolved', {}, undefined],
    ['buka', 'reopen', {}, undefined],
    ['catatan', 'note', { note: 'Sudah ditelepon' }, 'Sudah ditelepon'],
    ['tutup', 'close', { alasan: 'solved' }, 'solved'],
  ] as const)('%s', async (path, act, fields, wish) => {
    world.desk.add({ number: 11 })
    const response = await post(`/tiket/11/${path}`, fields)
    expect(response.headers.get('location')).toBe('/desk/tiket/11')
    expect(world.desk.calls).toEqual([{ act, number: 11, with: wish }])
  })

  it.each(['ambil', 'lepas', 'bot', 'tanya', 'buka', 'catatan', 'tutup', 'teruskan'])(
    'says who holds the ticket when %s is refused',
    async (path) => {
      world.desk.add({ number: 11 })
      world.desk.next = { type: 'held', by: 'Yosef Contoh' }
      const response = await post(`/tiket/11/${path}`, {
        note: 'Catatan saya',
        alasan: 'done',
        kantor: 'dinsos',
      })
      expect(response.status).toBe(409)
      const page = await response.text()
      expect(page).toContain('sudah dipegang Yosef Contoh')
      if (path === 'catatan') expect(page).toContain('>Catatan saya</textarea>')
    },
  )

  it('gives a ticket only to colleagues who may see it', async () => {
    world.desk.add({ number: 11 })
    world.colleague({ id: 'a', name: 'Ana Contoh' })
    world.colleague({ id: 'b', name: 'Beni Contoh', roles: ['umkm'] })
    world.colleague({ id: 'c', name: 'Cici Contoh', state: 'disabled' })
    const page = await open('/tiket/11')
    expect(page).toContain('Ana Contoh')
    expect(page).not.toMatch(/Beni|Cici/)
    const given = await post('/tiket/11/tugas', { rekan: 'a' })
    expect(given.status).toBe(303)
    expect(world.desk.calls).toEqual([
      {
        act: 'assign',
        number: 11,
        with: { id: 'a', name: 'Ana Contoh', roles: ['penjawab'], kelurahan: undefined },
      },
    ])
    expect((await post('/tiket/11/tugas', { rekan: 'b' })).status).toBe(422)
  })

  it('passes a ticket on to another office and goes back to the list', async () => {
    world.desk.add({ number: 11 })
    expect((await post('/tiket/11/teruskan', { kantor: 'bank' })).status).toBe(422)
    const response = await post('/tiket/11/teruskan', { kantor: 'dinsos' })
    expect(response.headers.get('location')).toBe('/desk/tiket')
    expect(world.desk.calls).toEqual([{ act: 'transfer', number: 11, with: 'dinsos' }])
  })

  it('puts a ticket into another, and says so when it cannot', async () => {
    world.desk.add({ number: 11 })
    world.desk.add({ number: 12 })
    for (const ke of ['11', 'abc', '', '999']) {
      const refused = await post('/tiket/11/gabung', { ke })
      expect(refused.status, ke).toBe(422)
      expect(await refused.text()).toContain(world.words.refused.no_ticket)
    }
    expect((await post('/tiket/11/gabung', { ke: ' #12 ' })).headers.get('location')).toBe('/desk/tiket/12')
    expect(await open('/tiket/11')).toContain('href="/desk/tiket/12"')
  })

  it('asks for a reason before it closes', async () => {
    world.desk.add({ number: 11 })
    const refused = await post('/tiket/11/tutup', { alasan: '' })
    expect(refused.status).toBe(422)
    expect(world.desk.calls).toEqual([])
  })

  it('takes nothing without the word of the session', async () => {
    world.desk.add({ number: 11 })
    expect((await world.post('/desk/tiket/11/ambil', { csrf: 'x' }, cookie)).status).toBe(403)
    expect(world.desk.calls).toEqual([])
  })
})

describe('media of a ticket', () => {
  const give = async (mime: string, name?: string) => {
    world.desk.add({ number: 11 }, [{ text: '', media: ['m-1'] }])
    world.desk.files.set('m-1', { mime, bytes: new Uint8Array([1, 2, 3]), name })
    return world.get('/desk/tiket/11/media/m-1', cookie)
  }

  it('shows a picture as what it is', async () => {
    const response = await give('image/jpeg')
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect(response.headers.get('content-disposition')).toBe('inline')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
  })

  it('lets a file run and load nothing', async () => {
    const { headers } = await give('image/png')
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  })

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/html; charset=utf-8', 'image/jpeg2'])(
    'saves %s as bytes of no kind',
    async (mime) => {
      const response = await give(mime, 'a\r\n"b\u202Egpj.html')
      expect(response.headers.get('content-type')).toBe('application/octet-stream')
      expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a%22bgpj.html")
    },
  )

  it('saves a PDF, and stands for it by a drawing', async () => {
    const response = await give('application/pdf')
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''lampiran.pdf")
    const small = await world.get('/desk/tiket/11/media/m-1?kecil=1', cookie)
    expect(small.headers.get('content-type')).toBe('image/svg+xml')
  })

  it('has no file of another ticket', async () => {
    await give('image/jpeg')
    world.desk.add({ number: 12 })
    expect((await world.get('/desk/tiket/12/media/m-1', cookie)).status).toBe(404)
  })
})

describe('ticketTiles', () => {
  it('counts what waits, and says what is late', async () => {
    const { officer } = world.signedIn('penjawab')
    world.desk.add({ number: 11, promisedAt: ago(1) })
    world.desk.add({
      number: 12,
      state: 'answered',
      holder: { id: officer.id, name: officer.name, since: deskNow },
    })
    const tiles = await ticketTiles({ desk: world.desk, texts: world.words }, officer)
    expect(tiles.map(({ count, urgent }) => [count, urgent])).toEqual([
      [1, true],
      [1, undefined],
      [1, undefined],
    ])
    expect(
      await ticketTiles({ desk: world.desk, texts: world.words }, world.signedIn('auditor').officer),
    ).toEqual([])
  })
})
