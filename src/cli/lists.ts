import { userInfo } from 'node:os'
import { createListStore } from '../assistance/store-list.ts'
import { createSwitchBack } from '../assistance/switch-back.ts'
import { createAuditTrail } from '../staff/store.ts'
import type { Command } from './command.ts'
import type { CliContext } from './context.ts'
import { wrongUsage } from './usage.ts'

/** `lopo lists`: the versions of the lists, and the way back to the one before. */
export const listsCommand: Command = {
  summary: 'show the versions of the lists, or put the one before in force again',
  usage: 'lists\nlists back KIND',
  async run([what, kind, ...more], context) {
    if (what !== undefined && what !== 'back') throw wrongUsage(`lists cannot ${what}`, this.usage)
    if (what === 'back' && kind === undefined) throw wrongUsage('the kind of list is missing', this.usage)
    if (more.length > 0) throw wrongUsage(`${more[0]} is too much`, this.usage)
    const app = await context.openApp()
    try {
      const { prisma } = app.storage.database
      if (kind === undefined) {
        const versions = await createListStore().versions(prisma)
        for (const {
          id,
          title,
          asOf,
          accepted,
          quarantined,
          state,
          place,
          demo,
          importedAt,
          importedBy,
        } of versions) {
          const facts = [
            `${accepted} accepted`,
            `${quarantined} set aside`,
            demo ? 'demo' : '',
            place ?? state,
          ]
          const when = `${importedAt.toISOString()} by ${importedBy}`
          context.out([id, title, asOf, ...facts.filter((fact) => fact !== ''), when].join('\t').concat('\n'))
        }
        if (versions.length === 0) context.err('No list was imported yet.\n')
        return 0
      }
      const switchBack = createSwitchBack({ store: createListStore(), audit: createAuditTrail() })
      const by = { type: 'staff', id: userInfo().username } as const
      const outcome = await prisma.$transaction((transaction) =>
        switchBack(transaction, { kind, by, now: context.now() }),
      )
      return tell(outcome, kind, context)
    } finally {
      await app.close()
    }
  },
}

function tell(
  outcome: Awaited<ReturnType<ReturnType<typeof createSwitchBack>>>,
  kind: string,
  context: CliContext,
) {
  if (outcome.type === 'switched') {
    context.out(`${outcome.title} as of ${outcome.asOf} is in force: ${outcome.listId}\n`)
    return 0
  }
  context.err(`${kind}: ${reasons[outcome.type]}.\n`)
  return 1
}

const reasons = {
  no_list: 'no such list is in force',
  no_previous: 'there is no version before the one in force',
  demo_before: 'the version before is synthetic (demo): a real list stays in force',
} as const
