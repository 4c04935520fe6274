import { type BinaryNode, jidDecode, jidEncode, S_WHATSAPP_NET } from '@whiskeysockets/baileys'
import { publishKeys } from './companion.ts'
import { sendFirstSync } from './first-sync.ts'
import { keyNodes, registrationNode } from './key-nodes.ts'
import { unlink } from './linking.ts'
import { askForCode, completePairing, proveCode } from './pairing.ts'
import { child, children, need, stanza } from './stanza.ts'
import {
  type Account,
  type ClientSession,
  findAccount,
  findPhone,
  noteError,
  transmit,
  type World,
} from './world.ts'

interface Question {
  readonly world: World
  readonly session: ClientSession
  readonly node: BinaryNode
  /** The first child, which says what is asked. */
  readonly content: BinaryNode | undefined
}

type Answer = (question: Question) => BinaryNode[] | undefined | Promise<BinaryNode[] | undefined>

const fewestKeys = 5

const done: Answer = () => undefined

/** By namespace, type and first child: the content of the result. */
const answers: Readonly<Record<string, Answer>> = {
  'encrypt/get/count'({ session }) {
    // "Few" makes a client upload five keys, "none" makes it upload 812.
    const left = accountOf(session).companion?.oneTimeKeys.length ?? 0
    return [stanza('count', { value: String(left === 0 ? 1 : Math.max(left, fewestKeys + 1)) })]
  },
  'encrypt/set/registration': uploadKeys,
  'encrypt/get/digest': () => [stanza('digest', {}, [])],
  'encrypt/set/rotate': done,
  'encrypt/get/key': handOutKeys,
  'passive/set/active': done,
  'passive/set/passive': done,
  'w:p/get/ping': done,
  'privacy/set/tokens': done,
  'urn:xmpp:whatsapp:dirty/set/clean': done,
  'w:stats/set/add': done,
  'privacy/get/privacy': () => [
    stanza('privacy', {}, [stanza('category', { name: 'readreceipts', value: 'all' })]),
  ],
  'blocklist/get/': () => [stanza('list', {}, [])],
  'abt/get/props': () => [stanza('props', { hash: 'h1' }, [])],
  'usync/get/usync': lookUp,
  'w:m/set/media_conn': ({ world }) => [
    stanza('media_conn', { auth: 'token', ttl: '3600', auth_ttl: '3600', max_buckets: '12' }, [
      stanza('host', { hostname: world.media.hostname }),
    ]),
  ],
  'w:mex/get/query'({ session }) {
    const { timelock, capping } = accountOf(session).restriction
    const data = { xwa2_fetch_account_reachout_timelock: timelock, xwa2_message_capping_info: capping }
    return [stanza('result', {}, Buffer.from(JSON.stringify({ data })))]
  },
  'md/set/link_code_companion_reg': linkByCode,
  'md/set/remove-companion-device': ({ session }) => {
    unlink(accountOf(session))
    return undefined
  },
  'w:sync:app:state/set/sync': ({ content }) => [
    stanza(
      'sync',
      {},
      children(content, 'collection').map(({ attrs: { name, version } }) =>
        stanza('collection', { name, version, has_more_patches: 'false' }, []),
      ),
    ),
  ],
}

/** Answers an `<iq>`; one that the server does not know is noted and refused with 501. */
export async function answerQuery(world: World, session: ClientSession, node: BinaryNode): Promise<void> {
  const signed = child(node, 'pair-device-sign')
  if (signed !== undefined) return completePairing(world, session, signed)
  const { id = '', xmlns = '', type = '' } = node.attrs
  if (type === 'result' || type === 'error') return
  const content = Array.isArray(node.content) ? node.content[0] : undefined
  const answer = answers[`${xmlns}/${type}/${content?.tag ?? ''}`]
  const reply = (kind: string, nodes: BinaryNode[] | undefined) =>
    transmit(world, session, stanza('iq', { from: S_WHATSAPP_NET, type: kind, id }, nodes))
  if (answer === undefined) {
    const isPicture = xmlns === 'w:profile:picture'
    if (!isPicture) world.unknown.push(node)
    return reply('error', [stanza('error', isPicture ? notFound : notImplemented)])
  }
  reply('result', await answer({ world, session, node, content }))
  goOn(world, session, content)
}

/** What follows the answer to some queries. */
function goOn(world: World, session: ClientSession, content: BinaryNode | undefined): void {
  if (content?.tag === 'remove-companion-device') {
    const removed = stanza('conflict', { type: 'device_removed' })
    transmit(world, session, stanza('stream:error', { code: '401' }, [removed]))
  }
  if (content?.attrs.stage === 'companion_finish') proveCode(world, session, content)
}

const notFound = { code: '404', text: 'item-not-found' }
const notImplemented = { code: '501', text: 'feature-not-implemented' }

const accountOf = (session: ClientSession): Account => need(session.account, 'login before a query')

function uploadKeys({ world, session, node }: Question): undefined {
  const account = accountOf(session)
  if (account.companion === undefined) return
  publishKeys(account.companion, node)
  world.changes.notify()
  if (!account.firstSyncDue) return
  account.firstSyncDue = false
  sendFirstSync(world, account).catch((error: unknown) => noteError(world, error))
}

async function handOutKeys({ world, content }: Question): Promise<BinaryNode[]> {
  const users = children(content, 'user').map(async ({ attrs: { jid } }) => {
    const phone = findPhone(world, jid)
    if (phone === undefined) return stanza('user', { jid }, [stanza('error', { code: '404' })])
    const bundle = await phone.device.bundle()
    return stanza('user', { jid, t: '1' }, [registrationNode(bundle.registrationId), ...keyNodes(bundle)])
  })
  return [stanza('list', {}, await Promise.all(users))]
}

function linkByCode({ world, session, content }: Question): BinaryNode[] | undefined {
  const node = need(content, 'pairing step')
  if (node.attrs.stage === 'companion_hello') {
    const reply = askForCode(session, node)
    world.changes.notify()
    return reply
  }
  return undefined
}

/** Tells of each asked-for user what was asked: whether registered, which devices, which LID. */
function lookUp({ world, content }: Question): BinaryNode[] {
  const query = child(content, 'query')
  const asked = Array.isArray(query?.content) ? query.content.map(({ tag }) => tag) : []
  const users = children(child(content, 'list'), 'user').map((user) => {
    const contact = child(user, 'contact')?.content
    const number = contact === undefined ? undefined : String(contact)
    const jid = user.attrs.jid ?? `${(number ?? '').replace(/\D/g, '')}@s.whatsapp.net`
    const { user: name, server } = need(jidDecode(jid), 'jid')
    const facts = asked.flatMap((fact) => tellFact(world, jid, fact, number))
    return stanza('user', { jid: jidEncode(name, server) }, facts)
  })
  return [stanza('usync', content?.attrs, [stanza('result', {}, []), stanza('list', {}, users)])]
}

function tellFact(world: World, jid: string, fact: string, number: string | undefined): BinaryNode[] {
  const phone = findPhone(world, jid)
  const isRegistered = phone?.registered === true
  if (fact === 'contact') {
    const type = isRegistered ? 'in' : 'out'
    return [stanza('contact', { type }, number === undefined ? undefined : Buffer.from(number))]
  }
  if (!isRegistered) return []
  // Asked by its LID a person's LID is no news: told all the same, Baileys would open a new session for every socket.
  if (fact === 'lid') return jid.endsWith('@lid') ? [] : [stanza('lid', { val: phone.lid })]
  if (fact !== 'devices') return []
  const companion = findAccount(world, jid)?.companion
  const linked = companion && [stanza('device', { id: String(companion.device), 'key-index': '1' })]
  return [
    stanza('devices', {}, [stanza('device-list', {}, [stanza('device', { id: '0' }), ...(linked ?? [])])]),
  ]
}
