import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fill } from '../../src/language/fill-text.ts'
import { launchBrowser } from '../support/browser.ts'
import type { SignInMeans } from '../support/desk-house.ts'
import { startTrainingHouse, type TelegramResident, type TrainingHouse } from '../support/training-house.ts'
import { readPdf } from '../web/certificates/read-pdf.ts'

const phone = { viewport: { width: 360, height: 740 } } as const
const wide = { viewport: { width: 1280, height: 900 } } as const
const title = 'Menjahit dasar'
const question = 'Punya mesin jahit di rumah?'

let browser: Browser
let house: TrainingHouse
let office: BrowserContext
let desk: Page
let maria: SignInMeans
const complaints: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  house = await startTrainingHouse('2026-03-02T09:00+08:00')
  office = await browser.newContext(wide)
  desk = await watched(office)
}, 120_000)

afterAll(async () => {
  await browser.close()
  await house.close()
})

/** A page whose errors fail the test. */
async function watched(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
  return page
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder === undefined) return
  for (const { viewport } of [phone, wide]) {
    await page.setViewportSize(viewport)
    await page.screenshot({ path: `${folder}/life-${name}-${viewport.width}.png`, fullPage: true })
  }
}

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
  const { form } = house.texts.courses
  await desk.fill('#title', title)
  await desk.selectOption('#subject', 'menjahit')
  await desk.selectOption('#office', 'nakertrans')
  await desk.fill('#contact', 'Bidang Pelatihan, 0380-000000')
  await desk.fill('#place', 'Balai Latihan Contoh, Jalan Contoh 1')
  await fillSession(0, '2026-03-16')
  await press(form.add_session)
  await desk.waitForSelector('[id="sessions.1"]:focus')
  await fillSession(1, '2026-03-19')
  await desk.fill('[id="opensAt.date"]', '2026-03-03')
  await desk.fill('[id="closesAt.date"]', '2026-03-10')
  await desk.check('[name="selection"][value="arrival"]')
  await press(form.add_question)
  await desk.fill('[id="questions.0.text"]', question)
  await desk.selectOption('[id="questions.0.kind"]', 'yes_no')
  await desk.fill('#barDays', '90')
}

/** Registers a person in their own chat; what they are told at the end. */
async function register(resident: TelegramResident, name: string): Promise<string> {
  await resident.say('daftar 1', title)
  await resident.say('daftar', `ikut ${title}`)
  await resident.say('saya sendiri', 'Nama lengkap')
  await resident.say(name, 'lahir')
  await resident.say('17-08-1998', 'kelurahan')
  await resident.say('lasiana', 'Pendidikan')
  await resident.say('sma', 'Mengapa')
  await resident.say('Ingin buka usaha jahit', 'lewat apa')
  await resident.say('percakapan ini', question)
  await resident.say('ya', 'Sudah benar')
  return resident.say('ya, daftarkan', 'Nomor pendaftaran')
}

describe('a course', () => {
  it('lives from the desk of an officer to a certificate on Telegram', { timeout: 240_000 }, async () => {
    const { courses, people } = house.texts
    const resident = (n: number) => house.resident(5_399_200 + n)
    const { ana, beni, cici, dedi } = {
      ana: resident(1),
      beni: resident(2),
      cici: resident(3),
      dedi: resident(4),
    }

    // Ana asks to hear of courses in sewing.
    await ana.say('minat', 'Pilih bidangnya')
    await ana.say('menjahit', 'Kami kabari')

    // An officer makes the course, is told what is wrong with it, mends that and announces it.
    maria = await house.enrol(desk, 'maria', 'Maria Petugas', 'pelatihan')
    await open('/pelatihan')
    await desk.getByRole('link', { name: courses.list.new }).click()
    await fillCourse()
    await desk.fill('#seats', '0')
    await press(courses.form.save_new)
    await desk.waitForSelector('.summary')
    expect(
      await desk.$$eval('.summary a', (links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['#seats'])
    await desk.fill('#seats', '2')
    await press(courses.form.save_new)
    await shows(fill(courses.done.create, { number: 1 }))
    await press(courses.moves.announced.button)
    await shows(courses.done.moves.announced)
    await house.moveTo('2026-03-02T09:05+08:00')
    const news = await ana.hear(title, 'daftar 1')
    expect(news).toContain('3 Maret 2026')
    expect(news).toContain('berhenti')

    // Three register: two seats, and the first place in line.
    await house.moveTo('2026-03-03T08:05+08:00')
    expect(await register(ana, 'Ana Contoh')).toContain('Berhasil')
    expect(await register(beni, 'Beni Contoh')).toContain('Berhasil')
    expect(await register(cici, 'Cici Contoh')).toContain('urutan ke-1')
    await open('/peserta/1')
    for (const name of ['Ana Contoh', 'Beni Contoh', 'Cici Contoh']) await shows(name)
    await shows(fill(people.list.standing, { seated: 2, seats: 2, reserves: 1, applicants: 3 }))
    await shoot(desk, 'applicants')

    // The place changes: whoever is in is told.
    await open('/pelatihan/1/ubah')
    await desk.fill('#place', 'Aula Contoh, Jalan Contoh 2')
    await press(courses.form.save)
    await shows(fill(courses.done.edit_told, { told: 3 }))
    await house.moveTo('2026-03-03T09:00+08:00')
    for (const resident of [ana, beni, cici]) {
      const change = await resident.hear('perubahan', 'Aula Contoh')
      expect(change).toContain('Balai Latihan Contoh')
    }

    // Ana gives up: Cici is offered the seat, and is silent beyond the deadline.
    await ana.say('batal pelatihan', 'Batalkan')
    await ana.say('ya, batalkan', 'sudah dibatalkan')
    await house.moveTo('2026-03-03T09:10+08:00')
    expect(await cici.hear('Ada tempat kosong')).toContain('15.30')
    expect(await register(dedi, 'Dedi Contoh')).toContain('urutan ke-1')
    await house.moveTo('2026-03-03T15:31+08:00')
    expect(await cici.hear('tidak dijawab')).toContain('daftar 1')
    expect(await dedi.hear('Ada tempat kosong')).toContain('YA')
    await dedi.say('YA', 'Berhasil')
    expect(await cici.say('YA', 'sudah lewat')).not.toContain('Berhasil')

    // Cici stands in line again, and one more seat is made.
    await cici.say('daftar tunggu lagi', 'data yang dulu')
    await cici.say('ya', 'Mengapa')
    await cici.say('Masih mau ikut', 'lewat apa')
    await cici.say('percakapan ini', question)
    await cici.say('tidak', 'Sudah benar')
    await cici.say('ya', 'urutan ke-1')
    await open('/pelatihan/1/ubah')
    await desk.fill('#seats', '3')
    await press(courses.form.save)
    await shows(courses.done.edit)
    await house.moveTo('2026-03-03T15:40+08:00')
    await cici.hear('Ada tempat kosong')
    await cici.say('ya', 'Berhasil')

    // Whoever has a seat is reminded three days before, the day before, and in the morning.
    const inClass = [beni, cici, dedi]
    const hear = (...words: readonly string[]) =>
      Promise.all(inClass.map((resident) => resident.hear('16 Maret 2026', ...words)))
    await house.moveTo('2026-03-13T09:00+08:00')
    await hear('Mengingatkan', 'sebentar lagi')
    await house.moveTo('2026-03-15T09:00+08:00')
    await hear('Mengingatkan', 'besok')
    await house.moveTo('2026-03-16T07:00+08:00')
    await hear('Hari ini')
    expect(ana.all()).not.toContain('Mengingatkan')

    // In class the code is on the wall: Beni writes it, Dedi is ticked in the list.
    await house.moveTo('2026-03-16T08:10+08:00')
    await comesToShow('/pelatihan/1', courses.states.running)
    await shoot(desk, 'course')
    await desk.getByRole('link', { name: people.course.attendance, exact: true }).first().click()
    await desk.getByRole('link', { name: people.attendance.show_code }).click()
    await shows(fill(people.code.there, { present: 0, count: 3 }))
    const digits = (await desk.locator('.digits [aria-hidden]').allTextContents()).join('')
    expect(digits).toMatch(/^\d{6}$/)
    await shoot(desk, 'code')
    await beni.say(`hadir ${digits}`, 'Beni Contoh hadir')
    await cici.say('hadir 000000', 'belum cocok')
    await shows(fill(people.code.there, { present: 1, count: 3 }))
    await desk.getByRole('link', { name: people.code.back }).click()
    await desk.getByRole('checkbox', { name: /Dedi Contoh/ }).check()
    await press(people.attendance.save)
    await shows(fill(people.attendance.saved, { present: 2 }))

    // Cici never came, and is marked so once the first session is over.
    await house.moveTo('2026-03-16T14:30+08:00')
    await open('/kehadiran/1/tidak-hadir')
    await desk.getByRole('checkbox', { name: /Cici Contoh/ }).check()
    await press(people.absent.press)
    await shows(fill(people.absent.done, { count: 1 }))
    await house.moveTo('2026-03-16T14:40+08:00')
    expect(await cici.hear('tidak hadir')).toContain('14 Juni 2026')

    // The second session: its reminder, the list, and the end.
    await house.moveTo('2026-03-18T09:00+08:00')
    for (const resident of [beni, dedi]) await resident.hear('Mengingatkan', '19 Maret 2026')
    await house.moveTo('2026-03-19T09:00+08:00')
    await open('/kehadiran/1')
    for (const name of [/Beni Contoh/, /Dedi Contoh/]) await desk.getByRole('checkbox', { name }).check()
    await press(people.attendance.save)
    await shows(fill(people.attendance.saved, { present: 2 }))
    await house.moveTo('2026-03-19T14:10+08:00')
    await open('/pelatihan/1')
    await press(courses.moves.finished.button)
    await shows(courses.done.moves.finished)

    // Both passed, and are issued their certificates.
    await open('/sertifikat/1')
    const { pass, issue } = people.certificates.actions
    for (const act of [pass, issue]) {
      for (const name of [/Beni Contoh/, /Dedi Contoh/]) await desk.getByRole('checkbox', { name }).check()
      await press(act.label)
      await press(act.press)
      await shows(fill(act.done, { count: 2 }))
    }
    const files = await Promise.all([beni, dedi].map((resident) => resident.receiveFile()))
    for (const { name, bytes, caption } of files) {
      expect(name).toMatch(/^sertifikat-PL-2026-\d{6}\.pdf$/)
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
      expect(caption).toContain(title)
    }
    expect(files.map(({ caption }) => /(Beni|Dedi) Contoh/.exec(caption)?.[0])).toEqual([
      'Beni Contoh',
      'Dedi Contoh',
    ])
    await comesToShow('/sertifikat/1', '19 Maret')
    await shoot(desk, 'certificates')

    // Whoever scans it sees what it says, and nothing else.
    const { text, source } = readPdf(files[0]?.bytes ?? Buffer.alloc(0))
    for (const said of ['Beni Contoh', title]) expect(text).toContain(said)
    const address = /\/URI \((\S+\/sertifikat\/[\w-]{24})\)/.exec(source)?.[1] ?? ''
    const visitor = await watched(await browser.newContext(wide))
    await visitor.goto(address)
    const facts = await visitor.locator('dd').allTextContents()
    expect(facts).toEqual(['Beni Contoh', title, '19 Maret 2026'])
    for (const secret of ['Lasiana', '1998', '17 Agustus', 'SMA', 'PL-2026'])
      expect(await visitor.content()).not.toContain(secret)
    await shoot(visitor, 'verified')

    // A copy of the course opens: who did not come is told until when to wait.
    await open('/pelatihan/1')
    await desk.getByText(courses.copy.button, { exact: true }).first().click()
    await press(courses.copy.button)
    await shows(fill(courses.done.copy, { number: 2 }))
    await open('/pelatihan/2')
    await press(courses.moves.announced.button)
    await press(courses.moves.registration.button)
    await shows(courses.done.moves.registration)
    await cici.say('daftar 2', title)
    await cici.say('daftar', 'data yang dulu')
    await cici.say('ya', 'Mengapa')
    await cici.say('Mau belajar lagi', 'lewat apa')
    await cici.say('percakapan ini', question)
    await cici.say('ya', 'Sudah benar')
    expect(await cici.say('ya', 'Pendaftaran baru bisa lagi')).toContain('14 Juni 2026')

    expect(complaints).toEqual([])
    for (const name of ['Ana', 'Beni', 'Cici', 'Dedi'])
      expect(house.logged.join('')).not.toContain(`${name} Contoh`)
  })
})
