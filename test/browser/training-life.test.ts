import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fill } from '../../src/language/fill-text.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import type { SignInMeans } from '../support/desk-house.ts'
import { phone, takeShot, wide } from '../support/look-at-page.ts'
import { startTrainingHouse, type TelegramResident, type TrainingHouse } from '../support/training-house.ts'
import { readPdf } from '../web/certificates/read-pdf.ts'

const title = 'Menjahit dasar'
const question = 'Punya mesin jahit di rumah?'

let browser: WatchedBrowser
let house: TrainingHouse
let desk: Page
let maria: SignInMeans
let cast: Readonly<Record<'ana' | 'beni' | 'cici' | 'dedi', TelegramResident>>

beforeEach(async () => {
  browser = await launchBrowser()
  house = await startTrainingHouse('2026-03-02T09:00+08:00')
  desk = await browser.newPage(await browser.newContext(wide))
  const person = (n: number) => house.resident(5_399_200 + n)
  cast = { ana: person(1), beni: person(2), cici: person(3), dedi: person(4) }
}, 120_000)

afterEach(async () => {
  await browser.close()
  await house.close()
})

async function shoot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS === undefined) return
  for (const { viewport } of [phone, wide]) {
    await page.setViewportSize(viewport)
    await takeShot(page, `life-${name}-${viewport.width}`)
  }
}

const words = () => house.texts
const says = (step: string) => house.wordsOf(step)
const open = (path: string) => house.openDesk(desk, path, maria)
const press = (name: string) => desk.getByRole('button', { name, exact: true }).click()

/** Waits for a text on the page. */
async function shows(text: string): Promise<void> {
  const found = desk.getByText(text).filter({ visible: true }).first()
  await found.waitFor({ timeout: 10_000 }).catch(async () => {
    throw new Error(`no "${text}" on ${desk.url()}: ${await desk.locator('main').textContent()}`)
  })
}

/** Looks at a page of the desk again and again until it shows a text. */
async function comesToShow(path: string, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await open(path)
        return desk.textContent('main')
      },
      { timeout: 20_000 },
    )
    .toContain(text)
}

async function fillSession(row: number, date: string): Promise<void> {
  await desk.fill(`[id="sessions.${row}.date"]`, date)
  await desk.fill(`[id="sessions.${row}.from"]`, '8')
  await desk.fill(`[id="sessions.${row}.to"]`, '14')
}

/** The form of the course, all but for what is wrong with its seats. */
async function fillCourse(): Promise<void> {
  const { add_session, add_question } = words().courses.form
  await desk.fill('#title', title)
  await desk.selectOption('#subject', 'menjahit')
  await desk.selectOption('#office', 'nakertrans')
  await desk.fill('#contact', 'Bidang Pelatihan, 0380-000000')
  await desk.fill('#place', 'Balai Latihan Contoh, Jalan Contoh 1')
  await fillSession(0, '2026-03-16')
  await press(add_session)
  await desk.waitForSelector('[id="sessions.1"]:focus')
  await fillSession(1, '2026-03-19')
  await desk.fill('[id="opensAt.date"]', '2026-03-03')
  await desk.fill('[id="closesAt.date"]', '2026-03-10')
  await desk.check('[name="selection"][value="arrival"]')
  await press(add_question)
  await desk.fill('[id="questions.0.text"]', question)
  await desk.selectOption('[id="questions.0.kind"]', 'yes_no')
  await desk.fill('#barDays', '90')
}

async function tick(...people: readonly RegExp[]): Promise<void> {
  for (const name of people) await desk.getByRole('checkbox', { name }).check()
}

const form = 'daftar-pelatihan'

/** Registers a person in their own chat, who never did before; what they are told at the end. */
async function register(resident: TelegramResident, name: string): Promise<string> {
  await resident.say('daftar 1', title)
  await resident.say('daftar', says(`${form}/siapa`))
  await resident.say('saya sendiri', says(`${form}/nama`))
  await resident.say(name, says(`${form}/lahir`))
  await resident.say('17-08-1998', says(`${form}/kelurahan`))
  await resident.say('lasiana', says(`${form}/pendidikan`))
  await resident.say('sma', says(`${form}/alasan`))
  return answerRest(resident, 'ya')
}

/** Registers a person again who is known, from the form's first question on. */
async function registerAgain(resident: TelegramResident, machine: string): Promise<string> {
  await resident.say('ya', says(`${form}/alasan`))
  return answerRest(resident, machine)
}

async function answerRest(resident: TelegramResident, machine: string): Promise<string> {
  await resident.say('Ingin buka usaha jahit', says(`${form}/telepon`))
  await resident.say('percakapan ini', question)
  await resident.say(machine, says(`${form}/ringkas`))
  return resident.say('ya', title)
}

/** Ana asks to hear of courses in sewing. */
async function subscribe(): Promise<void> {
  await cast.ana.say('minat', says('minat/pilih'))
  await cast.ana.say('menjahit', says('minat/langganan'))
}

/** An officer makes the course, is told what is wrong with it, mends that, and announces it. */
async function createCourse(): Promise<void> {
  const { courses } = words()
  maria = await house.enrol(desk, 'maria', 'Maria Petugas', 'pelatihan')
  await open('/pelatihan')
  await desk.getByRole('link', { name: courses.list.new }).click()
  await fillCourse()
  await desk.fill('#seats', '0')
  await press(courses.form.save_new)
  await desk.waitForSelector('.summary')
  const wrong = await desk.$$eval('.summary a', (links) => links.map((link) => link.getAttribute('href')))
  expect(wrong).toEqual(['#seats'])
  await shoot(desk, 'mend')
  await desk.fill('#seats', '2')
  await press(courses.form.save_new)
  await shows(fill(courses.done.create, { number: 1 }))
  await press(courses.moves.announced.button)
  await shows(courses.done.moves.announced)
  await house.moveTo('2026-03-02T09:05+08:00')
  const news = await cast.ana.hear(title, 'daftar 1')
  expect(news).toContain('3 Maret 2026')
  expect(news).toContain('berhenti')
}

/** Three register: two seats, and the first place in line. */
async function fillSeats(): Promise<void> {
  const { list } = words().people
  await house.moveTo('2026-03-03T08:05+08:00')
  expect(await register(cast.ana, 'Ana Contoh')).toContain('mendapat tempat')
  expect(await register(cast.beni, 'Beni Contoh')).toContain('mendapat tempat')
  expect(await register(cast.cici, 'Cici Contoh')).toContain('ke-1')
  await open('/peserta/1')
  for (const name of ['Ana Contoh', 'Beni Contoh', 'Cici Contoh']) await shows(name)
  await shows(fill(list.standing, { seated: 2, seats: 2, reserves: 1, applicants: 3 }))
  await shoot(desk, 'applicants')
}

/** The place changes: whoever is in is told. */
async function changePlace(): Promise<void> {
  const { courses } = words()
  await open('/pelatihan/1/ubah')
  await desk.fill('#place', 'Aula Contoh, Jalan Contoh 2')
  await press(courses.form.save)
  await shows(fill(courses.done.edit_told, { told: 3 }))
  await house.moveTo('2026-03-03T09:00+08:00')
  for (const resident of [cast.ana, cast.beni, cast.cici])
    await resident.hear('Aula Contoh', 'Balai Latihan Contoh')
}

/** Ana gives up, Cici is offered the seat and is silent beyond the deadline, Dedi is offered it next and takes it. */
async function passSeatOn(): Promise<void> {
  const { ana, cici, dedi } = cast
  const offer = says('pelatihan-saya/tawaran')
  await ana.say('batal pelatihan', says('pelatihan-saya/yakin'))
  await ana.say('ya, batalkan', says('pelatihan-saya/dibatalkan'))
  await house.moveTo('2026-03-03T09:10+08:00')
  expect(await cici.hear(offer)).toContain('15.30')
  expect(await register(dedi, 'Dedi Contoh')).toContain('ke-1')
  await house.moveTo('2026-03-03T15:31+08:00')
  await cici.hear('daftar 1', 'daftar tunggu lagi')
  await dedi.hear(offer)
  await dedi.say('YA', 'mendapat tempat')
  await cici.say('YA', says('pelatihan-saya/terlambat'))
}

/** Cici stands in line again, gets a seat that is made, and Ana none. */
async function addSeat(): Promise<void> {
  const { cici } = cast
  const { courses } = words()
  await cici.say('daftar tunggu lagi', says(`${form}/kenal`))
  expect(await registerAgain(cici, 'tidak')).toContain('ke-1')
  await open('/pelatihan/1/ubah')
  await desk.fill('#seats', '3')
  await press(courses.form.save)
  await shows(courses.done.edit)
  await house.moveTo('2026-03-03T15:40+08:00')
  await cici.hear(says('pelatihan-saya/tawaran'))
  await cici.say('ya', 'mendapat tempat')
}

/** Whoever has a seat is reminded three days before, the day before, and in the morning. */
async function remind(): Promise<void> {
  const { ana, beni, cici, dedi } = cast
  const before = ana.all()
  const times = ['2026-03-13T09:00+08:00', '2026-03-15T09:00+08:00', '2026-03-16T07:00+08:00']
  for (const time of times) {
    await house.moveTo(time)
    await Promise.all([beni, cici, dedi].map((resident) => resident.hear('16 Maret 2026', 'Aula Contoh')))
  }
  expect(ana.all()).toBe(before)
}

/** In class the code is on the wall: Beni writes it, Dedi is ticked in the list, Cici guesses from elsewhere. */
async function takeAttendance(): Promise<void> {
  const { courses, people } = words()
  await house.moveTo('2026-03-16T08:10+08:00')
  await comesToShow('/pelatihan/1', courses.states.running)
  await shoot(desk, 'course')
  await desk.getByRole('link', { name: people.course.attendance, exact: true }).first().click()
  await desk.getByRole('link', { name: people.attendance.show_code }).click()
  await shows(fill(people.code.there, { present: 0, count: 3 }))
  const digits = (await desk.locator('.digits [aria-hidden]').allTextContents()).join('')
  expect(digits).toMatch(/^\d{6}$/)
  await shoot(desk, 'code')
  await cast.beni.say(`hadir ${digits}`, 'Beni Contoh hadir')
  await cast.cici.say(`hadir ${digits === '000000' ? '000001' : '000000'}`, says('hadir/salah'))
  await shows(fill(people.code.there, { present: 1, count: 3 }))
  await desk.getByRole('link', { name: people.code.back }).click()
  await tick(/Dedi Contoh/)
  await press(people.attendance.save)
  await shows(fill(people.attendance.saved, { present: 2 }))
}

/** Cici never came, and is marked so once the first session is over. */
async function markAbsent(): Promise<void> {
  const { absent } = words().people
  await house.moveTo('2026-03-16T14:30+08:00')
  await open('/kehadiran/1/tidak-hadir')
  await tick(/Cici Contoh/)
  await press(absent.press)
  await shows(fill(absent.done, { count: 1 }))
  await house.moveTo('2026-03-16T14:40+08:00')
  await cast.cici.hear('tidak hadir', '14 Juni 2026')
}

/** The second session: its reminder, the list, and the end. */
async function finish(): Promise<void> {
  const { courses, people } = words()
  await house.moveTo('2026-03-18T09:00+08:00')
  for (const resident of [cast.beni, cast.dedi]) await resident.hear('19 Maret 2026', 'Aula Contoh')
  await house.moveTo('2026-03-19T09:00+08:00')
  await open('/kehadiran/1')
  await tick(/Beni Contoh/, /Dedi Contoh/)
  await press(people.attendance.save)
  await shows(fill(people.attendance.saved, { present: 2 }))
  await house.moveTo('2026-03-19T14:10+08:00')
  await open('/pelatihan/1')
  await press(courses.moves.finished.button)
  await shows(courses.done.moves.finished)
}

/** Both passed, and get their certificates; the bytes of Beni's. */
async function certify(): Promise<Buffer> {
  const { pass, issue } = words().people.certificates.actions
  await open('/sertifikat/1')
  for (const act of [pass, issue]) {
    await tick(/Beni Contoh/, /Dedi Contoh/)
    await press(act.label)
    await press(act.press)
    await shows(fill(act.done, { count: 2 }))
  }
  const files = await Promise.all([cast.beni, cast.dedi].map((resident) => resident.receiveFile()))
  for (const { name, bytes, caption } of files) {
    expect(name).toMatch(/^sertifikat-PL-2026-\d{6}\.pdf$/)
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(caption).toContain(title)
  }
  const names = files.map(({ caption }) => /(Beni|Dedi) Contoh/.exec(caption)?.[1])
  expect(names).toEqual(['Beni', 'Dedi'])
  await comesToShow('/sertifikat/1', '19 Maret')
  await shoot(desk, 'certificates')
  return files[0]?.bytes ?? Buffer.alloc(0)
}

/** Whoever scans it sees what it says, and nothing else. */
async function verify(certificate: Buffer): Promise<void> {
  const { text, source } = readPdf(certificate)
  for (const said of ['Beni Contoh', title]) expect(text).toContain(said)
  const address = /\/URI \((\S+\/sertifikat\/[\w-]{24})\)/.exec(source)?.[1] ?? ''
  const visitor = await browser.newPage(await browser.newContext(wide))
  await visitor.goto(address)
  expect(await visitor.locator('dd').allTextContents()).toEqual(['Beni Contoh', title, '19 Maret 2026'])
  const page = await visitor.content()
  for (const hidden of ['Lasiana', '1998', 'Agustus', 'SMA', 'PL-2026', 'Aula'])
    expect(page).not.toContain(hidden)
  await shoot(visitor, 'verified')
}

/** A copy of the course opens: who did not come is told until when to wait. */
async function refuseAbsent(): Promise<void> {
  const { cici } = cast
  const { courses } = words()
  await open('/pelatihan/1')
  await desk.getByText(courses.copy.button, { exact: true }).first().click()
  await press(courses.copy.button)
  await shows(fill(courses.done.copy, { number: 2 }))
  await open('/pelatihan/2')
  await press(courses.moves.announced.button)
  await press(courses.moves.registration.button)
  await shows(courses.done.moves.registration)
  await cici.say('daftar 2', title)
  await cici.say('daftar', says(`${form}/kenal`))
  await cici.say('ya', says(`${form}/alasan`))
  await cici.say('Mau belajar lagi', says(`${form}/telepon`))
  await cici.say('percakapan ini', question)
  await cici.say('ya', says(`${form}/ringkas`))
  expect(await cici.say('ya', says(`${form}/belum_boleh`))).toContain('14 Juni 2026')
}

describe('a course', () => {
  it('lives from the desk of an officer to a certificate on Telegram', { timeout: 240_000 }, async () => {
    await subscribe()
    await createCourse()
    await fillSeats()
    await changePlace()
    await passSeatOn()
    await addSeat()
    await remind()
    await takeAttendance()
    await markAbsent()
    await finish()
    await verify(await certify())
    await refuseAbsent()
    expect(browser.takeComplaints()).toEqual([])
    expect(house.logged.join('')).not.toMatch(/(Ana|Beni|Cici|Dedi) Contoh/)
  })
})
