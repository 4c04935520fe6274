import { type BinaryNode, proto } from '@whiskeysockets/baileys'
import { fileOf, stanzaTypeOf, textOf } from './message-content.ts'
import { bytesOf, child, secondsOf, stanza } from './stanza.ts'
import { type ClientSession, transmit, type World } from './world.ts'

const notFound = '404'
const notAllowed = '403'
const malformed = '400'

/**
 * Takes a post. It goes out unsealed, as the library writes it: one `plaintext` node and nothing for anybody in person. A
 * repeat of a post is the same post. The codes are this server's own: what WhatsApp answers here is not known.
 */
export function takePost(world: World, session: ClientSession, node: BinaryNode): void {
  const { id, to } = node.attrs
  const attrs = { class: 'message', id, from: to, t: secondsOf(world.now()) }
  transmit(world, session, stanza('ack', { ...attrs, ...answerTo(world, session, node) }))
}

function answerTo(
  world: World,
  session: ClientSession,
  node: BinaryNode,
): { readonly error: string } | { readonly server_id: string } {
  const { id = '', to = '', type } = node.attrs
  const newsletter = world.newsletters.get(to)
  if (newsletter === undefined) return { error: notFound }
  if (newsletter.admin !== session.account?.phone.pn) return { error: notAllowed }
  const content = Array.isArray(node.content) ? node.content : []
  const message = content.length === 1 ? readPost(child(node, 'plaintext')) : undefined
  if (message === undefined || type !== stanzaTypeOf(message)) {
    world.unknown.push(node)
    return { error: malformed }
  }
  const known = newsletter.posts.find((post) => post.id === id)
  if (known !== undefined) return { server_id: known.serverId }
  const serverId = String(101 + newsletter.posts.length)
  newsletter.posts.push({
    ...{ id, serverId, proto: message, text: textOf(message) },
    file: () => world.media.read(fileOf(message)?.pointer ?? {}),
  })
  return { server_id: serverId }
}

function readPost(plaintext: BinaryNode | undefined): proto.IMessage | undefined {
  return plaintext === undefined ? undefined : proto.Message.decode(bytesOf(plaintext))
}
