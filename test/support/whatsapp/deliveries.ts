import type { BinaryNode } from '@whiskeysockets/baileys'
import { type Account, transmit, type World } from './world.ts'

/**
 * Gives a stanza to the account's client: at once when it is logged in, else at its next login. Until the client answers for
 * it, every login brings it again.
 */
export function deliver(world: World, account: Account, node: BinaryNode): void {
  const key = keyOf(node.tag, node.attrs)
  account.outstanding.set(key, [...(account.outstanding.get(key) ?? []), node])
  if (account.session !== undefined) transmit(world, account.session, node)
}

/** Takes a stanza off the list that the client answered for by `<ack>`. */
export function settleByAck(account: Account, ack: BinaryNode): void {
  settle(account, keyOf(ack.attrs.class ?? '', ack.attrs))
}

/** Takes messages off the list that the client answered for by `<receipt>`; a retry receipt is no answer. */
export function settleByReceipt(account: Account, ids: readonly string[], type: string): void {
  if (type === 'retry') return
  for (const id of ids) settle(account, `message ${id}`)
}

/** Sends again what was never answered for, told as offline; answers how many stanzas. */
export function deliverOutstanding(world: World, account: Account): number {
  const waiting = [...account.outstanding.values()].flat()
  const { session } = account
  if (session === undefined) return 0
  const count = (tag: string) => String(waiting.filter((node) => node.tag === tag).length)
  const preview = {
    count: String(waiting.length),
    message: count('message'),
    receipt: count('receipt'),
    notification: count('notification'),
    appdata: '0',
  }
  const told = (tag: string, attrs: Record<string, string>) =>
    transmit(world, session, { tag: 'ib', attrs: {}, content: [{ tag, attrs }] })
  told('offline_preview', preview)
  for (const node of waiting) transmit(world, session, { ...node, attrs: { ...node.attrs, offline: '1' } })
  told('offline', { count: String(waiting.length) })
  return waiting.length
}

function settle(account: Account, key: string): void {
  const [, ...left] = account.outstanding.get(key) ?? []
  if (left.length === 0) account.outstanding.delete(key)
  else account.outstanding.set(key, left)
}

/** Receipts of one message differ by type; a message and its acks do not. */
function keyOf(tag: string, attrs: Readonly<Record<string, string>>): string {
  return tag === 'receipt' ? `receipt ${attrs.id} ${attrs.type ?? ''}` : `${tag} ${attrs.id}`
}
