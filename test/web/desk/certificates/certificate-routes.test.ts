import { beforeEach, describe, expect, it } from 'vitest'
import { certificateActs } from '../../../../src/web/desk/applicants/applicant-texts.ts'
import { certificateRoutes } from '../../../../src/web/desk/certificates/certificate-routes.ts'
import { type ApplicantWorld, createApplicantWorld } from '../../../support/applicant-world.ts'
import { trainingNow } from '../../../support/fake-training-desk.ts'

let world: ApplicantWorld
let cookie: string

const get = (path: string) => world.get(`/desk/sertifikat/${path}`, cookie)
const open = async (path: string) => (await get(path)).text()
const post = (path: string, fields: Record<string, string> = {}) =>
  world.post(`/desk/sertifikat/${path}`, fields, cookie)
const pick = (...numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((number) => [`pilih.${number}`, 'ya']))
const hidden = (page: string) => {
  const main = /<main.*<\/main>/s.exec(page)?.[0] ?? ''
  const fields = [...main.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]))
}
const number = 'PL-2026-000123'
const certified = { number, issuedAt: trainingNow, sentAt: trainingNow, revokedAt: undefined, isEnough: true }

beforeEach(() => {
  world = createApplicantWorld()
  cookie = world.signedIn('pelatihan').cookie
  const { desk } = world
  desk.addCourse({ number: 12, state: 'running', minAttendance: 75 })
  desk.addPerson(12, {
    registration: { number: 201, state: 'attending' },
    name: 'Ana Contoh',
    attended: 5,
    held: 5,
  })
  desk.addPerson(12, {
    registration: { number: 202, state: 'attending' },
    name: 'Yosef Contoh',
    attended: 1,
    held: 5,
  })
  desk.addPerson(12, {
    registration: { number: 203, state: 'certified' },
    name: 'Beni Contoh',
    attended: 4,
    held: 5,
  })
  desk.addPerson(12, { registration: { number: 204, state: 'rejected' }, name: 'Maria Contoh' })
  desk.certificateOf.set(203, certified)
})

describe(certificateRoutes.name, () => {
  it('tell who came often enough, who passed, and of each certificate', async () => {
    const page = await open('12')
    for (const words of [
      'Kehadiran paling sedikit 75 persen.',
      '5 dari 5 pertemuan',
      '1 dari 5 pertemuan',
      number,
    ])
      expect(page).toContain(words)
    expect(page).toContain('dikirim 5 Maret 2026, 09.30')
    expect(page).toContain(`>${world.words.certificates.enough}</span>`)
    expect(page).toContain(`>${world.words.certificates.short}</span>`)
    expect(page).toContain(world.words.states.certified)
    expect(page).toContain(`href="/desk/sertifikat/12/${number}/pdf"`)
    expect(page).toContain(`href="/desk/sertifikat/12/${number}/cabut"`)
    expect(page).not.toContain('Maria Contoh')
  })

  it('tell what is not sent yet, and what was revoked, of which there is no file', async () => {
    world.desk.certificateOf.set(203, { ...certified, sentAt: undefined })
    expect(await open('12')).toContain(world.words.certificates.not_sent)
    world.desk.certificateOf.set(203, { ...certified, revokedAt: trainingNow })
    const page = await open('12')
    expect(page).toContain('dicabut 5 Maret 2026, 09.30')
    expect(page).not.toContain(`${number}/pdf`)
    expect(page).not.toContain(`${number}/cabut`)
  })

  it('say that nobody has a seat, and tick all by a link', async () => {
    expect(await open('12?pilih=semua')).toMatch(/name="pilih\.202" value="ya" checked/)
    world.desk.people.clear()
    expect(await open('12')).toContain(world.words.certificates.none)
  })

  it.each(certificateActs)('say who and what follows before they %s, and then do it once', async (act) => {
    const words = world.words.certificates.actions[act]
    const page = await (await post('12/periksa', { ...pick(202, 201), tindakan: act })).text()
    expect(page).toContain(`<h1>${words.ask.replace('{{count}}', '2')}</h1>`)
    expect(page).toContain(words.told)
    expect(page).toContain('Yosef Contoh')
    expect(page.includes('1 orang di bawah ini kehadirannya kurang.')).toBe(act !== 'fail')
    expect(page).toContain('href="/desk/sertifikat/12?pilih=201.202"')
    expect(world.desk.calls.map((call) => call.act)).not.toContain('certificates.issue')
    const done = await post('12/lakukan', hidden(page))
    expect(await world.follow(done, cookie)).toContain(words.done.replace('{{count}}', '2'))
    const states = { pass: 'passed', fail: 'not_passed', issue: 'certified' } as const
    expect(world.desk.people.get(202)?.registration.state).toBe(states[act])
  })

  it.each(certificateActs)('say what being left means here: %s', async (act) => {
    world.desk.leave.set(201, 'not_ready')
    world.desk.leave.set(202, 'over')
    const page = await (await post('12/lakukan', { ...pick(201, 202), tindakan: act })).text()
    const words = world.words.certificates.left[act === 'issue' ? 'issue' : 'grade']
    expect(page).toContain(world.words.result.none)
    expect(page).toContain(words.not_ready)
    expect(page).toContain(words.over)
  })

  it.each([
    ['nobody', { tindakan: 'pass' }],
    ['nobody', { ...pick(204), tindakan: 'pass' }],
    ['decision', { ...pick(201), tindakan: 'apa' }],
  ] as const)('ask again where something is missing: %s, %j', async (problem, fields) => {
    const response = await post('12/periksa', fields)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(world.words.refused[problem])
  })

  it('do nothing with nobody, or with what is no wish', async () => {
    for (const fields of [{ tindakan: 'pass' }, pick(201)]) {
      const response = await post('12/lakukan', fields)
      expect(response.headers.get('location')).toBe('/desk/sertifikat/12')
    }
    expect(world.desk.calls.some(({ act }) => /grade|issue/.test(act))).toBe(false)
  })

  it('give a certificate as PDF, or say that it is not there', async () => {
    const response = await get(`12/${number}/pdf`)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${number}.pdf"`)
    world.desk.pdf = undefined
    expect(await world.follow(await get(`12/${number}/pdf`), cookie)).toContain(
      world.words.certificates.not_made,
    )
  })

  it('revoke one with a reason, after saying what that means', async () => {
    const page = await open(`12/${number}/cabut`)
    expect(page).toContain('Beni Contoh')
    expect(page).toContain(world.words.revoke.means)
    const done = await post(`12/${number}/cabut`, { alasan: ' Nama salah tulis. ' })
    expect(world.desk.calls.at(-1)?.with).toEqual(['u-pelatihan', number, 'Nama salah tulis.'])
    expect(await world.follow(done, cookie)).toContain(`Sertifikat ${number} sudah dicabut.`)
    const again = await get(`12/${number}/cabut`)
    expect(await world.follow(again, cookie)).toContain('sudah dicabut sebelumnya')
  })

  it('ask for a reason, and keep what was written', async () => {
    const response = await post(`12/${number}/cabut`, { alasan: 'x' })
    const page = await response.text()
    expect(response.status).toBe(422)
    expect(page).toContain(world.words.refused.revoke_reason)
    expect(page).toContain('value="x"')
  })

  it('say what is not there', async () => {
    for (const path of ['77', `77/${number}/cabut`, '12/PL-2026-999999/cabut']) {
      expect((await get(path)).status, path).toBe(404)
    }
    expect((await post('12/PL-2026-999999/cabut', { alasan: 'salah' })).status).toBe(404)
    expect((await post('77/lakukan', { ...pick(201), tindakan: 'pass' })).status).toBe(404)
    expect((await post('77/periksa', { ...pick(201), tindakan: 'pass' })).status).toBe(404)
  })
})
