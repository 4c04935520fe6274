import { emptySession, type Session, sessionSchema } from '../flow/session.ts'
import type { Sealer } from './sealed-json.ts'

/** The chat's session. One that cannot be read is begun anew, with a prompt that no old button has. */
export function openSession(
  sealer: Pick<Sealer, 'open'>,
  chat: { readonly session: Uint8Array | null; readonly version: number },
): Session {
  if (chat.session === null) return emptySession()
  const anew = { ...emptySession(), prompt: chat.version }
  try {
    const read = sessionSchema.safeParse(JSON.parse(sealer.open(chat.session)))
    return read.success ? read.data : anew
  } catch {
    return anew
  }
}
