import { userInfo } from 'node:os'
import { createSettingsStore } from '../staff/settings-store.ts'
import { createAuditTrail } from '../staff/store.ts'
import { type Command, UsageError } from './command.ts'
import { wrongUsage } from './usage.ts'

/** `lopo code-word`: shows or changes the word by which residents tell the real bot. */
export const codeWordCommand: Command = {
  summary: 'show or change the code word that "cek bot" tells',
  usage: 'code-word [WORD]',
  async run([word, ...more], context) {
    if (more.length > 0) throw wrongUsage('a code word of several words stands in quotes', this.usage)
    const settings = createSettingsStore()
    const audit = createAuditTrail()
    const app = await context.openApp()
    try {
      const { prisma } = app.storage.database
      if (word === undefined) {
        context.out(`${(await settings.read(prisma, 'code_word')) ?? '(none)'}\n`)
        return 0
      }
      if (!/^[\p{L} -]{4,40}$/u.test(word)) throw new UsageError('a code word has 4 to 40 letters')
      const by = userInfo().username
      await prisma.$transaction(async (transaction) => {
        await settings.write(transaction, 'code_word', word, by, context.now())
        const actor = { type: 'staff', id: by } as const
        await audit.record(transaction, { at: context.now(), actor, action: 'settings.code_word' })
      })
      context.err('The code word is changed.\n')
      return 0
    } finally {
      await app.close()
    }
  },
}
