import type { BinaryNode } from '@whiskeysockets/baileys'
import { bundleOfRetry, takeBundle } from './companion.ts'
import { deliver } from './deliveries.ts'
import { keyNodes, registrationNode } from './key-nodes.ts'
import { fileOf } from './message-content.ts'
import type { Addressing, Phone, SentMessage } from './phone.ts'
import type { Envelope } from './signal-device.ts'
import { child, need, secondsOf, stanza } from './stanza.ts'
import { type Account, noteError, type World } from './world.ts'

const mostRetries = 5

/** Asks the client to send a message again that the phone could not read, at most five times. */
export function askAgain(
  world: World,
  account: Account,
  phone: Phone,
  message: { readonly id: string; readonly addressing: Addressing },
): void {
  const count = Math.max(1, phone.arrivals.filter(({ id, read }) => id === message.id && !read).length)
  if (count > mostRetries) return
  const { jid } = need(account.companion, 'linked client')
  void phone
    .writeInTurn(async () => {
      await phone.device.forget(jid)
      const bundle = await phone.device.bundle()
      const t = secondsOf(world.now())
      const from = message.addressing === 'lid' ? phone.lid : phone.pn
      deliver(
        world,
        account,
        stanza('receipt', { from, id: message.id, type: 'retry', t }, [
          stanza('retry', { count: String(count), id: message.id, t, v: '1' }),
          registrationNode(bundle.registrationId),
          stanza('keys', {}, keyNodes(bundle)),
        ]),
      )
    })
    .catch((error: unknown) => noteError(world, error))
}

/** What the phone does when the client asks it to send a message again. */
export async function answerRetry(
  world: World,
  account: Account,
  phone: Phone,
  receipt: BinaryNode,
): Promise<void> {
  const sent = phone.sent.get(receipt.attrs.id ?? '')
  const { companion } = account
  if (sent === undefined || sent.onRetry === 'nothing' || companion === undefined) return
  await phone.writeInTurn(async () => {
    await phone.device.forget(companion.jid)
    const given = bundleOfRetry(receipt)
    const count = child(receipt, 'retry')?.attrs.count
    const envelope = await phone.device.encrypt(
      companion.jid,
      () => given ?? takeBundle(companion),
      sent.proto,
    )
    deliver(
      world,
      account,
      sealedStanza(sent, sent.onRetry === 'garbles' ? garble(envelope) : envelope, count),
    )
  })
}

/** The stanza of a message as the phone sends it. */
export function sealedStanza(
  { proto, attributes }: Pick<SentMessage, 'proto' | 'attributes'>,
  { type, ciphertext }: Envelope,
  count?: string,
): BinaryNode {
  const mediatype = fileOf(proto)?.type
  return stanza('message', attributes, [stanza('enc', { v: '2', type, mediatype, count }, ciphertext)])
}

/** Damages a sealed message, so that no session can open it. */
export function garble({ ciphertext }: Envelope): Envelope {
  const damaged = Buffer.from(ciphertext)
  const last = damaged.length - 1
  damaged[last] = (damaged[last] ?? 0) ^ 0xff
  return { type: 'msg', ciphertext: damaged }
}
