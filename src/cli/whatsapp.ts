import { parsePhone } from '../language/phone.ts'
import { type Command, UsageError } from './command.ts'
import { linkWhatsApp } from './link-whatsapp.ts'
import { tellWhatsApp } from './tell-whatsapp.ts'
import { unlinkWhatsApp } from './unlink-whatsapp.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo whatsapp`: links the bot to a WhatsApp number, tells how that goes, and undoes it. */
export const whatsAppCommand: Command = {
  summary:
    'link a WhatsApp number (by QR, or by a code for the phone with the number), see its state, or unlink it',
  usage:
    'whatsapp link [--account NAME] [--code PHONE]\nwhatsapp status [--json]\nwhatsapp unlink [--account NAME]',
  async run(args, context) {
    const { values, positionals } = readOptions(args, this.usage, {
      account: { type: 'string' },
      code: { type: 'string' },
      json: { type: 'boolean', default: false },
    })
    const [what, ...more] = positionals
    if (more.length > 0) throw wrongUsage(`${more[0]} is too much`, this.usage)
    const { whatsapp } = context.config
    if (whatsapp === undefined) {
      throw new UsageError(
        'lopo: WhatsApp is off: set WHATSAPP_ENABLED=yes, after reading "WhatsApp" in README.md',
      )
    }
    const account = values.account ?? whatsapp.accounts[0] ?? 'main'
    if (!whatsapp.accounts.includes(account)) {
      throw new UsageError(`lopo: WHATSAPP_ACCOUNTS has no ${account}, only ${whatsapp.accounts.join(', ')}`)
    }
    if (what === 'status') return tellWhatsApp(context, whatsapp.accounts, values.json)
    if (what === 'unlink') return unlinkWhatsApp(context, account)
    if (what !== 'link')
      throw wrongUsage(what === undefined ? 'say what to do' : `whatsapp cannot ${what}`, this.usage)
    const phone = values.code === undefined ? undefined : readPhone(values.code)
    return linkWhatsApp(context, account, phone)
  },
}

/** The number as E.164. What was typed is not repeated: it may stand in a log of the terminal. */
function readPhone(typed: string): string {
  const phone = parsePhone(typed)
  if (phone.type !== 'value')
    throw new UsageError('lopo: the number after --code is no mobile number; write it such as +62812…')
  return String(phone.value)
}
