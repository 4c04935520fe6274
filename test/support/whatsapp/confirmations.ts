import { deliver } from './deliveries.ts'
import type { Addressing, Phone } from './phone.ts'
import { secondsOf, stanza } from './stanza.ts'
import type { Account, World } from './world.ts'

/** Tells the client that a message arrived, as the phone's switch says: at once, later, or not at all. */
export function confirmDelivery(
  world: World,
  account: Account,
  phone: Phone,
  message: { readonly id: string; readonly addressing: Addressing },
): void {
  const { automatic, milliseconds } = phone.delivery
  if (!automatic) return
  const tell = () => sendReceipt(world, account, phone, { ids: [message.id], addressing: message.addressing })
  if (milliseconds === 0) tell()
  else world.later(milliseconds, tell)
}

/** Sends a receipt of the phone's: delivery without a type, else `read`, `played`, … */
export function sendReceipt(
  world: World,
  account: Account,
  phone: Phone,
  receipt: { readonly ids: readonly string[]; readonly addressing: Addressing; readonly type?: string },
): void {
  const [first, ...others] = receipt.ids
  const list = others.map((id) => stanza('item', { id }))
  const attrs = {
    from: receipt.addressing === 'lid' ? phone.lid : phone.pn,
    id: first,
    t: secondsOf(world.now()),
    type: receipt.type,
  }
  deliver(world, account, stanza('receipt', attrs, list.length > 0 ? [stanza('list', {}, list)] : undefined))
}
