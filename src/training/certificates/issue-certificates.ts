import { isQuiet } from '../../language/quiet-hours.ts'
import type { CertificateDeps } from './certificate-deps.ts'
import { prepareMessage } from './certificate-message.ts'
import type { SendableCertificate } from './store-certificates.ts'

const batch = 50

/** Makes and sends the certificates that were not sent yet, each once; how many. */
export type IssueCertificates = () => Promise<number>

/**
 * Makes the work. In the quiet hours it leaves the rest to the next run. One that fails keeps none of the others back: it is told
 * of at the end, and is tried again with the next run.
 */
export function createIssueCertificates(deps: CertificateDeps): IssueCertificates {
  const { store, certificates, words, now } = deps
  return async () => {
    const failures: unknown[] = []
    let sent = 0
    for (let after = 0n; !isQuiet(now(), words().quiet_hours); ) {
      const found = await store.transact((transaction) => certificates.unsent(transaction, after, batch))
      for (const certificate of found) {
        const isSent = await send(deps, certificate).catch((error) => void failures.push(error))
        if (isSent === true) sent += 1
      }
      const last = found.at(-1)
      if (last === undefined) break
      after = last.id
    }
    const [cause] = failures
    if (failures.length > 0) throw new Error(`${failures.length} certificates were not sent`, { cause })
    return sent
  }
}

/** The file first, then everything else at once: whatever is broken off in between, the person is told exactly once. */
async function send(deps: CertificateDeps, certificate: SendableCertificate): Promise<boolean> {
  const { store, certificates, files, voice, audit, now } = deps
  const message = await prepareMessage(deps, certificate, 'sent')
  if (message === undefined) return false
  return store.transact(async (transaction) => {
    const at = now()
    if (!(await store.lockChat(transaction, certificate.chatId))) return false
    // Another process may be at the same: whoever marks it, sends it.
    if (!(await certificates.markSent(transaction, certificate.id, at))) return false
    await files.keep(transaction, message.media.id, at)
    await voice.tellMany(transaction, [message], 'notice')
    const actor = { type: 'system', id: 'certificates' } as const
    await audit.record(transaction, {
      ...{ at, actor, action: 'training.certificate_send', subject: certificate.number },
    })
    return true
  })
}
