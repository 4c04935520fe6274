import { z } from 'zod'
import { courseStates, questionKinds, quotaGrounds, selections } from '../../../training/course.ts'
import { readWords } from '../../read-words.ts'
import { problemCodes } from './form-problem.ts'

const text = z.string().trim().min(1)
const titled = z.strictObject({ title: text, text })
const pressed = z.strictObject({ button: text, text })
const states = z.record(z.enum(courseStates), text)

/** `problems`: what is told of each; `problems_more`: of those that may be wrong in several ways. */
const problemTexts = {
  problems: z.record(z.enum(problemCodes), text),
  problems_more: z.strictObject({
    quota: z.strictObject({
      ...{ ground: text, seats: text, empty: text, unknown: text, twice: text, many: text },
    }),
    question: z.strictObject({ id: text, empty: text, kind: text, choices: text, many: text }),
    ...{ question_label_alone: text, fixed_session: text },
  }),
}

const listTexts = z.strictObject({
  ...{ title: text, new: text, filter: text, current: text, all: text },
  ...{ none_current: text, none: text, caption: text },
  columns: z.strictObject({
    ...{ course: text, state: text, dates: text },
    ...{ seats: text, waiting: text, window: text },
  }),
  ...{ seats: text, opens: text, closes: text, closed: text },
})

const groups = z.strictObject({
  ...{ about: text, place: text, sessions: text, conditions: text },
  ...{ seats: text, selection: text, questions: text, rules: text },
})

const defaults = z.strictObject({
  ...{ cost: text, selection: z.enum(selections), opens: text, closes: text },
  ...{ session_from: text, session_to: text, exclusive: z.boolean() },
  ...{ offer_hours: text, bar_days: text, min_attendance: text },
})

const formTexts = z.strictObject({
  ...{
    new_title: text,
    new_lead: text,
    edit_title: text,
    edit_lead: text,
    back_list: text,
    back_course: text,
  },
  ...{ groups_label: text, groups, save_new: text, save: text, cancel: text, choose: text },
  ...{ summary: text, summary_line: text },
  ...{ title: text, title_hint: text, subject: text, subject_hint: text, office: text },
  ...{ description: text, description_hint: text, cost: text, cost_hint: text },
  ...{ contact: text, contact_hint: text, place: text, place_hint: text },
  ...{ mapUrl: text, mapUrl_hint: text, kelurahan: text, kelurahan_none: text },
  ...{ sessions_hint: text, session: text, date: text, from: text, to: text },
  ...{ session_more: text, session_title: text, session_place: text, add_session: text },
  ...{ repeat: text, repeat_hint: text, repeat_date: text, repeat_weekdays: text, repeat_count: text },
  ...{ repeat_do: text, repeated: text, remove: text, removed: text },
  ...{ minAge: text, maxAge: text, age_hint: text, minEducation: text, minEducation_none: text },
  ...{ requirements: text, requirements_hint: text, domicile: text, domicile_hint: text },
  ...{ whole_district: text, picked: text, seats: text, seats_hint: text },
  ...{ quotas_title: text, quotas_hint: text, quota: text, quota_values: text, quota_seats: text },
  ...{ add_quota_by: text, add_quota: text, grounds: z.record(z.enum(quotaGrounds), text), desil: text },
  ...{ opensAt: text, closesAt: text, opensAt_time: text, closesAt_time: text, selection: text },
  selections: z.record(z.enum(selections), z.strictObject({ label: text, text })),
  ...{ questions_hint: text, question: text, question_text: text, question_kind: text },
  question_kinds: z.record(z.enum(questionKinds), text),
  ...{ question_choices: text, question_choices_hint: text, question_optional: text },
  ...{ question_optional_hint: text, add_question: text, exclusive: text, exclusive_hint: text },
  ...{ offerHours: text, offerHours_hint: text, barDays: text, barDays_hint: text },
  ...{ minAttendance: text, minAttendance_hint: text },
})

const courseTexts = z.strictObject({
  ...{ title: text, back: text, edit: text, next_title: text },
  parts_label: text,
  parts: z.strictObject({ course: text, applicants: text, attendance: text, certificates: text }),
  ...{ seats_title: text, seats: text, taken: text, no_people: text },
  ...{ sessions_title: text, all_sessions: text, attendance: text },
  ...{
    announcement_title: text,
    announcement_hint: text,
    announcement_label: text,
    broadcast: text,
    broadcast_hint: text,
    copy: text,
    copied: text,
  },
  ...{
    telling: text,
    told: text,
    told_none: text,
    facts_title: text,
    facts_hint: text,
    more: text,
    made: text,
  },
})

const factTexts = z.strictObject({
  ...{ subject: text, office: text, description: text, schedule: text, place: text, map: text, seats: text },
  ...{
    window: text,
    conditions: text,
    questions: text,
    cost: text,
    contact: text,
    selection: text,
    rules: text,
  },
  ...{ map_link: text, seats_value: text, quota_value: text, window_value: text, desil: text },
  ...{ exclusive: text, offer_hours: text, bar_days: text, min_attendance: text },
})

const refusedTexts = z.strictObject({
  ...{ title: text, unknown: titled, moved: text, moved_same: text, moved_page: text, differs: text },
  ...{ empty: text, deleted: text, state: text, state_edit: text, has_registrations: text, not_ready: text },
})

const trainingTextsShape = z.strictObject({
  section: text,
  list: listTexts,
  states,
  state_notes: states,
  /** Sunday first. */
  weekdays: z.array(text).length(7),
  defaults,
  form: formTexts,
  ...problemTexts,
  ...{ session_text: text, yes: text, no: text },
  course: courseTexts,
  facts: factTexts,
  /** A line each; one whose value is missing is left out. */
  announcement: z.array(z.string()),
  announcement_how: text,
  announcement_how_here: text,
  or: text,
  moves: z.record(z.enum(courseStates), pressed),
  cancel: z.strictObject({ reason: text, reason_hint: text, no_reason: text }),
  copy: pressed,
  remove: pressed,
  done: z.strictObject({
    create: text,
    edit: text,
    edit_told: text,
    copy: text,
    remove: text,
    moves: states,
  }),
  refused: refusedTexts,
  tiles: z.strictObject({ decide: text, issue: text }),
})

/** The words of `flows/content/meja-pelatihan.yaml`. */
export type TrainingTexts = z.infer<typeof trainingTextsShape>

/** Reads `flows/content/meja-pelatihan.yaml`; throws with every wrong place in it. */
export function parseTrainingTexts(yaml: string): TrainingTexts {
  return readWords(trainingTextsShape, 'meja-pelatihan.yaml', yaml)
}
