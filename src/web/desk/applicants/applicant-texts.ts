import { z } from 'zod'
import { educations } from '../../../training/course.ts'
import { registrationStates } from '../../../training/registration.ts'
import { decisions, type Left } from '../../../training/training-desk.ts'
import { readWords } from '../../read-words.ts'

const text = z.string().trim().min(1)
const titled = z.strictObject({ title: text, text })
/** Something that is done with many: asked before, and told after. */
const act = z.strictObject({ label: text, ask: text, press: text, told: text, done: text })

/** What being over, or not ready, means here. */
const leftHere = z.strictObject({ over: text, not_ready: text })

const lefts = ['unknown', 'over', 'full', 'quota', 'busy', 'not_ready'] as const satisfies readonly Left[]

/** What can be done about certificates with several people at once. */
export const certificateActs = ['pass', 'fail', 'issue'] as const

/** Words for something that is done with many. */
export type ActTexts = z.infer<typeof act>

const applicantTextsShape = z.strictObject({
  course: z.strictObject({
    ...{ parts: text, course: text, applicants: text, attendance: text, certificates: text },
  }),
  erased: text,
  number: text,
  missing: z.strictObject({
    course: titled,
    applicant: titled,
    session: titled,
    certificate: titled,
    back: text,
    home: text,
  }),
  states: z.record(z.enum(registrationStates), text),
  decisions: z.record(z.enum(decisions), act),
  /** Why people are refused, ready to choose; `text` is what they read. */
  reasons: z.array(z.strictObject({ code: z.string().regex(/^[a-z_]{1,30}$/), label: text, text })).min(1),
  reason: z.strictObject({
    label: text,
    none: text,
    other: text,
    text,
    text_hint: text,
    text_interview: text,
    given: text,
  }),
  left: z.record(z.enum(lefts), text),
  result: z.strictObject({
    ...{ title: text, none: text, left_title: text, left_caption: text, name: text, why: text },
    back: text,
  }),
  confirm: z.strictObject({ title: text, people: text, free: text, back: text }),
  list: z.strictObject({
    ...{ heading: text, standing: text, states: text, all: text, filter: text },
    ...{ state: text, kelurahan: text, any_kelurahan: text, gender: text, any_gender: text },
    ...{ search: text, search_hint: text, search_refused: text, order: text },
    orders: z.strictObject({ arrival: text, score: text, name: text }),
    apply: text,
    clear: text,
    caption: text,
    columns: z.strictObject({
      ...{ person: text, age: text, kelurahan: text, education: text, score: text, state: text },
      ...{ attended: text, when: text },
    }),
    educations: z.record(z.enum(educations), text),
    ...{ years: text, born: text, place: text, note: text, attended: text, none: text },
    ...{ none_found: text, found: text, previous: text, next: text, pick: text, pick_all: text },
    ...{ pick_none: text, picked: text, to_decision: text, files: text, csv: text, xlsx: text },
    ...{ sheet: text, files_hint: text, decide_title: text, decision: text, choose: text },
    ...{ check: text, check_hint: text, over: text },
  }),
  refused: z.strictObject({
    ...{ title: text, nobody: text, decision: text, reason: text, reason_text: text },
    ...{ reason_number: text, reason_long: text, score: text, too_long: text, arrival: text },
    ...{ early: text, revoke_reason: text },
  }),
  person: z.strictObject({
    ...{ back: text, facts: text, number: text, state: text, since: text, place: text },
    ...{ offer_until: text, told_reason: text, barred: text, age: text, birth: text, gender: text },
    ...{ kelurahan: text, education: text, desil: text, for_whom: text },
    for: z.strictObject({ self: text, other: text }),
    phone: text,
    channel: text,
    channels: z.record(z.string(), text),
    ...{ created: text, consent: text, consent_version: text, attended: text, reason: text },
    ...{ answers: text, history: text },
    by: z.strictObject({ resident: text, time: text, officer: text }),
    ...{ assess: text, score: text, score_hint: text, note: text, note_hint: text, save: text },
    ...{ saved: text, decide: text, no_decision: text, erased: text, unreachable: text },
  }),
  attendance: z.strictObject({
    ...{ heading: text, sessions: text, session: text, at: text, there: text },
    ...{ show_code: text, show_code_hint: text, list: text, by_code: text, by_list: text },
    ...{ nobody: text, save: text, saved: text, early: text, never_title: text, never: text },
    ...{ never_open: text, sheet: text },
  }),
  code: z.strictObject({
    ...{ title: text, back: text, read: text, how: text, scan: text, qr: text, until: text },
    ...{ there: text, reload: text, closed: text },
  }),
  absent: z.strictObject({
    ...{ title: text, back: text, lead: text, means: text, bar: text, no_bar: text, list: text },
    ...{ held: text, none: text, press: text, done: text, left_not_ready: text },
  }),
  certificates: z.strictObject({
    ...{ heading: text, lead: text, caption: text },
    columns: z.strictObject({ person: text, attended: text, state: text, certificate: text, action: text }),
    ...{ attended: text, enough: text, short: text, no_certificate: text, sent: text },
    ...{ not_sent: text, revoked: text, pdf: text, pdf_of: text, not_made: text, revoke: text },
    ...{ revoke_of: text, none: text, act_title: text },
    actions: z.record(z.enum(certificateActs), act),
    short_warning: text,
    left: z.strictObject({ grade: leftHere, issue: leftHere }),
  }),
  revoke: z.strictObject({
    ...{ title: text, lead: text, means: text, reason: text, reason_hint: text, press: text },
    ...{ back: text, done: text, already: text },
  }),
})

/** The words of `flows/content/meja-peserta.yaml`: the pages on applicants, attendance and certificates. */
export type ApplicantTexts = z.infer<typeof applicantTextsShape>

/** Reads the file; throws with every wrong place in it. */
export function parseApplicantTexts(yaml: string): ApplicantTexts {
  return readWords(applicantTextsShape, 'meja-peserta.yaml', yaml)
}
