import { beforeEach, describe, expect, it } from 'vitest'
import { fileRoutes } from '../../../../src/web/desk/applicants/file-routes.ts'
import { type ApplicantWorld, createApplicantWorld } from '../../../support/applicant-world.ts'

let world: ApplicantWorld
let cookie: string

const get = (path: string) => world.get(`/desk/peserta/12/${path}`, cookie)
const exported = () => world.desk.calls.filter(({ act }) => act === 'applicants.export')
const uses = () =>
  world.desk.calls.filter(({ act }) => act === 'applicants.list').map((call) => call.with.at(-1))

beforeEach(() => {
  world = createApplicantWorld()
  cookie = world.signedIn('pelatihan').cookie
  world.desk.addCourse({ number: 12 })
  world.desk.addPerson(12, { registration: { number: 201, state: 'screened' }, name: 'Ana Contoh' })
  world.desk.addPerson(12, { registration: { number: 202, state: 'accepted' }, name: 'Yosef Contoh' })
})

describe(fileRoutes.name, () => {
  it('give the list as it is narrowed as CSV, with what people wrote', async () => {
    const response = await get('daftar.csv?keadaan=screened')
    const text = await response.text()
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="daftar-12.csv"')
    expect(text.trim().split('\r\n')).toHaveLength(2)
    expect(text).toContain('Ana Contoh')
    expect(text).toContain('Mau buka usaha jahit di rumah.')
    expect(exported()).toHaveLength(1)
  })

  it('give it as XLSX', async () => {
    const response = await get('daftar.xlsx')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="daftar-12.xlsx"')
    expect(new TextDecoder().decode((await response.arrayBuffer()).slice(0, 2))).toBe('PK')
    expect(exported()).toHaveLength(1)
  })

  it('find by a name that stands sealed in the address', async () => {
    const found = await world.post('/desk/peserta/12/cari', { cari: 'yosef' }, cookie)
    const query = (found.headers.get('location') ?? '').split('?')[1]
    const text = await (await get(`daftar.csv?${query}`)).text()
    expect(text).toContain('Yosef Contoh')
    expect(text).not.toContain('Ana Contoh')
  })

  it('print a sheet for those in the class, whatever the list is narrowed to', async () => {
    const response = await get('hadir.pdf?keadaan=screened')
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(new TextDecoder().decode((await response.arrayBuffer()).slice(0, 5))).toBe('%PDF-')
    const asked = world.desk.calls.find(({ act }) => act === 'applicants.list')?.with
    expect(asked?.[2]).toMatchObject({ order: 'name' })
    expect(asked?.[2]).toHaveProperty('states', expect.arrayContaining(['accepted', 'attending']))
    expect(asked?.[2]).toHaveProperty('states', expect.not.arrayContaining(['screened']))
    expect(uses()).toEqual(['sheet'])
  })
})
