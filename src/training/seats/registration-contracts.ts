import { z } from 'zod'
import type { ActionContract } from '../../flow/action.ts'
import { answers, named, none } from '../contract-parts.ts'
import { educations } from '../course.ts'

const text = z.string()
/** A number that a person may have written may be any. */
const number = z.number()
const registration = z.object({ number })
const status = z.object({ number, title: text, name: text, status: text })

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

/** How people register, and what they may do with their registrations. Outcomes with `contact` refuse, and say where to ask. */
export const registrationContracts = {
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
} as const satisfies Record<string, ActionContract>
