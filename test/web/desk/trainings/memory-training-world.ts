import { createMemoryCourseDesk, type MemoryCourseDesk } from './memory-course-desk.ts'
import { now } from './plans.ts'
import {
  createTrainingPages,
  readTrainingGround,
  type TrainingGround,
  type TrainingPagesWorld,
} from './training-pages-world.ts'

const ground = await readTrainingGround()

/** The pages of courses over a desk in memory, at the time that the sample plans are for. */
export interface MemoryTrainingWorld extends TrainingPagesWorld {
  readonly ground: TrainingGround
  readonly desk: MemoryCourseDesk
}

/** Makes one, whose desk has no course yet. */
export function createMemoryTrainingWorld(): MemoryTrainingWorld {
  const desk = createMemoryCourseDesk(ground, () => now)
  return { ...createTrainingPages(ground, desk, () => now), ground, desk }
}
