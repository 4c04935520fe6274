import { z } from 'zod'
import type { ActionContract } from '../flow/action.ts'
import { educations } from './course.ts'

const none = z.object({})
const text = z.string()
/** A number that a person may have written may be any. */
const number = z.number()
const course = z.object({ course_id: number })
/** A course in a list. */
const courseRow = z.object({ course_id: z.number(), label: text })
const courses = z.object({ courses: z.array(courseRow) })
/** A course whose name and contact are told with a refusal. */
const named = z.object({ title: text, contact: text })
/** What was answered to the questions of a course so far. */
const answers = z.array(z.object({ id: text, question: text, answer: text }))
const asked = z.object({ question_id: text, question: text })
const registration = z.object({ number })
const status = z.object({ number, title: text, name: text, status: text })
const sessionDone = z.object({ title: text, session: text, name: text })

/** What is told of a course: dates in words in Kupang's time, `seats` in words, `cost` as "Gratis" or an amount. */
const shown = z.object({
  course_id: number,
  title: text,
  office: text,
  place: text,
  schedule: text,
  seats: text,
  requirements: text,
  cost: text,
  /** By when to register, in words. */
  closes: text,
  contact: text,
})

/** The answers to the usual questions. */
const form = z.object({
  course_id: number,
  for_whom: z.enum(['self', 'other']),
  name: text,
  /** `YYYY-MM-DD` or `YYYY`. */
  birth: text,
  /** Kemendagri code. */
  kelurahan: text,
  education: z.enum(educations),
  reason: text,
  /** Another number to call; null: none. */
  phone: text.nullable(),
  answers,
})

/** What flows may ask about trainings. Outcomes with `contact` refuse, and say where to ask. */
export const trainingContracts = {
  /** Courses that are open or soon will be, those that begin first first. `by` narrows: a subject's code, a kecamatan's code, a month `YYYY-MM`. */
  list_courses: {
    inputs: z.object({ by: z.enum(['all', 'subject', 'kecamatan', 'month']), value: text }),
    outcomes: { some: courses, none },
  },
  /** What courses can be narrowed by now: only values that lead to a course. */
  list_grounds: {
    inputs: z.object({ by: z.enum(['subject', 'kecamatan', 'month']) }),
    outcomes: { some: z.object({ grounds: z.array(z.object({ value: text, label: text })) }), none },
  },
  /**
   * Courses that a sentence speaks of: by number, subject, title, kelurahan or time. Of one course whose time, place, requirements,
   * cost or seats are asked for, that answer.
   */
  find_courses: {
    inputs: z.object({ words: text }),
    outcomes: {
      one: course,
      answer: course.extend({ answer: text }),
      some: courses,
      /** There are courses, but none that the words speak of. */
      others: courses,
      none,
    },
  },
  show_course: {
    inputs: course,
    outcomes: {
      /** Seats are free, or an officer chooses. */
      open: shown,
      /** All seats are taken: one may join the waiting list. */
      full: shown.extend({ waiting: z.number() }),
      soon: shown.extend({ opens: text }),
      closed: shown,
      gone: none,
    },
  },
  /** Answers a question about one course: time, place, requirements, cost, seats, contact, how to register. */
  answer_about_course: {
    inputs: z.object({ course_id: number, words: text }),
    outcomes: {
      told: z.object({ answer: text }),
      /** Another course is spoken of. */
      another: none,
      unknown: none,
      gone: none,
    },
  },

  /** Whether the contact may begin. `known`: what they told of themselves the last time. `answers` is an empty list. */
  begin_registration: {
    inputs: course,
    outcomes: {
      ready: z.object({ title: text, answers, consent: text }),
      known: z.object({
        title: text,
        answers,
        consent: text,
        name: text,
        birth: text,
        birth_label: text,
        kelurahan: text,
        kelurahan_label: text,
        education: z.enum(educations),
        education_label: text,
      }),
      soon: named.extend({ opens: text }),
      closed: named,
      gone: none,
    },
  },
  /** The next question of the course that is not answered yet: its own, and gender or desil where a quota asks for them. */
  next_question: {
    inputs: z.object({ course_id: number, answers }),
    outcomes: {
      text: asked,
      optional_text: asked,
      number: asked,
      date: asked,
      yes_no: asked,
      choice: asked.extend({ choices: z.array(z.object({ value: text, label: text })) }),
      /** Nothing is left to ask. `answers_text`: a line each, or empty. */
      done: z.object({ answers_text: text }),
      gone: none,
    },
  },
  keep_answer: {
    inputs: z.object({
      course_id: number,
      answers,
      question_id: text,
      answer: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    }),
    outcomes: { kept: z.object({ answers }), gone: none },
  },
  /** Whether the rules of the course let such a person in, before they tell all the rest. */
  check_rules: {
    inputs: z.object({
      course_id: number,
      for_whom: z.enum(['self', 'other']),
      birth: text,
      kelurahan: text,
      education: z.enum(educations),
    }),
    outcomes: {
      fits: z.object({ birth_label: text, education_label: text }),
      /** The year alone does not tell. */
      need_date: none,
      refused: named.extend({ rule: text }),
      gone: none,
    },
  },
  register: {
    inputs: form,
    outcomes: {
      /** Has a seat. */
      accepted: z.object({ number, title: text, schedule: text, place: text }),
      /** An officer chooses; by when is told in words. */
      registered: z.object({ number, title: text, result_by: text }),
      waiting: z.object({ number, title: text, place_in_line: z.number() }),
      /** Registered before by the same contact. */
      again: z.object({ number, title: text, status: text }),
      /**
       * Registered before by another contact, here or in another active training, or barred by what another registered: no word on
       * which of them, by whom, or how it stands.
       */
      elsewhere: named,
      /** In another active training by a registration of the contact's own: which. */
      busy: named.extend({ other: text }),
      /** By a registration of the contact's own. */
      barred: named.extend({ until: text }),
      refused: named.extend({ rule: text }),
      need_date: none,
      /** A quota that came while the form was filled in asks for something more. */
      unanswered: none,
      /** This contact registered as many people as one may, or asked as often about people of others. */
      too_many: named,
      closed: named,
      gone: none,
    },
  },

  /** The contact's registrations that are not long over, newest first. */
  list_registrations: {
    inputs: none,
    outcomes: {
      none,
      one: registration,
      many: z.object({ registrations: z.array(z.object({ number, label: text })) }),
    },
  },
  /** How one of the contact's own registrations stands. */
  show_registration: {
    inputs: registration,
    outcomes: {
      /** It may be given up. */
      standing: status.extend({ schedule: text, place: text }),
      waiting: status.extend({ place_in_line: z.number() }),
      offered: status.extend({ until: text, schedule: text, place: text }),
      certified: status,
      over: status.extend({ reason: text }),
      unknown: none,
    },
  },
  cancel_registration: {
    inputs: registration,
    outcomes: { cancelled: z.object({ title: text, name: text }), over: status, unknown: none },
  },
  change_phone: {
    inputs: z.object({ number, phone: text }),
    outcomes: { changed: none, over: none, unknown: none },
  },
  answer_offer: {
    inputs: z.object({ number, take: z.boolean() }),
    outcomes: {
      taken: z.object({ title: text, name: text, schedule: text, place: text }),
      declined: z.object({ title: text }),
      /** The deadline is over; the person may join the waiting list again. */
      late: z.object({ title: text, course_id: number }),
      /** It was answered before, or given up. */
      over: status,
      unknown: none,
    },
  },
  /** Sends the certificate into the chat once more. */
  send_certificate: { inputs: registration, outcomes: { sent: none, not_issued: none, unknown: none } },

  /** Takes attendance by the code that is shown in class: six digits. */
  check_in: {
    inputs: z.object({ code: text }),
    outcomes: {
      present: sessionDone,
      /** Noted before. */
      already: sessionDone,
      /** Several of the contact's registrations are in the class: all were noted. */
      several: z.object({ title: text, session: text, names: text }),
      wrong: none,
      /** Too many wrong codes. */
      locked: none,
      /** No class of the contact's is on now. */
      no_class: none,
    },
  },

  /** Subjects with a mark before those that the contact hears of. `all`: every subject. */
  list_interests: {
    inputs: none,
    outcomes: {
      listed: z.object({ interests: z.array(z.object({ subject: text, label: text })), consent: text }),
    },
  },
  /** Subscribes to a subject, or ends it. Who had stopped all messages is asked to take that back first: `stopped`. */
  toggle_interest: {
    inputs: z.object({ subject: text }),
    outcomes: {
      subscribed: z.object({ title: text }),
      ended: z.object({ title: text }),
      stopped: none,
    },
  },
} as const satisfies Record<string, ActionContract>
