import { beforeEach, describe, expect, it } from 'vitest'
import type { Officer } from '../../../../src/staff/officer.ts'
import { trainingTiles } from '../../../../src/web/desk/trainings/training-tiles.ts'
import { countsOf } from './memory-course-desk.ts'
import { createMemoryTrainingWorld, type MemoryTrainingWorld } from './memory-training-world.ts'
import { march } from './plans.ts'

const officer: Officer = { id: 'u-1', name: 'Maria Contoh', roles: ['pelatihan'] }

let world: MemoryTrainingWorld
beforeEach(() => {
  world = createMemoryTrainingWorld()
})

const tiles = (viewer = officer) => trainingTiles(world.deps, viewer)

describe(trainingTiles.name, () => {
  it('counts who waits for a decision and whose certificate is not issued, and leads to the only course', async () => {
    world.desk.put(
      { state: 'selection' },
      { applicants: 9, counts: countsOf({ registered: 4, interview: 1, accepted: 4 }) },
    )
    world.desk.put(
      { state: 'finished', endsAt: march(1, '14:00') },
      { applicants: 9, counts: countsOf({ passed: 7, certified: 2 }) },
    )
    const { decide, issue } = world.ground.texts.tiles
    expect(await tiles()).toEqual([
      { label: decide, count: 5, path: '/peserta/1?keadaan=registered.screened.interview' },
      { label: issue, count: 7, path: '/sertifikat/2' },
    ])
  })

  it('leads to the list where there are several courses', async () => {
    for (const state of ['selection', 'running'] as const)
      world.desk.put({ state }, { applicants: 2, counts: countsOf({ screened: 1, passed: 1 }) })
    expect((await tiles()).map(({ count, path }) => [count, path])).toEqual([
      [2, '/pelatihan'],
      [2, '/pelatihan?semua=ya'],
    ])
  })

  it('leaves out drafts, courses that are off, those of long ago, and decisions that nobody makes any more', async () => {
    world.desk.put({ state: 'draft' }, { applicants: 1, counts: countsOf({ registered: 1 }) })
    world.desk.put({ state: 'cancelled' }, { applicants: 1, counts: countsOf({ passed: 1 }) })
    world.desk.put(
      { state: 'finished', endsAt: new Date('2025-10-01T00:00:00Z') },
      { applicants: 1, counts: countsOf({ passed: 1 }) },
    )
    world.desk.put(
      { state: 'finished', endsAt: march(1, '14:00') },
      { applicants: 1, counts: countsOf({ registered: 1 }) },
    )
    expect(await tiles()).toEqual([])
  })

  it('shows nothing to whoever has nothing to do with trainings', async () => {
    world.desk.put({ state: 'selection' }, { applicants: 1, counts: countsOf({ registered: 1 }) })
    expect(await tiles({ ...officer, roles: ['bansos'] })).toEqual([])
  })
})
