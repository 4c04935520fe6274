import type { Context } from 'hono'
import { isOwnOrigin } from '../own-origin.ts'

/** Whether a form comes from a page of the catalogue, by the address that people use or by the one that was asked for: both are this server. */
export function isOwnForm(context: Context, publicUrl: string): boolean {
  return isOwnOrigin(context, publicUrl) || isOwnOrigin(context, undefined)
}
