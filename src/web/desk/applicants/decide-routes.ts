import { fill } from '../../../language/fill-text.ts'
import type { ApplicantLine, CourseView } from '../../../training/training-desk.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { type ApplicantWish, applicantsPath } from './applicant-wish.ts'
import { chosenNumbers } from './chosen-people.ts'
import { confirmPage } from './confirm-page.ts'
import { problemText } from './decision-form.ts'
import { type DecisionWish, decisionFields, readDecision } from './decision-wish.ts'
import { type ApplicantListDeps, numberIn, showList, wishIn } from './list-visit.ts'
import { missingPage, section } from './missing-page.ts'
import { registrationPill } from './registration-pill.ts'
import { answerMany } from './result-page.ts'

type Fields = Readonly<Record<string, string>>

/** What a form asks for: a decision about people of the list it stood in. */
interface Asked {
  readonly fields: Fields
  readonly numbers: readonly number[]
  readonly wish: ApplicantWish
  readonly decision: DecisionWish
}

/** Decisions about many: asked for, read again with all their names, and only then done. */
export function decideRoutes(deps: ApplicantListDeps): readonly DeskRoute[] {
  const route = (path: string, work: (visit: DeskVisit, asked: Asked) => Promise<Response>): DeskRoute => ({
    method: 'post',
    path: `/peserta/:number{[0-9]{1,9}}/${path}`,
    permission: 'trainings',
    handle: (visit) => withDecision(deps, visit, (asked) => work(visit, asked)),
  })
  return [
    route('putusan', (visit, asked) => confirm(deps, visit, asked)),
    route('putuskan', (visit, asked) => decide(deps, visit, asked)),
  ]
}

async function withDecision(
  deps: ApplicantListDeps,
  visit: DeskVisit,
  work: (asked: Asked) => Promise<Response>,
): Promise<Response> {
  const fields = await visit.fields()
  const numbers = chosenNumbers(fields)
  const query = Object.fromEntries(new URLSearchParams(fields.saring ?? ''))
  const wish = { ...wishIn(deps, visit, query), chosen: numbers }
  const decision = readDecision(deps.texts, fields)
  const problem = numbers.length === 0 ? 'nobody' : typeof decision === 'string' ? decision : undefined
  if (problem !== undefined || typeof decision === 'string') {
    const refusal = problemText(deps.texts, problem ?? 'decision')
    return showList(deps, visit, wish, { refusal, given: decisionFields(fields) })
  }
  return work({ fields, numbers, wish, decision })
}

async function confirm(deps: ApplicantListDeps, visit: DeskVisit, asked: Asked): Promise<Response> {
  const { texts, desk } = deps
  const number = numberIn(visit)
  const view = await desk.courses.read(visit.officer, number)
  if (view === undefined) return missingPage(visit, texts, 'course')
  const all = await desk.applicants.list(visit.officer, number, { order: asked.wish.order }, 'page')
  const people = asked.numbers.flatMap((chosen) =>
    all.filter(({ registration }) => registration.number === chosen),
  )
  if (people.length === 0) {
    const refusal = problemText(texts, 'nobody')
    return showList(
      deps,
      visit,
      { ...asked.wish, chosen: [] },
      { refusal, given: decisionFields(asked.fields) },
    )
  }
  const words = texts.decisions[asked.decision.decision]
  const body = confirmPage(texts, visit, {
    words,
    people: people.map((person) => choice(deps, person)),
    notes: notes(deps, view, asked.decision),
    path: `/peserta/${number}/putuskan`,
    back: applicantsPath(number, asked.wish),
    fields: { ...decisionFields(asked.fields), saring: asked.fields.saring ?? '' },
    isDanger: asked.decision.decision === 'reject' || asked.decision.decision === 'withdraw',
  })
  return visit.page({ title: fill(words.ask, { count: people.length }), body, section })
}

function choice({ texts }: ApplicantListDeps, { registration, name }: ApplicantLine) {
  const { number, state } = registration
  return { number, name, standing: registrationPill(texts, state) }
}

function notes({ texts }: ApplicantListDeps, view: CourseView, { decision, reason }: DecisionWish) {
  const { seats } = view.course
  const free = Math.max(0, seats - view.seated)
  return [
    ...(decision === 'accept' ? [fill(texts.confirm.free, { free, seats })] : []),
    ...(reason === undefined ? [] : [fill(texts.reason.given, { reason })]),
  ]
}

async function decide(deps: ApplicantListDeps, visit: DeskVisit, asked: Asked): Promise<Response> {
  const { texts, desk } = deps
  const { numbers, wish } = asked
  const { decision, reason } = asked.decision
  const number = numberIn(visit)
  const result = await desk.applicants.decide(visit.officer, number, numbers, decision, reason)
  if ('done' in result) {
    const back = applicantsPath(number, { ...wish, chosen: [] })
    return answerMany(texts, visit, result, { done: texts.decisions[decision].done, back })
  }
  if (result.type === 'unknown') return missingPage(visit, texts, 'course')
  const refusal = problemText(texts, 'reason')
  return showList(deps, visit, wish, { refusal, given: decisionFields(asked.fields) })
}
