import type { Understood } from '../../src/language/understand.ts'

const HARMFUL = new Set(['hapus_data', 'berhenti', 'batal_pelatihan'])

/** Whether taking a sentence for `intent` does harm, rather than waste a turn, when it means one of `wanted`. */
export function isDangerousFor(intent: string, wanted: readonly string[]): boolean {
  if (wanted.includes(intent)) return false
  if (HARMFUL.has(intent)) return true
  if (intent === 'daftar_pelatihan') return wanted.includes('batal_pelatihan')
  return intent === 'cek_bansos' && wanted.includes('sanggah')
}

/** Whether acting on what was understood would do harm. Asking first does none. */
export function isDangerous({ decision, intent }: Understood, wanted: readonly string[]): boolean {
  return decision === 'act' && isDangerousFor(intent, wanted)
}

/** Whether the bot does at once what is wanted; for what is none of its business that is to do nothing. */
export function isRight({ decision, intent }: Understood, wanted: readonly string[]): boolean {
  return wanted.includes(intent) && (decision === 'act' || (decision === 'none' && intent === 'other'))
}

/** Whether what is wanted is done at once, or is the first or second that the bot asks about. */
export function isOffered(understood: Understood, wanted: readonly string[]): boolean {
  if (isRight(understood, wanted)) return true
  if (understood.decision !== 'ask') return false
  const [second] = understood.alternatives
  return [understood.intent, second?.intent ?? ''].some((intent) => wanted.includes(intent))
}
