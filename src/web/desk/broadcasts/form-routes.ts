import type { Broadcast, BroadcastPlan } from '../../../broadcast/broadcast.ts'
import type { BroadcastRefusal, PlanProblem } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { type BroadcastPagesDeps, numberOf, pathOf, planAgain, readNumber, route } from './broadcast-deps.ts'
import { type FormMedia, takeMedia } from './form-media.ts'
import { type FormProblem, placeProblem } from './form-problem.ts'
import { takeStep } from './form-steps.ts'
import { noBroadcast } from './no-broadcast.ts'
import { type ReadForm, readForm } from './read-form.ts'
import { mostFormBytes, receiveForm } from './receive-form.ts'
import { showForm } from './show-form.ts'
import { writeForm } from './write-form.ts'

/** Making a broadcast, and changing one. */
export function formRoutes(deps: BroadcastPagesDeps): readonly DeskRoute[] {
  const edit = '/siaran/:number/ubah'
  return [
    route('get', '/siaran/baru', (visit) => openNew(deps, visit)),
    { ...route('post', '/siaran/baru', (visit) => create(deps, visit)), maxBytes: mostFormBytes },
    route('get', edit, (visit) => openEdit(deps, visit)),
    { ...route('post', edit, (visit) => change(deps, visit)), maxBytes: mostFormBytes },
  ]
}

/** The form of a broadcast with what keeps it from being sent. */
export async function showUnready(
  deps: BroadcastPagesDeps,
  visit: DeskVisit,
  broadcast: Broadcast,
  problems: readonly PlanProblem[],
): Promise<Response> {
  const placed = problems.map((problem) =>
    placeProblem(
      problem,
      broadcast.buttons.map((_, row) => row),
    ),
  )
  const { media } = broadcast
  return showForm(deps, visit, broadcast, {
    ...{ fields: writeForm(broadcast), media, problems: placed },
    ...{ notice: deps.texts.refused.problems, status: 422 },
  })
}

/** Empty, or with what a course, a product or another broadcast gives. */
async function openNew(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const { plan, notice, isGone } = await firstPlan(deps, visit)
  const given =
    plan === undefined ? { fields: {}, media: undefined } : { fields: writeForm(plan), media: plan.media }
  return showForm(deps, visit, undefined, { ...given, notice, status: isGone ? 404 : 200 })
}

interface FirstPlan {
  readonly plan?: BroadcastPlan | undefined
  readonly notice?: string
  readonly isGone: boolean
}

async function firstPlan(
  { desk, texts }: BroadcastPagesDeps,
  { officer, context }: DeskVisit,
): Promise<FirstPlan> {
  const { form } = texts
  const { pelatihan, produk, dari } = context.req.query()
  if (dari !== undefined) {
    const number = readNumber(dari)
    const view = number === undefined ? undefined : await desk.read(officer, number)
    if (view === undefined) return { isGone: true, notice: fill(form.broadcast_gone, { number: dari }) }
    const plan = planAgain(view.broadcast)
    return { plan, isGone: false, notice: fill(form.copied, { number: view.broadcast.number }) }
  }
  const asked = pelatihan ?? produk
  if (asked === undefined) return { isGone: false }
  const number = readNumber(asked)
  const type = pelatihan === undefined ? 'product' : 'course'
  const plan = number === undefined ? undefined : await desk.draftFrom(officer, { type, number })
  return plan === undefined
    ? { isGone: true, notice: fill(form.course_gone, { number: asked }) }
    : { plan, isGone: false }
}

/** A form that came, with its file taken and what its button did. */
async function receive(deps: BroadcastPagesDeps, visit: DeskVisit) {
  const taken = await takeMedia(deps, await receiveForm(visit), visit.officer)
  const stepped = await takeStep(deps, visit.officer, taken.fields)
  const isDropped = stepped?.fields.media === ''
  return { taken: isDropped ? { ...taken, media: undefined } : taken, stepped }
}

type Received = Awaited<ReturnType<typeof receive>>

/** The form again where its button did something else than save. */
function steppedForm(
  deps: BroadcastPagesDeps,
  visit: DeskVisit,
  broadcast: Broadcast | undefined,
  { taken, stepped }: Received,
): Promise<Response> | undefined {
  if (stepped === undefined) return undefined
  const problems = [...taken.problems, ...stepped.problems]
  const status = problems.length > 0 ? 422 : 200
  return showForm(deps, visit, broadcast, { ...stepped, media: taken.media, problems, status })
}

async function create(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const received = await receive(deps, visit)
  const again = steppedForm(deps, visit, undefined, received)
  if (again !== undefined) return again
  const { fields, media } = received.taken
  const form = readForm(fields, media)
  const own = [...received.taken.problems, ...form.problems]
  const done = own.length > 0 ? undefined : await deps.desk.create(visit.officer, form.plan)
  if (done?.type === 'done') {
    const { number } = done
    return visit.redirect(pathOf(number), fill(deps.texts.done.create, { number }))
  }
  const problems = await allProblems(deps, form, own, done)
  const notice = noticeOf(deps, done)
  return showForm(deps, visit, undefined, { fields, media, problems, notice, status: 422 })
}

async function openEdit(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const broadcast = await broadcastOf(deps, visit)
  if (broadcast === undefined) return noBroadcast(deps, visit)
  if (!isEditable(broadcast)) return visit.redirect(pathOf(broadcast.number), lateEdit(deps, broadcast))
  return showForm(deps, visit, broadcast, { fields: writeForm(broadcast), media: broadcast.media })
}

async function change(deps: BroadcastPagesDeps, visit: DeskVisit): Promise<Response> {
  const received = await receive(deps, visit)
  const broadcast = await broadcastOf(deps, visit)
  const { fields, media } = received.taken
  if (broadcast === undefined) return showDeleted(deps, visit, received.taken)
  // The version that the officer saw, until it is saved or they are told of another.
  const seen = { ...broadcast, version: Number(fields.version ?? 0) }
  const again = steppedForm(deps, visit, seen, received)
  if (again !== undefined) return again
  const form = readForm(fields, media)
  const own = [...received.taken.problems, ...form.problems]
  const { number } = broadcast
  const done =
    own.length > 0 ? undefined : await deps.desk.edit(visit.officer, number, form.plan, seen.version)
  if (done?.type === 'done') return visit.redirect(pathOf(number), deps.texts.done.edit)
  if (done?.type === 'unknown') return showDeleted(deps, visit, received.taken)
  if (done?.type === 'moved') {
    // The next press puts what is typed in the place of what is kept by now.
    const notice = deps.texts.refused.moved_form
    return showForm(deps, visit, broadcast, { fields, media, notice, status: 409 })
  }
  const problems = await allProblems(deps, form, own, done)
  const status = done?.type === 'state' ? 409 : 422
  const notice = done?.type === 'state' ? lateEdit(deps, done) : noticeOf(deps, done)
  return showForm(deps, visit, seen, { fields, media, problems, notice, status })
}

/** Where everything that is typed stays, and the next press makes a new broadcast of it. */
function showDeleted(
  deps: BroadcastPagesDeps,
  visit: DeskVisit,
  { fields, media }: FormMedia,
): Promise<Response> {
  const notice = deps.texts.refused.deleted
  return showForm(deps, visit, undefined, { fields, media, notice, status: 409 })
}

async function broadcastOf({ desk }: BroadcastPagesDeps, visit: DeskVisit): Promise<Broadcast | undefined> {
  const number = numberOf(visit)
  return number === undefined ? undefined : (await desk.read(visit.officer, number))?.broadcast
}

function isEditable({ state }: Broadcast): boolean {
  return state === 'draft' || state === 'proposed'
}

function lateEdit({ texts }: BroadcastPagesDeps, { state }: Pick<Broadcast, 'state'>): string {
  return fill(texts.refused.state_edit, { state: texts.states[state] })
}

/** A refusal that is about no field. */
function noticeOf({ texts }: BroadcastPagesDeps, refusal: BroadcastRefusal | undefined): string | undefined {
  return refusal?.type === 'not_allowed' || refusal?.type === 'nobody' || refusal?.type === 'same_person'
    ? texts.refused[refusal.type]
    : undefined
}

/** What the form itself found, and of the desk's findings those about other places. */
async function allProblems(
  { desk }: BroadcastPagesDeps,
  form: ReadForm,
  own: readonly FormProblem[],
  done: BroadcastRefusal | undefined,
): Promise<readonly FormProblem[]> {
  const found = done?.type === 'problems' ? done.problems : own.length > 0 ? await desk.check(form.plan) : []
  const placed = found.map((problem) => placeProblem(problem, form.buttonRows))
  const places = new Set(own.map(({ at }) => at.split('.')[0]))
  return [...own, ...placed.filter(({ at }) => !places.has(at.split('.')[0]))]
}
