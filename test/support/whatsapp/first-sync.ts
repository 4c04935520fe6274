import { deflateSync } from 'node:zlib'
import { generateMessageIDV2, proto } from '@whiskeysockets/baileys'
import { takeBundle } from './companion.ts'
import { deliver } from './deliveries.ts'
import { need, secondsOf, stanza } from './stanza.ts'
import type { Account, World } from './world.ts'

/** What the owner's phone sends right after linking: a history without messages. Without it a client waits 20 seconds. */
export async function sendFirstSync(world: World, account: Account): Promise<void> {
  const { phone } = account
  const companion = need(account.companion, 'linked client')
  const syncType = proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP
  const history = proto.HistorySync.encode({ syncType, conversations: [] }).finish()
  const message: proto.IMessage = {
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: {
        syncType: proto.Message.HistorySyncType.INITIAL_BOOTSTRAP,
        initialHistBootstrapInlinePayload: deflateSync(history),
        progress: 100,
        chunkOrder: 1,
      },
    },
  }
  await phone.writeInTurn(async () => {
    const { type, ciphertext } = await phone.device.encrypt(
      companion.jid,
      () => takeBundle(companion),
      message,
    )
    const attrs = {
      from: phone.pn,
      id: generateMessageIDV2(phone.pn),
      t: secondsOf(world.now()),
      type: 'protocol',
      category: 'peer',
      notify: phone.identity.name,
    }
    deliver(world, account, stanza('message', attrs, [stanza('enc', { v: '2', type }, ciphertext)]))
  })
}
