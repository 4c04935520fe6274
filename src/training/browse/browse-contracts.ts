import { z } from 'zod'
import type { ActionContract } from '../../flow/action.ts'
import { answers, named, none } from '../contract-parts.ts'
import { educations } from '../course.ts'

const text = z.string()
/** A number that a person may have written may be any. */
const number = z.number()
const course = z.object({ course_id: number })
/** A course in a list. */
const courseRow = z.object({ course_id: z.number(), label: text })
const courses = z.object({ courses: z.array(courseRow) })
const asked = z.object({ question_id: text, question: text })

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

/** How residents find courses, and what a course asks of them. Outcomes with `contact` refuse, and say where to ask. */
export const browseContracts = {
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
} as const satisfies Record<string, ActionContract>
