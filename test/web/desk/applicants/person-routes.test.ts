import { beforeEach, describe, expect, it } from 'vitest'
import { type RegistrationState, registrationStates } from '../../../../src/training/registration.ts'
import { decisions } from '../../../../src/training/training-desk.ts'
import { personRoutes } from '../../../../src/web/desk/applicants/person-routes.ts'
import { type ApplicantWorld, createApplicantWorld } from '../../../support/applicant-world.ts'
import { trainingNow } from '../../../support/fake-training-desk.ts'

let world: ApplicantWorld
let cookie: string

const path = '/peserta/12/201'
const open = async (to = path) => (await world.get(`/desk${to}`, cookie)).text()
const post = (to: string, fields: Record<string, string> = {}) => world.post(`/desk${to}`, fields, cookie)
const person = (state: RegistrationState = 'registered') =>
  world.desk.addPerson(12, { registration: { number: 201, state }, name: 'Ana Contoh' })

beforeEach(() => {
  world = createApplicantWorld()
  cookie = world.signedIn('pelatihan').cookie
  world.desk.addCourse({ number: 12 })
})

describe(personRoutes.name, () => {
  it('show what a person told, and how it stands', async () => {
    world.desk.addPerson(12, {
      registration: {
        ...{ number: 201, state: 'offered', forWhom: 'other', desil: 2, gender: 'male' },
        ...{ offerUntil: new Date('2026-03-06T09:00:00Z'), barredUntil: new Date('2026-05-01T00:00:00Z') },
        reason: 'Tempat baru saja kosong.',
      },
      ...{ name: 'Ana Contoh', phone: '+6281200000000', channel: 'whatsapp', attended: 1, held: 2 },
      answers: [{ id: 'mesin', question: 'Punya mesin jahit?', answer: '<i>Ya</i>' }],
      history: [
        { state: 'registered', by: undefined, actor: 'resident', reason: undefined, at: trainingNow },
        { state: 'reserve', by: 'Maria Petugas', actor: 'officer', reason: 'Kuota penuh.', at: trainingNow },
        { state: 'offered', by: undefined, actor: 'time', reason: undefined, at: trainingNow },
      ],
    })
    const page = await open()
    for (const words of [
      ...[
        '<bdi>Ana Contoh</bdi>',
        '26 tahun, lahir 12 Mei 1999',
        'Laki-laki',
        'Alak',
        'SMA/SMK atau sederajat',
      ],
      ...['href="tel:+6281200000000"', 'WhatsApp', '6 Maret 2026, 17.00', '1 Mei 2026, 08.00', '1 dari 2'],
      ...['Tempat baru saja kosong.', 'Punya mesin jahit?', '&lt;i&gt;Ya', 'Maria Petugas, ', 'Kuota penuh.'],
      ...[world.words.person.by.resident, world.words.person.by.time, world.words.person.for.other],
      ...['Mau buka usaha jahit di rumah.', '2026-11-1'],
    ])
      expect(page).toContain(words)
  })

  it('leave out what is not so any more', async () => {
    world.desk.addPerson(12, {
      registration: { number: 201, barredUntil: new Date('2026-03-01T00:00:00Z'), offerUntil: trainingNow },
    })
    const page = await open()
    expect(page).not.toContain(world.words.person.barred)
    expect(page).not.toContain(world.words.person.offer_until)
  })

  it('say that data were erased, or that a chat is gone', async () => {
    world.desk.addPerson(12, {
      registration: { number: 201, contactId: undefined, chatId: undefined },
      name: '',
    })
    expect(await open()).toContain(world.words.person.erased)
    world.desk.addPerson(12, { registration: { number: 202, chatId: undefined } })
    const page = await open('/peserta/12/202')
    expect(page).toContain(world.words.person.unreachable)
    expect(page).not.toContain(world.words.person.erased)
  })

  it.each(registrationStates)(
    'offer what can be decided about whoever is %s, and say what they are told',
    async (state) => {
      person(state)
      const page = await open()
      const offered = decisions.filter((decision) => page.includes(`name="putusan" value="${decision}"`))
      const possible: Readonly<Partial<Record<RegistrationState, readonly string[]>>> = {
        registered: ['screen', 'interview', 'accept', 'reserve', 'reject', 'withdraw'],
        reserve: ['accept', 'reject', 'withdraw'],
        accepted: ['reject', 'withdraw'],
        rejected: ['accept', 'reserve'],
        certified: [],
        absent: [],
      }
      if (possible[state] !== undefined) expect(offered).toEqual(possible[state])
      for (const decision of offered) expect(page).toContain(world.words.decisions[decision].told)
      expect(page.includes(world.words.person.no_decision)).toBe(offered.length === 0)
    },
  )

  it('decide, and say how it came out', async () => {
    person()
    const done = await post(`${path}/putusan`, {
      putusan: 'interview',
      keterangan_interview: 'Selasa pukul 09.00.',
    })
    expect(done.headers.get('location')).toBe('/desk/peserta/12/201')
    const page = await world.follow(done, cookie)
    expect(page).toContain('1 pendaftar dipanggil wawancara.')
    expect(page).toContain('Selasa pukul 09.00.')
  })

  it('say why a decision was not carried out, in a sentence', async () => {
    person()
    world.desk.leave.set(201, 'quota')
    const response = await post(`${path}/putusan`, { putusan: 'accept' })
    expect(response.status).toBe(409)
    expect(await response.text()).toContain(world.words.left.quota)
  })

  it('keep what was chosen where a reason is missing', async () => {
    person()
    const response = await post(`${path}/putusan`, { putusan: 'reject', alasan: 'lain' })
    const page = await response.text()
    expect(response.status).toBe(422)
    expect(page).toContain(world.words.refused.reason_text)
    expect(page).toContain('<option value="lain" selected>')
    expect(page).toMatch(/<details class="panel fold" name="putusan" open><summary>Tolak/)
    expect((await post(`${path}/putusan`, { putusan: 'apa' })).status).toBe(422)
  })

  it('ask for the reason that the desk does not take', async () => {
    person()
    const response = await post(`${path}/putusan`, { putusan: 'reject', alasan: 'lain', keterangan: 'ok' })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(world.words.refused.reason)
  })

  it('keep a score and a note, or none', async () => {
    person()
    const done = await post(`${path}/nilai`, { nilai: ' 88 ', catatan: 'satu\r\ndua' })
    const page = await world.follow(done, cookie)
    expect(page).toContain(world.words.person.saved)
    expect(page).toMatch(/id="nilai"[^>]* value="88"/)
    expect(world.desk.people.get(201)).toMatchObject({ note: 'satu\ndua', registration: { score: 88 } })
    await post(`${path}/nilai`, { nilai: '', catatan: '' })
    expect(world.desk.people.get(201)).toMatchObject({ note: '', registration: { score: undefined } })
  })

  it.each(['101', '-1', '7,5', 'baik'])(
    'take no score such as %s, and keep the note that was typed',
    async (nilai) => {
      person()
      const response = await post(`${path}/nilai`, { nilai, catatan: 'belum disimpan' })
      const page = await response.text()
      expect(response.status).toBe(422)
      expect(page).toContain(world.words.refused.score)
      expect(page).toContain('>belum disimpan</textarea>')
      expect(world.desk.calls.some(({ act }) => act === 'applicants.assess')).toBe(false)
    },
  )

  it.each(['score', 'too_long', 'arrival'] as const)('say why an assessment is refused: %s', async (why) => {
    person()
    world.desk.nextAssess = why
    const response = await post(`${path}/nilai`, { nilai: '50', catatan: 'panjang' })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(world.words.refused[why])
  })

  it('ask for no score where seats go by arrival', async () => {
    world.desk.addCourse({ number: 12, selection: 'arrival' })
    person()
    const page = await open()
    expect(page).not.toContain('name="nilai"')
    expect(page).toContain('name="catatan"')
  })

  it('decide nothing once the course is over', async () => {
    world.desk.addCourse({ number: 12, state: 'finished' })
    person()
    expect(await open()).toContain(world.words.person.no_decision)
  })

  it('find nobody who is not of the course, and change nothing of them', async () => {
    world.desk.addCourse({ number: 13 })
    world.desk.addPerson(13, { registration: { number: 201 }, name: 'Ana Contoh' })
    const answers = [
      await world.get('/desk/peserta/12/201', cookie),
      await world.get('/desk/peserta/12/404', cookie),
      await post('/peserta/12/201/nilai', { nilai: '1' }),
      await post('/peserta/12/201/putusan', { putusan: 'accept' }),
    ]
    for (const response of answers) {
      expect(response.status).toBe(404)
      const page = await response.text()
      expect(page).toContain(world.words.missing.applicant.text)
      expect(page).not.toContain('Ana Contoh')
    }
    expect(world.desk.people.get(201)?.registration).toMatchObject({ state: 'registered', score: undefined })
    world.desk.nextAssess = 'unknown'
    expect((await post('/peserta/13/201/nilai', {})).status).toBe(404)
  })
})
