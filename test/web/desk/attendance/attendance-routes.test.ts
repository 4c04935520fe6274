import { beforeEach, describe, expect, it } from 'vitest'
import { attendanceRoutes } from '../../../../src/web/desk/attendance/attendance-routes.ts'
import { type ApplicantWorld, createApplicantWorld } from '../../../support/applicant-world.ts'
import { trainingNow } from '../../../support/fake-training-desk.ts'
import { readQrOfPage } from '../../../support/read-qr.ts'

const hour = 3_600_000
const inHours = (hours: number) => new Date(trainingNow.getTime() + hours * hour)

let now: Date
let world: ApplicantWorld
let cookie: string

const get = (path: string) => world.get(`/desk/kehadiran/${path}`, cookie)
const open = async (path: string) => (await get(path)).text()
const post = (path: string, fields: Record<string, string> = {}) =>
  world.post(`/desk/kehadiran/${path}`, fields, cookie)
const pick = (...numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((number) => [`pilih.${number}`, 'ya']))
const ticked = (page: string) =>
  [...page.matchAll(/name="pilih\.(\d+)" value="ya" checked/g)].map(([, n]) => n)
const marked = () => world.desk.calls.find(({ act }) => act === 'attendance.mark')?.with.at(-1)

beforeEach(() => {
  now = trainingNow
  world = createApplicantWorld({ now: () => now })
  cookie = world.signedIn('pelatihan').cookie
  world.desk.addCourse({ number: 12, state: 'running' })
  for (const [number, name] of [
    [201, 'Ana Contoh'],
    [202, 'Yosef Contoh'],
    [203, 'Beni Contoh'],
  ] as const) {
    world.desk.addPerson(12, { registration: { number, state: 'accepted' }, name, held: 1 })
  }
  world.desk.presences.set(11n, new Map([[201, { way: 'code', at: trainingNow }]]))
})

describe(attendanceRoutes.name, () => {
  it.each([
    [-30, 11],
    [0, 11],
    [9, 11],
    [23, 12],
    [80, 12],
  ])('lead from a course to the session that is nearest: after %d hours', async (hours, session) => {
    now = inHours(hours)
    expect((await get('12')).headers.get('location')).toBe(`/desk/kehadiran/12/${session}`)
  })

  it('list who is in the class, and who came by the code', async () => {
    const page = await open('12/11')
    expect(page).toContain('1 dari 3 orang hadir')
    expect(page).toContain('lewat kode, pukul 09.30')
    expect(page).toContain('Kamis, 5 Maret 2026 pukul 09.00 sampai 12.30 WITA, Aula Contoh')
    expect(ticked(page)).toEqual(['201'])
    expect(ticked(await open('12/11?pilih=semua'))).toEqual(['201', '202', '203'])
    expect(page).toContain('href="/desk/kehadiran/12/11/kode"')
  })

  it('say whom an officer noted', async () => {
    world.desk.presences.get(11n)?.set(202, { way: 'list', at: trainingNow })
    expect(await open('12/11')).toContain(world.words.attendance.by_list)
  })

  it('call a session by its own title and place', async () => {
    const session = {
      id: 31n,
      startsAt: trainingNow,
      endsAt: inHours(2),
      title: 'Praktik',
      place: 'Bengkel Contoh',
    }
    world.desk.addCourse({ number: 12, sessions: [session] })
    const page = await open('12/31')
    expect(page).toContain('Praktik')
    expect(page).toContain('Bengkel Contoh')
  })

  it('save exactly those who are ticked', async () => {
    const done = await post('12/11', { ...pick(202, 203), tampak: '201' })
    expect(marked()).toEqual([202, 203])
    expect(await world.follow(done, cookie)).toContain('Kehadiran disimpan: 2 orang hadir.')
  })

  it('keep whoever sent the code after the page was made', async () => {
    await post('12/11', { ...pick(202), tampak: '' })
    expect(marked()).toEqual([202, 201])
  })

  it('save that nobody came', async () => {
    await post('12/11', { tampak: '201' })
    expect(marked()).toEqual([])
  })

  it('say from when on attendance can be taken, and offer nothing before', async () => {
    const page = await open('12/12')
    expect(page).toContain('Kehadiran dapat dicatat mulai Jumat, 6 Maret 2026 pukul 08.00 WITA.')
    expect(page).toContain('Yosef Contoh')
    expect(page).not.toContain('name="pilih.')
    expect(page).not.toContain('/kode"')
  })

  it('offer no code once it is over, but the list', async () => {
    now = inHours(5)
    const page = await open('12/11')
    expect(page).not.toContain('/kode"')
    expect(ticked(page)).toEqual(['201'])
  })

  it('keep what was ticked where it is too early', async () => {
    world.desk.nextMark = 'early'
    const response = await post('12/11', { ...pick(203), tampak: '201' })
    const page = await response.text()
    expect(response.status).toBe(409)
    expect(page).toContain(world.words.refused.early)
    expect(ticked(page)).toEqual(['203'])
  })

  it('say that nobody has a seat yet', async () => {
    world.desk.people.clear()
    expect(await open('12/11')).toContain(world.words.attendance.nobody)
  })

  it.each(['12/99', '12/99/kode', '12/99/kode/isi', '77/11', '77', '77/tidak-hadir'])(
    'say what is not there: %s',
    async (path) => {
      const response = await get(path)
      expect(response.status).toBe(404)
      const { session, course } = world.words.missing
      const page = await response.text()
      expect([session.text, course.text].some((text) => page.includes(text))).toBe(true)
    },
  )

  it('say so where a session went away meanwhile', async () => {
    world.desk.nextMark = 'unknown'
    expect((await post('12/11', {})).status).toBe(404)
    expect((await post('12/99', {})).status).toBe(404)
  })
})

describe('the code of a class', () => {
  it('is shown in two groups, with how to use it, until when, and who is there', async () => {
    const page = await open('12/11/kode')
    expect(page).toContain('<span aria-hidden="true">123</span> <span aria-hidden="true">456</span>')
    expect(page).toContain('Kode: 1 2 3 4 5 6')
    expect(page).toContain(world.words.code.how)
    expect(page).toContain('Berlaku sampai pukul 09.33 WITA')
    expect(page).toContain('1 dari 3 sudah hadir')
    expect(page).toContain('hx-get="/desk/kehadiran/12/11/kode/isi" hx-trigger="every 10s"')
    expect(page).toMatch(/<noscript>.*href="\/desk\/kehadiran\/12\/11\/kode".*<\/noscript>/s)
    expect(page).not.toContain('<svg class="qr"')
  })

  it('stands in pictures that lead into a chat, where the bot has such links', async () => {
    const links = (code: string) => [{ label: 'Telegram', url: `https://t.me/contoh?start=${code}` }]
    world = createApplicantWorld({ checkInLinks: links })
    cookie = world.signedIn('pelatihan').cookie
    world.desk.addCourse({ number: 12, state: 'running' })
    const page = await open('12/11/kode')
    expect(await readQrOfPage(page)).toMatch(/^https:\/\/t\.me\/contoh\?start=\d{6}$/)
    expect(page).toContain('aria-label="Gambar QR: Telegram"')
  })

  it('renews itself as a part that names nobody', async () => {
    const part = { 'hx-request': 'true', 'hx-request-type': 'partial' }
    world.desk.classCode = { code: '654321', validUntil: inHours(1) }
    const body = await (await world.get('/desk/kehadiran/12/11/kode/isi', cookie, part)).text()
    expect(body).toContain('>654</span>')
    expect(body).not.toContain('<html')
    expect(body).not.toContain('Contoh')
  })

  it('is told when it is shown, outside of that time', async () => {
    world.desk.classCode = undefined
    const page = await open('12/12/kode')
    expect(page).toContain('Kode tampil dari Jumat, 6 Maret 2026 pukul 08.00 WITA sampai 13.30 WITA.')
  })
})

describe('those who never came', () => {
  it('are counted on the list, and listed with what it means', async () => {
    world.desk.people.set(201, { ...world.desk.people.get(201)!, attended: 1 })
    expect(await open('12/11')).toContain('2 peserta belum pernah hadir')
    const page = await open('12/tidak-hadir')
    expect(page).not.toContain('Ana Contoh')
    expect(page).toContain('Yosef Contoh')
    expect(page).toContain('0 dari 1 pertemuan')
    expect(page).toContain(world.words.absent.means)
    expect(page).toContain('Selama 90 hari mereka tidak dapat mendaftar pelatihan lain.')
    expect(ticked(page)).toEqual([])
  })

  it('are barred from nothing where the course has no such rule', async () => {
    world.desk.addCourse({ number: 12, state: 'running', barDays: 0 })
    expect(await open('12/tidak-hadir')).toContain(world.words.absent.no_bar)
  })

  it('are marked, and are gone from the list', async () => {
    const done = await post('12/tidak-hadir', pick(202))
    const page = await world.follow(done, cookie)
    expect(page).toContain('1 peserta ditandai tidak hadir.')
    expect(page).not.toContain('Yosef Contoh')
  })

  it('are left where it is too early, and it is said why', async () => {
    world.desk.leave.set(202, 'not_ready')
    const page = await (await post('12/tidak-hadir', pick(202, 203))).text()
    expect(page).toContain('1 peserta ditandai tidak hadir.')
    expect(page).toContain(world.words.absent.left_not_ready)
  })

  it('are asked for where nobody is ticked', async () => {
    const response = await post('12/tidak-hadir', {})
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(world.words.refused.nobody)
    expect((await post('77/tidak-hadir', pick(1))).status).toBe(404)
  })

  it('are nobody before the first session is over', async () => {
    for (const [number, view] of world.desk.people) world.desk.people.set(number, { ...view, held: 0 })
    expect(await open('12/11')).not.toContain(world.words.attendance.never_title)
    expect(await open('12/tidak-hadir')).toContain(world.words.absent.none)
  })
})
