import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)

const file = z.object({
  /** What is said in chats; with {{name}}, {{course}} and {{number}}. */
  chat: z.strictObject({ sent: text, again: text, file: text }),
  /** What stands on the certificate. */
  pdf: z.strictObject({
    city: text,
    title: text,
    number: text,
    given_to: text,
    /** In the place of a name that the font cannot write. */
    unwritten: text,
    passed: text,
    one_day: text,
    days: text,
    issued: text,
    electronic: text,
    check: text,
  }),
  /** The page that tells whether a certificate is genuine. */
  page: z.strictObject({
    title: text,
    valid: text,
    valid_text: text,
    revoked: text,
    revoked_text: text,
    name: text,
    course: text,
    date: text,
    unknown: z.strictObject({ title: text, text, next: text }),
    busy: z.strictObject({ title: text, text }),
  }),
})

/** The words of flows/content/sertifikat.yaml. */
export type CertificateWords = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parseCertificateWords(
  words: string,
  path = 'flows/content/sertifikat.yaml',
): CertificateWords {
  const read = file.safeParse(parse(words))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
