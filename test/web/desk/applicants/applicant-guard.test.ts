import { beforeEach, describe, expect, it } from 'vitest'
import { may, staffRoles } from '../../../../src/staff/officer.ts'
import { parseApplicantTexts } from '../../../../src/web/desk/applicants/applicant-texts.ts'
import { type ApplicantWorld, createApplicantWorld } from '../../../support/applicant-world.ts'

let world: ApplicantWorld

const ours = () => world.routes.filter(({ path }) => /^\/(peserta|kehadiran|sertifikat)\//.test(path))
const address = (path: string) =>
  `/desk${path
    .replace(/:number(\{[^/]*\})?/, '12')
    .replace(/:registration(\{[^/]*\})?/, '201')
    .replace(/:session(\{[^/]*\})?/, '11')
    .replace(/:certificate(\{[^/]*\})?/, 'PL-2026-000123')}`

beforeEach(() => {
  world = createApplicantWorld()
  world.desk.addCourse({ number: 12 })
  world.desk.addPerson(12, { registration: { number: 201, state: 'accepted' }, name: 'Ana Rahasia' })
})

describe('the routes on applicants, attendance and certificates', () => {
  it('ask for the permission of trainings, each of them', async () => {
    expect(ours().length).toBeGreaterThan(20)
    for (const role of staffRoles) {
      const { cookie, officer } = world.signedIn(role)
      const csrf = await world.csrfOf(cookie)
      for (const { method, path } of ours()) {
        const to = address(path)
        const response =
          method === 'get' ? await world.get(to, cookie) : await world.post(to, { csrf }, cookie)
        expect(response.status === 403, `${role} ${method} ${path}`).toBe(!may(officer, 'trainings'))
      }
    }
  })

  it('change nothing by a form that was made elsewhere', async () => {
    const { cookie } = world.signedIn('pelatihan')
    for (const { method, path } of ours()) {
      if (method !== 'post') continue
      const response = await world.post(
        address(path),
        { csrf: 'lain', putusan: 'accept', 'pilih.201': 'ya' },
        cookie,
      )
      expect(response.status, path).toBe(403)
    }
    expect(world.desk.calls).toEqual([])
  })

  it('have a name in no address of any page', async () => {
    const { cookie } = world.signedIn('pelatihan')
    for (const { method, path } of ours()) {
      if (method !== 'get' || /csv|xlsx|pdf|\.js/.test(path)) continue
      const page = await (await world.get(address(path), cookie)).text()
      const links = [...page.matchAll(/(?:href|action|hx-[a-z]+|src|value)="([^"]*)"/g)].map(
        ([, href]) => href,
      )
      expect(decodeURIComponent(links.join(' ')), path).not.toContain('Rahasia')
    }
    expect(JSON.stringify([world.log, world.notes])).not.toContain('Rahasia')
  })
})

describe(parseApplicantTexts.name, () => {
  it('names every place that is wrong', () => {
    expect(() => parseApplicantTexts('course: {}')).toThrow(/meja-peserta\.yaml[\s\S]*decisions/)
  })
})
