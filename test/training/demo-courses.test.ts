import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoCourses } from '../../prisma/demo-courses.ts'
import type { CliContext } from '../../src/cli/context.ts'
import { loadDemo } from '../../src/cli/load-demo.ts'
import { checkPlan } from '../../src/training/plan/check-plan.ts'
import { openTestApp, readGround, type TestApp } from '../support/test-app.ts'

let app: TestApp
const now = new Date('2026-03-02T09:30+08:00')
beforeAll(async () => {
  app = await openTestApp({ LOPO_NOW: now.toISOString() })
}, 60_000)
afterAll(() => app.close())

const officer = { id: 'test', name: 'Petugas', roles: ['admin'] } as const
const size = { households: 60, persons: 120, pkh: 10, shops: 1 }

function load() {
  const context = {
    ...{ config: app.config, log: app.log, dataDir: app.config.dataDir, isTerminal: false, now: app.now },
    ...{ out: () => undefined, err: () => undefined, readFlowTexts: async () => app.texts },
    async *lines() {},
    openApp: async () => app,
    leave: async () => undefined,
  } satisfies CliContext
  return loadDemo(app, context, size)
}

describe('demoCourses', () => {
  it('are labelled, and would pass the desk on the day they were made', async () => {
    const { language } = await readGround()
    for (const hour of ['00:10', '09:30', '23:50']) {
      const at = new Date(`2026-03-02T${hour}+08:00`)
      for (const { plan, createdAt, registeredAt, registrants } of demoCourses(at, language.places.all)) {
        const subjects = app.trainingTexts().words.subjects
        const { offices } = app.ticketWords().offices
        expect(checkPlan(plan, { subjects, offices, language, now: createdAt })).toEqual([])
        expect(plan.title).toMatch(/^DATA CONTOH: /)
        expect(registeredAt >= plan.opensAt && registeredAt < at).toBe(true)
        expect(registrants.every(({ name }) => name.startsWith('Warga Contoh '))).toBe(true)
        expect(
          registrants.filter(({ state }) => /accepted|attending/.test(state)).length,
        ).toBeLessThanOrEqual(plan.seats)
      }
    }
  })
})

describe('loadDemo', () => {
  it('makes three courses that are as alive as any, once', async () => {
    const outcome = await load()
    if (outcome.type !== 'loaded') throw new Error(outcome.type)
    expect(outcome.personas.filter((line) => line.startsWith('course '))).toHaveLength(3)
    await load()
    const lines = await app.trainings.courses.list(officer)
    expect(
      lines.map(({ course, applicants, seated }) => [course.title, course.state, applicants, seated]),
    ).toEqual(
      expect.arrayContaining([
        ['DATA CONTOH: Menjahit dasar', 'registration', 3, 3],
        ['DATA CONTOH: Barista', 'registration', 6, 0],
        ['DATA CONTOH: Pangkas rambut', 'running', 5, 5],
      ]),
    )
    expect(lines).toHaveLength(3)
    const running = lines.find(({ course }) => course.state === 'running')!.course
    const people = await app.trainings.applicants.list(officer, running.number, { order: 'arrival' }, 'page')
    expect(people.map(({ name, attended, held }) => [name, attended, held])).toEqual([
      ...[
        ['Warga Contoh Satu', 2, 2],
        ['Warga Contoh Dua', 2, 2],
        ['Warga Contoh Tiga', 2, 2],
        ['Warga Contoh Empat', 1, 2],
      ],
      ['Warga Contoh Lima', 0, 2],
    ])
    // The class of this morning is on.
    expect(
      await app.trainings.attendance.code(officer, running.number, running.sessions[2]!.id),
    ).toBeDefined()
    await app.tendTrainings(app.now())
    expect((await app.trainings.courses.list(officer)).map(({ course }) => course.state).toSorted()).toEqual([
      ...['registration', 'registration', 'running'],
    ])
  })
})
