import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WebServer } from '../../src/web/web-server.ts'
import { type ApplicantWorld, createApplicantWorld } from '../support/applicant-world.ts'
import { launchBrowser, type WatchedBrowser } from '../support/browser.ts'
import { trainingNow } from '../support/fake-training-desk.ts'
import { expectSound, phone, sights, takeShot, wide } from '../support/look-at-page.ts'

const hour = 3_600_000

let browser: WatchedBrowser
let world: ApplicantWorld
let server: WebServer
let url: string

const open = (path: string, options: BrowserContextOptions = wide) =>
  browser.open(
    `${url}/desk${path}`,
    { acceptDownloads: true, ...options },
    world.signedIn('pelatihan').cookie,
  )

function furnish(): void {
  const { desk } = world
  desk.addCourse({ number: 12, title: 'Menjahit dasar', state: 'running' })
  const states = [
    ...(['registered', 'registered', 'screened', 'interview', 'reserve', 'reserve', 'offered'] as const),
    ...(['accepted', 'accepted', 'attending', 'attending', 'attending'] as const),
    ...(['passed', 'not_passed', 'certified', 'certified', 'rejected', 'withdrawn', 'absent'] as const),
  ]
  for (const [at, state] of states.entries()) {
    const isInClass = ['accepted', 'attending', 'passed', 'not_passed', 'certified'].includes(state)
    desk.addPerson(12, {
      registration: {
        ...{ number: 201 + at, state, score: at % 3 === 0 ? undefined : 60 + at },
        kelurahan: at % 2 === 0 ? '53.71.01.1001' : '53.71.02.1002',
        gender: at % 4 === 0 ? 'male' : 'female',
        reason: state === 'rejected' ? 'Berkas pendaftaran belum lengkap.' : undefined,
      },
      name: ['Maria Contoh', 'Yosef Contoh', 'Ana Contoh Panjang Sekali Namanya', 'Beni Contoh'][at % 4]!,
      ...{ held: isInClass ? 2 : 0, attended: isInClass && state !== 'accepted' ? 1 + (at % 2) : 0 },
      ...(state === 'reserve' ? { placeInLine: at - 3 } : {}),
      hasNote: at === 2,
    })
  }
  const person = desk.people.get(203)!
  desk.people.set(203, {
    ...person,
    phone: '+6281200000000',
    note: 'Sudah ditelepon, berkas menyusul.',
    answers: [
      { id: 'mesin', question: 'Apakah punya mesin jahit di rumah?', answer: 'Ya' },
      { id: 'usaha', question: 'Usaha apa yang mau dibuka?', answer: 'Permak baju di Pasar Contoh' },
    ],
    history: [
      ...person.history,
      { state: 'screened', by: 'Maria Petugas', actor: 'officer', reason: undefined, at: trainingNow },
    ],
  })
  desk.presences.set(
    11n,
    new Map([
      [210, { way: 'code', at: new Date(trainingNow.getTime() - hour / 4) }],
      [211, { way: 'list', at: trainingNow }],
    ]),
  )
  const certificate = { issuedAt: trainingNow, revokedAt: undefined, isEnough: true }
  desk.certificateOf.set(215, { ...certificate, number: 'PL-2026-000123', sentAt: trainingNow })
  desk.certificateOf.set(216, { ...certificate, number: 'PL-2026-000124', sentAt: undefined })
}

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
})

beforeEach(async () => {
  world = createApplicantWorld({
    publicUrl: undefined,
    checkInLinks: (code) => [
      { label: 'Telegram', url: `https://t.me/lopo_contoh_bot?start=hadir-${code}` },
      { label: 'WhatsApp', url: `https://wa.me/62800000000?text=hadir%20${code}` },
    ],
  })
  server = world.serve()
  url = (await server.listen(0)).replace('localhost', '127.0.0.1')
  furnish()
})

afterEach(async () => {
  await browser.closePages()
  await server.close()
  expect(browser.takeComplaints()).toEqual([])
})

describe('the pages on applicants, attendance and certificates', () => {
  const pages = {
    list: '/peserta/12',
    filter: '/peserta/12?keadaan=registered.screened&urut=score',
    person: '/peserta/12/203',
    attendance: '/kehadiran/12/11',
    early: '/kehadiran/12/12',
    code: '/kehadiran/12/11/kode',
    absent: '/kehadiran/12/tidak-hadir',
    certificates: '/sertifikat/12',
    revoke: '/sertifikat/12/PL-2026-000123/cabut',
    none: '/peserta/77',
  }

  it.each(sights)(
    'have no fault that axe finds and fit the screen: %s, %s',
    async (size, colorScheme, options) => {
      const page = await open('/akun', options)
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(`${url}/desk${path}`)
        await takeShot(page, `applicants-${name}-${size}-${colorScheme}`)
        await expectSound(page, name)
      }
    },
    120_000,
  )
})

describe('the list of applicants', () => {
  it('rejects three of those that a filter finds, with a reason, and says who was left and why', async () => {
    world.desk.leave.set(203, 'not_ready')
    const page = await open('/peserta/12', phone)
    const { list, decisions, reasons, refused, confirm, result, left } = world.words
    await page.getByText(list.filter, { exact: true }).tap()
    await page.getByRole('checkbox', { name: world.words.states.registered, exact: true }).tap()
    await page.getByRole('checkbox', { name: world.words.states.screened, exact: true }).tap()
    await page.getByRole('button', { name: list.apply }).tap()
    await page.waitForURL(/keadaan=registered\.screened/)
    await page.getByRole('checkbox', { name: list.pick_all }).tap()
    await page.getByText('3 dipilih').waitFor()
    await page.getByLabel(list.decision, { exact: true }).selectOption('reject')
    await page.getByRole('button', { name: list.check }).tap()
    await page.getByText(refused.reason).waitFor()
    await takeShot(page, 'applicants-refused-phone')
    expect(await page.getByRole('checkbox', { name: /Maria Contoh/ }).isChecked()).toBe(true)
    await page.getByLabel(world.words.reason.label, { exact: true }).selectOption('berkas')
    await page.getByRole('button', { name: list.check }).tap()
    await page.getByRole('heading', { name: 'Tolak 3 pendaftar?' }).waitFor()
    await page.getByText(reasons.find(({ code }) => code === 'berkas')!.text).waitFor()
    expect((await page.getByText('Maria Contoh').boundingBox())?.width).toBeGreaterThan(50)
    await takeShot(page, 'applicants-confirm-phone')
    await page.getByRole('link', { name: confirm.back }).tap()
    await page.getByText('3 dipilih').waitFor()
    await page.getByLabel(list.decision, { exact: true }).selectOption('reject')
    await page.getByLabel(world.words.reason.label, { exact: true }).selectOption('berkas')
    await page.getByRole('button', { name: list.check }).tap()
    await page.getByRole('button', { name: decisions.reject.press }).tap()
    await page.getByText(result.left_title.replace('{{count}}', '1')).waitFor()
    await page.getByText('2 pendaftar ditolak.').waitFor()
    await page.getByText(left.not_ready).waitFor()
    await takeShot(page, 'applicants-result-phone')
    expect(world.desk.calls.filter(({ act }) => act === 'applicants.decide')).toHaveLength(1)
  })

  it('counts what is ticked, and ticks all or none', async () => {
    const page = await open('/peserta/12')
    const { list } = world.words
    await page.getByText('0 dipilih').waitFor()
    await page.getByRole('checkbox', { name: /Yosef Contoh \(202\)/ }).click()
    await page.getByText('1 dipilih').waitFor()
    const all = page.getByRole('checkbox', { name: list.pick_all })
    expect(await all.evaluate((box) => 'indeterminate' in box && box.indeterminate)).toBe(true)
    await all.click()
    await page.getByText('19 dipilih').waitFor()
    await all.click()
    await page.getByText('0 dipilih').waitFor()
  })

  it('ticks all and decides without script', async () => {
    const page = await open('/peserta/12?keadaan=reserve', { ...phone, javaScriptEnabled: false })
    const { list, decisions } = world.words
    expect(await page.locator('[data-all]').isVisible()).toBe(false)
    await page.getByRole('link', { name: list.pick_all }).tap()
    await page.getByLabel(list.decision, { exact: true }).selectOption('accept')
    await page.getByRole('button', { name: list.check }).tap()
    await page.getByRole('button', { name: decisions.accept.press }).tap()
    await page.getByText('2 pendaftar diterima.').waitFor()
    expect(world.desk.people.get(205)?.registration.state).toBe('accepted')
  })

  it('gives the list as a file', async () => {
    const page = await open('/peserta/12?keadaan=screened')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: world.words.list.csv }).click(),
    ])
    expect(file.suggestedFilename()).toBe('daftar-12.csv')
  })
})

describe('the page of an applicant', () => {
  it('says what the person will be told before a decision, and how it came out', async () => {
    const page = await open('/peserta/12/203', phone)
    const { decisions, person } = world.words
    await page.getByText(decisions.interview.label, { exact: true }).first().tap()
    await page.getByText(decisions.interview.told).waitFor()
    await takeShot(page, 'applicants-decide-phone')
    await page.getByRole('textbox', { name: world.words.reason.text }).fill('Selasa pukul 09.00 di kantor.')
    await page.getByRole('button', { name: decisions.interview.label }).tap()
    await page.getByText('1 pendaftar dipanggil wawancara.').waitFor()
    expect(world.desk.calls.at(-2)?.with).toEqual([
      ...['u-pelatihan', 12, [203], 'interview'],
      'Selasa pukul 09.00 di kantor.',
    ])
    await page.getByLabel(person.score).fill('88')
    await page.getByRole('button', { name: person.save }).tap()
    await page.getByText(person.saved).waitFor()
    expect(await page.getByLabel(person.score).inputValue()).toBe('88')
  })
})

describe('attendance', () => {
  it('shows the code of the class, and another once it changed, with who came meanwhile', async () => {
    const page = await open('/akun')
    await page.clock.install()
    await page.goto(`${url}/desk/kehadiran/12/11/kode`)
    await page.getByText('123', { exact: true }).waitFor()
    await page.getByText('2 dari 5 sudah hadir').waitFor()
    const picture = await page.locator('.qr path').nth(1).getAttribute('d')
    world.desk.classCode = { code: '654321', validUntil: new Date(trainingNow.getTime() + 6 * 60_000) }
    world.desk.presences.get(11n)?.set(212, { way: 'code', at: trainingNow })
    await page.clock.runFor(10_500)
    await page.getByText('654', { exact: true }).waitFor()
    await page.getByText('3 dari 5 sudah hadir').waitFor()
    await page.getByText('09.36').waitFor()
    expect(await page.locator('.qr path').nth(1).getAttribute('d')).not.toBe(picture)
  })

  it('shows the code without script, with a link to look again', async () => {
    const page = await open('/kehadiran/12/11/kode', { ...phone, javaScriptEnabled: false })
    world.desk.classCode = { code: '654321', validUntil: trainingNow }
    await page.getByRole('link', { name: world.words.code.reload }).tap()
    await page.getByText('654', { exact: true }).waitFor()
  })

  it('is taken by the list, and keeps who came by the code meanwhile', async () => {
    const page = await open('/kehadiran/12/11', phone)
    await page.getByText('2 dipilih').waitFor()
    await page.getByRole('checkbox', { name: /Beni Contoh No\. 208/ }).tap()
    await page.getByRole('checkbox', { name: /Ana Contoh/ }).tap()
    world.desk.presences.get(11n)?.set(212, { way: 'code', at: trainingNow })
    await page.getByRole('button', { name: world.words.attendance.save }).tap()
    await page.getByText('Kehadiran disimpan: 3 orang hadir.').waitFor()
    await takeShot(page, 'applicants-saved-phone')
    expect([...world.desk.presences.get(11n)!.keys()].sort()).toEqual([208, 210, 212])
  })

  it('marks who never came, after it was said what that means', async () => {
    const page = await open('/kehadiran/12/11', phone)
    const { attendance, absent } = world.words
    await page.getByRole('link', { name: attendance.never_open }).tap()
    await page.getByText('Selama 90 hari').waitFor()
    await page.getByRole('checkbox', { name: /Beni Contoh/ }).tap()
    await page.getByRole('button', { name: absent.press }).tap()
    await page.getByText('1 peserta ditandai tidak hadir.').waitFor()
    expect(world.desk.people.get(208)?.registration.state).toBe('absent')
  })
})

describe('certificates', () => {
  it('are issued to those who passed, and one is taken back with a reason', async () => {
    const page = await open('/sertifikat/12')
    const { certificates, revoke } = world.words
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('checkbox', { name: /Yosef Contoh \(210\)/ }).click()
    await press(certificates.actions.pass.label)
    await takeShot(page, 'applicants-pass-wide')
    await press(certificates.actions.pass.press)
    await page.getByText('1 peserta dinyatakan lulus.').waitFor()
    await page.getByRole('checkbox', { name: /Yosef Contoh \(210\)/ }).click()
    await press(certificates.actions.issue.label)
    await press(certificates.actions.issue.press)
    await page.getByText('1 sertifikat diterbitkan.').waitFor()
    await page.getByRole('link', { name: 'Cabut sertifikat PL-2026-000210' }).click()
    await page.getByLabel(revoke.reason).fill('Salah orang')
    await press(revoke.press)
    await page.getByText('Sertifikat PL-2026-000210 sudah dicabut.').waitFor()
    expect(await page.getByRole('link', { name: 'Cabut sertifikat PL-2026-000210' }).count()).toBe(0)
  })
})
