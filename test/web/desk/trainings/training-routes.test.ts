import { beforeEach, describe, expect, it } from 'vitest'
import { fill } from '../../../../src/language/fill-text.ts'
import { type CourseState, courseStates } from '../../../../src/training/course.ts'
import { trainingRoutes } from '../../../../src/web/desk/trainings/training-routes.ts'
import { countsOf } from './memory-course-desk.ts'
import { createMemoryTrainingWorld, type MemoryTrainingWorld } from './memory-training-world.ts'
import { march, richPlan } from './plans.ts'

let world: MemoryTrainingWorld
beforeEach(() => {
  world = createMemoryTrainingWorld()
})

const texts = () => world.ground.texts
const read = async (path: string) => (await world.open(path)).text()
const acts = () => world.desk.deeds.map(({ act }) => act)

describe(trainingRoutes.name, () => {
  it('asks of every page whether the officer may take care of trainings', async () => {
    const { number } = world.desk.put()
    const routes = trainingRoutes(world.deps)
    for (const { method, path } of routes) {
      const to = `/desk${path.replace(':number', String(number))}`
      for (const role of ['bansos', 'umkm', 'penjawab', 'lurah', 'auditor'] as const) {
        const { cookie } = world.signedIn(role)
        const answer = method === 'get' ? await world.get(to, cookie) : await world.post(to, {}, cookie)
        expect([answer.status, `${role} ${to}`]).toEqual([403, `${role} ${to}`])
      }
    }
    expect(world.desk.deeds).toEqual([])
    expect(routes.length).toBeGreaterThan(9)
  })

  it('takes no post without the word of the page', async () => {
    const { number } = world.desk.put({}, { moves: ['announced'] })
    for (const path of [
      'baru',
      `${number}/ubah`,
      `${number}/keadaan`,
      `${number}/salin`,
      `${number}/hapus`,
    ]) {
      expect((await world.press(`/pelatihan/${path}`, { csrf: 'x', to: 'announced' })).status).toBe(403)
    }
    expect(world.desk.deeds).toEqual([])
  })

  it('lists courses that are not over, and all when asked to', async () => {
    world.desk.put(
      { title: 'Menjahit <dasar>', state: 'registration' },
      { seated: 9, reserves: 2, applicants: 12 },
    )
    world.desk.put({ title: 'Las', state: 'cancelled' })
    const current = await read('/pelatihan')
    expect(current).toContain('Menjahit &lt;dasar&gt;')
    expect(current).toContain(fill(texts().list.seats, { taken: 9, seats: 16 }))
    expect(current).toContain(texts().states.registration)
    expect(current).not.toContain('Las')
    expect(await read('/pelatihan?semua=ya')).toContain('2. Las')
  })

  it('tells when registration opens, until when it is open, or that it is over', async () => {
    const { list } = texts()
    for (const [window, words] of [
      [{ opensAt: march(6, '08:00') }, fill(list.opens, { time: '6 Maret 2026, 08.00' })],
      [
        { opensAt: march(1, '08:00'), closesAt: march(7, '16:00') },
        fill(list.closes, { time: '7 Maret 2026, 16.00' }),
      ],
      [
        { opensAt: march(1, '08:00'), closesAt: march(2, '16:00') },
        fill(list.closed, { time: '2 Maret 2026, 16.00' }),
      ],
    ] as const) {
      world.desk.views.clear()
      world.desk.put(window)
      expect(await read('/pelatihan')).toContain(words)
    }
  })

  it('says what to do where there is nothing to list', async () => {
    expect(await read('/pelatihan')).toContain('Tidak ada pelatihan yang sedang berjalan')
    expect(await read('/pelatihan?semua=ya')).toContain(texts().list.none)
  })

  it('shows of a draft what comes next, the announcement, and no people', async () => {
    const { number } = world.desk.put({}, { moves: ['announced'] })
    const page = await read(`/pelatihan/${number}`)
    expect(page).toContain(texts().moves.announced.text)
    expect(page).toContain(`ketik DAFTAR ${number} ke WhatsApp 0812-0000-0000 atau t.me/lopo_contoh_bot`)
    expect(page).toContain(texts().remove.button)
    expect(page).not.toContain('/desk/peserta/')
    expect(page).not.toContain('/desk/kehadiran/')
    expect(page).not.toContain(texts().moves.cancelled.button)
  })

  it('shows how full a course is, in all and by groups, and leads to the people in each state', async () => {
    const quotas = richPlan.quotas.slice(0, 2)
    const { number } = world.desk.put(
      { quotas, state: 'registration' },
      {
        ...{ seated: 9, moves: ['selection', 'cancelled'], counts: countsOf({ registered: 3, accepted: 9 }) },
        quotas: quotas.map((quota, index) => ({ quota, taken: index + 4 })),
      },
    )
    const page = await read(`/pelatihan/${number}`)
    for (const [taken, seats] of [
      [9, 16],
      [4, 8],
      [5, 10],
    ] as const) {
      expect(page).toContain(fill(texts().course.taken, { taken, seats }))
      expect(page).toContain(`max="${seats}" value="${taken}"></meter>`)
    }
    expect(page).toContain('Kecamatan Alak dan Oebobo')
    expect(page).toContain(`href="/desk/peserta/${number}?keadaan=registered"`)
    expect(page).not.toContain('keadaan=rejected')
    expect(page).toContain(`href="/desk/kehadiran/${number}/1"`)
    expect(page).toContain(`href="/desk/sertifikat/${number}"`)
    expect(page).not.toContain(texts().remove.button)
  })

  it('tells a course as residents are told of it', async () => {
    const sessions = richPlan.sessions.map((session, id) => ({ ...session, id: BigInt(id) }))
    const { number } = world.desk.put({ ...richPlan, sessions })
    const page = await read(`/pelatihan/${number}`)
    for (const words of [
      'Usia 17 sampai 40 tahun',
      'Warga Kecamatan Alak dan Kelurahan Oebobo',
      'Rp25.000',
      'Punya mesin jahit?',
    ]) {
      expect(page).toContain(words)
    }
    expect(page).toContain('<a href="https://maps.example/x" target="_blank" rel="noreferrer noopener">')
  })

  it('folds many meetings away but for the next one', async () => {
    const sessions = Array.from({ length: 20 }, (_, at) => ({
      ...{ id: BigInt(at), title: undefined, place: undefined },
      startsAt: new Date(march(1, '08:00').getTime() + at * 86_400_000),
      endsAt: new Date(march(1, '10:00').getTime() + at * 86_400_000),
    }))
    const { number } = world.desk.put({ sessions, state: 'running' })
    const page = await read(`/pelatihan/${number}`)
    const shown = page.slice(page.indexOf('class="meetings"'), page.indexOf('class="all-meetings"'))
    expect(shown.match(/<li/g)).toHaveLength(1)
    expect(shown).toContain('5 Maret 2026')
    expect(page).toContain(fill(texts().course.all_sessions, { count: 20 }))
  })

  it('moves a course on by one press', async () => {
    const { number } = world.desk.put({}, { moves: ['announced'] })
    const done = await world.press(`/pelatihan/${number}/keadaan`, { to: 'announced' })
    expect(done.headers.get('location')).toBe(`/desk/pelatihan/${number}`)
    expect(world.desk.deeds).toMatchObject([{ act: 'move', with: [number, 'announced', ''] }])
    expect(world.desk.views.get(number)!.course.state).toBe('announced')
  })

  it('has a button, a sentence and an answer for every state that a course may come to', async () => {
    for (const to of courseStates) {
      world.desk.views.clear()
      const { number } = world.desk.put({ state: 'announced' }, { moves: [to] })
      const page = await read(`/pelatihan/${number}`)
      const { button, text } = texts().moves[to]
      expect([page.includes(button), page.includes(text), to]).toEqual([true, true, to])
    }
  })

  it('says that the course is in another state by now, and what can be done', async () => {
    const { number } = world.desk.put({ state: 'running' }, { moves: ['finished'] })
    for (const to of ['registration', 'pause', '']) {
      const answer = await world.press(`/pelatihan/${number}/keadaan`, { to })
      const page = await answer.text()
      expect(answer.status).toBe(409)
      expect(page).toContain(texts().refused.state)
      expect(page).toContain(texts().moves.finished.button)
    }
  })

  it('shows what keeps a draft from being announced in its form', async () => {
    const { number } = world.desk.put({ closesAt: march(1, '08:00') }, { moves: ['announced'] })
    world.desk.next = { type: 'problems', problems: [{ code: 'past', field: 'closesAt', details: {} }] }
    const answer = await world.press(`/pelatihan/${number}/keadaan`, { to: 'announced' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(texts().refused.not_ready)
    expect(page).toContain('id="closesAt.date-error"')
    expect(page).toContain(`action="/desk/pelatihan/${number}/ubah"`)
  })

  it('asks for a reason before it cancels, and keeps what was written', async () => {
    const { number } = world.desk.put({ state: 'registration' }, { moves: ['cancelled'] })
    world.desk.next = { type: 'reason' }
    const answer = await world.press(`/pelatihan/${number}/keadaan`, { to: 'cancelled', reason: 'a<' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(texts().cancel.no_reason)
    expect(page).toMatch(/<textarea id="reason"[^>]*autofocus>a&lt;<\/textarea>/)
    expect(page).toContain('<details class="panel fold" name="tindakan" open>')
    await world.press(`/pelatihan/${number}/keadaan`, { to: 'cancelled', reason: ' Pengajar sakit. ' })
    expect(world.desk.deeds.at(-1)).toMatchObject({ with: [number, 'cancelled', 'Pengajar sakit.'] })
  })

  it('tells why a course was cancelled', async () => {
    const { number } = world.desk.put({ state: 'cancelled', cancelReason: 'Pengajar <sakit>.' })
    const page = await read(`/pelatihan/${number}`)
    expect(page).toContain('Pengajar &lt;sakit&gt;.')
    expect(page).not.toContain(`/pelatihan/${number}/ubah`)
  })

  it('copies a course, and opens the copy to have its dates looked at', async () => {
    const { number } = world.desk.put({ state: 'finished' })
    const done = await world.press(`/pelatihan/${number}/salin`)
    expect(done.headers.get('location')).toBe('/desk/pelatihan/2/ubah')
  })

  it('deletes a draft, and says why a course with registrations can only be cancelled', async () => {
    const { number } = world.desk.put()
    world.desk.next = { type: 'has_registrations' }
    const refused = await world.press(`/pelatihan/${number}/hapus`)
    expect([refused.status, (await refused.text()).includes(texts().refused.has_registrations)]).toEqual([
      409,
      true,
    ])
    const done = await world.press(`/pelatihan/${number}/hapus`)
    expect(done.headers.get('location')).toBe('/desk/pelatihan')
    expect([world.desk.views.size, acts()]).toEqual([0, ['remove', 'remove']])
  })

  it('says that a course is gone, whatever was pressed', async () => {
    for (const [path, fields] of [
      ['99/keadaan', { to: 'announced' }],
      ['99/salin', {}],
      ['99/hapus', {}],
      ['x/hapus', {}],
    ] as const) {
      const answer = await world.press(`/pelatihan/${path}`, fields)
      expect([answer.status, path]).toEqual([404, path])
      expect(await answer.text()).toContain(texts().refused.unknown.text)
    }
    for (const path of ['/pelatihan/99', '/pelatihan/99/kabar'])
      expect((await world.open(path)).status).toBe(404)
  })

  it('offers the text of the announcement while people may register', async () => {
    const { number } = world.desk.put({ state: 'registration' }, { announcement: { told: 3, left: 0 } })
    expect(await read(`/pelatihan/${number}`)).toContain('id="pengumuman"')
    const closed = world.desk.put({ state: 'running' }, { announcement: { told: 3, left: 0 } })
    const page = await read(`/pelatihan/${closed.number}`)
    expect(page).toContain(fill(texts().course.told, { told: 3 }))
    expect(page).not.toContain('id="pengumuman"')
  })

  it('tells how far subscribers were told, and renews that while some are left', async () => {
    const state: CourseState = 'announced'
    const { number } = world.desk.put({ state }, { announcement: { told: 120, left: 34 } })
    const page = await read(`/pelatihan/${number}`)
    expect(page).toContain(fill(texts().course.telling, { told: 120, left: 34 }))
    expect(page).toContain(`hx-get="/desk/pelatihan/${number}/kabar"`)
    const view = world.desk.views.get(number)!
    world.desk.views.set(number, { ...view, announcement: { told: 154, left: 0 } })
    const part = await world.open(`/pelatihan/${number}/kabar`)
    expect(part.headers.get('hx-refresh')).toBe('true')
    expect(await part.text()).toContain(fill(texts().course.told, { told: 154 }))
    expect(await read(`/pelatihan/${number}`)).not.toContain('hx-get')
    world.desk.views.set(number, { ...view, announcement: { told: 0, left: 0 } })
    expect(await read(`/pelatihan/${number}`)).toContain(texts().course.told_none)
  })
})
