import type { MadeCourse, MadeRegistrant } from '../src/cli/make-course.ts'
import { atHour } from '../src/language/quiet-hours.ts'
import type { CoursePlan } from '../src/training/course.ts'
import type { DemoPlace } from './demo.ts'

const label = 'DATA CONTOH'
/** Who made them, and where their people are: nobody reads what they are told. */
const origin = { by: 'demo', account: 'demo' } as const
const names = ['Satu', 'Dua', 'Tiga', 'Empat', 'Lima', 'Enam', 'Tujuh', 'Delapan', 'Sembilan']

const usual = {
  ...{ office: 'nakertrans', mapUrl: undefined, cost: 0, contact: 'Petugas contoh, Dinas Nakertrans' },
  ...{ requirements: 'Membawa KTP', minAge: undefined, maxAge: undefined, minEducation: undefined },
  ...{ domicile: [], quotas: [], questions: [], exclusive: true, offerHours: 24, barDays: 0 },
  minAttendance: 80,
} as const

/**
 * Three synthetic courses, at times that are relative to now: one open to whoever comes first, one of which an officer chooses, and
 * one that is running.
 */
export function demoCourses(now: Date, places: readonly DemoPlace[]): readonly MadeCourse[] {
  return [byArrival(now, places), byOfficer(now, places), running(now, places)]
}

function byArrival(now: Date, places: readonly DemoPlace[]): MadeCourse {
  return {
    ...origin,
    state: 'registration',
    ...{ createdAt: atHour(now, 9, -5), registeredAt: atHour(now, 10, -1) },
    plan: {
      ...usual,
      ...{ title: `${label}: Menjahit dasar`, subject: 'menjahit', description: 'Menjahit dari awal.' },
      ...{ place: 'Aula contoh', kelurahan: places[0]?.code, seats: 16, selection: 'arrival', barDays: 90 },
      ...{ opensAt: atHour(now, 8, -2), closesAt: atHour(now, 16, 12) },
      sessions: sessions(now, [14, 15, 16]),
    },
    registrants: people(places, ['accepted', 'accepted', 'accepted']),
  }
}

function byOfficer(now: Date, places: readonly DemoPlace[]): MadeCourse {
  const question = { id: 'kedai', text: 'Pernah bekerja di kedai kopi?', kind: 'yes_no' } as const
  const states = ['registered', 'registered', 'registered', 'screened', 'interview', 'registered'] as const
  return {
    ...origin,
    state: 'registration',
    ...{ createdAt: atHour(now, 9, -10), registeredAt: atHour(now, 10, -3) },
    plan: {
      ...usual,
      ...{ title: `${label}: Barista`, subject: 'barista', description: 'Meracik kopi untuk kedai.' },
      ...{ place: 'Balai latihan contoh', kelurahan: places[7]?.code, seats: 4, selection: 'officer' },
      ...{ minAge: 19, quotas: [{ by: 'gender', values: ['female'], seats: 2 }] },
      questions: [{ ...question, choices: [], optional: false }],
      ...{ opensAt: atHour(now, 8, -6), closesAt: atHour(now, 16, 6) },
      sessions: sessions(now, [20, 21, 22, 23]),
    },
    registrants: people(places, states).map((person, at) => ({
      ...person,
      gender: at % 2 === 0 ? 'female' : 'male',
      score: at < 4 ? undefined : 90 - at * 5,
      answers: [{ id: question.id, question: question.text, answer: at % 3 === 0 ? 'Ya' : 'Tidak' }],
    })),
  }
}

function running(now: Date, places: readonly DemoPlace[]): MadeCourse {
  const states = ['attending', 'attending', 'attending', 'attending', 'accepted'] as const
  return {
    ...origin,
    state: 'running',
    ...{ createdAt: atHour(now, 9, -40), registeredAt: atHour(now, 10, -25) },
    plan: {
      ...usual,
      ...{ title: `${label}: Pangkas rambut`, subject: 'pangkas_rambut', description: 'Memangkas rapi.' },
      ...{ place: 'Salon contoh', kelurahan: places[14]?.code, seats: 6, selection: 'arrival' },
      ...{ opensAt: atHour(now, 8, -30), closesAt: atHour(now, 16, -10) },
      sessions: sessions(now, [-3, -2, 0, 2, 3]),
    },
    // The last one never came.
    registrants: people(places, states).map((person, at) => ({ ...person, attended: at < 3 ? 2 : 4 - at })),
  }
}

/** On days from now on. */
function sessions(now: Date, days: readonly number[]): CoursePlan['sessions'] {
  return days.map((day) => {
    return { startsAt: atHour(now, 8, day), endsAt: atHour(now, 12, day), title: undefined, place: undefined }
  })
}

function people(
  places: readonly DemoPlace[],
  states: readonly MadeRegistrant['state'][],
): readonly MadeRegistrant[] {
  return states.map((state, at) => {
    const place = places[(at * 11) % places.length]
    if (place === undefined) throw new Error('no kelurahan to put people in')
    return {
      ...{
        name: `Warga Contoh ${names[at]}`,
        birth: `${1990 + at}-0${at + 1}-1${at}`,
        kelurahan: place.code,
      },
      ...{
        education: at % 2 === 0 ? 'sma' : 'smp',
        state,
        reason: 'Mau membuka usaha sendiri (data contoh).',
      },
    }
  })
}
