import { fill } from '../../../language/fill-text.ts'
import type { Course } from '../../../training/course.ts'
import type { CertificateLine, ManyDone } from '../../../training/training-desk.ts'
import type { ApplicantPagesDeps } from '../applicants/applicant-deps.ts'
import { certificateActs } from '../applicants/applicant-texts.ts'
import { chosenNumbers } from '../applicants/chosen-people.ts'
import { confirmPage } from '../applicants/confirm-page.ts'
import { numberIn } from '../applicants/list-visit.ts'
import { missingPage, section } from '../applicants/missing-page.ts'
import { answerMany } from '../applicants/result-page.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import {
  attendedCell,
  certificatePage,
  certificatesPath,
  type ShownCertificates,
} from './certificate-page.ts'
import { revokePage } from './revoke-page.ts'

type Act = (typeof certificateActs)[number]

const ofCourse = '/sertifikat/:number{[0-9]{1,9}}'
const one = `${ofCourse}/:certificate{[A-Za-z0-9-]{1,40}}`

/** The pages on who passed: results, certificates, and their taking back. */
export function certificateRoutes(deps: ApplicantPagesDeps): readonly DeskRoute[] {
  const get = (path: string, handle: DeskRoute['handle']): DeskRoute => ({
    method: 'get',
    path,
    permission: 'trainings',
    handle,
  })
  const post = (path: string, handle: DeskRoute['handle']): DeskRoute => ({
    ...get(path, handle),
    method: 'post',
  })
  return [
    get(ofCourse, (visit) =>
      withCourse(deps, visit, (found) => show(deps, visit, found, { chosen: ticked(visit) })),
    ),
    post(`${ofCourse}/periksa`, (visit) => withCourse(deps, visit, (found) => confirm(deps, visit, found))),
    post(`${ofCourse}/lakukan`, (visit) => act(deps, visit)),
    get(`${one}/pdf`, (visit) => sendPdf(deps, visit)),
    get(`${one}/cabut`, (visit) =>
      withCertificate(deps, visit, (line, number) => askRevoke(deps, visit, line, number)),
    ),
    post(`${one}/cabut`, (visit) =>
      withCertificate(deps, visit, (line, number) => revoke(deps, visit, line, number)),
    ),
  ]
}

type Found = Pick<ShownCertificates, 'course' | 'lines'>

async function withCourse(
  { desk, texts }: ApplicantPagesDeps,
  visit: DeskVisit,
  work: (found: Found) => Promise<Response>,
): Promise<Response> {
  const number = numberIn(visit)
  const course: Course | undefined = (await desk.courses.read(visit.officer, number))?.course
  const lines = course === undefined ? undefined : await desk.certificates.list(visit.officer, number)
  if (course === undefined || lines === undefined) return missingPage(visit, texts, 'course')
  return work({ course, lines })
}

async function show(
  deps: ApplicantPagesDeps,
  visit: DeskVisit,
  found: Found,
  given: Pick<ShownCertificates, 'chosen' | 'refusal'>,
): Promise<Response> {
  const title = fill(deps.texts.certificates.heading, { title: found.course.title })
  const body = certificatePage(deps, visit, { ...found, ...given })
  return visit.page({ title, body, section }, given.refusal === undefined ? 200 : 422)
}

function ticked({ context }: DeskVisit): ShownCertificates['chosen'] {
  const word = context.req.query('pilih') ?? ''
  if (word === 'semua') return 'all'
  return word.split('.').flatMap((part) => (/^\d{1,9}$/.test(part) ? [Number(part)] : []))
}

async function confirm(deps: ApplicantPagesDeps, visit: DeskVisit, found: Found): Promise<Response> {
  const { texts } = deps
  const { certificates } = texts
  const fields = await visit.fields()
  const chosen = chosenNumbers(fields)
  const act = readAct(fields)
  const people = found.lines.filter(({ registration }) => chosen.includes(registration.number))
  if (people.length === 0 || act === undefined) {
    const refusal = people.length === 0 ? texts.refused.nobody : texts.refused.decision
    return show(deps, visit, found, { chosen, refusal })
  }
  const { number } = found.course
  const words = certificates.actions[act]
  const short = people.filter(({ isEnough }) => !isEnough).length
  const isWarned = act !== 'fail' && short > 0
  const body = confirmPage(texts, visit, {
    words,
    people: people.map((line) => ({
      number: line.registration.number,
      name: line.name,
      standing: attendedCell(texts, line),
    })),
    notes: isWarned ? [fill(certificates.short_warning, { count: short })] : [],
    path: `/sertifikat/${number}/lakukan`,
    back: certificatesPath(
      number,
      people.map(({ registration }) => registration.number),
    ),
    fields: { tindakan: act },
    isDanger: act === 'fail',
  })
  return visit.page({ title: fill(words.ask, { count: people.length }), body, section })
}

function readAct({ tindakan }: Readonly<Record<string, string>>): Act | undefined {
  return certificateActs.find((act) => act === tindakan)
}

async function act(deps: ApplicantPagesDeps, visit: DeskVisit): Promise<Response> {
  const { texts } = deps
  const { certificates } = texts
  const fields = await visit.fields()
  const numbers = chosenNumbers(fields)
  const act = readAct(fields)
  const number = numberIn(visit)
  if (act === undefined || numbers.length === 0) {
    return visit.redirect(certificatesPath(number), texts.refused[act === undefined ? 'decision' : 'nobody'])
  }
  const result = await perform(deps, visit, { act, number, numbers })
  if ('type' in result) return missingPage(visit, texts, 'course')
  return answerMany(texts, visit, result, {
    done: certificates.actions[act].done,
    back: certificatesPath(number),
    why: certificates.left[act === 'issue' ? 'issue' : 'grade'],
  })
}

function perform(
  { desk }: ApplicantPagesDeps,
  { officer }: DeskVisit,
  {
    act,
    number,
    numbers,
  }: { readonly act: Act; readonly number: number; readonly numbers: readonly number[] },
): Promise<ManyDone | { readonly type: 'unknown' }> {
  return act === 'issue'
    ? desk.certificates.issue(officer, number, numbers)
    : desk.certificates.grade(officer, number, numbers, act === 'pass')
}

async function sendPdf({ desk, texts }: ApplicantPagesDeps, visit: DeskVisit): Promise<Response> {
  const certificate = visit.context.req.param('certificate') ?? ''
  const pdf = await desk.certificates.pdf(visit.officer, certificate)
  if (pdf === undefined) return visit.redirect(certificatesPath(numberIn(visit)), texts.certificates.not_made)
  return visit.context.body(new Uint8Array(pdf), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${certificate}.pdf"`,
    'X-Content-Type-Options': 'nosniff',
  })
}

async function withCertificate(
  deps: ApplicantPagesDeps,
  visit: DeskVisit,
  work: (line: CertificateLine, number: string) => Promise<Response>,
): Promise<Response> {
  const wanted = visit.context.req.param('certificate') ?? ''
  const number = numberIn(visit)
  const lines = await deps.desk.certificates.list(visit.officer, number)
  const line = lines?.find((each) => each.number === wanted)
  if (line === undefined) return missingPage(visit, deps.texts, 'certificate', certificatesPath(number))
  if (line.revokedAt === undefined) return work(line, wanted)
  return visit.redirect(certificatesPath(number), fill(deps.texts.revoke.already, { number: wanted }))
}

async function askRevoke(
  { texts }: ApplicantPagesDeps,
  visit: DeskVisit,
  line: CertificateLine,
  number: string,
  given: Parameters<typeof revokePage>[4] = {},
): Promise<Response> {
  const title = fill(texts.revoke.title, { number })
  const status = given.refusal === undefined ? 200 : 422
  return visit.page({ title, body: revokePage(texts, visit, line, number, given), section }, status)
}

async function revoke(
  deps: ApplicantPagesDeps,
  visit: DeskVisit,
  line: CertificateLine,
  number: string,
): Promise<Response> {
  const { texts, desk } = deps
  const reason = ((await visit.fields()).alasan ?? '').trim()
  const done = await desk.certificates.revoke(visit.officer, number, reason)
  const list = certificatesPath(line.registration.courseNumber)
  if (done.type === 'done') return visit.redirect(list, fill(texts.revoke.done, { number }))
  if (done.type === 'unknown') return missingPage(visit, texts, 'certificate', list)
  return askRevoke(deps, visit, line, number, { refusal: texts.refused.revoke_reason, reason })
}
