import { z } from 'zod'
import { readWords } from '../../read-words.ts'

const text = z.string().trim().min(1)

const shape = z.strictObject({
  applicants: z.strictObject({
    /** The name of the sheet: a spreadsheet takes 31 characters, and none of `[]:*?/\`. */
    sheet: text.max(31).regex(/^[^[\]:*?/\\]+$/, 'holds one of []:*?/\\'),
    /** Headings before the questions of the course, in their order. */
    before: z.strictObject({
      number: text,
      name: text,
      age: text,
      kelurahan: text,
      education: text,
      gender: text,
      phone: text,
      reason: text,
    }),
    /** Headings behind them. */
    after: z.strictObject({ score: text, state: text, registered: text }),
    born: text,
    erased: text,
  }),
  attendance: z.strictObject({
    title: text,
    place: text,
    sessions: text,
    number: text,
    name: text,
    session: text,
    nobody: text,
    page: text,
    printed: text,
  }),
})

/** The words of the files on a training that officers take away. */
export type TrainingFileTexts = z.infer<typeof shape>

/** Reads flows/content/berkas-pelatihan.yaml; throws one Error that lists every problem. */
export function parseTrainingFileTexts(yaml: string): TrainingFileTexts {
  return readWords(shape, 'berkas-pelatihan.yaml', yaml)
}
