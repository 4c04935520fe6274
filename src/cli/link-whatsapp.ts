import { userInfo } from 'node:os'
import { renderUnicodeCompact } from 'uqr'
import type { Linking } from '../channels/whatsapp-link.ts'
import { linkWhatsAppAccount } from '../services/whatsapp-linking.ts'
import { UsageError } from './command.ts'
import type { CliContext } from './context.ts'

/** Links the account to a phone: by QR, or with `phone` (E.164) by a code. One that stopped is set going again. */
export async function linkWhatsApp(context: CliContext, account: string, phone?: string): Promise<number> {
  const app = await context.openApp()
  try {
    const by = { type: 'staff', id: userInfo().username } as const
    const outcome = await linkWhatsAppAccount(app, account, linkingOf(context, phone), by)
    switch (outcome.type) {
      case 'linked_already':
        throw new UsageError(
          `lopo: ${account} is linked already; to link another phone: lopo whatsapp unlink`,
        )
      case 'busy':
        throw new UsageError(`lopo: another process is at ${account} just now; try again in a minute`)
      case 'resumed':
        context.err('The phone is still linked: the running bot connects again within seconds.\n')
        return 0
      case 'linked':
        context.err('Linked. The running bot answers within seconds; if none runs: npm start\n')
        return 0
      case 'failed':
        return tellFailure(context, outcome.reason)
    }
  } finally {
    await app.close()
  }
}

/** Says what to do on the phone once there is something to show. */
function linkingOf(context: CliContext, phone: string | undefined): Linking {
  const told = once((text) => context.err(text))
  if (phone !== undefined) {
    return {
      by: 'code',
      phone: phone.replace(/^\+/, ''),
      show(code) {
        told('On the phone: WhatsApp > Linked devices > Link a device > Link with phone number instead.\n')
        context.out(`${code.slice(0, 4)}-${code.slice(4)}\n`)
      },
    }
  }
  return {
    by: 'qr',
    show(qr) {
      told(
        'On the phone: WhatsApp > Linked devices > Link a device. A new picture comes when one has run out.\n',
      )
      context.out(drawQr(qr))
    },
  }
}

function once(say: (text: string) => void): (text: string) => void {
  let said = false
  return (text) => {
    if (!said) say(text)
    said = true
  }
}

/** Black and white whatever the colours of the terminal, or a phone may not read it. */
function drawQr(qr: string): string {
  const lines = renderUnicodeCompact(qr, { border: 2 }).split('\n')
  return `${lines.map((line) => `\u001b[40;97m${line}\u001b[0m`).join('\n')}\n\n`
}

const failures: Readonly<Record<string, string>> = {
  not_scanned: 'No phone took the link in time. Run the command again when the phone is at hand.',
  outdated: 'WhatsApp wants a newer program: update Lopo, then link again.',
  forbidden: 'WhatsApp has blocked this number. Look into WhatsApp on the phone.',
}

function tellFailure(context: CliContext, reason: string): number {
  context.err(
    `${failures[reason] ?? `WhatsApp did not take the link (${reason}). Try again in some minutes.`}\n`,
  )
  return 1
}
