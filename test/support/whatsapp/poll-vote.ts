import { createHash, createHmac, randomBytes } from 'node:crypto'
import { aesEncryptGCM, proto } from '@whiskeysockets/baileys'
import type { ReceivedMessage } from './phone.ts'
import { need } from './stanza.ts'

/**
 * A vote in a poll that a phone received, sealed as phones do: the poll's maker by LID, the voter by phone number. No label at
 * all takes an earlier vote back.
 */
export function pollVote(
  poll: ReceivedMessage,
  labels: readonly string[],
  { creator, voter, at }: { readonly creator: string; readonly voter: string; readonly at: number },
): proto.IMessage {
  const secret = need(poll.proto.messageContextInfo?.messageSecret, 'secret of the poll')
  const keyOf = (data: Uint8Array, key: Uint8Array) => createHmac('sha256', key).update(data).digest()
  const info = Buffer.concat([Buffer.from(`${poll.id}${creator}${voter}Poll Vote`), Buffer.from([1])])
  const key = keyOf(info, keyOf(secret, Buffer.alloc(32)))
  const selectedOptions = labels.map((label) => createHash('sha256').update(label).digest())
  const plain = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish()
  const encIv = randomBytes(12)
  const encPayload = aesEncryptGCM(plain, key, encIv, Buffer.from(`${poll.id}\u0000${voter}`))
  return {
    pollUpdateMessage: {
      pollCreationMessageKey: { remoteJid: creator, fromMe: false, id: poll.id },
      vote: { encPayload, encIv },
      senderTimestampMs: at,
    },
  }
}
