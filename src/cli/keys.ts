import { userInfo } from 'node:os'
import { createRotateKeys } from '../assistance/rotate-keys.ts'
import { createNameResealer } from '../assistance/store-reseal.ts'
import { createTicketEntryResealer, createTicketResealer } from '../inquiry/store-reseal.ts'
import { createShopResealer } from '../marketplace/store-reseal.ts'
import { createStaffResealer } from '../staff/sign-in/secret-store.ts'
import { createAuditTrail } from '../staff/store.ts'
import { addKey } from '../storage/keyring.ts'
import { keyFile } from '../storage/open-storage.ts'
import { createWhatsAppResealer } from '../storage/whatsapp-reseal.ts'
import { createCertificateResealer, createRegistrationResealer } from '../training/store-reseal.ts'
import type { Command } from './command.ts'
import { wrongUsage } from './usage.ts'

/** `lopo keys rotate`: a new key, and everything that is kept for long sealed by it. */
export const keysCommand: Command = {
  summary: 'make a new key, and seal anew with it what is kept for long',
  usage: 'keys rotate',
  async run(args, context) {
    const [what, ...more] = args
    if (what !== 'rotate') {
      throw wrongUsage(what === undefined ? 'what to do is missing' : `keys cannot ${what}`, this.usage)
    }
    if (more.length > 0) throw wrongUsage(`${more[0]} is too much`, this.usage)
    const app = await context.openApp()
    try {
      const { database, keyring } = app.storage
      // Keys of the environment are changed there: the new one is put first, and this seals with it.
      const secrets = context.config.keys === undefined ? await addKey(keyFile(context.config)) : keyring
      const rotate = createRotateKeys({
        secrets,
        resealers: [
          createNameResealer(database.prisma),
          createTicketResealer(database.prisma),
          createTicketEntryResealer(database.prisma),
          createRegistrationResealer(database.prisma),
          createCertificateResealer(database.prisma),
          createShopResealer(database.prisma),
          createStaffResealer(database),
          createWhatsAppResealer({ pool: database.pool, secrets }),
        ],
        audit: createAuditTrail(),
        inTransaction: (work) => database.prisma.$transaction(work),
      })
      const by = { type: 'staff', id: userInfo().username } as const
      const done = await rotate({ by, now: context.now() }, ({ name, rows, total }) => {
        context.err(`${name}: ${rows} of ${total}\n`)
      })
      const { names = 0, ticket_entries: entries = 0, whatsapp = 0 } = done
      context.out(
        `key ${secrets.currentId} is current; ${names} names, ${entries} lines of tickets and ${whatsapp} secrets of WhatsApp are sealed with it\n`,
      )
      context.err(
        'Keep the older keys: lists, codes and what was said in the last 90 days were made with them.\n',
      )
      return 0
    } finally {
      await app.close()
    }
  },
}
