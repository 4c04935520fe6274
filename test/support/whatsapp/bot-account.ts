import { type AuthenticationCreds, generateMessageIDV2, proto, S_WHATSAPP_NET } from '@whiskeysockets/baileys'
import { takeBundle } from './companion.ts'
import { deliver } from './deliveries.ts'
import { prePair, unlink } from './linking.ts'
import type { Newsletter } from './newsletter.ts'
import { awaitingCode, scanQr, typeCode } from './pairing.ts'
import type { ReceivedMessage } from './phone.ts'
import { sealedStanza } from './retries.ts'
import { need, secondsOf, stanza } from './stanza.ts'
import { type Account, transmit, type World } from './world.ts'

/** A number that a bot is linked to, with its owner's phone. */
export interface BotAccount {
  /** `62…@s.whatsapp.net` */
  readonly pn: string
  /** `…@lid` */
  readonly lid: string
  /** What the linked client sent to the owner's own phone: copies of its messages, and requests. */
  readonly inbox: readonly ReceivedMessage[]
  isOnline(): boolean
  isLinked(): boolean
  /** How often a client logged in. */
  logins(): number
  /** How many stanzas the client has not answered for. */
  outstanding(): number
  /** `available` and `unavailable`, as the client showed itself. */
  readonly presence: readonly string[]

  /** The owner scans the QR text that a client shows; throws when no client shows it. */
  scan(qr: string): void
  /** The owner types the code that a client shows; waits for the client to ask for one. */
  enterCode(code: string): Promise<void>
  /** Credentials of a client that is linked already: the quick way to a login. */
  prePair(): AuthenticationCreds
  /** The owner removes the client on the phone: it is told by 401, or refused at its next login. */
  unlink(): void

  /** The owner writes to a person by hand; the client gets its copy. */
  sayTo(person: { readonly pn: string; readonly lid: string }, text: string): Promise<void>

  /** Ends the client's connection by `<stream:error>` with this code, or without a code. */
  streamError(code?: number, conflict?: 'replaced' | 'device_removed'): void
  /** Cuts the client's TCP connection. */
  drop(): void

  /** Tells the client that it may not write first to anybody until then; undefined lifts it. */
  setTimelock(until: Date | undefined, enforcement?: string): void
  /** Tells the client how many new chats it may still begin. */
  tellCapping(capping: Readonly<Record<string, unknown>>): void
  /** Any other notification, kept until the client acks it. */
  notify(type: string, content: ReturnType<typeof stanza>): void
  /** The newsletter of these digits, which the account is the admin of; the same object each time. */
  newsletter(digits: string): Newsletter
  /** A post in a newsletter that the account follows. */
  newsletterPost(text: string): void
}

/** Puts a number into its owner's hands. */
export function createBotAccount(world: World, account: Account): BotAccount {
  const { phone } = account
  return {
    pn: phone.pn,
    lid: phone.lid,
    inbox: phone.inbox,
    isOnline: () => account.session !== undefined,
    isLinked: () => account.companion !== undefined,
    logins: () => account.logins,
    outstanding: () => [...account.outstanding.values()].flat().length,
    presence: account.presence,
    scan: (qr) => scanQr(world, account, qr),
    async enterCode(code) {
      const session = await world.changes.until(
        () => awaitingCode(world, account),
        `a client waits for the code of ${phone.identity.name}`,
      )
      await typeCode(world, session, account, code)
    },
    prePair: () => prePair(world, account),
    unlink() {
      unlink(account)
      end(world, account, stanza('stream:error', { code: '401' }, [conflict('device_removed')]))
    },
    sayTo: (person, text) => copyToClient(world, account, person, { conversation: text }),
    streamError(code, type) {
      const attrs = { code: code === undefined ? undefined : String(code) }
      end(world, account, stanza('stream:error', attrs, type && [conflict(type)]))
    },
    drop: () => account.session?.connection.terminate(),
    ...createLimits(world, account),
    notify: (type, content) => notify(world, account, type, content),
    newsletter(digits) {
      const jid = `${digits}@newsletter`
      const newsletter = world.newsletters.get(jid) ?? { jid, admin: phone.pn, posts: [] }
      world.newsletters.set(jid, newsletter)
      return newsletter
    },
    newsletterPost(text) {
      const plain = stanza('plaintext', {}, proto.Message.encode({ conversation: text }).finish())
      const t = secondsOf(world.now())
      const attrs = {
        from: '120363035399000002@newsletter',
        id: generateMessageIDV2(),
        server_id: '101',
        t,
        type: 'text',
      }
      deliver(world, account, stanza('message', attrs, [plain]))
    },
  }
}

const conflict = (type: string) => stanza('conflict', { type })

/** Sends a last stanza and ends the connection; nothing happens without one. */
function end(world: World, { session }: Account, last: ReturnType<typeof stanza>): void {
  if (session === undefined) return
  transmit(world, session, last)
  session.connection.close()
}

function notify(world: World, account: Account, type: string, content: ReturnType<typeof stanza>): void {
  const attrs = { from: S_WHATSAPP_NET, type, id: generateMessageIDV2(), t: secondsOf(world.now()) }
  deliver(world, account, stanza('notification', attrs, [content]))
}

function createLimits(world: World, account: Account): Pick<BotAccount, 'setTimelock' | 'tellCapping'> {
  const tell = (op_name: string, data: Readonly<Record<string, unknown>>) => {
    const update = stanza('update', { op_name }, Buffer.from(JSON.stringify({ data })))
    notify(world, account, 'mex', update)
  }
  return {
    setTimelock(until, enforcement = 'DEFAULT') {
      const timelock =
        until === undefined
          ? { is_active: false }
          : {
              is_active: true,
              time_enforcement_ends: secondsOf(until.getTime()),
              enforcement_type: enforcement,
            }
      account.restriction.timelock = timelock
      tell('NotificationUserReachoutTimelockUpdate', { xwa2_notify_account_reachout_timelock: timelock })
    },
    tellCapping(capping) {
      account.restriction.capping = capping
      tell('MessageCappingInfoNotification', { xwa2_notify_new_chat_messages_capping_info_update: capping })
    },
  }
}

/** The copy that a linked client gets of what its owner writes on the phone. */
async function copyToClient(
  world: World,
  account: Account,
  person: { readonly pn: string; readonly lid: string },
  message: proto.IMessage,
): Promise<void> {
  const { phone } = account
  const companion = need(account.companion, 'linked client')
  const copy = { deviceSentMessage: { destinationJid: person.lid, message } }
  const attributes = {
    from: phone.lid,
    recipient: person.lid,
    peer_recipient_pn: person.pn,
    id: generateMessageIDV2(phone.pn),
    t: secondsOf(world.now()),
    type: 'text',
    notify: phone.identity.name,
    addressing_mode: 'lid',
  }
  await phone.writeInTurn(async () => {
    const envelope = await phone.device.encrypt(companion.jid, () => takeBundle(companion), copy)
    deliver(world, account, sealedStanza({ proto: copy, attributes }, envelope))
  })
}
