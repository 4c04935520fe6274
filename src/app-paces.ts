import type { BroadcastDeps, ChannelPace } from './broadcast/broadcast-deps.ts'
import type { Forecast } from './channels/channel.ts'
import { whatsAppForecast } from './channels/whatsapp-pace.ts'
import type { Config } from './config.ts'
import type { WhatsAppConfig } from './config-whatsapp.ts'
import type { Conversation } from './conversation/conversation.ts'
import type { Storage } from './storage/open-storage.ts'
import { createWhatsAppStore } from './storage/whatsapp-store.ts'

interface PaceGround {
  readonly storage: Storage
  readonly conversation: () => Conversation
  readonly now: () => Date
}

/** How fast channels may send what nobody asked for, as the settings have it: whichever process has the channel. */
export function createPaces(deps: PaceGround & { readonly config: Config }): BroadcastDeps['paces'] {
  const { config } = deps
  return async () => {
    const paces: ChannelPace[] = []
    if (config.telegram !== undefined) {
      const { perSecond } = config.telegram
      paces.push({ channel: 'telegram', perSecond, perDay: undefined, usedToday: 0 })
    }
    if (config.whatsapp !== undefined) paces.push(await whatsAppPace(deps, config.whatsapp))
    return paces
  }
}

/** All accounts together. */
async function whatsAppPace(
  { storage, conversation, now }: PaceGround,
  { accounts, pace }: WhatsAppConfig,
): Promise<ChannelPace> {
  const { pool, prisma } = storage.database
  const forecasts = await Promise.all(
    accounts.map((account) =>
      whatsAppForecast({
        settings: pace,
        countUnasked: (since) => conversation().countUnasked({ channel: 'whatsapp', account }, since),
        linkedAt: async () => {
          const store = createWhatsAppStore({ pool, prisma, keyring: storage.keyring, now, account })
          return (await store.status()).linkedAt
        },
        now: now().getTime(),
      }),
    ),
  )
  const sum = (of: (forecast: Forecast) => number) => forecasts.reduce((total, each) => total + of(each), 0)
  return {
    channel: 'whatsapp',
    perSecond: sum(({ perSecond }) => perSecond),
    perDay: sum(({ perDay }) => perDay ?? 0),
    usedToday: sum(({ usedToday }) => usedToday),
  }
}
