import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Officer } from '../src/staff/officer.ts'
import { openTestApp, type TestApp } from './support/test-app.ts'

const ina: Officer = { id: 'id-ina', name: 'Ina Kabar', roles: ['admin'] }

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ LOPO_NOW: '2026-12-07T09:00:00+08:00' })
})
afterAll(() => app.close())

describe('createParts', () => {
  it('has each job done that is asked for, also within the same moment', async () => {
    const sent: { job: string; key: string; data: unknown }[] = []
    app.queue.send = async (job, key, { data } = {}) => void sent.push({ job, key, data })
    const { prisma } = app.storage.database
    const { id } = await prisma.broadcast.create({
      data: {
        ...{ title: 'x', text: 'x', audience: { topics: ['umkm'] }, posts: [] },
        ...{ state: 'sending', phase: 'rest', audienceSize: 0, startedAt: app.now() },
      },
    })
    for (const move of ['pause', 'resume', 'pause', 'resume'] as const)
      expect(await app.broadcasts[move](ina, Number(id))).toEqual({ type: 'done' })
    expect(sent.map(({ job, data }) => ({ job, data }))).toEqual(
      Array(2).fill({ job: 'prepare-broadcast', data: { number: String(id) } }),
    )
    expect(new Set(sent.map(({ key }) => key)).size).toBe(2)
  })
})
