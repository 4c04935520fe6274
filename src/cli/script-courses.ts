import { z } from 'zod'
import type { App } from '../app.ts'
import type { Transaction } from '../storage/database.ts'
import { type Course, courseStates, educations, genders } from '../training/course.ts'
import { planShape } from '../training/plan-shape.ts'
import {
  type Doer,
  type RegistrationState,
  registrationStates,
  seatedStates,
} from '../training/registration.ts'
import { createTrainingStore } from '../training/store.ts'
import { columnsOf, courseOf, withSessions } from '../training/store-rows.ts'

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
type CourseFixture = z.infer<typeof courseFixture>

const earlierMs = 7 * 86_400_000
const by = { type: 'officer', id: 'fixture', name: 'Petugas' } as const satisfies Doer

/** Makes the course under the number, with everybody who registered, each in a chat of their own that nobody reads. */
export async function loadCourse(app: App, number: number, fixture: CourseFixture): Promise<void> {
  const read = planShape(app.language.places).safeParse(fixture.plan)
  if (!read.success) throw new Error(`course ${number} of the fixtures:\n${z.prettifyError(read.error)}`)
  const { prisma } = app.storage.database
  const { sessions } = read.data
  await keepNumber(app, number)
  const createdAt = new Date(Math.min(read.data.opensAt.getTime(), app.now().getTime()) - earlierMs)
  const row = await prisma.course.create({
    data: {
      ...columnsOf(read.data),
      ...{ id: BigInt(number), state: fixture.state, createdAt, createdBy: by.name },
      announcedAt: fixture.state === 'draft' ? null : createdAt,
      sessions: {
        create: sessions.map(({ title, place, ...times }) => ({
          ...times,
          title: title ?? null,
          place: place ?? null,
        })),
      },
    },
    include: withSessions(),
  })
  const course = courseOf(row)
  for (const [at, person] of fixture.registrants.entries()) {
    await prisma.$transaction((transaction) =>
      register(app, transaction, course, person, `${number}-${at + 1}`),
    )
  }
}

/** Courses that are made later get none of the fixtures' numbers. */
async function keepNumber({ storage }: App, number: number): Promise<void> {
  for (let next = 0; next < number; ) {
    const { rows } = await storage.database.pool.query("SELECT nextval('course_id_seq')::int AS next")
    next = Number(rows[0]?.next ?? number)
  }
}

async function register(
  { language, now, storage, trainingTexts }: App,
  transaction: Transaction,
  { number: courseNumber, offerHours }: Course,
  person: CourseFixture['registrants'][number],
  externalId: string,
): Promise<void> {
  const { places } = language
  const kelurahan = places.byName(person.kelurahan)?.code
  if (kelurahan === undefined) throw new Error(`${person.kelurahan} is no kelurahan`)
  const address = { channel: 'terminal', account: 'contoh', externalId }
  const { contactId, id: chatId } = await transaction.chat.create({
    data: { ...address, contact: { create: {} } },
    select: { id: true, contactId: true },
  })
  const store = createTrainingStore({ prisma: storage.database.prisma, keyring: storage.keyring })
  const number = await store.create(
    transaction,
    {
      ...{ courseNumber, contactId, chatId, forWhom: 'self', kelurahan, education: person.pendidikan },
      ...{ gender: person.jenis_kelamin, desil: undefined, state: person.keadaan },
      consentVersion: trainingTexts().words.consent.version,
      details: {
        name: person.nama,
        birth: person.tanggal_lahir,
        reason: 'Data contoh',
        phone: undefined,
        answers: [],
      },
    },
    by,
    now(),
  )
  const offerUntil = person.keadaan === 'offered' ? new Date(now().getTime() + offerHours * 3_600_000) : null
  await transaction.registration.update({
    where: { id: BigInt(number) },
    data: { score: person.skor ?? null, offerUntil, acceptedAt: isSeated(person.keadaan) ? now() : null },
  })
}

function isSeated(state: RegistrationState): boolean {
  return state !== 'offered' && seatedStates.some((seated) => seated === state)
}
