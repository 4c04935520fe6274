import type { BinaryNode } from '@whiskeysockets/baileys'
import { settleByAck, settleByReceipt } from './deliveries.ts'
import { answerQuery } from './queries.ts'
import { relayMessage } from './relay.ts'
import { answerRetry } from './retries.ts'
import { child, children, stanza } from './stanza.ts'
import { type ClientSession, findPhone, noteError, transmit, type World } from './world.ts'

/** Takes a stanza that a client sent to whoever answers it. */
export async function dispatch(world: World, session: ClientSession, node: BinaryNode): Promise<void> {
  if (world.isSilent) return
  world.tally.add('in', node)
  if (node.tag === 'iq') await answerQuery(world, session, node)
  else if (node.tag === 'message') await relayMessage(world, session, node)
  else if (node.tag === 'receipt') takeReceipt(world, session, node)
  else if (node.tag === 'ack') session.account && settleByAck(session.account, node)
  else if (node.tag === 'chatstate' || node.tag === 'presence') showState(world, session, node)
  else if (node.tag !== 'ib') world.unknown.push(node)
  world.changes.notify()
}

function takeReceipt(world: World, session: ClientSession, node: BinaryNode): void {
  const { id = '', to, type = 'delivery' } = node.attrs
  const { account } = session
  const phone = findPhone(world, to)
  const ids = [id, ...children(child(node, 'list'), 'item').map(({ attrs }) => attrs.id ?? '')]
  phone?.receipts.push({ ids, type })
  transmit(world, session, stanza('ack', { class: 'receipt', id, from: to, type: node.attrs.type }))
  if (account === undefined) return
  settleByReceipt(account, ids, type)
  if (type !== 'retry' || phone === undefined) return
  answerRetry(world, account, phone, node).catch((error: unknown) => noteError(world, error))
}

function showState(world: World, session: ClientSession, node: BinaryNode): void {
  const { to, type } = node.attrs
  if (node.tag === 'presence' && to === undefined) session.account?.presence.push(type ?? 'available')
  const state = Array.isArray(node.content) ? node.content[0] : undefined
  if (node.tag !== 'chatstate' || state === undefined) return
  findPhone(world, to)?.chatStates.push(state.attrs.media === 'audio' ? 'recording' : state.tag)
}
