import { beforeEach, describe, expect, it } from 'vitest'
import type { BroadcastRefusal } from '../../../../src/broadcast/broadcast-desk.ts'
import { fill } from '../../../../src/language/fill-text.ts'
import { pageRoutes } from '../../../../src/web/desk/broadcasts/page-routes.ts'
import { broadcastNow, figuresFor } from '../../../support/fake-broadcast-desk.ts'
import { type BroadcastPagesWorld, createBroadcastPages } from './broadcast-pages-world.ts'

let world: BroadcastPagesWorld
beforeEach(() => {
  world = createBroadcastPages()
})

const texts = () => world.deps.texts
const body = async (answer: Response | Promise<Response>) => (await answer).text()
const acts = () => world.desk.calls.map(({ act }) => act)

describe(pageRoutes.name, () => {
  it('shows by what one decides: how it looks, whom it reaches and not, what it costs, and what happens next', async () => {
    world.desk.reach = 8214
    world.desk.put()
    const page = await body(world.open('/siaran/1'))
    const { next, audience, unreached, costs } = texts()
    expect(page).toContain('Selamat pagi warga Kota Kupang.')
    expect(page).toContain(fill(audience.total, { count: '8.214' }))
    expect(page).toContain(unreached.not_subscribed)
    expect(page).toContain('340')
    expect(page).not.toContain(unreached.never_wrote)
    expect(page).toContain(costs.telegram.text)
    expect(page).toContain(costs.telegram.source)
    expect(page.match(/••••\d{3}/g)).toHaveLength(10)
    expect(page).toContain(fill(next.approval, { threshold: '200' }))
    expect(page).toContain('Telegram: 6.845 warga, 30 pesan tiap detik: sekitar 4 menit.')
    expect(page).toContain('WhatsApp: 1.369 warga, 60 sehari: 23 hari.')
    expect(page).toContain(fill(next.canary, { count: '10', minutes: 15 }))
  })

  it('shows how the public post looks, where there is one', async () => {
    world.desk.put({ posts: ['telegram'] })
    world.desk.put()
    const page = await body(world.open('/siaran/1'))
    expect(page).toContain(fill(texts().preview.post, { channel: 'Telegram' }))
    expect(page).toContain('Daftar: https://t.me/lopo_contoh_bot?start=daftar 12')
    expect(await body(world.open('/siaran/2'))).not.toContain('https://t.me')
  })

  it('has no canary for few, and says that nobody else is needed', async () => {
    world.desk.reach = 24
    world.desk.put()
    const page = await body(world.open('/siaran/1'))
    expect(page).toContain(fill(texts().next.no_approval, { threshold: '200' }))
    expect(page).not.toContain(fill(texts().next.canary, { count: '10', minutes: 15 }))
  })

  it('warns whoever decides that it ends before all are told', async () => {
    world.desk.reach = 8214
    world.desk.put({ state: 'proposed', expiresAt: new Date('2026-03-09T01:00:00Z') })
    const warning = 'Sebagian warga tidak akan dikirimi'
    expect(await body(world.open('/siaran/1', 'penyetuju'))).toContain(warning)
    world.desk.change(1, { expiresAt: new Date('2026-04-30T01:00:00Z') })
    expect(await body(world.open('/siaran/1', 'penyetuju'))).not.toContain(warning)
  })

  it('tells how many the officer sent to alone within a day', async () => {
    world.desk.put()
    const line = fill(texts().next.sent_alone, { count: '90' })
    expect(await body(world.open('/siaran/1'))).not.toContain(line)
    world.desk.sentAlone = 90
    expect(await body(world.open('/siaran/1'))).toContain(line)
  })

  it('tells at night that it begins in the morning', async () => {
    world = createBroadcastPages(() => new Date('2026-03-05T14:00:00Z'))
    world.desk.put()
    expect(await body(world.open('/siaran/1'))).toContain('Jumat, 6 Maret 2026 pukul 07.00 WITA')
  })

  it('sends what reaches few once it is said again to how many, under the version that was seen', async () => {
    world.desk.put({ version: 3 })
    const page = await body(world.open('/siaran/1'))
    expect(page).toMatch(/<summary>Kirim<\/summary><form[^>]*action="\/desk\/siaran\/1\/kirim"/)
    expect(page).toContain('<input type="hidden" name="version" value="3">')
    expect(page).toContain(`>${fill(texts().press.sure_send, { count: '120' })}</button>`)
    expect((await world.press('/siaran/1/kirim', { version: '2' })).status).toBe(409)
    const done = await world.press('/siaran/1/kirim', { version: '3' })
    expect(done.headers.get('location')).toBe('/desk/siaran/1')
    expect(world.desk.broadcasts.get(1)).toMatchObject({ state: 'approved', audienceSize: 120 })
  })

  it('says on the button when it is scheduled for', async () => {
    world.desk.put({ scheduledAt: new Date('2026-03-06T01:00:00Z') })
    const page = await body(world.open('/siaran/1'))
    expect(page).toContain(
      fill(texts().press.schedule_send, { time: 'Jumat, 6 Maret 2026 pukul 09.00 WITA' }),
    )
  })

  it('pauses with one press, and asks again before more people are told', async () => {
    const figures = figuresFor(8214, { sent: 10, queued: 4 })
    const { moves, press } = texts()
    world.desk.put({ state: 'sending', phase: 'canary' })
    world.desk.put({ state: 'paused', phase: 'rest' })
    for (const number of [1, 2]) world.desk.figuresOf.set(number, figures)
    const sending = await body(world.open('/siaran/1'))
    expect(sending).toContain(`<button type="submit" class="">${moves.pause.button}</button>`)
    expect(sending).not.toContain(`<summary>${moves.pause.button}</summary>`)
    expect(sending).toContain(`<summary>${moves.go_on.button}</summary>`)
    expect(sending).toContain(`>${fill(press.sure_go_on, { count: '8.204' })}</button>`)
    const paused = await body(world.open('/siaran/2'))
    expect(paused).toContain(`<summary>${moves.resume.button}</summary>`)
    expect(paused).toContain(`>${fill(press.sure_resume, { count: '8.204' })}</button>`)
  })

  it('approves nothing that nobody says to have read', async () => {
    world.desk.reach = 8214
    world.desk.put({ state: 'proposed' })
    const before = await body(world.open('/siaran/1', 'penyetuju'))
    expect(before).toContain(`>${fill(texts().press.sure_approve, { count: '8.214' })}</button>`)
    const answer = await world.press('/siaran/1/setujui', { version: '0' }, 'penyetuju')
    const page = await answer.text()
    expect([answer.status, acts().includes('approve')]).toEqual([422, false])
    expect(page).toMatch(/id="dibaca-error"[^>]*>/)
    expect(page).toContain(texts().press.not_read)
    const done = await world.press('/siaran/1/setujui', { version: '0', dibaca: 'ya' }, 'penyetuju')
    expect([done.status, world.desk.broadcasts.get(1)?.state]).toEqual([303, 'approved'])
  })

  it('tells whoever wrote it kindly that somebody else approves, and leaves the button away', async () => {
    world.desk.reach = 8214
    world.desk.put({ state: 'proposed', editedById: 'u-admin' })
    const page = await body(world.open('/siaran/1', 'admin'))
    expect(page).toContain(texts().press.same_person)
    expect(page).not.toContain('/setujui"')
    const answer = await world.press('/siaran/1/setujui', { version: '0', dibaca: 'ya' }, 'admin')
    expect([answer.status, await answer.text()]).toEqual([
      409,
      expect.stringContaining(texts().refused.same_person),
    ])
  })

  it('lets no one approve or send back who may only write', async () => {
    world.desk.put({ state: 'proposed' })
    for (const path of ['setujui', 'kembalikan']) {
      const answer = await world.press(`/siaran/1/${path}`, { dibaca: 'ya', reason: 'Salah tanggal' })
      expect(answer.status, path).toBe(403)
    }
    expect(world.desk.broadcasts.get(1)?.state).toBe('proposed')
  })

  it('keeps a reason that is too short, and says so at its place', async () => {
    world.desk.put({ state: 'proposed' })
    const answer = await world.press('/siaran/1/kembalikan', { reason: 'x' }, 'penyetuju')
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toMatch(/<textarea id="reason"[^>]*aria-invalid="true"[^>]*>x</)
    const done = await world.press('/siaran/1/kembalikan', { reason: 'Tanggal salah' }, 'penyetuju')
    expect([done.status, world.desk.broadcasts.get(1)?.state]).toEqual([303, 'draft'])
  })

  it('answers every refusal with a sentence', async () => {
    const { refused, press, states } = texts()
    const sentences: readonly (readonly [BroadcastRefusal, string, number])[] = [
      [{ type: 'moved' }, refused.moved, 409],
      [{ type: 'state', state: 'finished' }, fill(refused.state, { state: states.finished }), 409],
      [{ type: 'same_person' }, refused.same_person, 409],
      [{ type: 'nobody' }, refused.nobody, 409],
      [{ type: 'not_allowed' }, refused.not_allowed, 409],
      [{ type: 'reason' }, press.no_reason, 422],
      [{ type: 'unknown' }, texts().unknown.title, 404],
    ]
    for (const [refusal, sentence, status] of sentences) {
      world.desk.put({ number: 1 })
      world.desk.next = refusal
      const answer = await world.press('/siaran/1/jeda')
      const page = (await answer.text()).replaceAll('&quot;', '"')
      expect([answer.status, page.includes(sentence)], refusal.type).toEqual([status, true])
    }
  })

  it('shows the form with what keeps a broadcast from leaving', async () => {
    world.desk.put({ scheduledAt: new Date('2026-03-01T01:00:00Z') })
    world.desk.next = { type: 'problems', problems: [{ at: 'scheduledAt', what: 'in_the_past' }] }
    const answer = await world.press('/siaran/1/usulkan', { version: '0' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('action="/desk/siaran/1/ubah?csrf=')
    expect(page).toContain('<a href="#schedule.date">')
    expect(page).toContain(texts().refused.problems)
  })

  it('pauses, resumes, goes on, cancels and removes, and says what was done', async () => {
    const { done } = texts()
    world.desk.put({ state: 'sending', phase: 'canary' })
    world.desk.figuresOf.set(1, figuresFor(50, { sent: 8 }))
    const steps = [
      ['jeda', done.pause],
      ['lanjutkan', done.resume],
      ['teruskan', done.go_on],
      ['batalkan', fill(done.cancel, { dropped: 42 })],
    ] as const
    for (const [path, said] of steps) {
      const answer = await world.press(`/siaran/1/${path}`)
      expect(answer.status, path).toBe(303)
      const flash = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
      const { cookie } = world.signedIn('pelatihan')
      expect(await body(world.get('/desk/siaran/1', `${cookie}; ${flash}`)), path).toContain(said)
    }
    world.desk.put({ number: 2 })
    const removed = await world.press('/siaran/2/hapus')
    expect([removed.headers.get('location'), world.desk.broadcasts.has(2)]).toEqual(['/desk/siaran', false])
  })

  it('gives a code to see it in the own chat, and tells when no chat is known', async () => {
    world.desk.put()
    const page = await body(world.press('/siaran/1/uji'))
    expect(page).toContain('uji 123456')
    expect(page).toContain('https://t.me/lopo_contoh_bot?start=uji-123456')
    expect(page).toContain('<html')
    const { cookie } = world.signedIn('pelatihan')
    const csrf = await world.csrfOf(cookie)
    const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
    const part = await body(world.post('/desk/siaran/1/uji-lagi', { csrf }, cookie, partial))
    expect(part).not.toContain('<html')
    expect(part).toContain(texts().test.no_chat)
    world.desk.chats = 2
    expect(await body(world.press('/siaran/1/uji-lagi'))).toContain(fill(texts().test.shown, { count: 2 }))
    expect((await world.press('/siaran/9/uji')).status).toBe(404)
  })

  it('lists the own chats that are known, and forgets one', async () => {
    const chat = { channel: 'telegram', masked: '••••123', at: broadcastNow }
    world.desk.testerChats = [
      { ...chat, chatId: 7n },
      { ...chat, chatId: 8n, channel: 'webchat', masked: '••••456' },
    ]
    world.desk.put()
    const page = await body(world.open('/siaran/1'))
    expect(page).toContain('Telegram ••••123, 5 Maret 2026, 09.30')
    expect(page).toContain(`${texts().test.web} ••••456`)
    const rest = await body(world.press('/siaran/1/uji-lupa', { chat: '7' }))
    expect(rest).toContain(texts().test.forgotten)
    expect(rest).not.toContain('••••123')
    expect(world.desk.testerChats).toHaveLength(1)
    expect((await world.press('/siaran/1/uji-lupa', { chat: 'x' })).status).toBe(200)
  })

  it('says so where too few are reached to show samples', async () => {
    world.desk.reach = 4
    world.desk.put()
    const page = await body(world.open('/siaran/1'))
    expect(page).toContain(texts().audience.samples_none)
    expect(page).not.toContain('••••')
  })

  it('never counts as sent what was not sent', async () => {
    const reasons = { refused: 3, stopped_by_person: 7, unsubscribed: 2, something_new: 1 }
    world.desk.put({ state: 'finished', audienceSize: 100, endedAt: broadcastNow })
    world.desk.figuresOf.set(1, figuresFor(100, { sent: 85, failed: 3, suppressed: 10, unknown: 2, reasons }))
    const page = await body(world.open('/siaran/1'))
    const figure = (kind: string) =>
      new RegExp(`class="number ${kind}"><dt>[^<]*</dt>\\s*<dd><b>([^<]*)</b>(.*?)</dd></div>`, 's').exec(
        page,
      )
    expect(figure('sent')?.[1]).toBe('85')
    expect(figure('suppressed')?.slice(1)).toEqual(['10', expect.stringContaining('Minta berhenti')])
    expect(figure('failed')?.slice(1)).toEqual(['3', expect.stringContaining('Kanal menolak pesannya')])
    expect(figure('suppressed')?.[2]).not.toContain('Kanal menolak')
    expect(page).toContain(texts().reason_other)
    expect(page).toContain('<rect class="sent" x="0" y="0" width="850"')
  })

  it('tells why it was paused, by whom or by itself, and what is waited for', async () => {
    const { pause_reasons, canary } = texts()
    const paused = { state: 'paused', pausedAt: broadcastNow, audienceSize: 9 } as const
    world.desk.put({ ...paused, pausedBy: 'Rambu Contoh' })
    world.desk.put({ ...paused, pauseReason: 'channel_warning' })
    world.desk.put({
      state: 'sending',
      phase: 'canary',
      canaryUntil: new Date(broadcastNow.getTime() + 900_000),
    })
    const time = '5 Maret 2026, 09.30'
    expect(await body(world.open('/siaran/1'))).toContain(
      fill(pause_reasons.officer, { name: 'Rambu Contoh', time }),
    )
    expect(await body(world.open('/siaran/2'))).toContain(fill(pause_reasons.channel_warning, { time }))
    expect(await body(world.open('/siaran/3'))).toContain(
      fill(canary.waiting, { count: '10', time: '5 Maret 2026, 09.45' }),
    )
  })

  it('renews figures while it is sent, the buttons only when they change, and nothing once it is over', async () => {
    world.desk.put({ state: 'sending', phase: 'rest' })
    world.desk.figuresOf.set(1, figuresFor(50, { sent: 8 }))
    const page = await body(world.open('/siaran/1'))
    const path = /id="ekor" hidden hx-get="([^"]+)" hx-trigger="every 2s"/.exec(page)?.[1] ?? ''
    const { cookie } = world.signedIn('pelatihan')
    const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
    const same = await body(world.get(path, cookie, partial))
    expect(same).toContain('hx-target="#angka"')
    expect(same).not.toContain('hx-target="#tindakan"')
    world.desk.change(1, { state: 'finished', endedAt: broadcastNow })
    const over = await body(world.get(path, cookie, partial))
    expect(over).toContain('hx-target="#tindakan"')
    expect(over).toContain('<div id="ekor" hidden></div>')
  })

  it('tells who did what, and why it was sent back', async () => {
    world.desk.reach = 8214
    world.desk.put({ state: 'proposed' })
    await world.press('/siaran/1/kembalikan', { reason: 'Tanggal salah' }, 'penyetuju')
    const page = await body(world.open('/siaran/1'))
    expect(page).toContain('Dikembalikan oleh Maria penyetuju')
    expect(page).toContain('Alasan: Tanggal salah')
  })

  it('says that there is no such broadcast', async () => {
    for (const number of ['99', 'x', '0', '1e3']) {
      const answer = await world.open(`/siaran/${number}`)
      expect([answer.status, await answer.text()]).toEqual([
        404,
        expect.stringContaining(texts().unknown.title),
      ])
    }
  })

  it('writes what officers typed as text, whatever it looks like', async () => {
    world.desk.put({ title: '<b>x</b>', text: '<script>alert(1)</script>' })
    const page = await body(world.open('/siaran/1'))
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('<b>x</b>')
  })
})
