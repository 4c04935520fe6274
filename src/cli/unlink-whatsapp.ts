import { userInfo } from 'node:os'
import { unlinkWhatsAppAccount } from '../services/whatsapp-linking.ts'
import { UsageError } from './command.ts'
import type { CliContext } from './context.ts'

/** Takes the bot off the phone's linked devices. */
export async function unlinkWhatsApp(context: CliContext, account: string): Promise<number> {
  const app = await context.openApp()
  try {
    const outcome = await unlinkWhatsAppAccount(app, account, { type: 'staff', id: userInfo().username })
    if (outcome === 'not_linked') throw new UsageError(`lopo: ${account} is not linked`)
    if (outcome === 'not_heard') {
      throw new UsageError(
        `lopo: the process that has ${account} did not unlink it; stop that process and try again`,
      )
    }
    context.err(
      outcome === 'unlinked'
        ? 'Unlinked. What people wrote stays.\n'
        : 'Set aside here. WhatsApp was not in reach: take the device off on the phone, under Linked devices.\n',
    )
    return 0
  } finally {
    await app.close()
  }
}
