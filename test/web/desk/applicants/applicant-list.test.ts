import { beforeEach, describe, expect, it } from 'vitest'
import { registrationStates } from '../../../../src/training/registration.ts'
import { applicantRoutes } from '../../../../src/web/desk/applicants/applicant-routes.ts'
import { type ApplicantWorld, createApplicantWorld } from '../../../support/applicant-world.ts'

let world: ApplicantWorld
let cookie: string

const open = async (path: string) => (await world.get(`/desk${path}`, cookie)).text()
const post = (path: string, fields: Record<string, string> = {}) => world.post(`/desk${path}`, fields, cookie)
/** The numbers in the table, in its order. */
const listed = (page: string) =>
  [...page.matchAll(/href="\/desk\/peserta\/12\/(\d+)"/g)].map(([, number]) => Number(number))
/** Where the form of the filter leads that is filled in so. */
const search = async (fields: Record<string, string>) =>
  (await post('/peserta/12/cari', fields)).headers.get('location') ?? ''
const ticked = (page: string) =>
  [...page.matchAll(/name="pilih\.(\d+)" value="ya" checked/g)].map(([, n]) => n)

beforeEach(() => {
  world = createApplicantWorld()
  cookie = world.signedIn('pelatihan').cookie
  world.desk.addCourse({ number: 12 })
})

describe(applicantRoutes.name, () => {
  it('tell of everybody what officers decide by', async () => {
    world.desk.addPerson(12, {
      registration: { number: 201, state: 'reserve', score: 73, kelurahan: '53.71.02.1002', education: 's1' },
      ...{ name: 'Ana <b>Contoh</b>', placeInLine: 3, hasNote: true, attended: 1, held: 4 },
    })
    const page = await open('/peserta/12')
    for (const words of [
      'Ana &lt;b&gt;Contoh',
      '26 tahun',
      'Oesapa',
      'S1 ke atas',
      '>73<',
      'urutan 3',
      '1 dari 4',
    ])
      expect(page).toContain(words)
    expect(page).toContain(world.words.list.note)
    expect(page).toContain('No. 201')
    expect(page).toContain('0 dari 16 tempat terisi, 1 di daftar tunggu, 1 pendaftar.')
  })

  it.each(registrationStates)('have words and a count for whoever is %s', async (state) => {
    world.desk.addPerson(12, { registration: { state } })
    const page = await open('/peserta/12')
    const { states } = world.words
    expect(page).toMatch(new RegExp(`class="pill[^"]*">${states[state]}</span>`))
    expect(page).toContain(`href="/desk/peserta/12?keadaan=${state}">${states[state]} <b>1</b></a>`)
  })

  it('say a year of birth where it leaves the age open, and that data were erased', async () => {
    world.desk.addPerson(12, { age: undefined, birth: '1998', name: 'Beni Contoh' })
    world.desk.addPerson(12, {
      ...{ name: '', birth: '', age: undefined },
      registration: { contactId: undefined, chatId: undefined },
    })
    const page = await open('/peserta/12')
    expect(page).toContain('lahir 1998')
    expect(page).toContain(world.words.erased)
  })

  it('leave out scores where seats go by arrival, and attendance before there was any', async () => {
    world.desk.addCourse({ number: 12, selection: 'arrival' })
    world.desk.addPerson(12)
    const page = await open('/peserta/12')
    const { columns } = world.words.list
    expect(page).not.toContain(`>${columns.score}<`)
    expect(page).not.toContain(`>${columns.attended}<`)
    expect(page).toContain(`>${columns.when}<`)
  })

  it('list by several states, kelurahan, gender and name, in the order that is asked for', async () => {
    const { desk } = world
    desk.addPerson(12, { registration: { number: 201, state: 'screened', score: 60 }, name: 'Ana Contoh' })
    desk.addPerson(12, {
      registration: { number: 202, state: 'reserve', gender: 'male' },
      name: 'Yosef Contoh',
    })
    desk.addPerson(12, {
      registration: { number: 203, state: 'screened', score: 80, kelurahan: '53.71.02.1002' },
      name: 'Beni Contoh',
    })
    const found = async (fields: Record<string, string>) =>
      listed(await (await world.get(await search(fields), cookie)).text())
    expect(await found({ 'keadaan.screened': 'ya', 'keadaan.reserve': 'ya' })).toEqual([201, 202, 203])
    expect(await found({ 'keadaan.screened': 'ya', urut: 'score' })).toEqual([203, 201])
    expect(await found({ kelurahan: '53.71.02.1002' })).toEqual([203])
    expect(await found({ jk: 'male' })).toEqual([202])
    expect(await found({ urut: 'name' })).toEqual([201, 203, 202])
    expect(await found({ cari: ' yosef ' })).toEqual([202])
    expect(await found({ 'keadaan.apa': 'ya', jk: 'lain', kelurahan: 'x', urut: 'acak' })).toEqual([
      201, 202, 203,
    ])
  })

  it('keep what was chosen in the form, with a way back to everybody', async () => {
    world.desk.addPerson(12, { registration: { state: 'screened' } })
    const page = await open('/peserta/12?keadaan=screened.reserve&urut=score&jk=female')
    expect(page).toMatch(/name="keadaan\.screened" value="ya" checked/)
    expect(page).toMatch(/name="keadaan\.reserve" value="ya" checked/)
    expect(page).not.toMatch(/name="keadaan\.rejected" value="ya" checked/)
    expect(page).toContain('<option value="score" selected>')
    expect(page).toContain('<details class="filter" open>')
    expect(page).toContain(`<a href="/desk/peserta/12">${world.words.list.clear}</a>`)
  })

  it('find a name that is typed, and have it in no address', async () => {
    for (let at = 0; at < 60; at += 1) world.desk.addPerson(12, { name: `Yosef Rahasia ${at}` })
    const address = await search({ cari: 'Rahasia', urut: 'name' })
    expect(address).toMatch(/^\/desk\/peserta\/12\?urut=name&cari=[\w-]+$/)
    const page = await (await world.get(address, cookie)).text()
    expect(page).toContain('value="Rahasia"')
    const links = [...page.matchAll(/(?:href|action|hx-get|src)="([^"]*)"/g)].map(([, href]) => href)
    expect(links.filter((href) => href?.includes('cari='))).not.toEqual([])
    expect(decodeURIComponent(links.join(' '))).not.toMatch(/rahasia|yosef/i)
    expect(JSON.stringify([world.log, world.notes])).not.toMatch(/rahasia|yosef/i)
  })

  it('open a search for whoever made it, and take none that was typed into the address', async () => {
    world.desk.addPerson(12, { name: 'Ana Contoh' })
    world.desk.addPerson(12, { name: 'Yosef Contoh' })
    const address = await search({ cari: 'Ana' })
    const other = world.signedIn('admin').cookie
    for (const [path, who] of [
      [address, other],
      ['/desk/peserta/12?cari=Ana', cookie],
    ] as const) {
      expect(listed(await (await world.get(path, who)).text())).toHaveLength(2)
    }
  })

  it.each(['5399011708800001', '0812 3456 7890'])('look for no number such as %s', async (cari) => {
    const response = await post('/peserta/12/cari', { cari, jk: 'female' })
    expect(response.headers.get('location')).toBe('/desk/peserta/12?jk=female')
    const page = await world.follow(response, cookie)
    expect(page).toContain(world.words.list.search_refused)
    expect(page).not.toMatch(/5399|0812/)
  })

  it('say that nobody applied, and that nobody is found', async () => {
    expect(await open('/peserta/12')).toContain(world.words.list.none)
    expect(await open('/peserta/12?keadaan=reserve')).toContain(world.words.list.none_found)
  })

  it('show fifty on a page, with the way to the others', async () => {
    for (let at = 0; at < 51; at += 1) world.desk.addPerson(12)
    const first = await open('/peserta/12?urut=score')
    expect(listed(first)).toHaveLength(50)
    expect(first).toContain('1–50 dari 51 pendaftar')
    const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await (await world.get(next, cookie)).text()
    expect(listed(second)).toHaveLength(1)
    expect(second).toContain('51–51 dari 51 pendaftar')
    expect(second).toContain('rel="prev"')
    expect(second).not.toContain('rel="next"')
    expect(listed(await open('/peserta/12?halaman=99'))).toHaveLength(1)
    expect(listed(await open('/peserta/12?halaman=-3'))).toHaveLength(50)
  })

  it('tick everybody on the page by a link, and those whom an address names', async () => {
    for (const number of [201, 202, 203]) world.desk.addPerson(12, { registration: { number } })
    const page = await open('/peserta/12')
    expect(ticked(page)).toEqual([])
    expect(page).toContain('href="/desk/peserta/12?pilih=semua" data-all-link')
    const all = await open('/peserta/12?pilih=semua')
    expect(ticked(all)).toEqual(['201', '202', '203'])
    expect(all).toContain('href="/desk/peserta/12" data-all-link')
    expect(ticked(await open('/peserta/12?pilih=203.x.201'))).toEqual(['201', '203'])
  })

  it.each(['finished', 'cancelled'] as const)('offer no decisions once the course is %s', async (state) => {
    world.desk.addCourse({ number: 12, state })
    world.desk.addPerson(12)
    const page = await open('/peserta/12')
    expect(page).toContain(world.words.list.over)
    expect(page).not.toContain('name="pilih.')
    expect(page).not.toContain('name="putusan"')
  })

  it('say that there is no such course', async () => {
    for (const path of ['/peserta/77', '/peserta/77/daftar.csv', '/peserta/77/hadir.pdf']) {
      const response = await world.get(`/desk${path}`, cookie)
      expect(response.status).toBe(404)
      expect(await response.text()).toContain(world.words.missing.course.text)
    }
    expect((await world.get('/desk/peserta/x', cookie)).status).toBe(404)
    expect((await world.get('/desk/peserta/12345678901', cookie)).status).toBe(404)
  })
})
