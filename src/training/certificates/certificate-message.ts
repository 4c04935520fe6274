import { fill } from '../../language/fill-text.ts'
import type { VoiceMedia } from '../training-voice.ts'
import type { CertificateDeps } from './certificate-deps.ts'
import type { SendableCertificate } from './store-certificates.ts'

/** A message with a certificate, whose file is durable. */
export interface CertificateMessage {
  readonly chatId: bigint
  readonly text: string
  readonly media: VoiceMedia
}

/**
 * Draws a certificate and keeps it for its chat; undefined when the chat has had its share of files for now. Within no transaction:
 * a file that no message takes is erased within hours.
 */
export async function prepareMessage(
  {
    certificates,
    certificateWords,
    draw,
    pageOf,
    files,
  }: Pick<CertificateDeps, 'certificates' | 'certificateWords' | 'draw' | 'pageOf' | 'files'>,
  { sealed, chatId, address }: SendableCertificate,
  text: 'sent' | 'again',
): Promise<CertificateMessage | undefined> {
  const { chat } = certificateWords()
  const { token, printed } = certificates.open(sealed)
  const { name, course, number } = printed
  const file = { mime: 'application/pdf', name: fill(chat.file, { number }) }
  const saved = await files.save({ ...file, bytes: await draw(printed, pageOf(token)) }, address)
  if (saved === 'too_much') return undefined
  return {
    chatId,
    text: fill(chat[text], { name, course, number }),
    media: { ...file, id: saved.id, type: 'document' },
  }
}
