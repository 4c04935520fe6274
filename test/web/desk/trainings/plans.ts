import type { CoursePlan } from '../../../../src/training/course.ts'

/** What the clock of these tests shows: Thursday 09.30 in Kupang. */
export const now = new Date('2026-03-05T01:30:00Z')

/** A moment in Kupang in March 2026. */
export function march(day: number, clock: string): Date {
  return new Date(`2026-03-${String(day).padStart(2, '0')}T${clock}:00+08:00`)
}

/** A course that uses everything that the form has. */
export const richPlan: CoursePlan = {
  ...{ title: 'Menjahit dasar', subject: 'menjahit', office: 'nakertrans' },
  ...{ description: 'Membuat pola.\n\nMenjahit rok.', requirements: 'Membawa KTP\nMembawa kain' },
  ...{ place: 'Balai Contoh, Jalan Contoh 1', mapUrl: 'https://maps.example/x', kelurahan: '53.71.04.1001' },
  ...{ cost: 25_000, contact: 'Bidang Pelatihan', minAge: 17, maxAge: 40, minEducation: 'smp' },
  domicile: ['53.71.01', '53.71.04.1001'],
  seats: 16,
  quotas: [
    { by: 'gender', values: ['female'], seats: 8 },
    { by: 'kecamatan', values: ['53.71.01', '53.71.04'], seats: 10 },
    { by: 'kelurahan', values: ['53.71.04.1001'], seats: 2 },
    { by: 'desil', values: ['1', '2'], seats: 6 },
  ],
  selection: 'officer',
  ...{ opensAt: march(6, '08:00'), closesAt: march(20, '16:00') },
  sessions: [
    { startsAt: march(23, '08:00'), endsAt: march(23, '14:00'), title: 'Pembukaan', place: 'Aula Contoh' },
    { startsAt: march(24, '08:00'), endsAt: march(24, '14:00'), title: undefined, place: undefined },
  ],
  questions: [
    { id: 'q1', text: 'Punya mesin jahit?', kind: 'yes_no', choices: [], optional: false },
    { id: 'q2', text: 'Ukuran kaus?', kind: 'choice', choices: ['Kecil', 'Besar'], optional: false },
    { id: 'q7', text: 'Catatan lain?', kind: 'text', choices: [], optional: true },
  ],
  ...{ exclusive: true, offerHours: 6, barDays: 90, minAttendance: 80 },
}
