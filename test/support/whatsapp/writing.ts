import { generateMessageIDV2, type proto } from '@whiskeysockets/baileys'
import { takeBundle } from './companion.ts'
import { deliver } from './deliveries.ts'
import { stanzaTypeOf } from './message-content.ts'
import type { Addressing, Phone, SentMessage } from './phone.ts'
import { garble, sealedStanza } from './retries.ts'
import { secondsOf } from './stanza.ts'
import { type Account, findAccount, type World } from './world.ts'

/** How a person sends a message. */
export interface WritingOptions {
  /** Whose bot: the account made first, by default. */
  readonly to?: { readonly pn: string }
  /** The name that the message comes from. */
  readonly addressing?: Addressing
  /** Whether the stanza tells the other name too; it does by default. */
  readonly withAlt?: boolean
  readonly id?: string
  /** When it was written, as the stanza tells. */
  readonly at?: Date
  /** A message that it answers, the bot's or one's own. */
  readonly quoting?: string
  /** Sent damaged, so that the bot cannot read it; and what the phone does when it is asked again. */
  readonly garbled?: SentMessage['onRetry']
}

const mostRemembered = 1_000

/** The account that a person's message goes to. */
export function recipientOf(world: World, to: { readonly pn: string } | undefined): Account {
  const [first] = world.accounts.values()
  const account = to === undefined ? first : findAccount(world, to.pn)
  if (account === undefined) throw new Error('no account to write to')
  return account
}

/** A message, or what makes it once the ones before it are on their way. */
export type Draft = proto.IMessage | (() => Promise<proto.IMessage>)

/** Seals a message of the phone's for the linked client and delivers it; answers its id. */
export function write(
  world: World,
  phone: Phone,
  draft: Draft,
  options: WritingOptions & { readonly extra?: Readonly<Record<string, string | undefined>> } = {},
): Promise<string> {
  const account = recipientOf(world, options.to)
  const id = options.id ?? generateMessageIDV2(phone.pn)
  return phone.writeInTurn(async () => {
    const message = typeof draft === 'function' ? await draft() : draft
    const attributes = { ...attributesOf(world, phone, message, options), id, ...options.extra }
    const companion = await world.changes.until(
      () => account.companion?.published && account.companion,
      `a client of ${account.phone.identity.name} published its keys`,
      10_000,
    )
    const envelope = await phone.device.encrypt(companion.jid, () => takeBundle(companion), message)
    const sent = { proto: message, attributes }
    const node = sealedStanza(sent, options.garbled === undefined ? envelope : garble(envelope))
    remember(phone, id, { ...sent, stanza: node, onRetry: options.garbled ?? 'resends' })
    deliver(world, account, node)
    return id
  })
}

function attributesOf(
  world: World,
  phone: Phone,
  message: proto.IMessage,
  { addressing = world.addressing, withAlt = true, at }: WritingOptions,
): Record<string, string | undefined> {
  const isLid = addressing === 'lid'
  return {
    from: isLid ? phone.lid : phone.pn,
    t: secondsOf(at?.getTime() ?? world.now()),
    type: stanzaTypeOf(message),
    notify: phone.identity.name,
    addressing_mode: addressing,
    sender_pn: withAlt && isLid ? phone.pn : undefined,
    sender_lid: withAlt && !isLid ? phone.lid : undefined,
  }
}

function remember(phone: Phone, id: string, sent: SentMessage): void {
  phone.sent.set(id, sent)
  const [oldest] = phone.sent.keys()
  if (phone.sent.size > mostRemembered && oldest !== undefined) phone.sent.delete(oldest)
}

/** What points from a message to one it quotes. */
export function quotation(
  phone: Phone,
  account: Account,
  id: string | undefined,
): { contextInfo?: proto.IContextInfo } {
  if (id === undefined) return {}
  const received = phone.received.get(id)?.proto
  const quotedMessage = received ?? phone.sent.get(id)?.proto
  if (quotedMessage === undefined) throw new Error(`no message ${id} to quote`)
  const participant = received === undefined ? phone.lid : account.phone.lid
  return { contextInfo: { stanzaId: id, participant, quotedMessage } }
}
