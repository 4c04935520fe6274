import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentOf } from '../../src/app-words.ts'
import { deskParts } from '../../src/services/desk.ts'
import { createPages } from '../../src/web/pages.ts'
import { createDeskWorld, type DeskWorld } from '../support/desk-world.ts'
import { openTestApp, seatResident, type TestApp } from '../support/test-app.ts'

const nik = '5399011708800001'
const grouped = '5399 0117 0880 0001'

let app: TestApp
let world: DeskWorld
beforeAll(async () => {
  app = await openTestApp({ LOG_LEVEL: 'trace' })
  const pages = createPages({ words: contentOf(app.texts, 'laman'), demo: false })
  const { routes } = await deskParts(app, pages, { send: async () => undefined, stop: async () => undefined })
  world = createDeskWorld({ routes })
}, 60_000)
afterAll(() => app.close())

describe('a NIK that an officer types at the desk', () => {
  it('is in no log, no trail and no table, wherever it was typed', async () => {
    const resident = await seatResident(app)
    for (const line of ['petugas', 'saya mau tanya bantuan di kantor', '1', '1']) await resident.say(line)
    const { prisma, pool } = app.storage.database
    const number = Number((await prisma.ticket.findFirstOrThrow()).id)
    const { cookie } = world.signedIn('admin')
    const page = await (await world.get(`/desk/tiket/${number}`, cookie)).text()
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
    const told = []
    for (const typed of [nik, grouped]) {
      const post = (path: string, fields: Record<string, string>) =>
        world.post(`/desk/${path}`, fields, cookie)
      told.push(
        (
          await post(`tiket/${number}/jawab`, {
            text: `NIK ${typed}`,
            key: field('key'),
            seen: field('seen'),
          })
        ).status,
        (await post(`tiket/${number}/catatan`, { note: `NIK ${typed}` })).status,
        (await post('tiket/cari', { cari: typed })).status,
        (await post('jejak/cari', { siapa: typed, tentang: typed, perbuatan: typed })).status,
        (await world.get(`/desk/tiket/${typed.replaceAll(' ', '%20')}`, cookie)).status,
      )
    }
    expect(told).toEqual([422, 303, 303, 303, 404, 422, 303, 303, 303, 404])
    const isThere = (text: string) => text.includes(nik) || text.includes(grouped)
    expect(isThere([...app.logged, ...world.log, JSON.stringify(world.notes)].join('\n'))).toBe(false)
    const { rows: tables } = await pool.query(
      "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'",
    )
    for (const { name } of tables) {
      const { rows } = await pool.query(`SELECT t::text AS row FROM ${name} t`)
      expect([name, rows.some(({ row }) => isThere(row))]).toEqual([name, false])
    }
    const view = await app.tickets.read({ id: 'x', name: 'x', roles: ['admin'] }, number)
    expect(view?.entries.filter(({ type }) => type === 'note').map(({ text }) => text)).toEqual([
      'NIK #',
      'NIK #',
    ])
  })
})
