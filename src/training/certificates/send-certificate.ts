import type { ActionContext, ActionResult } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import type { CertificateDeps } from './certificate-deps.ts'
import { prepareMessage } from './certificate-message.ts'
import { sendAgain } from './store-certificates.ts'

const mostADay = 5
const dayMs = 86_400_000

/** What sending a certificate again is given. */
export type SendDeps = Pick<
  CertificateDeps,
  'store' | 'certificates' | 'certificateWords' | 'draw' | 'pageOf' | 'files' | 'voice' | 'audit'
>

/**
 * Sends a certificate of the contact's own into the chat that asks. More than five a day are as little to be had as one that was
 * not issued.
 */
export async function sendCertificate(
  deps: SendDeps,
  context: ActionContext<Transaction>,
  number: number,
): Promise<ActionResult> {
  const { store, audit } = deps
  const { transaction, contactId, now } = context
  const registration = await store.registration(transaction, number)
  const isOwn = registration?.contactId === contactId
  const outcome = isOwn ? await send(deps, context, number) : 'unknown'
  const actor = { type: 'resident', id: contactId } as const
  // The number of none of theirs is not told: it may be a NIK.
  const subject = isOwn ? { subject: String(number) } : {}
  await audit.record(transaction, { at: now, actor, action: sendAgain, ...subject, outcome })
  return { outcome, values: {} }
}

async function send(
  deps: SendDeps,
  { transaction, contactId, chatId, now }: ActionContext<Transaction>,
  number: number,
): Promise<'sent' | 'not_issued'> {
  const { certificates, files, voice } = deps
  const certificate = await certificates.sendable(transaction, number, BigInt(chatId))
  if (certificate === undefined) return 'not_issued'
  const since = new Date(now.getTime() - dayMs)
  if ((await certificates.countSentAgain(transaction, contactId, since)) >= mostADay) return 'not_issued'
  const message = await prepareMessage(deps, certificate, 'again')
  if (message === undefined) return 'not_issued'
  await files.keep(transaction, message.media.id, now)
  // Of one that waits for the morning no second copy is sent.
  await certificates.markSent(transaction, certificate.id, now)
  await voice.tellMany(transaction, [message], 'reply')
  return 'sent'
}
