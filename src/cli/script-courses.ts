import { z } from 'zod'
import type { App } from '../app.ts'
import { courseStates, educations, genders } from '../training/course.ts'
import { readKelurahan } from '../training/plan/plan-areas.ts'
import { planShape } from '../training/plan/plan-shape.ts'
import { registrationStates } from '../training/registration.ts'
import { type MadeRegistrant, makeCourse } from './make-course.ts'

/** A synthetic person who registered before anybody wrote: everything as texts, with areas by name. */
const registrant = z.strictObject({
  nama: z.string(),
  tanggal_lahir: z.string().regex(/^\d{4}(?:-\d{2}-\d{2})?$/, 'is neither 1998 nor 1998-05-17'),
  kelurahan: z.string(),
  pendidikan: z.enum(educations).default('sma'),
  keadaan: z.enum(registrationStates),
  jenis_kelamin: z.enum(genders).optional(),
  skor: z.coerce.number().int().min(0).max(100).optional(),
})

/** A course of a fixture: what a file for `lopo trainings add` holds, where it stands, and who registered. */
export const courseFixture = z.strictObject({
  plan: z.record(z.string(), z.unknown()),
  state: z.enum(courseStates).default('announced'),
  registrants: z.array(registrant).default([]),
})

const earlierMs = 7 * 86_400_000

/** Makes the course under the number, with everybody who registered. */
export async function loadCourse(
  app: App,
  number: number,
  { plan, state, registrants }: z.infer<typeof courseFixture>,
): Promise<void> {
  const { places } = app.language
  const read = planShape(places).safeParse(plan)
  if (!read.success) throw new Error(`course ${number} of the fixtures:\n${z.prettifyError(read.error)}`)
  const createdAt = new Date(Math.min(read.data.opensAt.getTime(), app.now().getTime()) - earlierMs)
  const registeredAt = new Date(app.now().getTime() - registrants.length * 60_000)
  await makeCourse(app, {
    ...{
      number,
      plan: read.data,
      state,
      createdAt,
      registeredAt,
      by: 'Petugas',
      account: 'contoh',
    },
    registrants: registrants.map((person): MadeRegistrant => {
      const area = readKelurahan(person.kelurahan, places)
      if (area.type === 'problem') throw new Error(`course ${number} of the fixtures: ${area.what}`)
      return {
        ...{
          name: person.nama,
          birth: person.tanggal_lahir,
          kelurahan: area.code,
          education: person.pendidikan,
        },
        ...{ state: person.keadaan, gender: person.jenis_kelamin, score: person.skor, reason: 'Data contoh' },
      }
    }),
  })
}
