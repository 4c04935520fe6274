import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentOf } from '../../src/app-words.ts'
import { deskParts } from '../../src/services/desk.ts'
import { type StaffRole, staffRoles } from '../../src/staff/officer.ts'
import { createPages } from '../../src/web/pages.ts'
import { createDeskWorld, type DeskWorld } from '../support/desk-world.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const everybody = [...staffRoles]
const answering: readonly StaffRole[] = ['admin', 'bansos', 'pelatihan', 'umkm', 'penjawab', 'lurah']
const training: readonly StaffRole[] = ['admin', 'pelatihan']
const bansos: readonly StaffRole[] = ['admin', 'bansos']

/** Who may be where, by the first part of the path: written down once more, so that a slip in a route is seen. */
const allowed: Readonly<Record<string, readonly StaffRole[]>> = {
  '': everybody,
  akun: everybody,
  tiket: answering,
  'tiket.csv': answering,
  isi: answering,
  daftar: bansos,
  pelatihan: training,
  peserta: training,
  kehadiran: training,
  sertifikat: training,
  umkm: ['admin', 'umkm'],
  siaran: ['admin', 'bansos', 'pelatihan', 'umkm', 'penyetuju'],
  'kode-warga': bansos,
  peringatan: bansos,
  whatsapp: ['admin'],
  staf: ['admin'],
  jejak: ['admin', 'auditor'],
}
/** Who may be the second person for a broadcast. */
const approving: readonly StaffRole[] = ['admin', 'penyetuju']
const approvals = /^\/siaran\/:number\/(setujui|kembalikan)$/
const doors = ['masuk', 'kode', 'keluar', 'daftar-aman']

let app: TestApp
let world: DeskWorld
beforeAll(async () => {
  app = await openTestApp()
  const pages = createPages({ words: contentOf(app.texts, 'laman'), demo: false })
  const parts = await deskParts(app, pages, { send: async () => undefined, stop: async () => undefined })
  world = createDeskWorld({ routes: parts.routes, sections: parts.sections, tiles: parts.tiles })
}, 60_000)
afterAll(() => app.close())

const areaOf = (path: string) => path.split('/')[1] ?? ''
/** An address of the route; what it names does not exist. */
const addressOf = (path: string) =>
  `/desk${path.replaceAll(/:(\w+)(\{(?:[^{}]|\{[^{}]*\})*\})?/g, (_, name: string, shape = '') => {
    if (shape.includes('0-9a-f-')) return '00000000-0000-4000-8000-000000000000'
    if (name === 'account') return 'main'
    // A kelurahan's code.
    if (name === 'code') return '53.71.01.1001'
    return name === 'number' || shape.startsWith('{[0-9]') ? '999999' : 'x'
  })}`.replace(/\/$/, '')

describe('the desk of the house', () => {
  it('has a rule for every area, and routes in every area', () => {
    const areas = new Set(world.routes.map(({ path }) => areaOf(path)))
    for (const door of doors) areas.delete(door)
    expect([...areas].sort()).toEqual(Object.keys(allowed).sort())
  })

  it.each(everybody)(
    'lets %s in where the role belongs, and nowhere else',
    async (role) => {
      const { cookie } = world.signedIn(role)
      const wrong: string[] = []
      for (const { method, path, permission } of world.routes) {
        if (permission === 'open' || permission === 'enrolling' || permission === 'any_session') continue
        const address = addressOf(path)
        const response =
          method === 'get' ? await world.get(address, cookie) : await world.post(address, {}, cookie)
        const mayPass = (approvals.test(path) ? approving : (allowed[areaOf(path)] ?? [])).includes(role)
        const passed = response.status !== 403
        const toTheDoor = response.headers.get('location')?.startsWith('/desk/masuk') === true
        if (passed !== mayPass || toTheDoor) wrong.push(`${method} ${address}: ${response.status}`)
      }
      expect(wrong).toEqual([])
    },
    60_000,
  )

  it('sends a stranger to the door from everywhere, whether or not the page exists', async () => {
    for (const { method, path, permission } of world.routes) {
      if (permission === 'open') continue
      const address = addressOf(path)
      const response =
        method === 'get' ? await world.get(address) : await world.request(address, { method: 'POST' })
      expect([303, 403]).toContain(response.status)
      if (response.status === 303) expect(response.headers.get('location')).toMatch(/^\/desk\/masuk/)
    }
    expect((await world.get('/desk/tidak-ada')).headers.get('location')).toMatch(/^\/desk\/masuk/)
  }, 60_000)
})
