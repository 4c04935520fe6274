import { writeFile } from 'node:fs/promises'
import type { App } from '../app.ts'
import { applicantsFile } from '../services/applicants-file.ts'
import type { RegistrationState } from '../training/registration.ts'
import type { ApplicantLine, ApplicantWritten, Decision } from '../training/training-desk.ts'
import { UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { noCourse, operator, tellMany } from './trainings-words.ts'

/** How applicants are asked for. */
export interface ApplicantsWish {
  readonly state: RegistrationState | undefined
  readonly json: boolean
  /** Where they go instead of to standard output. */
  readonly file: { readonly kind: 'csv' | 'xlsx'; readonly path: string } | undefined
}

/** Who applied, with their names: a line each, as objects, or into a file that only the operator may read. */
export async function listApplicants(
  app: App,
  context: CliContext,
  number: number,
  { state, json, file }: ApplicantsWish,
): Promise<number> {
  const viewer = operator()
  if ((await app.trainings.courses.read(viewer, number)) === undefined) throw noCourse(number)
  const filter = state === undefined ? {} : { states: [state] }
  if (file !== undefined) {
    const people = await app.trainings.applicants.export(viewer, number, filter)
    return writeApplicants(app, context, people, { ...file, number })
  }
  const lines = await app.trainings.applicants.list(viewer, number, filter, 'page')
  if (json) context.out(`${JSON.stringify(lines.map((line) => objectOf(line, app)))}\n`)
  else for (const line of lines) context.out(`${textOf(line, app)}\n`)
  if (lines.length === 0 && !json) context.err('Nobody applied.\n')
  return 0
}

function textOf({ registration, name, age, birth, placeInLine }: ApplicantLine, { language }: App): string {
  const { number, state, score, kelurahan, education, createdAt } = registration
  const place = placeInLine === undefined ? state : `${state} ${placeInLine}`
  const where = language.places.byCode(kelurahan)?.name ?? kelurahan
  return [number, place, score ?? '', name, age ?? birth, where, education, createdAt.toISOString()].join(
    '\t',
  )
}

function objectOf(line: ApplicantLine, { language }: App) {
  const { registration, name, birth, age, placeInLine, attended, held } = line
  const { number, state, kelurahan, education, gender, desil, score, reason, forWhom, createdAt } =
    registration
  return {
    ...{ number, state, name, birth, age: age ?? null, kelurahan },
    kelurahan_name: language.places.byCode(kelurahan)?.name ?? null,
    ...{ education, gender: gender ?? null, desil: desil ?? null, for_whom: forWhom, score: score ?? null },
    ...{
      place_in_line: placeInLine ?? null,
      reason: reason ?? null,
      attended,
      held,
      registered_at: createdAt,
    },
  }
}

async function writeApplicants(
  app: App,
  { err }: CliContext,
  people: readonly ApplicantWritten[],
  { kind, path, number }: { readonly kind: 'csv' | 'xlsx'; readonly path: string; readonly number: number },
): Promise<number> {
  const viewer = operator()
  const course = (await app.trainings.courses.read(viewer, number))?.course
  if (course === undefined) throw noCourse(number)
  const bytes = await applicantsFile(app, course, people, kind)
  // It holds people's data: nobody else reads it, and what is there already may be another's.
  await writeFile(path, bytes, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    throw new UsageError(`lopo: ${path} cannot be written: it may be there already`, { cause })
  })
  err(`${people.length} people are in ${path}.\n`)
  return 0
}

/** Decides about some, in their order. */
export async function decideApplicants(
  { trainings }: App,
  context: CliContext,
  number: number,
  registrations: readonly number[],
  decision: Decision,
  reason?: string,
): Promise<number> {
  const done = await trainings.applicants.decide(operator(), number, registrations, decision, reason)
  return tellMany(done, number, context)
}
