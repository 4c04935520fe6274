import { z } from 'zod'

/** An outcome that sets nothing. */
export const none = z.object({})
/** A course whose name and contact are told with a refusal. */
export const named = z.object({ title: z.string(), contact: z.string() })
/** What was answered to the questions of a course so far. */
export const answers = z.array(z.object({ id: z.string(), question: z.string(), answer: z.string() }))
