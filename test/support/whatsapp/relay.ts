import { type BinaryNode, isJidNewsletter, jidNormalizedUser } from '@whiskeysockets/baileys'
import { confirmDelivery } from './confirmations.ts'
import { fileOf, textOf } from './message-content.ts'
import type { Phone, ReceivedMessage } from './phone.ts'
import { askAgain } from './retries.ts'
import { bytesOf, child, children, secondsOf } from './stanza.ts'
import { takePost } from './take-post.ts'
import { type Account, type ClientSession, findPhone, noteError, transmit, type World } from './world.ts'

/** Takes a message that a client sends: refuses it or acks it, and brings it to every phone that it is sealed for. */
export async function relayMessage(world: World, session: ClientSession, node: BinaryNode): Promise<void> {
  const { account } = session
  if (account === undefined) throw new Error('a message before login')
  const { id = '', to = '' } = node.attrs
  const phone = findPhone(world, to)
  const fault = world.sendFaults.strike({ id, to: phone ? [phone.pn, phone.lid] : [to] })
  const ack = (error?: string) => {
    const attrs = { class: 'message', id, from: to, t: secondsOf(world.now()), ...(error && { error }) }
    transmit(world, session, { tag: 'ack', attrs })
  }
  if (fault?.type === 'refuse') return ack(String(fault.code))
  if (isJidNewsletter(to) === true) return takePost(world, session, node)
  if (fault?.type === 'no-ack') return fault.arrives ? hand(world, account, node) : undefined
  if (fault?.type === 'late-ack') {
    fault
      .until()
      .then(() => ack())
      .then(() => hand(world, account, node))
      .catch((error: unknown) => noteError(world, error))
    return
  }
  ack()
  await hand(world, account, node)
}

async function hand(world: World, account: Account, node: BinaryNode): Promise<void> {
  const sealed = children(child(node, 'participants'), 'to').map((to) => ({
    jid: to.attrs.jid ?? '',
    enc: child(to, 'enc'),
  }))
  const direct = child(node, 'enc')
  if (direct !== undefined) sealed.push({ jid: node.attrs.to ?? '', enc: direct })
  for (const { jid, enc } of sealed) {
    const phone = findPhone(world, jid)
    if (phone === undefined || enc === undefined) world.unknown.push(node)
    else await phone.readInTurn(() => receive(world, account, phone, { id: node.attrs.id ?? '', jid, enc }))
  }
  world.changes.notify()
}

async function receive(
  world: World,
  account: Account,
  phone: Phone,
  { id, jid, enc }: { id: string; jid: string; enc: BinaryNode },
): Promise<void> {
  const { companion } = account
  if (companion === undefined) return
  const type = enc.attrs.type === 'pkmsg' ? 'pkmsg' : 'msg'
  const at = world.now()
  const addressing = jidNormalizedUser(jid) === phone.lid ? 'lid' : 'pn'
  try {
    const message = await phone.device.decrypt(companion.jid, type, bytesOf(enc))
    phone.arrivals.push({ id, at, read: true })
    const proto = message.deviceSentMessage?.message ?? message
    if (!phone.received.has(id)) note(phone, { id, at, addressing, proto, text: textOf(proto) })
  } catch {
    phone.arrivals.push({ id, at, read: false })
    if (phone !== account.phone) askAgain(world, account, phone, { id, addressing })
    return
  }
  if (phone !== account.phone) confirmDelivery(world, account, phone, { id, addressing })
}

function note(phone: Phone, message: Omit<ReceivedMessage, 'download'>): void {
  const received: ReceivedMessage = {
    ...message,
    async download() {
      const file = fileOf(message.proto)
      if (file === undefined) throw new Error(`message ${message.id} has no file`)
      return phone.media.open(file.pointer, file.type)
    },
  }
  phone.received.set(message.id, received)
  phone.inbox.push(received)
}
