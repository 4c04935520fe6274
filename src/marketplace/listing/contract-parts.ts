import { z } from 'zod'

export const text = z.string()
export const number = z.number()
/** An outcome that sets nothing. */
export const none = z.object({})
export const told = z.object({ text })
export const productRows = z.array(z.object({ product_id: number, label: text, words: text }))
export const consent = z.object({ consent: text, version: text })
