import type { App } from '../app.ts'
import type { Officer } from '../staff/officer.ts'
import type { DeskChannels, LinkingState } from '../web/desk/house/channels-pages.ts'
import { linkWhatsAppAccount, lookAtWhatsApp, unlinkWhatsAppAccount } from './whatsapp-linking.ts'

/**
 * What the desk asks of WhatsApp's accounts. The picture to scan is kept in this process only: it is good for seconds, and the
 * page that shows it is served by the same process.
 */
export function createDeskChannels(app: App): DeskChannels {
  const states = new Map<string, LinkingState>()
  const underWay = (account: string) => {
    const type = states.get(account)?.type
    return type === 'starting' || type === 'shown'
  }

  async function link(account: string, by: Officer): Promise<LinkingState> {
    const show = (qr: string) => void states.set(account, { type: 'shown', qr })
    return linkWhatsAppAccount(app, account, { by: 'qr', show }, actorOf(by))
  }

  return {
    async accounts() {
      const { whatsapp } = app.config
      if (whatsapp === undefined) return undefined
      const seen = await Promise.all(whatsapp.accounts.map((account) => lookAtWhatsApp(app, account)))
      return seen.map(({ linkedAt, ...account }) => ({ ...account, isLinked: linkedAt !== undefined }))
    },
    link(account, by) {
      if (underWay(account)) return
      states.set(account, { type: 'starting' })
      link(account, by)
        .then((state) => states.set(account, state))
        .catch((error) => {
          app.log.error({ err: error, account }, 'an account could not be linked from the desk')
          states.set(account, { type: 'failed', reason: 'unknown' })
        })
    },
    linking: (account) => states.get(account) ?? { type: 'none' },
    unlink: (account, by) => unlinkWhatsAppAccount(app, account, actorOf(by)),
  }
}

function actorOf({ id }: Officer) {
  return { type: 'staff', id } as const
}
