import { randomInt } from 'node:crypto'

/** How long an invitation counts, in days. */
export const invitationDays = 60

/** The most that are made at once. */
export const mostInvitations = 300

/** An invitation that was just made: the code is told once and kept nowhere. */
export interface MadeInvitation {
  readonly shopId: number
  readonly shop: string
  /** What the kelurahan is called. */
  readonly kelurahan: string
  /** Twelve digits. */
  readonly code: string
  readonly expiresAt: Date
}

/** An imported shop that nobody has taken yet. */
export interface UnownedShop {
  readonly id: number
  readonly name: string
  /** Kemendagri code with dots. */
  readonly kelurahan: string
  readonly source: string
  /** Until when its latest invitation counts; undefined where there is none, or no longer. */
  readonly invitedUntil: Date | undefined
}

/**
 * A new code: twelve digits, of which no program takes the first away. So many that guessing is hopeless however many chats guess:
 * nobody has to be refused for what others write.
 */
export function newInvitationCode(): string {
  return String(randomInt(100_000_000_000, 1_000_000_000_000))
}

/** A code as it is read out: 1234 5678 9012. */
export function formatInvitationCode(code: string): string {
  return code.match(/.{1,4}/g)?.join(' ') ?? ''
}

/** What is written to the bot to begin with it; the code may be in groups. */
export function invitationWords(code: string): string {
  return `undangan ${code}`
}
