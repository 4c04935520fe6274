import { beforeEach, describe, expect, it } from 'vitest'
import { decisions, type Left } from '../../../../src/training/training-desk.ts'
import { decideRoutes } from '../../../../src/web/desk/applicants/decide-routes.ts'
import { type ApplicantWorld, createApplicantWorld } from '../../../support/applicant-world.ts'

const lefts: readonly Left[] = ['unknown', 'over', 'full', 'quota', 'busy', 'not_ready']

let world: ApplicantWorld
let cookie: string

const post = (path: string, fields: Record<string, string> = {}) => world.post(`/desk${path}`, fields, cookie)
const pick = (...numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((number) => [`pilih.${number}`, 'ya']))
/** The fields of the confirmation that is shown. */
const hidden = (page: string) => {
  const main = /<main.*<\/main>/s.exec(page)?.[0] ?? ''
  const fields = [...main.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]))
}
const decided = () => world.desk.calls.filter(({ act }) => act === 'applicants.decide')

beforeEach(() => {
  world = createApplicantWorld()
  cookie = world.signedIn('pelatihan').cookie
  world.desk.addCourse({ number: 12 })
  world.desk.addPerson(12, { registration: { number: 201 }, name: 'Ana Contoh' })
  world.desk.addPerson(12, { registration: { number: 202, state: 'reserve' }, name: 'Yosef Contoh' })
  world.desk.addPerson(12, { registration: { number: 203 }, name: '' })
})

describe(decideRoutes.name, () => {
  it.each(decisions)(
    'say how many, who and what follows before they %s, and then do it once',
    async (decision) => {
      const words = world.words.decisions[decision]
      const alasan = decision === 'reject' ? 'kuota' : ''
      const saring = 'keadaan=registered.reserve'
      const asked = { ...pick(202, 201), putusan: decision, alasan, keterangan: '', saring }
      const response = await post('/peserta/12/putusan', asked)
      const page = await response.text()
      expect(response.status).toBe(200)
      expect(page).toContain(`<h1>${words.ask.replace('{{count}}', '2')}</h1>`)
      expect(page).toContain(words.told)
      expect(page.indexOf('Yosef Contoh')).toBeLessThan(page.indexOf('Ana Contoh'))
      expect(page).toContain(world.words.states.reserve)
      expect(page).toContain('href="/desk/peserta/12?keadaan=registered.reserve&amp;pilih=202.201"')
      expect(decided()).toEqual([])
      const done = await post('/peserta/12/putuskan', hidden(page))
      expect(done.status).toBe(303)
      expect(done.headers.get('location')).toBe('/desk/peserta/12?keadaan=registered.reserve')
      expect(await world.follow(done, cookie)).toContain(words.done.replace('{{count}}', '2'))
      const reason = decision === 'reject' ? world.words.reasons[0]?.text : undefined
      expect(decided().map((call) => call.with)).toEqual([['u-pelatihan', 12, [202, 201], decision, reason]])
    },
  )

  it('tell how many seats are free before many are accepted', async () => {
    world.desk.addPerson(12, { registration: { state: 'accepted' } })
    const page = await (await post('/peserta/12/putusan', { ...pick(201), putusan: 'accept' })).text()
    expect(page).toContain('Tempat kosong sekarang: 15 dari 16.')
  })

  it.each(lefts)('say in a sentence why somebody was left: %s', async (why) => {
    world.desk.leave.set(202, why)
    const response = await post('/peserta/12/putuskan', {
      ...pick(201, 202),
      putusan: 'accept',
      saring: 'urut=name',
    })
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(page).toContain('1 pendaftar diterima.')
    expect(page).toContain('1 orang tidak diubah')
    expect(page).toContain('Yosef Contoh')
    expect(page).toContain(world.words.left[why])
    expect(page).toContain('href="/desk/peserta/12?urut=name"')
  })

  it('say that nothing was done where all were left', async () => {
    world.desk.leave.set(201, 'full')
    const page = await (await post('/peserta/12/putuskan', { ...pick(201), putusan: 'accept' })).text()
    expect(page).toContain(world.words.result.none)
    expect(page).not.toContain('0 pendaftar')
  })

  it.each([
    ['nobody', { putusan: 'accept' }],
    ['nobody', { 'pilih.x': 'ya', putusan: 'accept' }],
    ['nobody', { ...pick(999), putusan: 'accept' }],
    ['decision', { ...pick(201), putusan: '' }],
    ['decision', { ...pick(201), putusan: 'certify' }],
    ['reason', { ...pick(201), putusan: 'reject' }],
    ['reason', { ...pick(201), putusan: 'reject', alasan: 'tidak_ada' }],
    ['reason_text', { ...pick(201), putusan: 'reject', alasan: 'lain', keterangan: ' ' }],
    [
      'reason_number',
      { ...pick(201), putusan: 'reject', alasan: 'lain', keterangan: 'NIK 5399011708800001 salah' },
    ],
  ] as const)('ask again where something is missing: %s, %j', async (problem, fields) => {
    const response = await post('/peserta/12/putusan', { ...fields, saring: 'urut=name' })
    const page = await response.text()
    expect(response.status).toBe(422)
    expect(page).toContain(world.words.refused[problem])
    expect(page).toContain('<option value="name" selected>')
    expect(/name="pilih\.201" value="ya" checked/.test(page)).toBe('pilih.201' in fields)
    if (fields.putusan !== '' && fields.putusan !== 'certify')
      expect(page).toContain(`<option value="${fields.putusan}" selected>`)
    expect(decided()).toEqual([])
  })

  it('refuse a reason that is too long', async () => {
    const fields = { ...pick(201), putusan: 'reject', alasan: 'lain', keterangan: 'x'.repeat(301) }
    expect(await (await post('/peserta/12/putusan', fields)).text()).toContain('Paling banyak 300 huruf.')
  })

  it('put what is written to a ready reason', async () => {
    const fields = {
      ...pick(201),
      putusan: 'reject',
      alasan: 'berkas',
      keterangan: 'Fotokopi  ijazah belum ada.',
    }
    const page = await (await post('/peserta/12/putusan', fields)).text()
    expect(page).toContain('Berkas pendaftaran belum lengkap. Fotokopi ijazah belum ada.')
    await post('/peserta/12/putuskan', hidden(page))
    expect(decided()[0]?.with.at(-1)).toBe('Berkas pendaftaran belum lengkap. Fotokopi ijazah belum ada.')
  })

  it('let days, times and the phone of an office be written', async () => {
    const keterangan = 'Wawancara 10/03/2026 09.00 WITA, tanya 0812 3456 7890.'
    const page = await (
      await post('/peserta/12/putusan', { ...pick(201), putusan: 'interview', keterangan })
    ).text()
    expect(page).toContain(keterangan)
  })

  it('ask for the reason that the desk does not take', async () => {
    const fields = { ...pick(201), putusan: 'reject', alasan: 'lain', keterangan: 'ok' }
    const response = await post('/peserta/12/putuskan', fields)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(world.words.refused.reason)
  })

  it('keep a name that is searched sealed on the way', async () => {
    const found = await post('/peserta/12/cari', { cari: 'Ana' })
    const saring = (found.headers.get('location') ?? '').split('?')[1] ?? ''
    const page = await (await post('/peserta/12/putusan', { ...pick(201), putusan: 'accept', saring })).text()
    const back = /href="(\/desk\/peserta\/12\?[^"]*)"/.exec(page)?.[1] ?? ''
    expect(back).toMatch(/cari=[\w-]{20,}/)
    const done = await post('/peserta/12/putuskan', hidden(page))
    expect(await world.follow(done, cookie)).toContain('value="Ana"')
  })

  it.each(['putusan', 'putuskan'])('say that there is no such course: %s', async (name) => {
    const response = await post(`/peserta/77/${name}`, { ...pick(201), putusan: 'accept' })
    expect(response.status).toBe(404)
  })
})
