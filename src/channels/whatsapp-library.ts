import type { Logger } from '../log.ts'
import { quietConsole } from './quiet-console.ts'

/** The WhatsApp library, as it is imported. */
export type Baileys = typeof import('@whiskeysockets/baileys')

/** Loads the library, which is left out where WhatsApp is off. Rejects with one clear sentence where it is not installed. */
export async function loadBaileys(log: Logger): Promise<Baileys> {
  // Before anything of it runs: what it depends on prints the keys of sessions.
  quietConsole(log)
  try {
    return await import('@whiskeysockets/baileys')
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new Error(
      'WHATSAPP_ENABLED is yes, but the package @whiskeysockets/baileys is not installed: run `npm ci`, or set WHATSAPP_ENABLED to no',
      { cause: error },
    )
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
}
