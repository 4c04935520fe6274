import { parse } from 'yaml'
import { z } from 'zod'
import type { CheckWay } from './check-answer.ts'

const text = z.string().trim().min(1)
const labels = z.strictObject({ ways: z.strictObject({ code: text, form: text, chat: text }) })

/** What the ways of checking are called, out of `cara-cek.yaml`; throws with every wrong place. */
export function readWayLabels(words: string): Readonly<Record<CheckWay, string>> {
  const read = labels.safeParse(parse(words))
  if (read.success) return read.data.ways
  throw new Error(`flows/content/cara-cek.yaml:\n${z.prettifyError(read.error)}`)
}
